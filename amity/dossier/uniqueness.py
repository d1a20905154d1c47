"""What may be there once among the rows of a model: its unique columns and unique constraints."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, UniqueConstraint

from amity.foundation.constraints import UniqueAt

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Unique:
    """Columns whose values come once together, among the rows of which `condition` holds.

    `words` say what is expected, at the field `shown_at`.
    """

    fields: tuple[str, ...]
    condition: Q | None
    shown_at: str
    words: "StrOrPromise"


def uniques_of(model: type[Model]) -> Iterator[Unique]:
    """All of a model; its identifier aside, which every folder and database looks after itself."""
    for column in model._meta.local_concrete_fields:
        if column.unique and not column.primary_key and column.name != "key":
            words: Any = column.error_messages["unique"]
            yield Unique((column.name,), None, column.name, words)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            at = constraint.shown_at if isinstance(constraint, UniqueAt) else constraint.fields[-1]
            words = constraint.get_violation_error_message()
            yield Unique(tuple(constraint.fields), constraint.condition, at, words)

"""What may be there once, among all records, those that not everybody may read included.

Django asks the default manager, which gives what is public; so all are asked again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, Q, UniqueConstraint

from amity.foundation.database.constraints import UniqueAt
from amity.record.models import Recorded

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Unique:
    """Columns whose values come once together, among the rows of which `condition` holds.

    `words` say what is expected, at the field `shown_at`.
    """

    fields: tuple[str, ...]
    condition: Q
    shown_at: str
    words: "StrOrPromise"

    @property
    def bound(self) -> Q:
        """Which rows this is about: those that have all the values, and the condition's."""
        return Q(**{f"{name}__isnull": False for name in self.fields}) & self.condition


def uniques_of(model: type[Model]) -> Iterator[Unique]:
    """The unique columns and the unique constraints of a model."""
    for column in model._meta.local_concrete_fields:
        if column.unique and not column.primary_key:
            words: Any = column.error_messages["unique"]
            yield Unique((column.name,), Q(), column.name, words)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            at = constraint.shown_at if isinstance(constraint, UniqueAt) else NON_FIELD_ERRORS
            words = constraint.get_violation_error_message()
            yield Unique(tuple(constraint.fields), constraint.condition or Q(), at, words)


def refuse_what_is_there(record: Recorded) -> None:
    """Raise ValidationError where another record has what may be there only once."""
    model = type(record)
    others = model.everything.exclude(pk=record.pk)
    found: dict[str, list[ValidationError]] = {}
    for unique in uniques_of(model):
        columns = [one for one in model._meta.concrete_fields if one.name in unique.fields]
        values = {column.attname: getattr(record, column.attname) for column in columns}
        if None not in values.values() and others.filter(unique.condition, **values).exists():
            error = ValidationError(unique.words, code="unique")
            found.setdefault(unique.shown_at, []).append(error)
    if found:
        raise ValidationError(found)

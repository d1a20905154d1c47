"""Constraints of the database that say for people what is expected, and at which field.

Django's own, with a place: a form shows the words at the field `shown_at`. Migrations know plain
constraints, since neither words nor place matter to the database.
"""

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Constraint = models.BaseConstraint
else:
    Constraint = object


class Placed(Constraint):
    """What both constraints here have in common; mixed in before one of Django's."""

    kept_as: type[models.BaseConstraint]

    def __init__(
        self, *, shown_at: str = "", words: "StrOrPromise | None" = None, **options: Any
    ) -> None:
        super().__init__(violation_error_message=words, **options)
        self.shown_at = shown_at

    def validate(self, *args: Any, **options: Any) -> None:
        """Raises ValidationError with the words at their field."""
        try:
            super().validate(*args, **options)
        except ValidationError as error:
            if not self.shown_at:
                raise
            words = self.get_violation_error_message()
            raise ValidationError(
                {self.shown_at: ValidationError(words, code=self.name)}
            ) from error

    def clone(self) -> "Placed":
        """A copy, with what migrations do not know."""
        return copy(self)

    def __eq__(self, other: object) -> bool:
        """Whether the database sees the same."""
        if not isinstance(other, models.BaseConstraint):
            return NotImplemented
        return bool(self.deconstruct() == other.deconstruct())

    __hash__ = None  # type: ignore[assignment] # as Django's own

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        _path, args, options = super().deconstruct()
        options.pop("violation_error_message", None)
        return f"django.db.models.{self.kept_as.__name__}", args, options


class CheckAt(Placed, models.CheckConstraint):
    """A condition on one row."""

    kept_as = models.CheckConstraint


class UniqueAt(Placed, models.UniqueConstraint):
    """Values that come once among all rows."""

    kept_as = models.UniqueConstraint

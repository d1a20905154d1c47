"""Columns of the follow-up's own kinds of values."""

from collections.abc import Callable, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import Goal
from amity.foundation.faults import Faults, FormError, as_validation_error
from amity.foundation.fields import WrittenColumn, refused
from amity.foundation.words.characters import quoted

NUMBERS = {str(int(goal)): int(goal) for goal in Goal}
"""A goal's number as people write it → the number."""


def _number(written: object) -> int:
    """A goal's number of what is written. Raises ValueError."""
    words = str(written).strip()
    if isinstance(written, bool) or words not in NUMBERS:
        raise ValueError(
            format_lazy(
                _("{value} is not the number of a goal; expected one from 1 to 17"),
                value=quoted(words),
            )
        )
    return NUMBERS[words]


def as_bits(goals: Iterable[int]) -> int:
    """The goals as the one number that the database keeps."""
    return sum(1 << goal - 1 for goal in set(goals))


def of_bits(bits: int) -> list[int]:
    """The goals in the number that the database keeps, the smallest first."""
    return [int(goal) for goal in Goal if bits & 1 << goal - 1]


class GoalsColumn(WrittenColumn, models.PositiveIntegerField):
    """Sustainable Development Goals by their numbers, each once, the smallest first.

    Kept as one number with a bit for each goal, so that the database filters and counts by goals
    without a table beside.
    """

    structured = True
    kept_as = models.PositiveIntegerField
    validators: list[Callable[[object], None]] = []
    """Django's ask the database for its limits; goals have their own."""
    _pyi_private_get_type: list[int]  # type: ignore[assignment] # a number in the database alone
    _pyi_private_set_type: list[int]  # type: ignore[assignment]

    def read(self, value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, list):
            raise refused(_("{value} is not a list of goals such as [4, 11]"), value)
        faults, goals = Faults(), list[int]()
        for position, item in enumerate(value):
            goal = faults.read((position,), _number, item)
            if goal in goals:
                faults.add(
                    (position,),
                    format_lazy(_("the goal {goal} is given twice; expected it once"), goal=goal),
                )
            elif goal is not None:
                goals.append(goal)
        try:
            faults.stop()
        except FormError as error:
            raise as_validation_error(error) from error
        return sorted(goals)

    def to_python(self, value: object) -> object:
        return self.read(value)

    def validate(self, value: object, model_instance: models.Model | None) -> None:
        if value is None:
            raise ValidationError(self.error_messages["null"], code="null")

    def from_db_value(
        self, value: int | None, expression: BaseExpression, connection: BaseDatabaseWrapper
    ) -> object:
        """The goals in what the database keeps."""
        return None if value is None else of_bits(value)

    def get_prep_value(self, value: object) -> object:
        return as_bits(value) if isinstance(value, list | tuple) else value

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Migrations name this column itself: what goes without saying is a list."""
        name, _path, args, options = super().deconstruct()
        return name, f"{type(self).__module__}.{type(self).__qualname__}", args, options


@GoalsColumn.register_lookup
class HasGoal(Lookup):
    """`goals__has=4`: the goal is among them."""

    lookup_name = "has"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """The condition on the goal's bit."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"({column} & %s) <> 0", (*parameters, as_bits([self.rhs]))

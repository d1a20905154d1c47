"""The shape of an ordinary column: what the column itself reads and writes.

What is wrong with a value is said by the column, in the words that a form says it with; here is
only what belongs to YAML: that numbers stand without quotation marks, and a hint at what may be
meant.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from amity.dossier.problems import Wrong
from amity.dossier.reading.advice import perhaps_a_day
from amity.dossier.reading.yaml import Plain
from amity.followup.choices import Goal
from amity.followup.fields import GoalsColumn
from amity.foundation.dates.fields import (
    DayColumn,
    MomentColumn,
    PeriodColumn,
    TimeZoneColumn,
    moment_as_written,
)
from amity.foundation.differences import JSON
from amity.foundation.faults import faults_of
from amity.foundation.fields import (
    AddressColumn,
    AmountColumn,
    ChoiceColumn,
    DegreesColumn,
    PatternValidator,
    WholeNumbers,
    WrittenColumn,
)
from amity.languages.fields import LanguageColumn, LanguagesColumn
from amity.network.choices import NameKind
from amity.network.fields import DAY_PATTERN, LONGEST_NAME, OtherNamesColumn
from amity.record.plain.states import column_value, plain_value

from .base import Shape, quoted, suggestion
from .texts import TAG_PATTERN, without_marks

NUMBERS = (WholeNumbers, AmountColumn, DegreesColumn)
MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?$"
"""Without an offset it is a time by the clocks of the gathering's zone."""
END = r"\Z"
"""End of the words in Python's patterns; JSON Schema's say it with a dollar."""


class ColumnShape(Shape):
    """A value as its column has it."""

    def __init__(self, column: WrittenColumn) -> None:
        self._column = column
        self._number = isinstance(column, NUMBERS)

    def read(self, raw: object) -> object:
        column = self._column
        if isinstance(raw, list | dict) and not column.structured:
            words = _("%(value)s is not what is expected, a single value")
            raise Wrong.here(words % {"value": quoted(raw)})
        if self._number and raw.__class__ is not Plain:
            words = _("%(value)s is in quotes; expected a number without them")
            raise Wrong.here(words % {"value": quoted(raw)})
        if isinstance(column, MomentColumn) and column.zone and _by_the_clocks(raw):
            raw = f"{raw}Z"  # until the zone is known, see `dossier.clocks`
        try:
            value = column.clean(without_marks(raw) if column.structured else str(raw), None)
        except ValidationError as error:
            near = suggestion(str(raw), _known(column))
            if isinstance(column, DayColumn | MomentColumn):
                near = perhaps_a_day(raw)
            raise Wrong(
                [(fault.path, f"{fault.problem}{near}") for fault in faults_of(error)]
            ) from error
        return plain_value(value)

    def write(self, value: JSON) -> object:
        return self._column.written(column_value(self._column, value))

    def schema(self) -> dict[str, object]:
        column: Any = self._column
        for kind, described in SCHEMAS:
            if isinstance(column, kind):
                return described(column)
        words = {"type": "string", "minLength": 1, "maxLength": column.max_length}
        for validator in column.validators:
            if isinstance(validator, PatternValidator):
                regex: Any = validator.regex
                words["pattern"] = regex.pattern.replace(END, "$")
        return words


class Flag(Shape):
    """True or false."""

    def read(self, raw: object) -> bool:
        if raw.__class__ is Plain and raw.lower() in ("true", "false"):
            return bool(raw.lower() == "true")
        words = _("%(value)s is not a yes or no; expected true or false")
        raise Wrong.here(words % {"value": quoted(raw)})

    def schema(self) -> dict[str, object]:
        return {"type": "boolean"}


def shape_of(column: "models.Field[object, object]") -> Shape:
    """The shape of a column that is neither a reference, a text nor a date as said."""
    if isinstance(column, models.BooleanField):
        return Flag()
    if isinstance(column, WrittenColumn):
        return ColumnShape(column)
    raise TypeError(f"no shape for {column}: {type(column).__name__}")


def _by_the_clocks(raw: object) -> bool:
    """Whether it is a time without an offset."""
    moment = moment_as_written(raw)
    return moment is not None and moment.utcoffset() is None


def _known(column: WrittenColumn) -> Iterable[str]:
    return column.known() if isinstance(column, ChoiceColumn | TimeZoneColumn) else ()


def _address(column: AddressColumn) -> dict[str, object]:
    words = {"type": "string", "minLength": 1, "maxLength": column.max_length}
    return {**words, "pattern": r"^https?://\S+$"}


def _whole(column: WholeNumbers) -> dict[str, object]:
    return {"type": "integer", "minimum": column.least, "maximum": column.most}


def _degrees(column: DegreesColumn) -> dict[str, object]:
    return {"type": "number", "minimum": -column.most, "maximum": column.most}


def _languages(column: object) -> dict[str, object]:
    items = {"type": "string", "pattern": TAG_PATTERN}
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": items}


def _goals(column: object) -> dict[str, object]:
    items = {"type": "integer", "minimum": min(Goal), "maximum": max(Goal)}
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": items}


def _names(column: object) -> dict[str, object]:
    properties = {
        "words": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        "lang": {"type": "string", "pattern": TAG_PATTERN},
        "kind": {"enum": list(NameKind.values)},
    }
    day = {"type": "string", "pattern": f"^{DAY_PATTERN}$"}
    items = {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": {**properties, "since": day, "until": day},
    }
    return {"type": "array", "minItems": 1, "items": items}


SCHEMAS: tuple[tuple[type, Callable[[Any], dict[str, object]]], ...] = (
    (ChoiceColumn, lambda column: {"enum": column.known()}),
    (WholeNumbers, _whole),
    (DegreesColumn, _degrees),
    (AmountColumn, lambda column: {"type": "number"}),
    (MomentColumn, lambda column: {"type": "string", "pattern": MOMENT}),
    (DayColumn, lambda column: {"type": "string", "format": "date"}),
    (TimeZoneColumn, lambda column: {"type": "string"}),
    (PeriodColumn, lambda column: {"type": "string", "pattern": "^P[1-9][0-9]{0,2}[YMWD]$"}),
    (LanguageColumn, lambda column: {"type": "string", "pattern": TAG_PATTERN}),
    (LanguagesColumn, _languages),
    (OtherNamesColumn, _names),
    (GoalsColumn, _goals),
    (AddressColumn, _address),
)
"""JSON Schema (2020-12) of what is written in a column, by its class."""

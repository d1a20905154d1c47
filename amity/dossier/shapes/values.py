"""Single values: words, choices, numbers, days, moments, language tags, time zones."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

from amity.dossier.problems import Wrong
from amity.dossier.reading.yaml import Plain
from amity.foundation.characters import WordsError, normal
from amity.foundation.dates import recurrence
from amity.languages import codes

from .base import Shape, quoted, suggestion

END = r"\Z"
"""End of the words in Python's patterns; JSON Schema's say it with a dollar."""
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Words(Shape):
    """Words without a language: a name of a unit, an address, an identifier."""

    def __init__(
        self,
        longest: int,
        *,
        pattern: str = "",
        expected: str = "",
        validators: Sequence[Callable[[Any], None]] = (),
    ) -> None:
        self._longest = longest
        self._pattern = re.compile(pattern) if pattern else None
        self._expected = expected or "words in quotes"
        self._validators = validators

    def read(self, raw: Any) -> str:
        if not isinstance(raw, str):
            raise Wrong.here(f"{quoted(raw)} is not {self._expected}")
        try:
            words = normal(raw)
        except WordsError as error:
            raise Wrong.here(str(error)) from error
        if len(words) > self._longest:
            raise Wrong.here(
                f"{len(words)} characters; expected {self._expected}, at most {self._longest}"
            )
        if self._pattern and not self._pattern.match(words):
            raise Wrong.here(f"{quoted(raw)} is not {self._expected}")
        for validate in self._validators:
            try:
                validate(words)
            except ValidationError as error:
                raise Wrong.here(f"{quoted(raw)} is not {self._expected}") from error
        return words

    def schema(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": self._longest}
        if self._pattern:
            made["pattern"] = f"^{self._pattern.pattern.removesuffix(END)}$"
        return made


class OneOf(Shape):
    """One of a fixed set of words."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = {str(value): str(value) for value in values}

    def read(self, raw: Any) -> str:
        try:
            return self._values[raw]
        except (KeyError, TypeError):
            near = suggestion(str(raw), self._values) if isinstance(raw, str) else ""
            raise Wrong.here(
                f"{quoted(raw)} is not known{near}; expected one of {', '.join(self._values)}"
            ) from None

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self._values)}


class Flag(Shape):
    """True or false."""

    def read(self, raw: Any) -> bool:
        if raw.__class__ is Plain and raw.lower() in ("true", "false"):
            return bool(raw.lower() == "true")
        raise Wrong.here(f"{quoted(raw)} is not a yes or no; expected true or false")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Whole(Shape):
    """A whole number."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def read(self, raw: Any) -> int:
        if (
            raw.__class__ is Plain
            and len(raw) < 20
            and INTEGER.match(raw)
            and self._least <= int(raw) <= self._most
        ):
            return int(raw)
        raise Wrong.here(
            f"{quoted(raw)} is not what is expected, a whole number without quotes from "
            f"{self._least} to {self._most}"
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self._least, "maximum": self._most}


class Degrees(Shape):
    """A latitude or longitude in decimal degrees."""

    def __init__(self, most: int) -> None:
        self._most = most

    def read(self, raw: Any) -> float:
        if raw.__class__ is Plain and len(raw) < 30 and NUMBER.match(raw):
            value = float(raw)
            if -self._most <= value <= self._most:
                return value + 0.0
        raise Wrong.here(
            f"{quoted(raw)} is not what is expected, decimal degrees such as 21.0285, from "
            f"-{self._most} to {self._most}"
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": -self._most, "maximum": self._most}


class Amount(Shape):
    """A decimal number, kept exactly; words in the record, because JSON numbers are not exact."""

    def __init__(self, digits: int, places: int) -> None:
        self._digits, self._places = digits, places

    def read(self, raw: Any) -> str:
        if raw.__class__ is Plain and len(raw) < 60 and NUMBER.match(raw):
            try:
                value = Decimal(raw)
            except InvalidOperation:  # cannot be after the pattern; the type says it could
                value = Decimal("NaN")
            _, digits, exponent = value.normalize().as_tuple()
            places = max(-int(exponent), 0)
            whole = len(digits) + int(exponent)
            if places <= self._places and whole <= self._digits - self._places:
                return _plain_decimal(value)
        raise Wrong.here(
            f"{quoted(raw)} is not what is expected, a number without quotes, at most "
            f"{self._digits - self._places} digits before and {self._places} after the point"
        )

    def write(self, value: str) -> Decimal:
        return Decimal(value)

    def to_column(self, value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    def from_column(self, value: Decimal | None) -> str | None:
        return None if value is None else _plain_decimal(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


class Day(Shape):
    """A calendar day."""

    def read(self, raw: Any) -> str:
        if isinstance(raw, str) and DAY.match(raw):
            try:
                return date.fromisoformat(raw).isoformat()
            except ValueError:
                pass
        raise Wrong.here(f"{quoted(raw)} is not a day; expected one such as 2025-10-01")

    def from_column(self, value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class Moment(Shape):
    """A moment with its offset from UTC; in the record it is in UTC."""

    def read(self, raw: Any) -> str:
        if isinstance(raw, str):
            try:
                moment = datetime.fromisoformat(raw)
            except ValueError:
                moment = None
            if moment is not None and moment.tzinfo is not None and not moment.microsecond:
                try:
                    return _utc(moment)
                except OverflowError:
                    pass
        raise Wrong.here(
            f"{quoted(raw)} is not a moment; expected date, time to the second at most, and offset "
            "from UTC, such as 2025-09-30T09:00:00+07:00"
        )

    def to_column(self, value: str | None) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)

    def from_column(self, value: datetime | None) -> str | None:
        return None if value is None else _utc(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


class Language(Shape):
    """A language tag."""

    def read(self, raw: Any) -> str:
        return language(raw)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}


class Zone(Shape):
    """A time zone by its IANA name."""

    def read(self, raw: Any) -> str:
        if isinstance(raw, str) and raw in _zones():
            return str(raw)
        near = suggestion(raw, _zones()) if isinstance(raw, str) else ""
        raise Wrong.here(
            f"{quoted(raw)} is not a time zone{near}; expected one such as Asia/Ho_Chi_Minh"
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class Period(Shape):
    """How often something comes back."""

    def read(self, raw: Any) -> str:
        try:
            recurrence.parse(raw)
        except ValueError as error:
            raise Wrong.here(str(error)) from error
        return str(raw)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^P[1-9][0-9]{0,2}[YMWD]$"}


def language(raw: Any) -> str:
    """The canonical language tag. Raises Wrong."""
    if not isinstance(raw, str):
        raise Wrong.here(f"{quoted(raw)} is not a language tag; expected one such as vi or pt-BR")
    try:
        return codes.canonical(raw)
    except codes.LanguageCodeError as error:
        raise Wrong.here(str(error)) from error


def _plain_decimal(value: Decimal) -> str:
    """Without exponent and without zeros at the end: 4600000000, 0.5."""
    words = f"{value:f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return "0" if words in ("-0", "") else words


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())

"""Columns of dates: as said, days, moments, periods and time zones.

`DateAsSaid` is one JSON value.

For sorting and filtering, a model adds columns that the database derives from the JSON, so that
nothing is typed twice (`KT` is `django.db.models.fields.json.KT`; works on SQLite and PostgreSQL):

    when = DateAsSaidColumn(null=True)
    when_start = models.GeneratedField(
        expression=KT("when__start"), output_field=models.CharField(max_length=10), db_persist=True
    )

The value is an ISO 8601 day as text (`2026-10-01`), which sorts as a date does, or NULL where the
date is NULL, open or unknown. A text and not a date column, because PostgreSQL refuses a cast from
text to date in a generated column (it depends on a session's DateStyle, so it is not immutable).
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Self
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates import recurrence
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.edtf import DateError
from amity.foundation.dates.written import date_from_form, date_to_form
from amity.foundation.fields import ValueColumn, WordsColumn, WrittenColumn, refused

MOMENTS = range(1000, 9999)
"""Years in which a moment may be: shown in any zone it still has a year of four digits."""
YEARS = {"first": MOMENTS.start, "last": MOMENTS.stop - 1}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class DateAsSaidColumn(ValueColumn):
    """A column whose value is a `DateAsSaid`, or None where the column is nullable.

    JSON lookups work: `when__precision="month"`, `when__start__lte="2026-10-31"`.
    """

    description = _("Date as said")
    default_error_messages = {"invalid": _("Expected a date as said.")}
    value_class = DateAsSaid

    def from_json(self, stored: Any) -> DateAsSaid:
        return DateAsSaid.from_json(json.loads(stored) if isinstance(stored, str) else stored)

    def from_form(self, form: object) -> DateAsSaid:
        return date_from_form(form)

    def written(self, value: DateAsSaid) -> object:
        return date_to_form(value)

    def is_stored(self, given: Mapping[str, object]) -> bool:
        return "precision" in given


class DayColumn(WrittenColumn, models.DateField):
    """A calendar day."""

    kept_as = models.DateField

    def read(self, value: object) -> object:
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        if isinstance(value, str) and DAY.match(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise refused(_("{value} is not a day; expected one such as 2029-12-31"), value)

    def written(self, value: date) -> str:
        return value.isoformat()


class MomentColumn(WrittenColumn, models.DateTimeField):
    """A moment to the second, written with its offset from UTC and kept in UTC."""

    kept_as = models.DateTimeField
    zone = ""

    def by_the_clocks_of(self, zone: str) -> Self:
        """The column, whose moments people mean by the clocks of a time zone; `zone` leads from
        the record to it: `gathering__timezone`."""
        self.zone = zone
        return self

    def read(self, value: object) -> object:
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else moment_as_written(value)
        if moment is not None and moment.utcoffset() is not None and not moment.microsecond:
            with suppress(OverflowError):
                if (in_utc := moment.astimezone(UTC)).year in MOMENTS:
                    return in_utc
            raise refused(_("{value} is not in the years {first} to {last}"), value, **YEARS)
        raise refused(
            _(
                "{value} is not a moment; expected date, time to the second at most, and offset "
                "from UTC, such as 2025-09-30T09:00:00+07:00"
            ),
            value,
        )

    def written(self, value: datetime) -> str:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class PeriodColumn(WordsColumn):
    """How often something comes back: an ISO 8601 duration of one unit, such as P6M."""

    def read(self, value: object) -> object:
        if value is None or value == "":
            return value
        try:
            recurrence.parse(value)
        except DateError as error:
            raise ValidationError(error.args[0], code="invalid") from error
        return str(value)


class TimeZoneColumn(WordsColumn):
    """A time zone by its IANA name."""

    def read(self, value: object) -> object:
        if value is None or value == "":
            return value
        if value in known_zones():
            return str(value)
        raise refused(_("{value} is not a time zone; expected one such as Asia/Ho_Chi_Minh"), value)

    def known(self) -> frozenset[str]:
        """The names that may be written."""
        return known_zones()


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(available_timezones())


def moment_as_written(written: object) -> datetime | None:
    """The moment in ISO 8601, with its offset if it has one; None where it is none."""
    try:
        return datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None

"""What stands in one column of a record as a person reads it: a day, a language, a label."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _

from amity.followup.choices import goal_label
from amity.followup.fields import GoalsColumn
from amity.foundation.dates.fields import DayColumn, MomentColumn, TimeZoneColumn
from amity.foundation.dates.words import day
from amity.foundation.differences import JSON
from amity.foundation.pages.formatting import offset_words, zone_place
from amity.languages import codes
from amity.languages.fields import LanguageColumn, LanguagesColumn

if TYPE_CHECKING:
    Column = models.Field[object, object]


def in_words(column: "Column", value: JSON, language: str, zone: str) -> str:
    """A value that is neither a text nor a date as said, moments by the clocks of `zone`."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, DayColumn):
        return day(date.fromisoformat(str(value)), language)
    if isinstance(column, MomentColumn):
        moment = datetime.fromisoformat(str(value)).astimezone(ZoneInfo(zone))
        clocks = "UTC" if zone == "UTC" else offset_words(moment, zone)
        return f"{day(moment.date(), language)}, {moment:%H:%M} ({clocks})"
    if isinstance(column, TimeZoneColumn):
        return zone_place(str(value))
    if isinstance(column, LanguageColumn):
        return codes.display_name(str(value), language)
    if isinstance(column, LanguagesColumn) and isinstance(value, list):
        return ", ".join(codes.display_name(str(tag), language) for tag in value)
    if isinstance(column, GoalsColumn) and isinstance(value, list):
        return "; ".join(goal_label(int(str(goal))) for goal in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(dict(column.flatchoices).get(value, value))

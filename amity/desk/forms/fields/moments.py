"""Moments, by the clocks of where they are."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates.zones import moments_of, shown_twice
from amity.foundation.pages.formatting import offset_words

from .columns import label_of
from .posted import PostedMoment

if TYPE_CHECKING:
    from .columns import Column


class MomentField(forms.Field):
    """A moment, typed as the clock shows it where it happens.

    `asks`: where the clocks show the time twice, in the night they are put back, it has to be said
    which is meant; otherwise it is the first.
    """

    shape: ClassVar[str] = "moment"
    widget = PostedMoment

    def __init__(self, column: "Column", zone: str, *, asks: bool = True) -> None:
        super().__init__(label=label_of(column), required=False)
        self.column, self.zone, self.asks = column, zone, asks

    def prepare_value(self, value: object) -> object:
        if isinstance(value, datetime):
            there = value.astimezone(ZoneInfo(self.zone))
            wall = there.strftime("%Y-%m-%dT%H:%M")
            return f"{wall}/{_offset(there)}" if shown_twice(value, self.zone) else wall
        return value or ""

    def wall(self, value: object) -> str:
        """The wall time of what was typed or stands, without which of two it is."""
        return str(value or "").partition("/")[0]

    def twice(self, value: object) -> list[tuple[str, str, bool]]:
        """The two moments at which the clocks show a wall time, and which of them is chosen.

        Each as it is sent and in words; empty where they show it once.
        """
        wall, _slash, which = str(value or "").partition("/")
        try:
            found = moments_of(datetime.fromisoformat(wall), self.zone)
        except ValueError:
            return []
        offsets = [(_offset(one.astimezone(ZoneInfo(self.zone))), one) for one in found]
        shown = [(sent, offset_words(one, self.zone), sent == which) for sent, one in offsets]
        return shown if len(shown) > 1 else []

    def clean(self, value: object) -> datetime | None:
        words, _slash, which = str(value or "").strip().partition("/")
        if not words:
            return None
        try:
            there = datetime.fromisoformat(words)
        except ValueError as error:
            raise ValidationError(
                _("Expected a day and a time, such as 2026-10-05 09:00.")
            ) from error
        if there.tzinfo:
            return there
        found = [one.astimezone(ZoneInfo(self.zone)) for one in moments_of(there, self.zone)]
        if not found:
            raise ValidationError(_("Clocks go forward there then: this time does not exist."))
        meant = [one for one in found if _offset(one) == which] or found
        if len(meant) > 1 and self.asks:
            raise ValidationError(_("Clocks are put back there then: say which time is meant."))
        return meant[0]


def _offset(there: datetime) -> str:
    """How far a moment by the clocks of a place is from UTC, such as +02:00."""
    return there.isoformat()[-6:]

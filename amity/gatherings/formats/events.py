"""Gatherings, sessions and contributions as events of a calendar, in the reader's language."""

from datetime import date, datetime

from amity.foundation.dates.as_said import DateAsSaid, Precision
from amity.foundation.dates.said import in_words
from amity.foundation.pages.links import absolute, url
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.gatherings.queries.calendar import Slot
from amity.languages.jinja import plain
from amity.record.jinja import titled
from amity.record.removals import Removal

from .icalendar import Event

STATUS = {
    GatheringStatus.ANNOUNCED: "TENTATIVE",
    GatheringStatus.POSTPONED: "TENTATIVE",
    GatheringStatus.CANCELLED: "CANCELLED",
}


def gathering_event(gathering: Gathering) -> Event | None:
    """The days of a gathering; None where it has none yet."""
    when = gathering.when
    if when is None or when.start is None or when.end is None:
        return None
    return Event(
        uid=f"gathering-{gathering.key}@amity",
        title=titled(gathering.title, invented=gathering.dossier.fictional),
        start=when.start,
        end=when.end,
        address=absolute(url("gatherings:gathering", key=gathering.key)),
        place=plain(gathering.place.name) if gathering.place else "",
        description=_as_said(when),
        status=status_of(gathering),
    )


def slot_event(slot: Slot, status: str, *, invented: bool) -> Event:
    """A session or contribution of a gathering whose `status_of` is `status`."""
    return Event(
        uid=f"{slot.kind}-{slot.key}@amity",
        title=titled(slot.title, invented=invented),
        start=slot.start,
        end=slot.end,
        address=absolute(url(f"gatherings:{slot.kind}", key=slot.key)),
        place=plain(slot.room),
        status=status,
    )


def removed_event(removal: Removal, start: date | datetime, end: date | datetime) -> Event:
    """What was removed from the record, cancelled in the days or at the times when it was to be."""
    entry = removal.entry
    return Event(
        uid=f"{entry.kind}-{entry.key}@amity",
        title=removal.title,
        start=start,
        end=end,
        address=absolute(url(f"gatherings:{entry.kind}", key=entry.key)),
        description=removal.all_words,
        status="CANCELLED",
    )


def status_of(gathering: Gathering) -> str:
    """Whether the gathering and all that is in it are certain (RFC 5545, section 3.8.1.11)."""
    return STATUS.get(GatheringStatus(gathering.status), "CONFIRMED")


def _as_said(when: DateAsSaid) -> str:
    """The date in words where it names no days, or the days are not certain."""
    exact = when.precision in (Precision.DAY, Precision.RANGE) and not when.approximate
    return "" if exact else in_words(when)

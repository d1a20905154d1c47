"""Gatherings, sessions and contributions as events of a calendar, in the reader's language."""

from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from amity.foundation.dates.as_said import DateAsSaid, Precision
from amity.foundation.dates.said import in_words
from amity.foundation.pages.links import absolute, addresses, url
from amity.gatherings.choices import GatheringStatus, ProgrammeStatus
from amity.gatherings.models import Gathering
from amity.gatherings.queries.calendar import Slot
from amity.gatherings.queries.edits import UNCHANGED, Edits, Subject
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.removals import Removal
from amity.record.titles import invented_mark, titled

from .icalendar import Event

STATUS = {
    GatheringStatus.ANNOUNCED: "TENTATIVE",
    GatheringStatus.POSTPONED: "CANCELLED",
    GatheringStatus.CANCELLED: "CANCELLED",
}
"""RFC 5545 knows no "postponed": on the days that were announced it does not take place."""


def uid(kind: str, key: str) -> str:
    """The identifier of an event, unique in the world by the host of this installation."""
    return f"{kind}-{key}@{host()}"


def host() -> str:
    """The host of this installation, and its port where it is not the usual one."""
    return urlsplit(settings.BASE_URL).netloc


def gathering_event(gathering: Gathering, edits: Edits) -> Event | None:
    """The days of a gathering; None where it has none yet."""
    when = gathering.when
    if when is None or when.start is None or when.end is None:
        return None
    return Event(
        uid=uid("gathering", gathering.key),
        title=_marked(
            titled(gathering.title, invented=gathering.dossier.fictional), gathering.status
        ),
        start=when.start,
        end=when.end,
        address=absolute(url("gatherings:gathering", key=gathering.key)),
        place=_place(gathering, "", gathering.url),
        description=_lines(_as_said(when), _online(gathering.url), plain(gathering.summary)),
        status=status_of(gathering),
        online=gathering.url,
        sequence=edits.sequence,
        modified=edits.at,
    )


class SlotEvents:
    """Makes events of a programme's slots.

    There are hundreds, so that what many of them share is worded once: where they take place,
    what stands before names, the beginnings of addresses.
    """

    def __init__(self) -> None:
        self._named = {
            "session": _("Chaired by: %(names)s"),
            "contribution": _("Speakers: %(names)s"),
        }
        self._addresses = {kind: addresses(f"gatherings:{kind}") for kind in self._named}
        self._host = host()
        self._mark = invented_mark()
        self._places: dict[tuple[tuple[Subject, ...], str], str] = {}

    def event(self, slot: Slot, edits: Edits) -> Event:
        """The session or contribution as an event."""
        gathering = slot.gathering
        called_off = slot.status in (ProgrammeStatus.CANCELLED, ProgrammeStatus.POSTPONED)
        title = slot.title
        if gathering.dossier.fictional:
            title += self._mark
        return Event(
            uid=f"{slot.kind}-{slot.key}@{self._host}",
            title=_marked(title, slot.status if called_off else gathering.status),
            start=slot.start,
            end=slot.end,
            address=self._addresses[slot.kind](slot.key),
            place=self._place(slot),
            description=_lines(self._people(slot), _online(slot.online), slot.about),
            status="CANCELLED" if called_off else status_of(gathering),
            online=slot.online,
            sequence=edits.sequence,
            modified=edits.at,
        )

    def _place(self, slot: Slot) -> str:
        where = slot.beside, slot.online
        if where not in self._places:
            self._places[where] = _place(slot.gathering, slot.room, slot.online)
        return self._places[where]

    def _people(self, slot: Slot) -> str:
        if not slot.people:
            return ""
        return self._named[slot.kind] % {"names": ", ".join(slot.people)}


def removed_event(
    removal: Removal,
    start: date | datetime,
    end: date | datetime | None,
    edits: Edits = UNCHANGED,
) -> Event:
    """What was removed from the record, cancelled in the days or at the times when it was to be."""
    entry = removal.entry
    return Event(
        uid=uid(entry.kind, entry.key),
        title=removal.title,
        start=start,
        end=end,
        address=absolute(kinds.entry_url(entry.kind, entry.key) or ""),
        description=removal.all_words,
        status="CANCELLED",
        sequence=edits.sequence + 1,
        modified=entry.removed_at,
    )


def status_of(gathering: Gathering) -> str:
    """Whether the gathering and all that is in it are certain (RFC 5545, section 3.8.1.11)."""
    return STATUS.get(GatheringStatus(gathering.status), "CONFIRMED")


def _marked(title: str, status: str) -> str:
    """The title, and before it that it does not take place then: many programs show no status."""
    if status == GatheringStatus.POSTPONED:
        return _("Postponed: %(title)s") % {"title": title}
    if status == GatheringStatus.CANCELLED:
        return _("Called off: %(title)s") % {"title": title}
    return title


def _place(gathering: Gathering, room: str, online: str) -> str:
    """Room, house and city, and where it is met online."""
    parts = [room, plain(gathering.venue)]
    city = plain(gathering.place.name) if gathering.place else ""
    if not parts[1].endswith(city):
        parts.append(city)
    return ", ".join(part for part in [*parts, online] if part)


def _online(address: str) -> str:
    return _("Online: %(address)s") % {"address": address} if address else ""


def _lines(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _as_said(when: DateAsSaid) -> str:
    """The date in words where it names no days, or the days are not certain."""
    exact = when.precision in (Precision.DAY, Precision.RANGE) and not when.approximate
    return "" if exact else in_words(when)

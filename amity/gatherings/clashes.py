"""What in a programme cannot take place as it stands: one person, room or time taken twice; pure.

Nothing is refused by it: an officer is told, and may know better.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

A_MOMENT = timedelta(seconds=1)


class ClashKind(StrEnum):
    """What clashes."""

    PERSON = "person"
    """Somebody is in two places at once."""
    ROOM = "room"
    """Two sessions are in one room at once."""
    TOGETHER = "together"
    """Two contributions to one session are given at once."""
    OUTSIDE = "outside"
    """A contribution is not within the times of its session."""
    DAYS = "days"
    """A session is not within the days of the gathering."""
    ORDER = "order"
    """Something ends before it starts."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A session, or a contribution `within` the row of its session, so far as it is known.

    `row` names it. `day`: of what has no time yet. `room` and `people` by whatever tells them
    apart. `off`: it does not take place, and so is in nobody's way.
    """

    row: int
    within: int | None = None
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    room: str = ""
    people: frozenset[str] = field(default_factory=frozenset)
    off: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """What clashes: its row, the other row where there are two, and the person or room."""

    kind: ClashKind
    row: int
    other: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """From when until when a slot takes its people; `own`: by its own times, not its session's."""

    slot: Slot
    starts: datetime
    ends: datetime
    own: bool


def clashes(slots: Sequence[Slot], first: date | None, last: date | None, zone: str) -> list[Clash]:
    """All that clashes in a programme of a gathering that lasts from `first` to `last`.

    `zone`: by whose clocks its days go. In the order of the rows, each pair once.
    """
    held = [one for one in slots if not one.off]
    sessions = {one.row: one for one in held if one.within is None}
    there = ZoneInfo(zone)
    found = [
        *_backwards(held),
        *_outside(held, sessions),
        *_on_other_days(sessions.values(), first, last, there),
        *_at_once(_taken(held, sessions)),
    ]
    order = list(ClashKind)
    return sorted(found, key=lambda one: (one.row, order.index(one.kind), one.other or 0, one.name))


def _backwards(slots: Iterable[Slot]) -> Iterator[Clash]:
    for one in slots:
        if one.starts is not None and one.ends is not None and one.ends < one.starts:
            yield Clash(ClashKind.ORDER, one.row)


def _outside(slots: Iterable[Slot], sessions: dict[int, Slot]) -> Iterator[Clash]:
    for one in slots:
        session = sessions.get(one.within) if one.within is not None else None
        if session is None or session.starts is None or one.starts is None:
            continue
        late = session.ends is not None and (one.ends or one.starts) > session.ends
        if one.starts < session.starts or late:
            yield Clash(ClashKind.OUTSIDE, one.row, session.row)


def _on_other_days(
    sessions: Iterable[Slot], first: date | None, last: date | None, there: ZoneInfo
) -> Iterator[Clash]:
    for one in sessions:
        day = one.starts.astimezone(there).date() if one.starts else one.day
        if day is not None and ((first and day < first) or (last and day > last)):
            yield Clash(ClashKind.DAYS, one.row)


def _taken(slots: Iterable[Slot], sessions: dict[int, Slot]) -> list[Taken]:
    """The slots of which it is known when they are; without times of its own, as its session."""
    found = []
    for one in slots:
        session = sessions.get(one.within) if one.within is not None else None
        timed = one if one.starts is not None else session
        if timed is not None and timed.starts is not None:
            ends = max(timed.ends or timed.starts, timed.starts + A_MOMENT)
            found.append(Taken(one, timed.starts, ends, timed is one))
    return sorted(found, key=lambda one: one.starts)


def _at_once(taken: Sequence[Taken]) -> Iterator[Clash]:
    """What two slots take at the same time. Each is held only against those that still last."""
    lasting: list[Taken] = []
    for one in taken:
        lasting = [other for other in lasting if other.ends > one.starts]
        for other in lasting:
            yield from _between(*sorted((one, other), key=lambda each: each.slot.row))
        lasting.append(one)


def _between(one: Taken, other: Taken) -> Iterator[Clash]:
    a, b = one.slot, other.slot
    if a.within is None and b.within is None and a.room and a.room == b.room:
        yield Clash(ClashKind.ROOM, a.row, b.row, a.room)
    if a.within is not None and a.within == b.within:
        if one.own and other.own:
            yield Clash(ClashKind.TOGETHER, a.row, b.row)
        return
    if a.within == b.row or b.within == a.row:
        return  # who chairs a session may speak in it
    for person in sorted(a.people & b.people):
        yield Clash(ClashKind.PERSON, a.row, b.row, person)

"""What is given of a day of meetings between two people each: who, when, where, and what they wish.

Ids are unique within their kind. The slots stand in the order of time; all are of one day, so that
idle time between any two of them counts. A meeting takes one slot and one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from planning.fields import Id, Range

Name = Annotated[str, Id]


@dataclass(frozen=True)
class Slot:
    """A stretch of time that holds one meeting per table. session: the part of the day it belongs
    to, such as "morning"; empty where the day has no parts."""

    id: Name
    session: str = ""


@dataclass(frozen=True)
class Table:
    """A place for one meeting per slot. closed: ids of slots in which it cannot be used."""

    id: Name
    closed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Participant:
    """Somebody who meets others, one at a time.

    languages  spoken, as tags ("vi", "fr"); empty: needs no interpreter with anybody
    absent     ids of slots in which they are not there
    most       meetings they hold at most; None for no bound
    priority   their wishes weigh this many times; 1..100
    """

    id: Name
    languages: tuple[Name, ...] = ()
    absent: tuple[str, ...] = ()
    most: Annotated[int | None, Range(0, 1000)] = None
    priority: Annotated[int, Range(1, 100)] = 1


@dataclass(frozen=True)
class Wish:
    """Participant `by` would like to meet participant `of`. weight: how much; 1..100.

    Where both wish for each other they may meet; what that is worth is the sum over both of
    weight × priority of who wishes. The meeting's id is "A+B", A standing before B in the
    problem's participants.
    """

    by: Name
    of: Name
    weight: Annotated[int, Range(1, 100)] = 1


@dataclass(frozen=True)
class Meeting:
    """A meeting of the participants a and b that is agreed already, or one that might be.

    required  it must be held; otherwise it is held where that is worth more than another
    value     what holding it is worth; 0..10 000 (counts only where it is not required)
    session   the part of the day in which it must be; empty for any
    slots     ids of the slots in which it may be; empty for any
    pinned    id of the slot in which it must be, where it is held; empty for any
    """

    id: Name
    a: Name
    b: Name
    required: bool = True
    value: Annotated[int, Range(0, 10_000)] = 1
    session: str = ""
    slots: tuple[str, ...] = ()
    pinned: str = ""


@dataclass(frozen=True)
class Forbidden:
    """The participants a and b must not meet, whatever they wish."""

    a: Name
    b: Name


@dataclass(frozen=True)
class Precedence:
    """Where both meetings are held, `before` is in an earlier slot than `after` (meeting ids)."""

    before: Name
    after: Name


@dataclass(frozen=True)
class Interpreters:
    """Interpreters who can stand in for each other.

    languages  each of them works between any two of these
    count      how many there are; each serves one meeting per slot; 0..1000
    absent     ids of slots in which none of them is there
    """

    id: Name
    languages: Annotated[tuple[Name, ...], Range(2)]
    count: Annotated[int, Range(0, 1000)] = 1
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A day of meetings.

    fairness     idle breaks of any two participants differ by at most this, participants without
                 meetings included; None for no such rule. An idle break is a longest run of slots
                 without a meeting between two meetings of one participant
    direct_cost  taken from a meeting's value where an interpreter serves it directly; 0..10 000
    relay_cost   the same where two interpreters serve it through a third language; 0..10 000
    """

    slots: Annotated[tuple[Slot, ...], Range(1, 500)]
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...] = ()
    wishes: tuple[Wish, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    interpreters: tuple[Interpreters, ...] = ()
    fairness: Annotated[int | None, Range(0, 500)] = None
    direct_cost: Annotated[int, Range(0, 10_000)] = 0
    relay_cost: Annotated[int, Range(0, 10_000)] = 1


@dataclass(frozen=True)
class Place:
    """Where a meeting is held. interpreters: nobody, one group that serves it directly, or two
    groups in the order from participant a to participant b."""

    meeting: Name
    slot: Name
    table: Name
    interpreters: tuple[str, ...] = ()

"""What is given of a programme: slots, rooms, tracks, contributions, people, wishes, rules.

All ids are non-empty strings, unique within their kind. Times are local times of the venue,
written "YYYY-MM-DDTHH:MM"; durations are whole minutes. A *session* is what happens in one room in
one slot: contributions of one track, one after another from the start of the slot, without gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from planning.fields import Range
from planning.terms import Count, Minutes, Name, Period, Price, Weight


@dataclass(frozen=True)
class Slot:
    """A stretch of time that holds one session per room. Slots must not overlap; the time between
    them is break. minutes: 1..1440."""

    id: Name
    start: str
    minutes: Minutes


@dataclass(frozen=True)
class Room:
    """seats >= 0; equipment it has; languages worked in there (spoken from the floor or
    interpreted), () for any; closed: ids of slots in which it cannot be used."""

    id: Name
    seats: Count
    equipment: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Track:
    """chairs: ids of the persons who chair every session of the track, from its slot's start to
    its end."""

    id: Name
    chairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contribution:
    """One presentation, panel or ceremony.

    minutes    1..1440; must fit some slot
    people     ids of its speakers and panellists
    order      its rank within the track, lower first; 0 where free
    equipment  what it needs in the room
    language   spoken from the floor, "" where any room serves
    interest   people expected in the room, >= 0
    slot, room id where it is fixed there (opening, closing), "" where free
    plenary    nothing else may be on in its slot
    """

    id: Name
    track: Name
    minutes: Minutes
    people: tuple[str, ...] = ()
    order: Annotated[int, Range(0, 100_000)] = 0
    equipment: tuple[str, ...] = ()
    language: str = ""
    interest: Count = 0
    slot: str = ""
    room: str = ""
    plenary: bool = False


@dataclass(frozen=True)
class Person:
    """zone: IANA name ("Asia/Jakarta") or "UTC+07:00" of the place from which a remote person takes
    part, "" for somebody at the venue; away: when they cannot take part at all. Persons named in a
    contribution or track but not listed are at the venue and never away."""

    id: Name
    zone: str = ""
    away: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Break:
    """Time in which the rooms named hold no session; rooms () for all. minutes: 1..1440."""

    start: str
    minutes: Minutes
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True)
class SimilarTracks:
    """cost >= 0 of every slot in which both tracks meet."""

    a: str
    b: str
    cost: Price


@dataclass(frozen=True)
class Preference:
    """cost >= 0 of every place that matches all of what is named: a contribution, or a session of
    a track, or (neither named) any session, in a slot and in a room ("" matches any)."""

    cost: Price
    contribution: str = ""
    track: str = ""
    slot: str = ""
    room: str = ""


@dataclass(frozen=True)
class Wish:
    """count >= 1 delegates who each want to hear all these contributions."""

    contributions: tuple[str, ...]
    count: Annotated[int, Range(1, 1_000_000)] = 1


@dataclass(frozen=True)
class Problem:
    """A whole programme to be planned.

    zone               IANA name or "UTC+02:00" of the venue
    possible_hours     "HH:MM" from and to, at the place where a remote person is
    comfortable_hours  the same, narrower
    people_stay        True: speakers and panellists are taken up for the whole session in which
                       they present; False: only while they present
    delegates_stay     True: delegates choose one room per slot; False: they may change rooms
                       between contributions
    """

    zone: str
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    tracks: tuple[Track, ...]
    contributions: tuple[Contribution, ...]
    persons: tuple[Person, ...] = ()
    breaks: tuple[Break, ...] = ()
    similar: tuple[SimilarTracks, ...] = ()
    preferences: tuple[Preference, ...] = ()
    wishes: tuple[Wish, ...] = ()
    weights: tuple[Weight, ...] = ()
    possible_hours: tuple[str, str] = ("07:00", "23:00")
    comfortable_hours: tuple[str, str] = ("09:30", "21:30")
    people_stay: bool = True
    delegates_stay: bool = False


@dataclass(frozen=True)
class Place:
    """Where one contribution is: slot, room, and minutes after the start of the slot."""

    contribution: Name
    slot: Name
    room: Name
    offset: Annotated[int, Range(0, 1440)]

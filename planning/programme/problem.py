"""What is given of a programme: slots, rooms, tracks, contributions, people, wishes, rules.

All ids are non-empty strings, unique within their kind. Times are local times of the venue,
written "YYYY-MM-DDTHH:MM"; durations are whole minutes. A *session* is what happens in one room in
one slot: contributions of one track, one after another from the start of the slot, without gaps;
in a room with boards, posters of one track, all from the start of the slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from planning.fields import Range
from planning.terms import Count, Minutes, Name, Period, Price, Weight

Nth = Annotated[int, Range(-100_000, 100_000)]


@dataclass(frozen=True)
class Slot:
    """A stretch of time that holds one session per room. Two slots may overlap where no room is
    open in both of them. minutes: 1..1440."""

    id: Name
    start: str
    minutes: Minutes


@dataclass(frozen=True)
class Room:
    """seats >= 0; equipment it has; languages worked in there (spoken from the floor or
    interpreted), () for any; closed: ids of slots in which it cannot be used; boards: of a hall for
    posters how many it has (each session there is one of posters), 0 for a room for talks."""

    id: Name
    seats: Count
    equipment: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    boards: Count = 0


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
    plenary    nothing else may be on while its session is
    position   which of its track it is, counted over the sessions of the track in time, those at
               one time in the order of the rooms: 1 the first, 2 the second, -1 the last, 0 free
    session_position  the same within its session: 1 opens it, -1 closes it
    not_slots  ids of slots in which it must not be
    poster     shown at a board from the start of the session, in a room with boards
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
    position: Nth = 0
    session_position: Nth = 0
    not_slots: tuple[str, ...] = ()
    poster: bool = False


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
    """cost >= 0 of every pair of sessions, one of each track, that are on at once."""

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
class Apart:
    """Between the end of one of two contributions and the start of the other there are at least so
    many minutes. Where people stay (see Problem), this is said of their sessions."""

    a: str
    b: str
    minutes: Minutes


@dataclass(frozen=True)
class NextTo:
    """Two contributions of one track stand next to each other in one session."""

    a: str
    b: str


@dataclass(frozen=True)
class Problem:
    """A whole programme to be planned. All rules together must not be able to cost more than
    500,000,000,000 in any programme, counted roughly from above; see `weights`.

    zone               IANA name or "UTC+02:00" of the venue
    possible_hours     "HH:MM" from and to, at the place where a remote person is
    comfortable_hours  the same, narrower
    people_stay        True: speakers and panellists are taken up for the whole session in which
                       they present; False: only while they present
    delegates_stay     True: delegates choose one room per slot; False: they may change rooms
                       between contributions
    pause              minutes that the rule pause-between-talks asks for between two
                       contributions of one person in two sessions
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
    apart: tuple[Apart, ...] = ()
    next_to: tuple[NextTo, ...] = ()
    pause: Minutes = 15


@dataclass(frozen=True)
class Place:
    """Where one contribution is: slot, room, and minutes after the start of the slot."""

    contribution: Name
    slot: Name
    room: Name
    offset: Annotated[int, Range(0, 1440)]

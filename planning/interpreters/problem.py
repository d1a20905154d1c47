"""What is given: sessions with their languages, interpreters with theirs, a standard, rules.

All ids are non-empty strings, unique within their kind; languages are tags such as "vi". Times
are local times of the venue, written "YYYY-MM-DDTHH:MM"; durations are whole minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from planning.fields import Range
from planning.interpreters.standards import AIIC, Standard
from planning.terms import Minutes, Name, Period, Price, Weight


@dataclass(frozen=True)
class Part:
    """One part of a session, without a break in it; a team stays for all of it. Parts of a
    session must not overlap, and stand in order of time."""

    start: str
    minutes: Minutes


@dataclass(frozen=True)
class Session:
    """A meeting that is interpreted.

    parts  at least one; a session divided by a long break or over days has several
    floor  languages spoken from the floor
    heard  languages into which it is interpreted; each language spoken must be heard in each of
           these but itself
    """

    id: Name
    parts: tuple[Part, ...]
    floor: tuple[Name, ...]
    heard: tuple[Name, ...]


@dataclass(frozen=True)
class Interpreter:
    """One interpreter, with languages as the profession grades them: into `a` (mother tongues) and
    `b` (other active languages) they work from each of their other languages; from `c` (passive
    languages) they only work.

    away  when they cannot work
    fee   of each day on which they have a duty, in units of the objective, >= 0
    fair  whether their total counts in the fair shares
    """

    id: Name
    a: tuple[Name, ...]
    b: tuple[Name, ...] = ()
    c: tuple[Name, ...] = ()
    away: tuple[Period, ...] = ()
    fee: Price = 0
    fair: bool = True


@dataclass(frozen=True)
class Problem:
    """Sessions to be interpreted and the interpreters there are. standard: team sizes and
    working hours; the default is that of the International Association of Conference
    Interpreters. All rules together must not be able to cost more than 1,000,000,000,000,000 in
    any plan, counted roughly from above; see `weights`."""

    sessions: tuple[Session, ...]
    interpreters: tuple[Interpreter, ...]
    standard: Standard = AIIC
    weights: tuple[Weight, ...] = ()


@dataclass(frozen=True)
class Duty:
    """An interpreter in a booth for one part (numbered from 0) of a session. booth: the language
    it works into; "both" for the one booth of a session in two languages."""

    session: Name
    part: Annotated[int, Range(0, 1000)]
    booth: Name
    interpreter: Name

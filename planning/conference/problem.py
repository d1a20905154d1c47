"""A programme and its interpreters together, decided in one."""

from __future__ import annotations

from dataclasses import dataclass

from planning.interpreters.problem import Duty, Interpreter
from planning.interpreters.standards import AIIC, Standard
from planning.programme.problem import Place, Problem
from planning.terms import Name, Weight


@dataclass(frozen=True)
class Interpreted:
    """Every session of the track is interpreted from the languages of the floor into those heard,
    for the whole of its slot."""

    track: Name
    floor: tuple[Name, ...]
    heard: tuple[Name, ...]


@dataclass(frozen=True)
class Conference:
    """A programme, the tracks that are interpreted, and the interpreters there are. The rules of
    the programme together must not be able to cost more than 500,000,000,000, and those of
    interpreters 1,000,000,000,000,000, counted roughly from above; see `weights` and
    `interpreting`.

    interpreting  weights of the rules of interpreters; those of the programme stand in it
    """

    programme: Problem
    interpreters: tuple[Interpreter, ...]
    interpreted: tuple[Interpreted, ...]
    standard: Standard = AIIC
    interpreting: tuple[Weight, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of a conference's plan: either the place of a contribution, or the duty of an
    interpreter in the session named "slot/room"."""

    place: Place | None = None
    duty: Duty | None = None

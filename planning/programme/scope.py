"""What the exact model may decide: the whole programme, or a part of one that stands.

A large neighbourhood of a programme is a scope: some sessions may go elsewhere and some
contributions may go to other sessions, while all the rest stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.programme.compiled import Compiled

Cell = tuple[int, int]  # slot, room


@dataclass(frozen=True)
class Scope:
    """settled: per track, cells in which it meets in any case; open: per track, further cells in
    which it may meet; talks: per contribution, the cells it may be in."""

    settled: Sequence[frozenset[Cell]]
    open: Sequence[frozenset[Cell]]
    talks: Sequence[frozenset[Cell]]


def whole(c: Compiled) -> Scope:
    """Everything is to be decided."""
    none = frozenset[Cell]()
    kinds = {
        poster: frozenset(
            cell for cell in c.cells if bool(c.problem.rooms[cell[1]].boards) == poster
        )
        for poster in (False, True)
    }
    long_enough = {
        size: frozenset(cell for cell in c.cells if c.long[cell[0]] >= size)
        for size in {given.minutes for given in c.problem.contributions}
    }
    talks = [kinds[given.poster] & long_enough[given.minutes] for given in c.problem.contributions]
    return Scope([none] * len(c.members), [suited(c, t) for t in range(len(c.members))], talks)


def suited(c: Compiled, t: int) -> frozenset[Cell]:
    """The cells for talks, or for posters, as the track has members of these kinds."""
    kinds = {c.given(i).poster for i in c.members[t]}
    return frozenset(cell for cell in c.cells if bool(c.problem.rooms[cell[1]].boards) in kinds)


def around(
    c: Compiled,
    where: Sequence[Cell],
    tracks: frozenset[int],
    cells: frozenset[Cell],
) -> Scope:
    """Free all that is of `tracks` or in `cells` of a programme (the cell of each contribution):
    it may go to any of those cells, to those the tracks leave and to those that are empty."""
    meets: list[set[Cell]] = [set() for _ in c.members]
    for i, cell in enumerate(where):
        meets[c.track_of[i]].add(cell)
    taken = {cell for held in meets for cell in held}
    loose = [
        held if t in tracks else {cell for cell in held if cell in cells}
        for t, held in enumerate(meets)
    ]
    free = {cell for cell in c.cells if cell not in taken} | {n for held in loose for n in held}
    settled, opened = [], []
    for t, held in enumerate(meets):
        settled.append(frozenset(held - loose[t]))
        opened.append(suited(c, t) & free if loose[t] else frozenset[Cell]())
    talks = []
    for i, cell in enumerate(where):
        t = c.track_of[i]
        if cell in loose[t]:
            held = free if t not in tracks else free | settled[t]
            talks.append(frozenset(n for n in held if c.suits(i, *n)))
        else:
            talks.append(frozenset([cell]))
    return Scope(settled, opened, talks)

"""Deals the contributions of a track to its sessions: packing, and lines that keep their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np

from planning.programme.compiled import BIG, Compiled
from planning.programme.line_up import BEHIND, pinned
from planning.programme.state import State


def line_of(c: Compiled, t: int) -> list[int]:
    """The contributions of a track in the order and the positions that they should have."""
    paired = dict(c.adjacent)
    line = sorted(c.members[t], key=lambda i: (c.order(i) or BEHIND, i))
    for a, b in paired.items():
        if a in line and b in line and not (c.order(a) and c.order(b)):
            line.remove(b)
            line.insert(line.index(a) + 1, b)
    return pinned(c, line, 0)


def goes_in_order(sizes: Sequence[int], room: Sequence[int]) -> bool:
    """Whether a line of these sizes fits into sessions with so much room, in order."""
    left = iter(room)
    free = next(left, None)
    for size in sizes:
        while free is not None and free < size:
            free = next(left, None)
        if free is None:
            return False
        free -= size
    return True


def packing(sizes: Sequence[int], room: Sequence[int]) -> list[list[int]] | None:
    """Sizes for each of these rooms so that all are in one of them; None where they do not fit.
    Pieces count: two units do not fit into the last one of each of two rooms."""
    kinds = sorted(set(sizes), reverse=True)
    counts = tuple(sum(size == kind for size in sizes) for kind in kinds)
    if sum(sizes) > sum(room):
        return None

    @cache
    def fill(n: int, left: tuple[int, ...]) -> tuple[tuple[int, ...], ...] | None:
        if not any(left):
            return tuple((0,) * len(kinds) for _ in range(n, len(room)))
        if n == len(room):
            return None
        for take in _takes(room[n], left):
            rest = fill(n + 1, tuple(a - b for a, b in zip(left, take, strict=True)))
            if rest is not None:
                return (take, *rest)
        return None

    def _takes(space: int, left: tuple[int, ...]) -> list[tuple[int, ...]]:
        """How many of each kind go into a room, fullest first."""
        found: list[tuple[int, tuple[int, ...]]] = [(0, ())]
        for kind, most in zip(kinds, left, strict=True):
            found = [
                (used + kind * k, (*take, k))
                for used, take in found
                for k in range(min(most, (space - used) // kind), -1, -1)
            ]
        return [take for _, take in sorted(found, key=lambda row: (-row[0], row[1]))]

    found = fill(0, counts)
    if found is None:
        return None
    return [[kind for kind, k in zip(kinds, take, strict=True) for _ in range(k)] for take in found]


def deal(state: State, t: int, line: Sequence[int], cells: Sequence[int]) -> list[list[int]] | None:
    """The cheapest way to cut the line into sessions for these cells (sorted); None where it does
    not fit. The track must be nowhere; what its contributions cost each other is left aside."""
    count, last = len(line), len(cells)
    price = _prices(state, line, cells)
    size = [state.size[i] for i in line]
    marked = [state.c.session_position(i) for i in line]
    some_marked = any(marked)
    infinite = 1 << 62
    best = [infinite] * count + [0]  # of the line from here on, in the cells not yet looked at
    cuts: list[list[int]] = []
    for n in range(last - 1, -1, -1):
        room, own = state.room[cells[n]], price[n]
        fresh, cut = list(best), list(range(count + 1))
        for start in range(count - 1, -1, -1):
            used = cost = 0
            least, where = fresh[start], start
            for end in range(start, count):
                used += size[end]
                if used > room:
                    break
                cost += own(end, start)
                if best[end + 1] < infinite:
                    whole = cost + best[end + 1]
                    if some_marked and any(marked[start : end + 1]):
                        whole += state.structure.session_cost(list(line[start : end + 1]))
                    if whole < least:
                        least, where = whole, end + 1
            fresh[start], cut[start] = least, where
        best = fresh
        cuts.append(cut)
    if best[0] >= infinite:
        return None
    found, start = [], 0
    for cut in reversed(cuts):
        found.append(list(line[start : cut[start]]))
        start = cut[start]
    return found


def _prices(
    state: State, line: Sequence[int], cells: Sequence[int]
) -> list[Callable[[int, int], int]]:
    """Per cell, what the contribution at a place of the line costs there when the session begins
    with that at another."""
    index = np.array(line, dtype=np.int64)
    if all(overlap.stay for overlap in state.overlaps) and state.c.problem.people_stay:
        cost = state.by_cell[index[:, None], cells]
        for overlap in state.overlaps:
            cost = cost + overlap.running[overlap.slot_of[cells]][:, index].T
        return [_flat(row) for row in cost.T.tolist()]
    until = [0]
    for i in line:
        until.append(until[-1] + state.length[i])
    known: dict[tuple[int, int, int], int] = {}

    def timed(n: int) -> Callable[[int, int], int]:
        first = state.first_unit[n]

        def own(place: int, start: int) -> int:
            shift = 0 if state.boards[n] else until[place] - until[start]
            key = (n, place, shift)
            if key not in known:
                late = first + shift + state.length[line[place]] > state.c.units
                known[key] = BIG if late else state.cost_at(line[place], n, first + shift)
            return known[key]

        return own

    return [timed(n) for n in cells]


def _flat(row: list[int]) -> Callable[[int, int], int]:
    """Prices that do not depend on where the session begins."""
    return lambda place, start: row[place]


def lay_out(state: State, sessions: Mapping[int, int]) -> list[int]:
    """Lay the contributions of every track into its sessions (cell -> track): those that want an
    order in it where it fits, the others each where it costs least. Answers who did not fit."""
    c = state.c
    sharing = {i for pair in c.shared for i in pair}
    left: list[int] = []
    cells_of: dict[int, list[int]] = {}
    for n, t in sorted(sessions.items()):
        cells_of.setdefault(t, []).append(n)
    for t, members in enumerate(c.members):
        cells = cells_of.get(t, [])
        if state.structure.lines[t] and cells and all(_suits(state, i, cells) for i in members):
            dealt = deal(state, t, line_of(c, t), cells)
            if dealt is not None:
                for n, held in zip(cells, dealt, strict=True):
                    state.lay(n, t, held)
                continue
        left += _by_cost(state, t, cells, sharing)
    return left


def _suits(state: State, i: int, cells: Sequence[int]) -> bool:
    return all(state.c.suits(i, *state.c.cells[n]) for n in cells)


def _by_cost(state: State, t: int, cells: Sequence[int], sharing: set[int]) -> list[int]:
    """Each contribution where it costs least among the places that a packing gives its size."""
    c = state.c
    members = c.members[t]
    talks = [n for n in cells if not state.boards[n]]
    sizes = [state.size[i] for i in members if not c.given(i).poster]
    packed = packing(sizes, [state.room[n] for n in talks])
    places: dict[int, list[int]] = {}
    if packed is not None:
        places = {n: list(held) for n, held in zip(talks, packed, strict=True)}

    def urgency(i: int) -> tuple[bool, int, bool, bool, int, int]:
        given = c.given(i)
        fixed, shares = bool(given.slot or given.room), i in sharing
        return (not fixed, -state.size[i], not shares, not c.is_limited(i), given.order, i)

    left = []
    for i in sorted(members, key=urgency):
        if c.given(i).poster or packed is None:
            open_to = [n for n in cells if state.fits(n, [*state.sessions[n].held, i])]
        else:
            open_to = [n for n in talks if state.size[i] in places[n] and _suits(state, i, [n])]
        if not open_to:
            left.append(i)
            continue
        cheapest = min(open_to, key=lambda n: (state.cost_at(i, n, state.end_of(n)), n))
        if n_places := places.get(cheapest):
            n_places.remove(state.size[i])
        state.append(cheapest, t, i)
    if state.structure.lines[t]:
        for n in cells:
            held = state.lift(n)
            held.sort(key=lambda i: (c.order(i) or BEHIND, i))
            state.lay(n, t, held)
    return left

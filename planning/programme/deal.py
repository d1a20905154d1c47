"""Deals the contributions of a track to its sessions: packing, and lines that keep their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

import numpy as np

from planning.programme.compiled import Compiled
from planning.programme.line_up import BEHIND, pinned
from planning.programme.state import State
from planning.programme.units import BIG


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


INFINITE = 1 << 62


def deal(state: State, t: int, line: Sequence[int], cells: Sequence[int]) -> list[list[int]] | None:
    """The cheapest way to cut the line into sessions for these cells (sorted); None where it does
    not fit. The track must be nowhere; what its contributions cost each other is left aside."""
    count = len(line)
    size = [state.size[i] for i in line]
    flat = not state.structure.any_in_session[t] and state.whole_slots
    price = _sums(state, line, cells) if flat else []
    segment = None if flat else _segments(state, line)
    best = [INFINITE] * count + [0]  # of the line from here on, in the cells not yet looked at
    cuts: list[list[int]] = []
    for n in range(len(cells) - 1, -1, -1):
        reach = _reach(size, state.room[cells[n]])
        if segment is None:
            best, cut = _cut(best, price[n], reach)
        else:
            best, cut = _cut_slowly(best, reach, partial(segment, cells[n]))
        cuts.append(cut)
    if best[0] >= INFINITE:
        return None
    found, start = [], 0
    for cut in reversed(cuts):
        found.append(list(line[start : cut[start]]))
        start = cut[start]
    return found


def _reach(size: Sequence[int], room: int) -> list[int]:
    """Per start in the line, behind which place a session with so much room ends at the latest."""
    found, end, used = [], 0, 0
    for start, own in enumerate(size):
        while end < len(size) and used + size[end] <= room:
            used += size[end]
            end += 1
        found.append(end)
        if end > start:
            used -= own
        else:
            end = start + 1
    return found


def _cut(best: list[int], until: list[int], reach: list[int]) -> tuple[list[int], list[int]]:
    """One cell more, where prices do not depend on where its session begins: `until` are their
    sums along the line."""
    whole = [a + b for a, b in zip(until, best, strict=True)]
    fresh, cut = list(best), list(range(len(best)))
    for start, end in enumerate(reach):
        if end > start:
            least = min(whole[start + 1 : end + 1])
            if least - until[start] < fresh[start]:
                fresh[start] = least - until[start]
                cut[start] = whole.index(least, start + 1)
    return fresh, cut


def _cut_slowly(
    best: list[int], reach: list[int], segment: Callable[[int, int], int]
) -> tuple[list[int], list[int]]:
    """One cell more, where `segment` prices each session it could have."""
    fresh, cut = list(best), list(range(len(best)))
    for start, last in enumerate(reach):
        for end in range(start + 1, last + 1):
            if best[end] < INFINITE:
                whole = segment(start, end) + best[end]
                if whole < fresh[start]:
                    fresh[start], cut[start] = whole, end
    return fresh, cut


def _sums(state: State, line: Sequence[int], cells: Sequence[int]) -> list[list[int]]:
    """Per cell, what the first contributions of the line cost there, 0, 1, 2 ... of them."""
    index = np.array(line, dtype=np.int64)
    cost = state.by_cell[index[:, None], cells]
    for overlap in state.overlaps:
        cost = cost + overlap.running[overlap.slot_of[cells]][:, index].T
    return [[0, *row] for row in cost.cumsum(axis=0).T.tolist()]


def _segments(state: State, line: Sequence[int]) -> Callable[[int, int, int], int]:
    """What the contributions from one place of the line to another cost as a session of a cell."""
    until = [0]
    for i in line:
        until.append(until[-1] + state.length[i])
    known: dict[tuple[int, int, int], int] = {}

    def one(n: int, place: int, start: int) -> int:
        shift = 0 if state.boards[n] else until[place] - until[start]
        key = (n, place, shift)
        if key not in known:
            unit = state.first_unit[n] + shift
            late = unit + state.length[line[place]] > state.c.units
            known[key] = BIG if late else state.cost_at(line[place], n, unit)
        return known[key]

    def segment(n: int, start: int, end: int) -> int:
        cost = sum(one(n, place, start) for place in range(start, end))
        return cost + state.structure.session_cost(list(line[start:end]))

    return segment


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

"""Improves a programme by local search: for problems with too many wishes for the exact model.

State: for each cell (a room in a slot) the contributions of its session, in order. Moves: two
contributions of one track change places; a contribution goes to another session of its track;
two whole sessions change places. Accepted by simulated annealing; every cost is kept exactly,
and the best state without anything broken is what counts.

Costs of pairs that are on at once are read from sums kept per unit of time (`Overlap`), so that a
change of places is priced against all its alternatives in one array operation.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp

from planning.programme.compiled import BIG
from planning.programme.problem import Place
from planning.programme.state import State

Allowed = Callable[[int, int], bool]
MENDING = 30  # rounds over what is broken before the search proper begins


class Moves(State):
    """A state that can be changed: each method answers the change of cost, 0 if refused."""

    def swap_peers(self, i: int, heat: float) -> int:
        """Let i change places with the best of its peers, noise allowed; the change of cost."""
        others = self.peers[i]
        n, unit = int(self.cell[i]), int(self.unit[i])
        cells, units = self.cell[others], self.unit[others]
        change = (
            self.by_cell[i, cells]
            + self.by_unit[i, units]
            + self.by_cell[others, n]
            + self.by_unit[others, unit]
            - self.by_cell[others, cells]
            - self.by_unit[others, units]
            - self.by_cell[i, n]
            - self.by_unit[i, unit]
        )
        for overlap in self.overlaps:
            if overlap.stay:
                where = (n, int(self.slot_of[n]))
                change = change + overlap.swaps(i, where, others, (cells, self.slot_of[cells]), 1)
            else:
                change = change + overlap.swaps(
                    i, (n, unit), others, (cells, units), self.length[i]
                )
        rng = self.rng
        pick = int(change.argmin()) if rng.random() < 0.5 else rng.randrange(len(others))
        delta = int(change[pick])
        if delta > 0 and (heat <= 0 or rng.random() >= exp(-min(delta / heat, 700.0))):
            return 0
        if delta == 0 and rng.random() < 0.5:
            return 0
        self._exchange(i, int(others[pick]))
        return delta

    def _exchange(self, i: int, j: int) -> None:
        for x, sign in ((i, -1), (j, -1)):
            for overlap in self.overlaps:
                overlap.put(x, int(self.cell[x]), self._time(overlap, x), self.length[x], sign)
        a, b = self.sessions[int(self.cell[i])].held, self.sessions[int(self.cell[j])].held
        p, q = a.index(i), b.index(j)
        a[p], b[q] = j, i
        self.cell[i], self.cell[j] = int(self.cell[j]), int(self.cell[i])
        self.unit[i], self.unit[j] = int(self.unit[j]), int(self.unit[i])
        for x in (i, j):
            for overlap in self.overlaps:
                overlap.put(x, int(self.cell[x]), self._time(overlap, x), self.length[x], 1)

    def replace(self, changes: dict[int, tuple[int, list[int]]], heat: float) -> int:
        """Give cells new sessions (track, contributions) if that is accepted; change of cost."""
        cells = sorted(changes)
        tracks = {self.sessions[n].track for n in cells} | {track for track, _ in changes.values()}
        slots = {int(self.slot_of[n]) for n in cells}
        before = self.talks_cost(cells) + self.tracks_cost(tracks) + self.slots_cost(slots)
        old = {n: (self.sessions[n].track, self.lift(n)) for n in cells}
        for n in cells:
            self.lay(n, *changes[n])
        delta = self.talks_cost(cells) + self.tracks_cost(tracks) + self.slots_cost(slots) - before
        if delta <= 0 or (heat > 0 and self.rng.random() < exp(-min(delta / heat, 700.0))):
            return delta
        for n in cells:
            self.lift(n)
        for n in cells:
            self.lay(n, *old[n])
        return 0

    def move_talk(self, i: int, heat: float) -> int:
        """Put i somewhere else in another session of its track, or elsewhere in its own."""
        n, track = int(self.cell[i]), self.c.track_of[i]
        cells = sorted(self.cells_of_track[track])
        m = cells[self.rng.randrange(len(cells))]
        rest = [j for j in self.sessions[n].held if j != i]
        if m == n:
            if not rest:
                return 0
            rest.insert(self.rng.randrange(len(rest) + 1), i)
            return self.replace({n: (track, rest)}, heat)
        there = list(self.sessions[m].held)
        spot = self.rng.randrange(len(there) + 1)
        if spot < len(there) and (self.rng.random() < 0.5 or not rest):
            back = there[spot]
            there[spot] = i
            rest.insert(self.sessions[n].held.index(i), back)
        elif not rest:
            return 0
        else:
            there.insert(spot, i)
        if not (self.fits(m, there) and self.fits(n, rest)):
            return 0
        return self.replace({n: (track, rest), m: (track, there)}, heat)

    def swap_sessions(self, a: int, b: int, heat: float) -> int:
        """Two cells change their sessions (one may be empty)."""
        first, second = self.sessions[a], self.sessions[b]
        if (not first.held and not second.held) or not (
            self.fits(b, first.held) and self.fits(a, second.held)
        ):
            return 0
        return self.replace(
            {a: (second.track, list(second.held)), b: (first.track, list(first.held))}, heat
        )

    def swap_tracks(self, a: int, b: int, heat: float, may_swap: Allowed) -> int:
        """Two tracks with as many sessions each change all their cells, in order of time."""
        first, second = sorted(self.cells_of_track[a]), sorted(self.cells_of_track[b])
        if a == b or not first or len(first) != len(second):
            return 0
        changes: dict[int, tuple[int, list[int]]] = {}
        for m, n in zip(first, second, strict=True):
            here, there = self.sessions[m].held, self.sessions[n].held
            if not (may_swap(m, n) and self.fits(n, here) and self.fits(m, there)):
                return 0
            changes[m], changes[n] = (b, list(there)), (a, list(here))
        return self.replace(changes, heat)

    def shift_track(self, t: int, by: tuple[int, int], heat: float, may_swap: Allowed) -> int:
        """All sessions of a track go so many slots and rooms on, into cells that are empty."""
        old = sorted(self.cells_of_track[t])
        new: list[int] = []
        for n in old:
            s, r = self.c.cells[n]
            m = self.cell_of_place.get((s + by[0], r + by[1]), -1)
            held = self.sessions[n].held
            if m < 0 or not self.fits(m, held) or not may_swap(n, m):
                return 0
            if self.sessions[m].held and m not in old:
                return 0
            new.append(m)
        changes: dict[int, tuple[int, list[int]]] = {n: (-1, []) for n in old}
        for n, m in zip(old, new, strict=True):
            changes[m] = (t, list(self.sessions[n].held))
        return self.replace(changes, heat) if old else 0


def mend(state: Moves, free: list[int], share: Callable[[], float], cost: int) -> int:
    """Move the contributions for which something is broken until nothing is, or it does not get
    better any more; the cost then."""
    for _ in range(MENDING):
        broken = [i for i in free if state.talk_cost(i) >= BIG]
        if not broken or share() >= 1:
            break
        for i in broken:
            if i in state.peers:
                cost += state.swap_peers(i, 0.0)
            else:
                cost += state.move_talk(i, 0.0)
    return cost


def anneal(
    state: Moves,
    *,
    share: Callable[[], float],
    on_best: Callable[[int, list[Place]], None],
    may_swap: Allowed,
    hot: float,
    chunk: int = 200,
) -> None:
    """Anneal until `share()`, the part of the time that has passed, reaches 1.

    may_swap(a, b): whether the sessions of cells a and b may change places. hot: the first
    temperature, in units of cost. on_best(cost, places) at most once per `chunk` moves.
    """
    rng = state.rng
    cost = best = state.total()
    kept = state.snapshot()
    on_best(best, state.places(kept))
    free = [i for i in range(len(state.cell)) if i not in state.locks]
    swappers = [i for i in free if i in state.peers]
    cells, tracks = len(state.sessions), len(state.c.problem.tracks)
    slots, rooms = len(state.c.slots), len(state.c.problem.rooms)
    told = best
    if best >= BIG:
        cost = best = mend(state, free, share, cost)
        kept = state.snapshot()
        on_best(best, state.places(kept))
    while best > 0 and free and (passed := share()) < 1:
        heat = hot * (0.01**passed) if passed < 0.97 else 0.0
        for _ in range(chunk):
            draw = rng.random()
            if draw < 0.9 and swappers:
                cost += state.swap_peers(swappers[rng.randrange(len(swappers))], heat)
            elif draw < 0.95:
                cost += state.move_talk(free[rng.randrange(len(free))], heat)
            elif draw < 0.965:
                cost += state.swap_tracks(
                    rng.randrange(tracks), rng.randrange(tracks), heat, may_swap
                )
            elif draw < 0.98:
                by = (rng.randrange(-slots, slots + 1), rng.randrange(-rooms, rooms + 1))
                cost += state.shift_track(rng.randrange(tracks), by, heat, may_swap)
            else:
                a, b = rng.randrange(cells), rng.randrange(cells)
                if a != b and may_swap(a, b):
                    cost += state.swap_sessions(a, b, heat)
            if cost < best:
                best = cost
                kept = state.snapshot()
        if best < told:
            told = best
            on_best(best, state.places(kept))

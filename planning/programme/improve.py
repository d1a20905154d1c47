"""Improves a programme by local search.

State: for each cell (a room in a slot) the contributions of its session, in order. Moves: two
contributions of one track change places; a contribution goes to another session of its track, or
opens one; two cells change their sessions; two tracks change all their cells; a track goes on by
so many slots and rooms. A track with an order or with positions is a line that is cut anew, the
cheapest way, whenever its cells change. Accepted by simulated annealing; every cost is kept
exactly, and the best state is what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp
from random import Random

from planning.programme import rules
from planning.programme.compiled import BIG, Compiled
from planning.programme.deal import deal, goes_in_order, line_of
from planning.programme.state import Laid, State

Allowed = Callable[[int, int], bool]
Made = Callable[[], Laid | None]


class Moves(State):
    """A state that can be changed: each method answers the change of cost, 0 if refused."""

    def __init__(
        self,
        compiled: Compiled,
        rng: Random,
        previous: dict[int, tuple[int, int]] | None = None,
        locks: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(compiled, rng, previous, locks)
        c = compiled
        tracks = range(len(c.members))
        self.ideal = [line_of(c, t) for t in tracks]
        self.ideal_cost = [self.structure.line_cost(t, [self.ideal[t]]) for t in tracks]
        self.cells_of_room: list[list[int]] = [[] for _ in c.problem.rooms]
        for n, (_, r) in enumerate(c.cells):
            self.cells_of_room[r].append(n)
        self.suited = [
            {n for n, cell in enumerate(c.cells) if all(c.suits(i, *cell) for i in members)}
            for members in c.members
        ]

    probed: list[int] | None = None  # changes of cost that were looked at, where they are noted

    def accepts(self, delta: int, heat: float) -> bool:
        """Whether a change of cost is taken at this temperature."""
        if self.probed is not None:
            self.probed.append(delta)
        if delta <= 0:
            return True
        return heat > 0 and self.rng.random() < exp(-min(delta / heat, 700.0))

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
            change = change + overlap.swaps(i, (n, unit), others, (cells, units))
        rng = self.rng
        pick = int(change.argmin()) if rng.random() < 0.5 else rng.randrange(len(others))
        delta = int(change[pick])
        if not self.accepts(delta, heat) or (delta == 0 and rng.random() < 0.5):
            return 0
        self._exchange(i, int(others[pick]))
        return delta

    def _exchange(self, i: int, j: int) -> None:
        for sign in (-1, 1):
            for x in (i, j):
                for overlap in self.overlaps:
                    overlap.put([x], int(self.cell[x]), [int(self.unit[x])], sign)
            if sign < 0:
                a, b = self.sessions[int(self.cell[i])].held, self.sessions[int(self.cell[j])].held
                p, q = a.index(i), b.index(j)
                a[p], b[q] = j, i
                self.cell[i], self.cell[j] = int(self.cell[j]), int(self.cell[i])
                self.unit[i], self.unit[j] = int(self.unit[j]), int(self.unit[i])

    def replace(self, cells: Iterable[int], make: Made, heat: float) -> int:
        """Lift these cells and lay in them what `make` says, if that is accepted; the change of
        cost. `make` may look at the state without them, and answer None."""
        cells = sorted(set(cells))
        structure = self.structure
        slots = sorted({self.slot_of[n] for n in cells})
        tracks = {self.sessions[n].track for n in cells if self.sessions[n].held}
        before = structure.tracks_cost(sorted(tracks)) + structure.slots_cost(slots)
        held = [i for n in cells for i in self.sessions[n].held]
        entered = [overlap.saved(slots, cells) for overlap in self.overlaps]
        for n in cells:
            self.enter(n, -1)
        lifted = [overlap.saved(slots, cells) for overlap in self.overlaps]
        before += self.talks_cost(held)
        old = {n: (self.sessions[n].track, self.unseat(n)) for n in cells}
        for i in held:
            self.cell[i] = -1
        new = make()
        for overlap, saved in zip(self.overlaps, lifted, strict=True):
            overlap.restore(saved)
        for n in cells:
            self.unseat(n)
        if new is not None:
            for n, (track, line) in new.items():
                self.seat(n, track, line)
            after = structure.tracks_cost(sorted(tracks)) + structure.slots_cost(slots)
            after += self.talks_cost(held)
            if self.accepts(after - before, heat):
                for n in cells:
                    self.enter(n)
                return after - before
            for n in new:
                self.unseat(n)
        for n, (track, line) in old.items():
            self.seat(n, track, line)
        for overlap, saved in zip(self.overlaps, entered, strict=True):
            overlap.restore(saved)
        return 0

    def _carried(self, changes: Laid) -> Made:
        return lambda: changes

    # -- contributions -------------------------------------------------------------------------

    def move_talk(self, i: int, heat: float) -> int:
        """Put i somewhere else in another session of its track, or elsewhere in its own; now and
        then into a session of its own."""
        n, track = int(self.cell[i]), self.c.track_of[i]
        rng = self.rng
        if rng.random() < 0.1:
            m = rng.randrange(len(self.sessions))
            if self.sessions[m].held and self.sessions[m].track != track:
                return 0
        else:
            cells = sorted(self.cells_of_track[track])
            m = cells[rng.randrange(len(cells))]
        rest = [j for j in self.sessions[n].held if j != i]
        if m == n:
            if not rest:
                return 0
            rest.insert(rng.randrange(len(rest) + 1), i)
            return self.replace([n], self._carried({n: (track, rest)}), heat)
        there = list(self.sessions[m].held)
        spot = rng.randrange(len(there) + 1)
        if spot < len(there) and rng.random() < 0.5:
            back = there[spot]
            there[spot] = i
            rest.insert(self.sessions[n].held.index(i), back)
        else:
            there.insert(spot, i)
        if not (self.fits(m, there) and self.fits(n, rest)):
            return 0
        if rng.random() < 0.5 or not self.structure.lines[track]:
            return self.replace([n, m], self._carried({n: (track, rest), m: (track, there)}), heat)
        order = {n: rest, m: there}
        return self._recut(
            track,
            lambda: [
                j
                for cell in sorted({*self.cells_of_track[track], m})
                for j in order.get(cell, self.sessions[cell].held)
            ],
            {m},
            heat,
        )

    def move_in_line(self, t: int, heat: float) -> int:
        """Two contributions of a line change places in it, or one goes elsewhere; it is cut
        anew."""
        rng = self.rng
        line = [i for n in sorted(self.cells_of_track[t]) for i in self.sessions[n].held]
        if len(line) < 2:
            return 0
        a, b = rng.sample(range(len(line)), 2)
        if rng.random() < 0.5:
            line[a], line[b] = line[b], line[a]
        else:
            line.insert(b, line.pop(a))
        return self._recut(t, lambda: line, set(), heat)

    def _recut(self, t: int, line: Callable[[], list[int]], also: set[int], heat: float) -> int:
        """Cut a line of the track anew into its cells and these."""
        cells = sorted({*self.cells_of_track[t], *also})
        talks = line()
        if not self._could_hold(t, talks, cells):
            return 0

        def make() -> Laid | None:
            return self._dealt(t, talks, cells)

        return self.replace(cells, make, heat)

    def _dealt(self, t: int, line: list[int], cells: list[int]) -> Laid | None:
        """Cut the line into these cells; where something is wrong in it, the ideal line of the
        track if that fits."""
        ideal = self.ideal[t]
        if line != ideal and self.structure.line_cost(t, [line]) > self.ideal_cost[t]:
            dealt = deal(self, t, ideal, cells)
            if dealt is not None:
                return {n: (t, held) for n, held in zip(cells, dealt, strict=True)}
        dealt = deal(self, t, line, cells)
        if dealt is None:
            return None
        return {n: (t, held) for n, held in zip(cells, dealt, strict=True)}

    def _could_hold(self, t: int, line: list[int], cells: list[int]) -> bool:
        """Whether it is worth lifting anything: the line, or the ideal one, fits into the cells."""
        if not all(n in self.suited[t] for n in cells):
            return False
        room = [self.room[n] for n in cells]
        return any(
            goes_in_order([self.size[i] for i in held], room) for held in (self.ideal[t], line)
        )

    def straighten(self, t: int, heat: float) -> int:
        """Cut the line of a track anew into its cells, and now and then one more that is empty."""
        cells = set(self.cells_of_track[t])
        if self.rng.random() < 0.3:
            n = self.rng.randrange(len(self.sessions))
            if not self.sessions[n].held:
                cells.add(n)
        line = [i for n in sorted(self.cells_of_track[t]) for i in self.sessions[n].held]
        return self._recut(t, lambda: line, cells, heat) if line else 0

    # -- sessions ------------------------------------------------------------------------------

    def swap_sessions(self, a: int, b: int, heat: float, may_swap: Allowed) -> int:
        """Two cells change their tracks (one may be empty): sessions as they are, lines cut
        anew."""
        first, second = self.sessions[a].track, self.sessions[b].track
        if first == second or not may_swap(a, b):
            return 0
        cells = {t: set(self.cells_of_track[t]) for t in (first, second) if t >= 0}
        for t, gives, takes in ((first, a, b), (second, b, a)):
            if t >= 0:
                cells[t] = (cells[t] - {gives}) | {takes}
        return self._resettle(cells, {a: b, b: a}, heat)

    def swap_tracks(self, a: int, b: int, heat: float, may_swap: Allowed) -> int:
        """Two tracks change all their cells, in order of time."""
        first, second = sorted(self.cells_of_track[a]), sorted(self.cells_of_track[b])
        if a == b or not first or not second:
            return 0
        lines = self.structure.lines
        if len(first) != len(second) and not (lines[a] and lines[b]):
            return 0
        if not all(may_swap(m, n) for m, n in zip(first, second, strict=False)):
            return 0
        goes = dict(zip(first, second, strict=False)) | dict(zip(second, first, strict=False))
        return self._resettle({a: set(second), b: set(first)}, goes, heat)

    def shift_track(self, t: int, by: tuple[int, int], heat: float, may_swap: Allowed) -> int:
        """All sessions of a track go so many slots and rooms on; what was there takes their
        cells."""
        old = sorted(self.cells_of_track[t])
        goes: dict[int, int] = {}
        for n in old:
            s, r = self.c.cells[n]
            m = self.cell_of_place.get((s + by[0], r + by[1]), -1)
            if m < 0 or not may_swap(n, m):
                return 0
            goes[n] = m
        left = [n for n in old if n not in set(goes.values())]
        new = [m for m in goes.values() if m not in set(old)]
        for m, n in zip(new, left, strict=True):
            goes[m] = n
        cells: dict[int, set[int]] = {t: {goes[n] for n in old}} if old else {}
        for m in new:
            u = self.sessions[m].track
            if u >= 0:
                cells.setdefault(u, set(self.cells_of_track[u]))
                cells[u] = (cells[u] - {m}) | {goes[m]}
        return self._resettle(cells, goes, heat) if old else 0

    def permute(self, goes: dict[int, int], heat: float, may_swap: Allowed) -> int:
        """What is in each of these cells goes to another of them."""
        goes = {n: m for n, m in goes.items() if n != m}
        cells: dict[int, set[int]] = {}
        for n, m in goes.items():
            t = self.sessions[n].track
            if not may_swap(n, m):
                return 0
            if t >= 0:
                cells.setdefault(t, set(self.cells_of_track[t]))
        for t, own in cells.items():
            here = self.cells_of_track[t]
            cells[t] = {goes.get(n, n) for n in own if n in here}
        return self._resettle(cells, goes, heat) if cells else 0

    def segment(self, n: int) -> tuple[int, int, int]:
        """Room, first and behind the last index in it of the sessions of one track (or of the
        empty cells) in a row around cell n."""
        r = self.c.cells[n][1]
        row = self.cells_of_room[r]
        track = self.sessions[n].track
        first = last = row.index(n)
        while first and self.sessions[row[first - 1]].track == track:
            first -= 1
        while last + 1 < len(row) and self.sessions[row[last + 1]].track == track:
            last += 1
        return r, first, last + 1

    def turn_over(self, n: int, heat: float, may_swap: Allowed) -> int:
        """What follows on in a room comes before what it followed."""
        r, first, behind = self.segment(n)
        row = self.cells_of_room[r]
        if behind >= len(row):
            return 0
        _, _, end = self.segment(row[behind])
        old = row[first:end]
        size = behind - first
        return self.permute(dict(zip([*old[size:], *old[:size]], old, strict=True)), heat, may_swap)

    def exchange_rows(self, n: int, m: int, heat: float, may_swap: Allowed) -> int:
        """All sessions of a track in a row change places with what is in as many cells of a
        room, from cell m on."""
        r, first, behind = self.segment(n)
        row, other = self.cells_of_room[r], self.cells_of_room[self.c.cells[m][1]]
        start = other.index(m)
        old, new = row[first:behind], other[start : start + behind - first]
        if len(old) != len(new) or set(old) & set(new):
            return 0
        goes = dict(zip(old, new, strict=True)) | dict(zip(new, old, strict=True))
        return self.permute(goes, heat, may_swap)

    def merge(self, a: int, heat: float) -> int:
        """Give up a session: its contributions go where there is room in the others of the
        track."""
        t = self.sessions[a].track
        cells = sorted(self.cells_of_track[t] - {a}) if t >= 0 else []
        if not cells:
            return 0
        if self.structure.lines[t]:
            line = [i for n in sorted([*cells, a]) for i in self.sessions[n].held]
            if not self._could_hold(t, line, cells):
                return 0
            return self.replace([*cells, a], lambda: self._dealt(t, line, cells), heat)
        new = {n: list(self.sessions[n].held) for n in cells}
        for i in sorted(self.sessions[a].held, key=lambda i: -self.size[i]):
            target = next((n for n in cells if self.fits(n, [*new[n], i])), -1)
            if target < 0:
                return 0
            new[target].append(i)
        return self.replace(
            [*cells, a], self._carried({n: (t, held) for n, held in new.items()}), heat
        )

    def _resettle(self, cells: dict[int, set[int]], goes: dict[int, int], heat: float) -> int:
        """Give tracks other cells: a line is cut anew, else each session goes as it is."""
        lines = self.structure.lines
        touched: set[int] = set()
        carried: Laid = {}
        recut: dict[int, list[int]] = {}
        for t in sorted(cells):
            own = sorted(self.cells_of_track[t])
            if lines[t]:
                recut[t] = [i for n in own for i in self.sessions[n].held]
                if not self._could_hold(t, recut[t], sorted(cells[t])):
                    return 0
                touched |= set(own) | cells[t]
                continue
            for n in own:
                m = goes.get(n, n)
                if m != n:
                    held = self.sessions[n].held
                    if not self.fits(m, held):
                        return 0
                    carried[m] = (t, list(held))
                    touched |= {n, m}

        def make() -> Laid | None:
            """`replace` puts back what is entered here for the cuts that follow."""
            new = dict(carried)
            for n, (t, held) in carried.items() if recut else ():
                self.lay(n, t, held)
            for place, (t, line) in enumerate(recut.items(), start=1):
                dealt = self._dealt(t, line, sorted(cells[t]))
                if dealt is None:
                    return None
                new |= dealt
                for n, (_, held) in dealt.items() if place < len(recut) else ():
                    self.lay(n, t, held)
            return new

        return self.replace(touched, make, heat) if touched else 0


class Annealer:
    """Anneals a state step by step, from hot to cold and again.

    may_swap(a, b): whether the sessions of cells a and b may change places.
    """

    def __init__(self, state: Moves, may_swap: Allowed = lambda a, b: True) -> None:
        self.state, self.may_swap = state, may_swap
        self.free = [i for i in range(len(state.cell)) if i not in state.locks]
        self.swappers = [i for i in self.free if i in state.peers]
        self.cost = self.best = state.total()
        self.kept = state.snapshot()
        lines = state.structure.lines
        c = state.c
        self.lines = [t for t, lined in enumerate(lines) if lined]
        self.loose_lines = [
            t
            for t, members in enumerate(c.members)
            if lines[t]
            and (
                any(not c.order(i) and not c.position(i) for i in members)
                or not (c.hard(rules.ORDER) or c.weighted(rules.ORDER) > 1000)
            )
        ]

    def restart(self) -> None:
        """Count anew after the state was loaded with another programme."""
        self.cost = self.state.total()
        if self.cost < self.best:
            self.best, self.kept = self.cost, self.state.snapshot()

    def mend(self, rounds: int = 30) -> None:
        """Move the contributions for which something is broken until nothing is, or it does not
        get better any more."""
        state = self.state
        for _ in range(rounds):
            broken = [i for i in self.free if state.talk_cost(i) >= BIG]
            if not broken:
                break
            for i in broken:
                if i in state.peers:
                    self.cost += state.swap_peers(i, 0.0)
                else:
                    self.cost += state.move_talk(i, 0.0)
        self._keep()

    def heat(self) -> float:
        """A temperature at which a fair part of the moves that make it worse is taken, from what
        such moves cost here; broken rules aside."""
        self.state.probed = []
        for _ in range(200):
            self.step(0.0)
        found = sorted(delta for delta in self.state.probed if 0 < delta < BIG)
        self.state.probed = None
        return float(found[len(found) // 4]) if found else 1.0

    def chunk(self, heat: float, moves: int = 200) -> None:
        """Make so many moves at this temperature."""
        for _ in range(moves):
            self.step(heat)

    def step(self, heat: float) -> None:
        """One move, drawn at random."""
        state, rng = self.state, self.state.rng
        draw = rng.random()
        cells, tracks = len(state.sessions), len(state.c.problem.tracks)
        if draw < 0.5 and self.swappers:
            self.cost += state.swap_peers(self.swappers[rng.randrange(len(self.swappers))], heat)
        elif draw < 0.58:
            self.cost += state.move_talk(self.free[rng.randrange(len(self.free))], heat)
        elif draw < 0.60 and self.lines:
            self.cost += state.straighten(self.lines[rng.randrange(len(self.lines))], heat)
        elif draw < 0.63 and self.loose_lines:
            t = self.loose_lines[rng.randrange(len(self.loose_lines))]
            self.cost += state.move_in_line(t, heat)
        elif draw < 0.67:
            a, b = rng.randrange(tracks), rng.randrange(tracks)
            self.cost += state.swap_tracks(a, b, heat, self.may_swap)
        elif draw < 0.72:
            slots, rooms = len(state.c.slots), len(state.c.problem.rooms)
            by = (rng.randrange(1 - slots, slots), rng.randrange(1 - rooms, rooms))
            if rng.random() < 0.5:
                by = (rng.randrange(-1, 2), rng.randrange(-1, 2))
            self.cost += state.shift_track(rng.randrange(tracks), by, heat, self.may_swap)
        elif draw < 0.73:
            self.cost += state.merge(rng.randrange(cells), heat)
        elif draw < 0.80:
            self.cost += state.turn_over(rng.randrange(cells), heat, self.may_swap)
        elif draw < 0.90:
            a, b = rng.randrange(cells), rng.randrange(cells)
            self.cost += state.exchange_rows(a, b, heat, self.may_swap)
        else:
            a, b = rng.randrange(cells), rng.randrange(cells)
            self.cost += state.swap_sessions(a, b, heat, self.may_swap)
        self._keep()

    def _keep(self) -> None:
        if self.cost < self.best:
            self.best = self.cost
            self.kept = self.state.snapshot()

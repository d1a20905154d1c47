"""Moves of single contributions, for the local search.

State: for each cell (a room in a slot) the contributions of its session, in order. Two
contributions of one track change places; a contribution goes to another session of its track, or
opens one. A track with an order or with positions is a line that is cut anew, the cheapest way,
whenever its cells change. Every cost is kept exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from math import exp
from random import Random

from planning.programme.compiled import Compiled
from planning.programme.deal import deal, goes_in_order, line_of
from planning.programme.state import Laid, State

Allowed = Callable[[int, int], bool]
STRICT = -1.0  # the temperature at which only what is better is taken
Made = Callable[[], Laid | None]


class TalkMoves(State):
    """A state whose contributions can move: each method answers the change of cost, 0 if
    refused."""

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
        """Whether a change of cost is taken at this temperature (see STRICT)."""
        if self.probed is not None:
            self.probed.append(delta)
        if delta <= 0:
            return delta < 0 or heat >= 0
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

    def place_in_line(self, i: int) -> int:
        """Put i where it makes things better, in the line of its track or in the ideal one."""
        t = self.c.track_of[i]
        now = [j for n in sorted(self.cells_of_track[t]) for j in self.sessions[n].held]
        for line in (now, self.ideal[t]):
            rest = [j for j in line if j != i]
            for place in range(len(line)):
                new = [*rest[:place], i, *rest[place:]]
                delta = self._recut(t, partial(list, new), set(), STRICT)
                if delta < 0:
                    return delta
        return 0

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

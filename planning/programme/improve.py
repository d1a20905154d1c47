"""Improves a programme by local search: moves are accepted by simulated annealing, and the best
state is what counts."""

from __future__ import annotations

from planning.programme import rules
from planning.programme.moves import Moves
from planning.programme.talk_moves import Allowed
from planning.programme.units import BIG


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
        structure = state.structure
        self.placed: dict[int, list[int]] = {t: [] for t in self.lines}
        for i in self.free:
            if structure.in_session[i] or structure.position[i]:
                self.placed[c.track_of[i]].append(i)
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
            before = self.cost
            talks = [i for i in self.free if state.talk_cost(i) >= BIG]
            for i in talks:
                if i in state.peers:
                    self.cost += state.swap_peers(i, 0.0)
                else:
                    self.cost += state.move_talk(i, 0.0)
            for t in [t for t in self.lines if state.structure.track_cost(t) >= BIG]:
                for i in self.placed[t]:
                    self.cost += state.place_in_line(i)
            if self.cost < BIG or not (talks or self.cost < before):
                break
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

"""Large neighbourhoods: a part of a programme is freed and solved exactly, the rest stays.

The parts are a few tracks, all that is in some slots, or all that is in some rooms; what costs
something is drawn more often. A part grows where the solver proves quickly that it cannot be
better, and shrinks where the time does not suffice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme.compiled import Compiled
from planning.programme.exact import ExactModel
from planning.programme.moves import Moves
from planning.programme.problem import Place
from planning.programme.scope import Cell, Scope, around
from planning.programme.units import BIG


@dataclass(frozen=True)
class Sizes:
    """How large the parts are.

    tracks   freed at first; grows and shrinks by one
    least    tracks freed at least
    slots    of a part made of slots
    seconds  for one part
    """

    tracks: int = 4
    least: int = 2
    slots: int = 1
    seconds: float = 2.0


class Neighbourhoods:
    """Improves a programme part by part; `state` is used to count costs only."""

    def __init__(self, state: Moves, context: Context, rng: Random, sizes: Sizes = Sizes()) -> None:
        self.state, self.context, self.rng, self.sizes = state, context, rng, sizes
        self.c: Compiled = state.c
        self.grown = {"tracks": float(sizes.tracks), "slots": 1.0, "rooms": 1.0, "mixed": 2.0}
        self.idle = 0  # parts in a row that gave nothing

    def step(self, cost: int, places: Sequence[Place]) -> tuple[int, list[Place]] | None:
        """Try one part of this programme; a better one, None where it gave none."""
        self.state.load(places)
        kind = self.rng.choice(["tracks", "tracks", "tracks", "slots", "rooms", "mixed"])
        scope = self._scope(kind, places)
        model = ExactModel(self.c, scope=scope, ceiling=cost if cost < BIG else None)
        model.model.minimize(model.objective())
        model.hint(places)
        seconds = min(self.sizes.seconds, self.context.remaining())
        solver = self.context.solver(
            seconds, num_workers=1, random_seed=self.rng.randrange(1 << 30)
        )
        status = self.context.run(solver, model.model)
        self._resize(kind, status, solver)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = model.places(solver)
            self.state.load(found)
            now = self.state.total()
            if now < cost:
                self.idle = 0
                return now, found
        self.idle += 1
        return None

    def _resize(
        self, kind: str, status: cp_model.CpSolverStatus, solver: cp_model.CpSolver
    ) -> None:
        quick = (
            solver.wall_time
            if not self.context.deterministic
            else solver.response_proto.deterministic_time
        )
        if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
            if quick < 0.3 * self.sizes.seconds:
                self.grown[kind] += 0.34
        else:
            self.grown[kind] = max(1.0, self.grown[kind] - 0.34)

    # -- parts -----------------------------------------------------------------------------------

    def _scope(self, kind: str, places: Sequence[Place]) -> Scope:
        where = [(0, 0)] * len(places)
        for place in places:
            where[self.c.index[place.contribution]] = (
                self.c.slot_index[place.slot],
                self.c.room_index[place.room],
            )
        size = max(1, int(self.grown[kind]))
        if kind == "tracks":
            return around(
                self.c, where, frozenset(self._tracks(max(size, self.sizes.least))), frozenset()
            )
        if kind == "slots":
            return around(self.c, where, frozenset(), frozenset(self._by_slots(size)))
        if kind == "rooms":
            rooms = set(
                self.rng.sample(
                    range(len(self.c.problem.rooms)), min(size, len(self.c.problem.rooms))
                )
            )
            return around(
                self.c, where, frozenset(), frozenset(n for n in self.c.cells if n[1] in rooms)
            )
        slot = self.rng.randrange(len(self.c.slots))
        return around(
            self.c,
            where,
            frozenset(self._tracks(size)),
            frozenset(n for n in self.c.cells if n[0] == slot),
        )

    def _by_slots(self, size: int) -> list[Cell]:
        slots = range(len(self.c.slots))
        first = self.rng.choice(slots)
        if self.rng.random() < 0.5:
            chosen = {s for s in slots if first <= s < first + size + 1}
        else:
            chosen = set(self.rng.sample(slots, min(size + 1, len(slots))))
        return [cell for cell in self.c.cells if cell[0] in chosen]

    def _tracks(self, size: int) -> list[int]:
        """Tracks that cost something first, then what is beside them in room or time."""
        state, rng = self.state, self.rng
        tracks = [t for t, cells in enumerate(state.cells_of_track) if cells]
        price = {t: self._price(t) for t in tracks}
        most = max(price.values(), default=0)
        chosen: list[int] = []
        if most and rng.random() < 0.8:
            costly = [t for t in tracks if price[t]]
            chosen = rng.choices(costly, [min(1.0, 0.2 + price[t] / most) for t in costly])
        else:
            chosen = [rng.choice(tracks)]
        related = rng.random() < 0.6
        while len(chosen) < min(size, len(tracks)):
            rest = [t for t in tracks if t not in chosen]
            if related and rng.random() < 0.7:
                near = [t for t in rest if self._related(chosen[rng.randrange(len(chosen))], t)]
                rest = near or rest
            chosen.append(rng.choice(rest))
        return chosen

    def _related(self, a: int, b: int) -> bool:
        """Whether two tracks have as many sessions, or share a room or a slot."""
        state = self.state
        first, second = state.cells_of_track[a], state.cells_of_track[b]
        rooms = {self.c.cells[n][1] for n in first} & {self.c.cells[n][1] for n in second}
        return bool(rooms) or len(first) == len(second)

    def _price(self, t: int) -> int:
        """What goes wrong at a track, its part of what goes wrong between tracks included."""
        state = self.state
        cost = state.structure.track_cost(t)
        for n in state.cells_of_track[t]:
            cost += sum(state.talk_cost(i) for i in state.sessions[n].held)
            s = state.slot_of[n]
            for m in state.structure.cells_of_cluster[state.structure.cluster_of[s]]:
                u = state.sessions[m].track
                if u >= 0 and self.c.time.over[s] >> state.slot_of[m] & 1:
                    cost += state.structure.similar[t][u]
        return cost

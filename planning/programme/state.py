"""A programme as the local search holds it: cells, units of time, and its exact cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.overlap import Ints, Overlap
from planning.programme.problem import Place
from planning.programme.structure import Structure
from planning.programme.units import BIG

Laid = dict[int, tuple[int, list[int]]]  # cell -> its track and contributions


@dataclass
class Session:
    """What is in one cell: track -1 where empty; held in order."""

    track: int
    held: list[int]


class State:
    """A programme with its exact cost; see the module's docstring."""

    def __init__(
        self,
        compiled: Compiled,
        rng: Random,
        previous: dict[int, tuple[int, int]] | None = None,
        locks: frozenset[int] = frozenset(),
    ) -> None:
        self.c, self.rng = compiled, rng
        c = compiled
        self.previous, self.locks = previous or {}, locks
        count = len(c.problem.contributions)
        self.cell_of_place = {cell: n for n, cell in enumerate(c.cells)}
        self.slot_of = [s for s, _ in c.cells]
        self.size, self.length = (
            c.size,
            [given.minutes // c.step for given in map(c.given, range(count))],
        )
        self.first_unit = [c.first_unit[s] for s in self.slot_of]
        self.room = [c.holds(s, r) for s, r in c.cells]
        self.boards = [bool(c.problem.rooms[r].boards) for _, r in c.cells]
        self.sessions = [Session(-1, []) for _ in c.cells]
        self.cells_of_track: list[set[int]] = [set() for _ in c.problem.tracks]
        self.cell = np.full(count, -1, dtype=np.int64)
        self.unit = np.zeros(count, dtype=np.int64)
        people = np.zeros((count, count), dtype=np.int64)
        for a, b in c.shared:
            people[a, b] = people[b, a] = c.weighted(rules.PERSON_TWICE)
        clash = np.zeros((count, count), dtype=np.int64)
        for (a, b), number in c.wanted.items():
            clash[a, b] = clash[b, a] = number * c.weighted(rules.CLASH)
        stay = (c.problem.people_stay, c.problem.delegates_stay)
        if stay[0] == stay[1]:
            self.overlaps = [Overlap(c, people + clash, stay[0])]
        else:
            self.overlaps = [Overlap(c, people, stay[0]), Overlap(c, clash, stay[1])]
        self.overlaps = [overlap for overlap in self.overlaps if overlap.used]
        # whether it does not matter where in its session a contribution is
        self.whole_slots = (
            c.problem.people_stay
            and not c.minds_offset
            and all(held.stay for held in self.overlaps)
        )
        self.near: list[list[tuple[int, int, int, bool]]] = [[] for _ in range(count)]
        for near in c.near:
            price = c.weighted(near.rule)
            self.near[near.a].append((near.b, near.minutes, price, near.together))
            self.near[near.b].append((near.a, near.minutes, price, near.together))
        self.any_near = bool(c.near)
        self._unary(count)
        self.structure = Structure(self)
        self._peers()

    def _unary(self, count: int) -> None:
        """Costs of a contribution by cell, and by the unit at which it begins."""
        c = self.c
        self.by_cell = np.zeros((count, len(c.cells)), dtype=np.int64)
        self.by_unit = np.zeros((count, c.units + 1), dtype=np.int64)
        for i in range(count):
            of_room = c.price_in_room[i]
            of_slot = c.price_in_slot[i]
            if c.minds_offset:
                of_slot = [c.price(c.slot_units(i, s)) for s in range(len(c.slots))]
            for n, (s, r) in enumerate(c.cells):
                self.by_cell[i, n] = of_room[r] + of_slot[s]
                for slot, room, units_of in c.talk_preferences.get(i, ()):
                    if slot in (-1, s) and room in (-1, r):
                        self.by_cell[i, n] += units_of * c.weighted(rules.PREFERENCE)
            if c.minds_offset and c.minds_time[i]:
                for s, first in enumerate(c.first_unit):
                    for k in range(c.long[s] // c.step):
                        self.by_unit[i, first + k] = c.price(c.time_units(i, s, k * c.step))

    def set_move_cost(self, cost: int, shut: frozenset[int] = frozenset()) -> None:
        """Let every contribution that is not where it was cost this much, and forbid what locks
        forbid; shut: slots to which nothing may come."""
        for i in range(len(self.cell)):
            was = self.previous.get(i)
            for n, cell in enumerate(self.c.cells):
                if was and was != cell:
                    self.by_cell[i, n] += BIG if i in self.locks else cost
                if cell[0] in shut and (was is None or was[0] != cell[0]):
                    self.by_cell[i, n] += BIG

    def floor(self) -> int:
        """A lower bound on the cost: each contribution where it alone is cheapest, moves free."""
        count = len(self.cell)
        lowest = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
        for n, (s, r) in enumerate(self.c.cells):
            rows = np.array([i for i in range(count) if self.c.suits(i, s, r)], dtype=np.int64)
            if not len(rows):
                continue
            first = self.first_unit[n]
            spare = np.array([0 if self.boards[n] else self.room[n] - self.length[i] for i in rows])
            here = np.full(len(rows), np.iinfo(np.int64).max, dtype=np.int64)
            for k in range(int(spare.max()) + 1):
                open_to = spare >= k
                here[open_to] = np.minimum(here[open_to], self.by_unit[rows[open_to], first + k])
            if not self.previous:
                here = here + self.by_cell[rows, n]
            lowest[rows] = np.minimum(lowest[rows], here)
        return int(lowest.sum()) if count and lowest.max() < np.iinfo(np.int64).max else 0

    def clear(self) -> None:
        """Empty all cells."""
        for n in range(len(self.sessions)):
            self.lift(n)

    def _peers(self) -> None:
        """Contributions that can change places with each other in one array operation."""
        groups: dict[tuple[int, int], list[int]] = {}
        bound = {i for pair in self.c.adjacent for i in pair}
        for i, track in enumerate(self.c.track_of):
            given = self.c.given(i)
            if not (
                self.c.order(i)
                or self.c.position(i)
                or self.c.session_position(i)
                or i in bound
                or given.plenary
                or given.poster
                or i in self.locks
                or self.near[i]
                or self.structure.chairs_somewhere(i)
            ):
                groups.setdefault((track, self.length[i]), []).append(i)
        self.peers = {
            i: np.array([j for j in held if j != i], dtype=np.int64)
            for held in groups.values()
            if len(held) > 1
            for i in held
        }

    # -- whole sessions ----------------------------------------------------------------------

    def seat(self, n: int, track: int, held: list[int]) -> None:
        """Say what cell n, which must be empty, holds; `enter` makes it count."""
        if self.boards[n]:
            held = sorted(held)  # posters stand in the order of the problem
        self.sessions[n] = Session(track if held else -1, held)
        if held:
            self.cells_of_track[track].add(n)
        unit = self.first_unit[n]
        for i in held:
            self.cell[i], self.unit[i] = n, unit
            unit += 0 if self.boards[n] else self.length[i]

    def unseat(self, n: int) -> list[int]:
        """Empty cell n, whose contributions must not count any more."""
        session = self.sessions[n]
        if session.held:
            self.cells_of_track[session.track].remove(n)
        self.sessions[n] = Session(-1, [])
        return session.held

    def enter(self, n: int, sign: int = 1) -> None:
        """Count what cell n holds among what is on at once, or (-1) do not any more."""
        held = self.sessions[n].held
        if held:
            units = [int(self.unit[i]) for i in held]
            for overlap in self.overlaps:
                overlap.put(held, n, units, sign)

    def lay(self, n: int, track: int, held: list[int]) -> None:
        """Fill cell n, which must be empty, with a session."""
        self.seat(n, track, held)
        self.enter(n)

    def lift(self, n: int) -> list[int]:
        """Empty cell n; its contributions are nowhere until laid again."""
        self.enter(n, -1)
        return self.unseat(n)

    def append(self, n: int, track: int, i: int) -> None:
        """Put contribution i at the end of cell n, which holds this track or nothing."""
        self.lay(n, track, [*self.lift(n), i])

    def end_of(self, n: int) -> int:
        """The unit at which what is in cell n ends."""
        if self.boards[n]:
            return self.first_unit[n]
        return self.first_unit[n] + sum(self.length[i] for i in self.sessions[n].held)

    def cost_at(self, i: int, n: int, unit: int) -> int:
        """What contribution i, which is nowhere, would cost in cell n from this unit on."""
        cost = int(self.by_cell[i, n] + self.by_unit[i, unit])
        for overlap in self.overlaps:
            cost += overlap.of(i, n, unit)
        return cost

    def talk_cost(self, i: int) -> int:
        """What contribution i costs where it is."""
        return self.cost_at(i, int(self.cell[i]), int(self.unit[i])) + self.near_cost(i)

    def near_cost(self, i: int) -> int:
        """What the contributions too near to i in time cost."""
        return sum(
            price
            for j, minutes, price, together in self.near[i]
            if self.cell[j] >= 0 and self.too_near(i, j, minutes, together)
        )

    def too_near(self, i: int, j: int, minutes: int, together: bool) -> bool:
        """Whether there are fewer minutes than these between two contributions."""
        n, m = int(self.cell[i]), int(self.cell[j])
        if together and n == m:
            return False
        if self.c.problem.people_stay:
            return self.c.time.between(self.slot_of[n], self.slot_of[m]) < minutes
        starts = [
            self.c.begin[self.slot_of[x]] + int(self.unit[k] - self.first_unit[x]) * self.c.step
            for k, x in ((i, n), (j, m))
        ]
        ends = [starts[0] + self.c.given(i).minutes, starts[1] + self.c.given(j).minutes]
        return max(starts[1] - ends[0], starts[0] - ends[1]) < minutes

    def talks_cost(self, held: Sequence[int]) -> int:
        """Cost of these contributions, which are seated but not entered, with all that is
        entered and among each other."""
        if not held:
            return 0
        index = np.array(held, dtype=np.int64)
        cells, units = self.cell[index], self.unit[index]
        total = int(self.by_cell[index, cells].sum() + self.by_unit[index, units].sum())
        for overlap in self.overlaps:
            total += overlap.of_all(index, cells, units) + overlap.among(index, cells, units)
        if self.any_near:
            inside = set(held)
            for i in held:
                for j, minutes, price, together in self.near[i]:
                    first = j not in inside or i < j
                    if first and self.cell[j] >= 0 and self.too_near(i, j, minutes, together):
                        total += price
        return total

    def fits(self, n: int, held: Sequence[int]) -> bool:
        """Whether these contributions could be the session of cell n."""
        s, r = self.c.cells[n]
        return sum(self.size[i] for i in held) <= self.room[n] and all(
            self.c.suits(i, s, r) for i in held
        )

    def total(self) -> int:
        """The cost of all there is, counted anew."""
        filled = [n for n, session in enumerate(self.sessions) if session.held]
        for n in filled:
            self.enter(n, -1)
        cost = self.talks_cost([i for n in filled for i in self.sessions[n].held])
        for n in filled:
            self.enter(n)
        return (
            cost
            + self.structure.tracks_cost(range(len(self.c.problem.tracks)))
            + self.structure.slots_cost(range(len(self.c.slots)))
        )

    def snapshot(self) -> tuple[Ints, Ints]:
        """Where everything is, to be read by `places` later."""
        return self.cell.copy(), self.unit.copy()

    def places(self, snapshot: tuple[Ints, Ints] | None = None) -> list[Place]:
        """The programme, of the contributions that are anywhere."""
        c = self.c
        cells, units = snapshot or (self.cell, self.unit)
        found = []
        for i, (cell, unit) in enumerate(zip(cells.tolist(), units.tolist(), strict=True)):
            if cell >= 0:
                s, r = c.cells[cell]
                offset = (unit - self.first_unit[cell]) * c.step
                found.append(Place(c.given(i).id, c.slots[s].id, c.problem.rooms[r].id, offset))
        return found

    def load(self, places: Sequence[Place]) -> None:
        """Hold this programme instead."""
        self.clear()
        cells: dict[int, list[tuple[int, int]]] = {}
        for place in places:
            key = (self.c.slot_index[place.slot], self.c.room_index[place.room])
            i = self.c.index[place.contribution]
            cells.setdefault(self.cell_of_place[key], []).append((place.offset, i))
        for n, held in sorted(cells.items()):
            line = [i for _, i in sorted(held)]
            self.lay(n, self.c.track_of[line[0]], line)


def lay_previous(state: State, previous: Mapping[str, Place]) -> bool:
    """Start from the programme that stands; False where it does not cover the contributions."""
    c = state.c
    if set(previous) != set(c.index):
        return False
    cells: dict[int, list[int]] = {}
    for name, place in previous.items():
        key = (c.slot_index.get(place.slot, -1), c.room_index.get(place.room, -1))
        if key not in state.cell_of_place:
            return False
        cells.setdefault(state.cell_of_place[key], []).append(c.index[name])
    for n, held in cells.items():
        if len({c.track_of[i] for i in held}) > 1 or not state.fits(n, held):
            return False
    state.load(list(previous.values()))
    return True


def lay_what_fits(state: State, previous: Mapping[str, Place]) -> None:
    """Put what can stay into the empty state, in the order in which it was."""
    c = state.c
    for name, place in sorted(previous.items(), key=lambda row: (row[1].offset, row[0])):
        n = state.cell_of_place.get(
            (c.slot_index.get(place.slot, -1), c.room_index.get(place.room, -1))
        )
        i = c.index.get(name)
        if n is None or i is None:
            continue
        held, t = state.sessions[n], c.track_of[i]
        if held.track in (-1, t) and state.fits(n, [*held.held, i]):
            state.append(n, t, i)

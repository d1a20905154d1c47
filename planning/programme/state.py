"""A programme as the local search holds it: cells, units of time, and its exact cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import numpy as np

from planning.programme import rules
from planning.programme.compiled import BIG, Compiled
from planning.programme.overlap import Ints, Overlap
from planning.programme.problem import Place


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
        self.slot_of = np.array([s for s, _ in c.cells], dtype=np.int64)
        self.length = [c.given(i).minutes // c.step for i in range(count)]
        self.first_unit: list[int] = []
        unit = 0
        for long in c.long:
            self.first_unit.append(unit)
            unit += -(-long // c.step)
        self.units = unit
        self.room = [long // c.step for long in c.long]
        self.sessions = [Session(-1, []) for _ in c.cells]
        self.cells_of_slot: list[list[int]] = [[] for _ in c.slots]
        for n, (s, _) in enumerate(c.cells):
            self.cells_of_slot[s].append(n)
        self.cells_of_track: list[set[int]] = [set() for _ in c.problem.tracks]
        self.cell = np.full(count, -1, dtype=np.int64)
        self.unit = np.zeros(count, dtype=np.int64)
        people = np.zeros((count, count), dtype=np.int64)
        for a, b in c.shared:
            people[a, b] = people[b, a] = c.weighted(rules.PERSON_TWICE)
        clash = np.zeros((count, count), dtype=np.int64)
        for (a, b), number in c.wanted.items():
            clash[a, b] = clash[b, a] = number * c.weighted(rules.CLASH)
        cells = len(c.cells)
        stay = (c.problem.people_stay, c.problem.delegates_stay)
        self.overlaps = [
            Overlap(matrix, len(c.slots) if stays else unit, cells, stays)
            for matrix, stays in zip((people, clash), stay, strict=True)
        ]
        if stay[0] == stay[1]:
            self.overlaps = [
                Overlap(people + clash, len(c.slots) if stay[0] else unit, cells, stay[0])
            ]
        self._unary(count, cells)
        self.ranked = [bool(c.given(i).order) and c.cost[rules.ORDER] != 0 for i in range(count)]
        self.plenary = [c.given(i).plenary for i in range(count)]
        self.chairs = [set(track.chairs) for track in c.problem.tracks]
        self.similar: dict[tuple[int, int], int] = {}
        for a, b, units in c.similar:
            cost = units * c.weighted(rules.SIMILAR)
            self.similar[a, b] = self.similar[b, a] = self.similar.get((a, b), 0) + cost
        self._peers()

    def _unary(self, count: int, cells: int) -> None:
        """Costs of a contribution by cell, and by the unit at which it begins."""
        c = self.c
        self.by_cell = np.zeros((count, cells), dtype=np.int64)
        self.by_unit = np.zeros((count, self.units), dtype=np.int64)
        for i in range(count):
            of_room = c.price_in_room[i]
            for n, (s, r) in enumerate(c.cells):
                self.by_cell[i, n] = of_room[r]
                for slot, room, units in c.talk_preferences.get(i, ()):
                    if slot in (-1, s) and room in (-1, r):
                        self.by_cell[i, n] += units * c.weighted(rules.PREFERENCE)
            if c.is_limited(i):
                for s, first in enumerate(self.first_unit):
                    for k in range(self.room[s]):
                        cost = c.price(c.talk_units(i, s, k * c.step))
                        self.by_unit[i, first + k] = cost

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
        length = np.array(self.length, dtype=np.int64)
        lowest = np.full(len(length), np.iinfo(np.int64).max, dtype=np.int64)
        for s, cells in enumerate(self.cells_of_slot):
            for size in sorted(set(self.length)):
                spare, rows = self.room[s] - size, np.flatnonzero(length == size)
                if spare < 0 or not cells:
                    continue
                first = self.first_unit[s]
                here = self.by_unit[rows, first : first + spare + 1].min(axis=1)
                if not self.previous:
                    here = here + self.by_cell[rows][:, cells].min(axis=1)
                lowest[rows] = np.minimum(lowest[rows], here)
        return int(lowest.sum()) if len(lowest) and lowest.max() < np.iinfo(np.int64).max else 0

    def clear(self) -> None:
        """Empty all cells."""
        for n in range(len(self.sessions)):
            self.lift(n)

    def _peers(self) -> None:
        """Contributions that can change places with each other in one array operation."""
        groups: dict[tuple[int, int], list[int]] = {}
        for i, track in enumerate(self.c.track_of):
            if (
                not self.ranked[i]
                and not self.plenary[i]
                and i not in self.locks
                and not self._chairs_own(i)
            ):
                groups.setdefault((track, self.length[i]), []).append(i)
        self.peers = {
            i: np.array([j for j in held if j != i], dtype=np.int64)
            for held in groups.values()
            if len(held) > 1
            for i in held
        }

    def _chairs_own(self, i: int) -> bool:
        names = set(self.c.given(i).people)
        return any(names & chairs for chairs in self.chairs)

    # -- whole sessions ----------------------------------------------------------------------

    def _time(self, overlap: Overlap, i: int) -> int:
        return int(self.slot_of[self.cell[i]]) if overlap.stay else int(self.unit[i])

    def lay(self, n: int, track: int, held: list[int]) -> None:
        """Fill cell n, which must be empty, with a session."""
        self.sessions[n] = Session(track if held else -1, held)
        if held:
            self.cells_of_track[track].add(n)
        unit = self.first_unit[int(self.slot_of[n])]
        for i in held:
            self.cell[i], self.unit[i] = n, unit
            unit += self.length[i]
            for overlap in self.overlaps:
                overlap.put(i, n, self._time(overlap, i), self.length[i], 1)

    def append(self, n: int, track: int, i: int) -> None:
        """Put contribution i at the end of cell n, which holds this track or nothing."""
        held = self.sessions[n].held
        unit = self.end_of(n)
        self.sessions[n] = Session(track, held)
        self.cells_of_track[track].add(n)
        held.append(i)
        self.cell[i], self.unit[i] = n, unit
        for overlap in self.overlaps:
            overlap.put(i, n, self._time(overlap, i), self.length[i], 1)

    def end_of(self, n: int) -> int:
        """The unit at which what is in cell n ends."""
        held = self.sessions[n].held
        return self.first_unit[int(self.slot_of[n])] + sum(self.length[i] for i in held)

    def cost_at_end(self, i: int, n: int) -> int:
        """What contribution i, which is nowhere, would cost at the end of cell n."""
        unit, slot = self.end_of(n), int(self.slot_of[n])
        cost = int(self.by_cell[i, n] + self.by_unit[i, unit])
        for overlap in self.overlaps:
            cost += overlap.of(i, n, slot if overlap.stay else unit, self.length[i])
        return cost

    def lift(self, n: int) -> list[int]:
        """Empty cell n; its contributions are nowhere until laid again."""
        held = self.sessions[n].held
        if held:
            self.cells_of_track[self.sessions[n].track].remove(n)
        for i in held:
            for overlap in self.overlaps:
                overlap.put(i, n, self._time(overlap, i), self.length[i], -1)
        self.sessions[n] = Session(-1, [])
        return held

    def talk_cost(self, i: int) -> int:
        n = int(self.cell[i])
        cost = int(self.by_cell[i, n] + self.by_unit[i, self.unit[i]])
        for overlap in self.overlaps:
            cost += overlap.of(i, n, self._time(overlap, i), self.length[i])
        return cost

    def cells_cost(self, cells: list[int]) -> int:
        """Cost of the talks in these cells, pairs among them counted twice."""
        return sum(self.talk_cost(i) for n in cells for i in self.sessions[n].held)

    def among(self, cells: list[int]) -> int:
        """Cost of pairs both in these cells, once."""
        held = [i for n in cells for i in self.sessions[n].held]
        total = 0
        for place, a in enumerate(held):
            for b in held[place + 1 :]:
                for overlap in self.overlaps:
                    price = int(overlap.cost[a, b])
                    if price and self._meet(overlap, a, b):
                        total += price
        return total

    def _meet(self, overlap: Overlap, a: int, b: int) -> bool:
        if self.cell[a] == self.cell[b]:
            return False
        if overlap.stay:
            return bool(self.slot_of[self.cell[a]] == self.slot_of[self.cell[b]])
        return bool(
            self.unit[a] < self.unit[b] + self.length[b]
            and self.unit[b] < self.unit[a] + self.length[a]
        )

    def talks_cost(self, cells: list[int]) -> int:
        return self.cells_cost(cells) - self.among(cells)

    def fits(self, n: int, held: list[int]) -> bool:
        return sum(self.length[i] for i in held) <= self.room[int(self.slot_of[n])]

    # -- costs of sessions and tracks --------------------------------------------------------

    def tracks_cost(self, tracks: set[int]) -> int:
        """Cost of the rules of these tracks' own sessions: cells, rooms, parallels, gaps, order."""
        return sum(self._track_cost(track) for track in sorted(tracks) if track >= 0)

    def _track_cost(self, track: int) -> int:
        c = self.c
        cells = sorted(self.cells_of_track[track])
        if not cells:
            return 0
        places = [c.cells[n] for n in cells]
        slots = sorted({s for s, _ in places})
        cost = (len({r for _, r in places}) - 1) * c.weighted(rules.TRACK_ROOMS)
        cost += (len(cells) - len(slots)) * c.weighted(rules.TRACK_PARALLEL)
        if slots[-1] - slots[0] + 1 != len(slots):
            cost += c.weighted(rules.TRACK_GAP)
        for s, r in places:
            units = c.session_units.get((track, s, r))
            if units:
                cost += c.price(units)
        ranked = [
            (s, n, place, c.given(i).order)
            for n, (s, _) in zip(cells, places, strict=True)
            for place, i in enumerate(self.sessions[n].held)
            if self.ranked[i]
        ]
        for s, n, place, order in ranked:
            for s2, n2, place2, order2 in ranked:
                if order < order2 and (s > s2 or (n == n2 and place > place2)):
                    cost += c.weighted(rules.ORDER)
        return cost

    def slots_cost(self, slots: set[int]) -> int:
        """Cost of the rules between sessions of one slot: similar tracks, chairs, plenaries."""
        if not (self.similar or self.c.chaired or any(self.plenary)):
            return 0
        return sum(self._slot_cost(s) for s in sorted(slots))

    def _slot_cost(self, s: int) -> int:
        c = self.c
        used = [self.sessions[n] for n in self.cells_of_slot[s] if self.sessions[n].held]
        cost = 0
        seen = sorted({session.track for session in used})
        for place, a in enumerate(seen):
            for b in seen[place + 1 :]:
                cost += self.similar.get((a, b), 0)
        for session in used:
            cost += sum(
                (len(used) - 1) * c.weighted(rules.PLENARY) for i in session.held if self.plenary[i]
            )
        busy: dict[str, int] = {}
        for session in used:
            for chair in self.chairs[session.track]:
                busy[chair] = busy.get(chair, 0) + 1
        if busy:
            price = c.weighted(rules.CHAIR_TWICE)
            cost += price * sum(number - 1 for number in busy.values())
            for session in used:
                for i in session.held:
                    for name in dict.fromkeys(c.given(i).people):
                        if name in busy:
                            cost += price * (busy[name] - (name in self.chairs[session.track]))
        return cost

    def total(self) -> int:
        cells = list(range(len(self.sessions)))
        return (
            self.cells_cost(cells)
            - self.among(cells)
            + self.tracks_cost(set(range(len(self.c.problem.tracks))))
            + self.slots_cost(set(range(len(self.c.slots))))
        )

    def snapshot(self) -> tuple[Ints, Ints]:
        """Where everything is, to be read by `places` later."""
        return self.cell.copy(), self.unit.copy()

    def places(self, snapshot: tuple[Ints, Ints] | None = None) -> list[Place]:
        c = self.c
        cells, units = snapshot or (self.cell, self.unit)
        found = []
        for i in range(len(cells)):
            s, r = c.cells[int(cells[i])]
            offset = (int(units[i]) - self.first_unit[s]) * c.step
            found.append(Place(c.given(i).id, c.slots[s].id, c.problem.rooms[r].id, offset))
        return found


def lay_previous(state: State, previous: Mapping[str, Place]) -> bool:
    """Start from the programme that stands; False where it does not cover the contributions."""
    c = state.c
    if set(previous) != set(c.index):
        return False
    cells: dict[int, list[tuple[int, int]]] = {}
    for name, place in previous.items():
        key = (c.slot_index.get(place.slot, -1), c.room_index.get(place.room, -1))
        if key not in state.cell_of_place:
            return False
        cells.setdefault(state.cell_of_place[key], []).append((place.offset, c.index[name]))
    laid = {n: [i for _, i in sorted(held)] for n, held in sorted(cells.items())}
    for n, held in laid.items():
        if len({c.track_of[i] for i in held}) > 1 or not state.fits(n, held):
            return False
    for n, held in laid.items():
        state.lay(n, c.track_of[held[0]], held)
    return True

"""Improves a programme by local search: for problems with too many wishes for the exact model.

State: for each cell (a room in a slot) the contributions of its session, in order. Moves: two
contributions of one track change places; a contribution goes to another session of its track;
two whole sessions change places. Accepted by simulated annealing; every cost is kept exactly,
and the best state without anything broken is what counts.

Costs of pairs that are on at once are read from sums kept per unit of time (`Overlap`), so that a
change of places is priced against all its alternatives in one array operation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp
from random import Random

import numpy as np
from numpy.typing import NDArray

from planning.programme import rules
from planning.programme.compiled import BIG, Compiled
from planning.programme.problem import Place

Ints = NDArray[np.int64]
Allowed = Callable[[int, int], bool]


class Overlap:
    """Sums of pair costs over what is on at each unit of time.

    stay: the unit of time is the slot, and contributions in one cell do not count against each
    other; else units are `Compiled.step` minutes and only what runs at once counts.
    """

    def __init__(self, pair_cost: Ints, units: int, cells: int, stay: bool) -> None:
        self.cost = pair_cost
        self.stay = stay
        size = pair_cost.shape[0]
        self.running = np.zeros((units, size), dtype=np.int64)
        self.starting = np.zeros((units, size), dtype=np.int64)
        self.inside = np.zeros((cells, size), dtype=np.int64)
        self.used = bool(pair_cost.any())

    def put(self, i: int, cell: int, unit: int, length: int, sign: int) -> None:
        """Enter (sign 1) or take out (-1) contribution i."""
        if not self.used:
            return
        row = self.cost[i] * sign
        if self.stay:
            self.running[unit] += row
            self.inside[cell] += row
        else:
            self.running[unit : unit + length] += row
            self.starting[unit] += row

    def of(self, i: int, cell: int, unit: int, length: int) -> int:
        """Cost of i there against all that is entered."""
        if not self.used:
            return 0
        if self.stay:
            return int(self.running[unit, i] - self.inside[cell, i])
        total = int(self.running[unit, i])
        for k in range(1, length):
            total += int(self.starting[unit + k, i])
        return total

    def swaps(
        self, i: int, where: tuple[int, int], others: Ints, there_at: tuple[Ints, Ints], length: int
    ) -> Ints:
        """Change of cost when i (in cell, unit) changes places with each of `others`."""
        if not self.used:
            return np.zeros(len(others), dtype=np.int64)
        (cell, unit), (cells, units) = where, there_at
        pair = self.cost[i][others]
        if self.stay:
            same = units == unit
            there = self.running[units, i] - self.inside[cells, i]
            back = self.running[unit, others] - self.inside[cell, others]
            old = self.running[units, others] - self.inside[cells, others]
            change = there + back - old - (self.running[unit, i] - self.inside[cell, i])
            change = change + 2 * np.where(same, pair, 0)
            return np.where(cells == cell, 0, change)
        there, back = self.running[units, i].copy(), self.running[unit, others].copy()
        old, mine = self.running[units, others].copy(), int(self.running[unit, i])
        for k in range(1, length):
            there += self.starting[units + k, i]
            back += self.starting[unit + k, others]
            old += self.starting[units + k, others]
            mine += int(self.starting[unit + k, i])
        touching = np.abs(units - unit) < length
        return there + back - old - mine - 2 * pair + 2 * np.where(touching, pair, 0)


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
        lowest = 0
        for i in range(len(self.cell)):
            options = []
            for n, (s, _) in enumerate(self.c.cells):
                spare = self.room[s] - self.length[i]
                if spare >= 0:
                    first = self.first_unit[s]
                    here = int(self.by_unit[i, first : first + spare + 1].min())
                    options.append(here + (0 if self.previous else int(self.by_cell[i, n])))
            lowest += min(options, default=0)
        return lowest

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

    # -- moves -------------------------------------------------------------------------------

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


def anneal(
    state: State,
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


__all__ = ["Allowed", "Overlap", "Session", "State", "anneal", "lay_previous"]

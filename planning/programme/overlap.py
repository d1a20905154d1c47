"""What being on at once costs: sums of pair costs per unit of time, kept exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planning.programme.compiled import Compiled

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Saved:
    """Rows of the sums of an `Overlap`, and the sums of some cells."""

    rows: Ints
    running: Ints
    starting: Ints | None
    cells: Ints
    inside: Ints


class Overlap:
    """Sums of pair costs over what is on at each unit of time.

    stay: the unit of time is the slot, what is in slots that overlap counts as on at once, and
    contributions in one cell do not count against each other; else units are `Compiled.step`
    minutes and only what runs at once counts (posters of one cell do not count either).
    """

    def __init__(self, c: Compiled, pair_cost: Ints, stay: bool) -> None:
        self.cost, self.stay = pair_cost, stay
        size = pair_cost.shape[0]
        units = len(c.slots) if stay else c.units
        self.beside = c.time.beside
        self.at_once = np.zeros((len(c.slots), len(c.slots)), dtype=bool)
        for s, held in enumerate(c.time.beside):
            self.at_once[s, held] = True
        self.boards = [bool(c.problem.rooms[r].boards) for _, r in c.cells]
        self.slot_of = np.array([s for s, _ in c.cells], dtype=np.int64)
        self.length = np.array([c.given(i).minutes // c.step for i in range(size)], dtype=np.int64)
        self.running = np.zeros((units + 1, size), dtype=np.int64)
        self.starting = np.zeros((units + 1, size), dtype=np.int64)
        self.inside = np.zeros((len(c.cells), size), dtype=np.int64)
        self.units_of = [
            np.arange(first, first + -(-long // c.step), dtype=np.int64)
            for first, long in zip(c.first_unit, c.long, strict=True)
        ]
        self.used = bool(pair_cost.any())

    def put(self, held: Sequence[int], cell: int, units: Sequence[int], sign: int) -> None:
        """Enter (sign 1) or take out (-1) contributions of one cell; units: when they begin."""
        if not self.used or not held:
            return
        if self.stay or self.boards[cell]:
            row = self.cost[held[0]] if len(held) == 1 else self.cost[held].sum(axis=0)
            row = row if sign > 0 else -row
            self.inside[cell] += row
            if self.stay:
                for slot in self.beside[self.slot_of[cell]]:
                    self.running[slot] += row
                return
        for i, unit in zip(held, units, strict=True):
            row = self.cost[i] if sign > 0 else -self.cost[i]
            self.running[unit : unit + self.length[i]] += row
            self.starting[unit] += row

    def saved(self, slots: Sequence[int], cells: Sequence[int]) -> Saved:
        """What is entered there, to be put back by `restore`."""
        if self.stay:
            rows = np.array(sorted({x for s in slots for x in self.beside[s]}), dtype=np.int64)
            starting = None
        else:
            rows = np.concatenate([self.units_of[s] for s in slots])
            starting = self.starting[rows]
        index = np.array(cells, dtype=np.int64)
        return Saved(rows, self.running[rows], starting, index, self.inside[index])

    def restore(self, saved: Saved) -> None:
        """Make what is entered there what it was."""
        self.running[saved.rows] = saved.running
        if saved.starting is not None:
            self.starting[saved.rows] = saved.starting
        self.inside[saved.cells] = saved.inside

    def of(self, i: int, cell: int, unit: int) -> int:
        """Cost of i there against all that is entered."""
        if not self.used:
            return 0
        if self.stay:
            return int(self.running[self.slot_of[cell], i] - self.inside[cell, i])
        total = int(self.running[unit, i] - self.inside[cell, i])
        for k in range(1, int(self.length[i])):
            total += int(self.starting[unit + k, i])
        return total

    def of_all(self, held: Ints, cells: Ints, units: Ints) -> int:
        """Cost of contributions against all that is entered, which they are not."""
        if not self.used:
            return 0
        if self.stay:
            return int(self.running[self.slot_of[cells], held].sum()) - int(
                self.inside[cells, held].sum()
            )
        return sum(
            self.of(int(i), int(n), int(u)) for i, n, u in zip(held, cells, units, strict=True)
        )

    def among(self, held: Ints, cells: Ints, units: Ints) -> int:
        """Cost of the pairs of these contributions."""
        if not self.used or len(held) < 2:
            return 0
        pair = self.cost[held[:, None], held]
        if not pair.any():
            return 0
        if self.stay:
            slots = self.slot_of[cells]
            meet = self.at_once[slots[:, None], slots] & (cells[:, None] != cells)
        else:
            ends = units + self.length[held]
            meet = (units[:, None] < ends) & (units < ends[:, None]) & (cells[:, None] != cells)
        return int((pair * meet).sum()) // 2

    def swaps(
        self, i: int, where: tuple[int, int], others: Ints, there_at: tuple[Ints, Ints]
    ) -> Ints:
        """Change of cost when i (in cell, unit) changes places with each of `others`, which are
        as long."""
        if not self.used:
            return np.zeros(len(others), dtype=np.int64)
        (cell, unit), (cells, units) = where, there_at
        pair = self.cost[i][others]
        if self.stay:
            slot, slots = self.slot_of[cell], self.slot_of[cells]
            there = self.running[slots, i] - self.inside[cells, i]
            back = self.running[slot, others] - self.inside[cell, others]
            old = self.running[slots, others] - self.inside[cells, others]
            change = there + back - old - (self.running[slot, i] - self.inside[cell, i])
            # the pair is in both old sums and in neither new one
            change = change + 2 * np.where(self.at_once[slot, slots], pair, 0)
            return np.where(cells == cell, 0, change)
        length = int(self.length[i])
        there, back = self.running[units, i].copy(), self.running[unit, others].copy()
        old, mine = self.running[units, others].copy(), int(self.running[unit, i])
        for k in range(1, length):
            there += self.starting[units + k, i]
            back += self.starting[unit + k, others]
            old += self.starting[units + k, others]
            mine += int(self.starting[unit + k, i])
        touching = np.abs(units - unit) < length
        return there + back - old - mine - 2 * pair + 2 * np.where(touching, pair, 0)

"""What being on at once costs: sums of pair costs per unit of time, kept exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


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

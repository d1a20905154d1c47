"""Frames of blocks found by what they cost between tracks: patterns and their pairs.

A *pattern* of a track is a run of slots that follow one another and, for a track with an order or
with positions, a way to cut its line into them. What two patterns cost each other is known
beforehand (delegates, people, chairs, likeness; on average where the contributions of a track may
be in any of its sessions), so that annealing over one pattern per track takes microseconds a move.
Rooms are given out at the end (`slot_frame`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from random import Random

import numpy as np
from numpy.typing import NDArray

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.deal import line_of, packing
from planning.programme.frame import cell_price, sessions_by_position
from planning.programme.state import State

MOST_CUTS = 40  # ways to cut a line looked at for one run
MOST_PATTERNS = 3_500  # of all tracks together; the table of pairs has their square
COLD = 0.0005  # the last temperature as a part of the first
CROWD = 0.1  # what a session too many costs at least, as a part of the first temperature; more
# and more while there is one
STEEP = 1_000_000  # what something counts here that must not be

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Pattern:
    """slots: of the run; cut: contributions in each of its sessions, () where free."""

    track: int
    slots: tuple[int, ...]
    cut: tuple[int, ...]
    price: float


class Patterns:
    """The patterns of all tracks, with the table of what each pair costs."""

    def __init__(self, state: State) -> None:
        self.c: Compiled = state.c
        self.state = state
        self.tracks = [t for t, members in enumerate(self.c.members) if members]
        self.of: dict[int, list[int]] = {}
        self.all: list[Pattern] = []
        self.rooms = [sum(s == x for x, _ in self.c.cells) for s in range(len(self.c.slots))]
        share = max(4, MOST_PATTERNS // max(1, len(self.tracks)))
        for t in self.tracks:
            found = self._patterns(t)
            if found and 2 * len(found) <= share:
                found += self._patterns(t, spare=1)
            step = max(1.0, len(found) / share)
            kept = [found[int(k * step)] for k in range(min(len(found), share))]
            self.of[t] = list(range(len(self.all), len(self.all) + len(kept)))
            self.all += kept
        self.usable = bool(self.tracks) and all(self.of.values())
        if self.usable:
            self.pairs = self._pairs()

    # -- patterns ------------------------------------------------------------------------------

    def _patterns(self, t: int, spare: int = 0) -> list[Pattern]:
        """In the shortest runs that hold the track, or in runs with so many slots to spare."""
        c = self.c
        members = c.members[t]
        if any(c.given(i).poster for i in members):
            return []
        lined = any(c.order(i) or c.position(i) for i in members)
        sizes = [c.size[i] for i in (line_of(c, t) if lined else members)]
        found: list[Pattern] = []
        seen: set[tuple[int, ...]] = set()
        for r in range(len(c.problem.rooms)):
            own = [s for s, room in c.cells if room == r]
            for first in range(len(own)):
                found += self._run(t, own[first:], sizes, lined, seen, spare)
        return found

    def _run(
        self,
        t: int,
        own: list[int],
        sizes: list[int],
        lined: bool,
        seen: set[tuple[int, ...]],
        spare: int,
    ) -> list[Pattern]:
        """Patterns of the shortest run that begins these slots of a room and holds the track, or
        of one with so many slots to spare, none of which is left empty."""
        c = self.c
        least = sessions_by_position(c, t)
        slots: list[int] = []
        for s in own:
            slots.append(s)
            room = [c.long[x] // c.step for x in slots]
            if sum(room) < sum(sizes) or len(slots) < least:
                continue
            run = tuple(slots)
            if run in seen or c.time.gap(sum(1 << x for x in slots)):
                return []
            price = self._price(t, slots)
            if price is None:
                return []
            if lined:
                cuts = self._cuts(sizes, room)
            else:
                cuts = [()] if packing(sizes, room) is not None else []
            if cuts and spare:
                spare -= 1
                continue
            if cuts and len(slots) <= len(sizes):
                seen.add(run)
                return [Pattern(t, run, cut, price) for cut in cuts]
        return []

    def _price(self, t: int, slots: list[int]) -> float | None:
        """The least that the run costs in one room."""
        least: float | None = None
        for r in range(len(self.c.problem.rooms)):
            prices = [
                cell_price(self.c, t, s, r) if (s, r) in self.state.cell_of_place else None
                for s in slots
            ]
            known = [float(min(price, STEEP)) for price in prices if price is not None]
            if len(known) == len(prices):
                least = sum(known) if least is None else min(least, sum(known))
        return least

    def _cuts(self, sizes: list[int], room: list[int]) -> list[tuple[int, ...]]:
        """Ways to cut a line into all these sessions, none of them empty."""
        found: list[tuple[int, ...]] = []

        def go(n: int, start: int, cut: tuple[int, ...]) -> None:
            if len(found) >= MOST_CUTS:
                return
            if n == len(room):
                if start == len(sizes):
                    found.append(cut)
                return
            used, end = 0, start
            while end < len(sizes) and used + sizes[end] <= room[n]:
                used += sizes[end]
                end += 1
            for stop in range(end, start, -1):
                go(n + 1, stop, (*cut, stop - start))

        go(0, 0, ())
        return found

    # -- what pairs cost -----------------------------------------------------------------------

    def _pairs(self) -> Floats:
        c, slots = self.c, len(self.c.slots)
        held = {t: self._presence(t) for t in self.tracks}
        met = {t: (held[t].sum(axis=2) > 0).astype(np.float32) for t in self.tracks}
        at_once = np.zeros((slots, slots), dtype=np.float32)
        for s, beside in enumerate(c.time.beside):
            at_once[s, beside] = 1.0
        # what is on beside each slot, slots that overlap included
        beside_held = {t: np.einsum("sx,pxm->psm", at_once, held[t]) for t in self.tracks}
        beside_met = {t: met[t] @ at_once for t in self.tracks}
        costs = np.zeros((len(c.size), len(c.size)), dtype=np.float32)
        for overlap in self.state.overlaps:
            units = 1 if overlap.stay else max(1, max(c.long) // c.step)
            costs += np.minimum(overlap.cost, STEEP).astype(np.float32) / units
        table = np.zeros((len(self.all), len(self.all)), dtype=np.float32)
        chairs = self.state.structure.chairs
        hard = STEEP if c.hard(rules.CHAIR_TWICE) else min(STEEP, c.weighted(rules.CHAIR_TWICE))
        for place, a in enumerate(self.tracks):
            for b in self.tracks[place + 1 :]:
                block = np.zeros((len(self.of[a]), len(self.of[b])), dtype=np.float32)
                between = costs[np.ix_(c.members[a], c.members[b])]
                if between.any():
                    for s in range(slots):
                        block += held[a][:, s, :] @ between @ beside_held[b][:, s, :].T
                price = float(min(STEEP, self.state.structure.similar[a][b]))
                price += hard * len(set(chairs[a]) & set(chairs[b]))
                if price:
                    block += price * (met[a] @ beside_met[b].T)
                table[np.ix_(self.of[a], self.of[b])] = block
                table[np.ix_(self.of[b], self.of[a])] = block.T
        return table

    def _presence(self, t: int) -> Floats:
        """Per pattern, slot and member, how much of the member is there."""
        c = self.c
        own = {i: k for k, i in enumerate(c.members[t])}
        line = [own[i] for i in line_of(c, t)]
        found = np.zeros((len(self.of[t]), len(c.slots), len(own)), dtype=np.float32)
        for row, number in enumerate(self.of[t]):
            pattern = self.all[number]
            if not pattern.cut:
                found[row, list(pattern.slots), :] = 1.0 / len(pattern.slots)
                continue
            start = 0
            for s, count in zip(pattern.slots, pattern.cut, strict=True):
                found[row, s, line[start : start + count]] = 1.0
                start += count
        return found


class PatternWalk:
    """Anneals over one pattern per track; more sessions in a slot than rooms cost `crowd` each."""

    def __init__(self, patterns: Patterns, rng: Random) -> None:
        self.patterns, self.rng = patterns, rng
        self.price = np.array([pattern.price for pattern in patterns.all], dtype=np.float32)
        self.now = {t: rng.choice(patterns.of[t]) for t in patterns.tracks}
        self.load = [0] * len(patterns.rooms)
        self.sums = self.price.copy()
        for number in self.now.values():
            self.sums += patterns.pairs[:, number]
            for s in patterns.all[number].slots:
                self.load[s] += 1
        # patterns of a track by the slot in which its run begins
        self.starts: dict[tuple[int, int], list[int]] = {}
        for t in patterns.tracks:
            for number in patterns.of[t]:
                self.starts.setdefault((t, patterns.all[number].slots[0]), []).append(number)
        self.crowd = 1.0
        self.best: dict[int, int] | None = None
        self.least = float("inf")

    def cost(self) -> float:
        """Of the patterns now taken, crowds aside."""
        chosen = list(self.now.values())
        both = float(self.patterns.pairs[np.ix_(chosen, chosen)].sum()) / 2
        return both + float(self.price[chosen].sum())

    def anneal(self, moves: int, hot: float, passed: Callable[[], float]) -> None:
        """From hot to cold in so many moves, or sooner as the time passes (`passed` goes from 0 to
        1); the best without a crowd is kept."""
        rng, tracks = self.rng, self.patterns.tracks
        total = self.cost()
        for k in range(moves):
            if k % 2000 == 0:
                along = max(k / moves, passed())
                if along >= 1:
                    return
                heat = max(0.15, hot * COLD**along)
                self.crowd *= 0.95 if self._fits() else 1.15
                self.crowd = max(self.crowd, 3.0, CROWD * hot, 4.0 * heat)
            t = tracks[rng.randrange(len(tracks))]
            if rng.random() < 0.4:
                changes = {t: rng.choice(self.patterns.of[t])}
            else:
                changes = self._exchange(t, tracks[rng.randrange(len(tracks))])
            delta, crowd = self._delta(changes)
            change = delta + self.crowd * crowd
            if change <= 0 or rng.random() < exp(-min(change / heat, 700.0)):
                self._take(changes)
                total += delta
                if total < self.least - 0.01 and self._fits():
                    self.least, self.best = total, dict(self.now)

    def _exchange(self, t: int, u: int) -> dict[int, int]:
        """t begins where u does, and u where t does or where that leaves it room."""
        if t == u:
            return {t: self.rng.choice(self.patterns.of[t])}
        every = self.patterns.all
        first, second = every[self.now[t]].slots, every[self.now[u]].slots
        options = [
            (second[0], first[0]),
            (second[-1] + 1 - len(first), first[0]),
            (second[0], first[-1] + 1 - len(second)),
            # neighbours in time change their order
            (first[0] + len(second), first[0]) if second[0] == first[-1] + 1 else (-1, -1),
        ]
        a, b = self.rng.choice(options)
        mine, theirs = self.starts.get((t, a)), self.starts.get((u, b))
        if not mine or not theirs:
            return {}
        return {t: self.rng.choice(mine), u: self.rng.choice(theirs)}

    def _delta(self, changes: dict[int, int]) -> tuple[float, int]:
        """Change of cost, and of sessions more than there are rooms."""
        sums, pairs = self.sums, self.patterns.pairs
        delta = 0.0
        for t, new in changes.items():
            delta += float(sums[new]) - float(sums[self.now[t]])
        if len(changes) == 2:
            (_, new), (_, other) = changes.items()
            (old, then) = (self.now[t] for t in changes)
            delta += float(pairs[new, other] + pairs[old, then] - pairs[new, then])
            delta -= float(pairs[old, other])
        shift: dict[int, int] = {}
        for t, new in changes.items():
            for s in self.patterns.all[self.now[t]].slots:
                shift[s] = shift.get(s, 0) - 1
            for s in self.patterns.all[new].slots:
                shift[s] = shift.get(s, 0) + 1
        crowd = 0
        for s, by in shift.items():
            if by:
                spare = self.load[s] - self.patterns.rooms[s]
                crowd += max(0, spare + by) - max(0, spare)
        return delta, crowd

    def _take(self, changes: dict[int, int]) -> None:
        for t, new in changes.items():
            old = self.now[t]
            if new == old:
                continue
            self.sums += self.patterns.pairs[:, new] - self.patterns.pairs[:, old]
            for s in self.patterns.all[old].slots:
                self.load[s] -= 1
            for s in self.patterns.all[new].slots:
                self.load[s] += 1
            self.now[t] = new

    def _fits(self) -> bool:
        return all(
            held <= rooms for held, rooms in zip(self.load, self.patterns.rooms, strict=True)
        )

    def heat(self) -> float:
        """A first temperature: a fair part of what single changes cost."""
        found = []
        for t in self.patterns.tracks:
            own = self.sums[self.patterns.of[t]]
            found += [abs(float(a) - float(b)) for a, b in pairwise(own) if abs(a - b) < STEEP]
        found = sorted(cost for cost in found if cost > 0)
        return found[len(found) // 2] if found else 1.0

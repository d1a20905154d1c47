"""Frames of blocks found by annealing over patterns.

Each move takes up a track and draws one of all its patterns, by what each would cost beside those
of the others (a *heat bath*): one operation on an array in place of hundreds of refused moves.
More sessions than fit at one time, or in one cell, are allowed at first, ever more dearly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import numpy as np

from planning.programme import rules
from planning.programme.patterns import STEEP, Floats, Pattern, Patterns

LOOK = 100  # moves between two looks at the clock
COLD = 0.4  # the last temperature, in units of cost
CROWD = 4.0  # what a session too many costs, in temperatures
LEAST_CROWD = 15.0  # and in units of cost, or in rooms more of a track
LATE = 0.7  # part of the walk after which it costs more and more while there is one


class PatternWalk:
    """One walk over patterns. by_room: each pattern in each of its rooms, one session to a cell;
    else by slots alone, as many sessions in each as there are rooms.

    row    what a pattern costs beside each other one

    best   per track, the pattern and (by_room) the room of the cheapest frame that fits
    least  what that costs
    """

    def __init__(
        self, patterns: Patterns, rng: Random, row: Callable[[int], Floats], *, by_room: bool
    ) -> None:
        self.patterns, self.row, self.by_room = patterns, row, by_room
        self.rng = np.random.default_rng(rng.randrange(1 << 62))
        self.options: list[tuple[int, int]] = []  # pattern and room, -1 where by slots
        self.own: dict[int, slice] = {}
        prices: list[float] = []
        for t in patterns.tracks:
            first = len(prices)
            for number in patterns.of[t]:
                rooms = patterns.all[number].rooms
                if not by_room:
                    rooms = ((-1, min(price for _, price in rooms)),)
                self.options += [(number, r) for r, _ in rooms]
                prices += [price for _, price in rooms]
            self.own[t] = slice(first, len(prices))
        self.price = np.array(prices, dtype=np.float32)
        self.form = np.array([number for number, _ in self.options])
        self._resources()
        self.now = {t: int(self.rng.integers(own.start, own.stop)) for t, own in self.own.items()}
        self.load = np.zeros(len(self.room), dtype=np.float32)
        for option in self.now.values():
            self.load[self.uses[option]] += 1
        self._count()
        self.crowd = 0.0
        self.best: dict[int, tuple[Pattern, int]] | None = None
        self.least = float("inf")

    def _resources(self) -> None:
        """What each option takes up of slots or cells, and how much there is of each."""
        c = self.patterns.c
        cell = {place: n for n, place in enumerate(c.cells)}
        count = len(cell) if self.by_room else len(c.slots)
        self.room = np.ones(count, dtype=np.float32)
        if not self.by_room:
            for s in range(count):
                self.room[s] = sum(s == x for x, _ in c.cells)
        # by slots each option is a pattern, and what it takes up a row of ones and zeros
        self.forms = {t: self.form[own] if self.by_room else own for t, own in self.own.items()}
        longest = max(len(pattern.slots) for pattern in self.patterns.all)
        # indices of what is used; behind the last there is one that is never full
        self.uses = np.full((len(self.options), longest), count, dtype=np.int64)
        self.room = np.append(self.room, np.float32(1 << 20))
        for k, (number, r) in enumerate(self.options):
            slots = self.patterns.all[number].slots
            own = [cell[s, r] for s in slots] if self.by_room else list(slots)
            self.uses[k, : len(own)] = own
        self.taken = {} if self.by_room else {t: self._taken(own) for t, own in self.own.items()}

    def _taken(self, own: slice) -> Floats:
        """Per option of a track, whether it takes up each slot."""
        found = np.zeros((own.stop - own.start, len(self.room)), dtype=np.float32)
        np.put_along_axis(found, self.uses[own], np.float32(1), axis=1)
        return found

    def _count(self) -> None:
        """What each pattern costs beside those now taken, counted anew."""
        self.sums: Floats = np.zeros(len(self.patterns.all), dtype=np.float32)
        for option in self.now.values():
            self.sums += self.row(int(self.form[option]))
        self.spent = self.cost()

    def cost(self) -> float:
        """Of the patterns now taken, crowds aside."""
        chosen = list(self.now.values())
        both = float(self.sums[self.form[chosen]].sum()) / 2
        return both + float(self.price[chosen].sum())

    def heat(self) -> float:
        """A first temperature: how much the patterns of a track differ in the middle."""
        found = []
        for own in self.own.values():
            costs = self.price[own] + self.sums[self.form[own]]
            found.append(float(costs[costs < costs.min() + STEEP / 2].std()))
        return max(1.0, float(np.median(found)))

    def anneal(
        self, moves: int, hot: float, passed: Callable[[], float], *, first: bool = False
    ) -> None:
        """From hot to cold in so many moves, or sooner as the time passes (`passed` goes from 0 to
        1); the best without a crowd is kept. first: until there is one."""
        tracks = self.patterns.tracks
        tight = least = self._least_crowd()
        for k in range(0, moves, LOOK):
            along = max(k / moves, passed())
            if along >= 1 or (first and self.best):
                return
            heat = hot * (min(hot, COLD) / hot) ** along
            if along > LATE:
                dearer = 1.2 if first else 1.02  # where any frame will do, it is to fit
                tight = max(least, tight * (0.98 if self._fits() else dearer))
            self.crowd = min(float(STEEP), max(tight, CROWD * heat))
            self._count()  # what was added up drifts
            places = self.rng.integers(len(tracks), size=LOOK).tolist()
            for place, chance in zip(places, self.rng.random(LOOK).tolist(), strict=True):
                self._draw(tracks[place], heat, chance)

    def cost_in(self, cells: Mapping[tuple[int, int], int]) -> float:
        """Of the best frame with its tracks in these cells (slot and room); infinite where there
        is none."""
        if self.best is None or self.by_room:
            return self.least
        rooms: dict[int, set[int]] = {}
        for (_, r), t in cells.items():
            rooms.setdefault(t, set()).add(r)
        cost = self.least
        for t, (pattern, _) in self.best.items():
            prices = dict(pattern.rooms)
            whole = [prices[r] for r in rooms[t] if r in prices]
            cost += max(whole) - min(prices.values()) if whole else 0.0
            cost += (len(rooms[t]) - 1) * self.patterns.c.weighted(rules.TRACK_ROOMS)
        return cost

    def chosen(self) -> dict[int, tuple[Pattern, int]]:
        """Per track, the pattern now taken and (by_room) its room."""
        return {
            t: (self.patterns.all[number], r)
            for t, option in self.now.items()
            for number, r in [self.options[option]]
        }

    def key(self) -> frozenset[tuple[int, int]]:
        """What tells its best frame from those of other walks: sessions, without their rooms."""
        return frozenset((t, s) for t, (held, _) in (self.best or {}).items() for s in held.slots)

    def without_crowd(self) -> dict[int, tuple[Pattern, int]]:
        """The same of as many tracks as fit beside each other."""
        found, load = self.chosen(), self.load.copy()
        while (load > self.room).any():
            over = load > self.room
            t = max(found, key=lambda t: (int(over[self.uses[self.now[t]]].sum()), t))
            load[self.uses[self.now[t]]] -= 1
            del found[t]
        return found

    def _least_crowd(self) -> float:
        c = self.patterns.c
        if c.hard(rules.TRACK_ROOMS):
            return LEAST_CROWD
        return max(LEAST_CROWD, 1.5 * c.weighted(rules.TRACK_ROOMS))

    def _draw(self, t: int, heat: float, chance: float) -> None:
        """Another option for the track, by what each costs at this temperature."""
        own, old = self.own[t], self.now[t]
        self.load[self.uses[old]] -= 1
        full = (self.load >= self.room) * np.float32(self.crowd)
        base = self.sums[self.forms[t]] + self.price[own]
        costs = base + (full[self.uses[own]].sum(axis=1) if self.by_room else self.taken[t] @ full)
        chances = np.exp((costs.min() - costs) * np.float32(1 / heat)).cumsum()
        pick = min(int(chances.searchsorted(chance * chances[-1], side="right")), len(base) - 1)
        new = own.start + pick
        self.load[self.uses[new]] += 1
        if new == old:
            return
        if self.form[new] != self.form[old]:
            self.sums += self.row(int(self.form[new]))
            self.sums -= self.row(int(self.form[old]))
        self.now[t] = new
        self.spent += float(base[pick] - base[old - own.start])
        if self.spent < self.least - 0.01 and self._fits():
            self.least = self.spent
            self.best = self.chosen()

    def _fits(self) -> bool:
        return bool((self.load <= self.room).all())

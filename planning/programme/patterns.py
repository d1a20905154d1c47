"""Patterns of tracks, and what each pair of them costs.

A *pattern* of a track is a run of slots that follow one another and, for a track with an order or
with positions, a way to cut its line into them. What two patterns cost each other is known
beforehand (delegates, people, chairs, likeness; on average where the contributions of a track may
be in any of its sessions), so that `pattern_walk` can look at all patterns of a track at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.deal import line_of, packing
from planning.programme.prices import cell_price, sessions_by_position
from planning.programme.state import State
from planning.programme.units import BIG

MOST_CUTS = 200  # ways to cut a line looked at for one run
MOST_PATTERNS = 5_500  # of all tracks together; the table of pairs has their square
STEEP = 1_000_000  # what something counts here that must not be
AVOIDABLE = 20  # what it counts where another session of the track may do

Floats = NDArray[np.float32]
Run = tuple[int, ...]


@dataclass(frozen=True)
class Pattern:
    """slots: of the run; cut: contributions in each of its sessions, () where free; rooms: that
    could have the whole run, with its price in each."""

    track: int
    slots: Run
    cut: tuple[int, ...]
    rooms: tuple[tuple[int, float], ...]


class Patterns:
    """all: the patterns of all tracks; of: per track, where its own stand among them; pairs: what
    each pair costs (made when it is asked for); usable: whether each track has one."""

    def __init__(self, state: State) -> None:
        self.c: Compiled = state.c
        self.state = state
        self.tracks = [t for t, members in enumerate(self.c.members) if members]
        self._following: dict[Run, bool] = {}
        # cells that are open, and not for posters
        self.talks = np.zeros((len(self.c.slots), len(self.c.problem.rooms)), dtype=bool)
        for s, r in self.c.cells:
            self.talks[s, r] = not self.c.problem.rooms[r].boards
        found = {t: self._patterns(t) for t in self.tracks}
        most = most_each([len(held) for held in found.values()], MOST_PATTERNS)
        self.of: dict[int, range] = {}
        self.all: list[Pattern] = []
        for t, held in found.items():
            step = max(1.0, len(held) / most)
            kept = [held[int(k * step)] for k in range(min(len(held), most))]
            self.of[t] = range(len(self.all), len(self.all) + len(kept))
            self.all += kept
        self.usable = bool(self.tracks) and all(self.of.values())

    # -- patterns ------------------------------------------------------------------------------

    def _patterns(self, t: int) -> list[Pattern]:
        """In the shortest runs that hold the track, and in runs of one slot more, none of which
        is left empty."""
        c = self.c
        members = c.members[t]
        if any(c.given(i).poster for i in members):
            return []
        lined = any(c.order(i) or c.position(i) for i in members)
        sizes = [c.size[i] for i in (line_of(c, t) if lined else members)]
        least = sessions_by_position(c, t)
        prices, able = self._prices(t), self._able(t)
        known: dict[Run, list[tuple[int, ...]]] = {}
        shortest: dict[Run, None] = {}
        spare: dict[Run, None] = {}
        for r in range(len(c.problem.rooms)):
            own = [s for s, room in c.cells if room == r]
            for first in range(len(own)):
                held = False
                for behind in range(first + 1, min(len(own), first + len(sizes)) + 1):
                    run = tuple(own[first:behind])
                    if not self._follow(run):
                        break
                    if run not in known:
                        room = [c.long[s] // c.step for s in run]
                        known[run] = self._cuts(sizes, room, lined) if len(run) >= least else []
                    if known[run]:
                        (spare if held else shortest)[run] = None
                        if held:
                            break
                        held = True
        found = []
        for run in [*shortest, *(run for run in spare if run not in shortest)]:
            whole = prices[list(run)].sum(axis=0)
            fits = able[:, list(run)].any(axis=1).all(axis=0) & np.isfinite(whole)
            rooms = tuple((int(r), float(whole[r])) for r in np.flatnonzero(fits))
            if rooms:
                found += [Pattern(t, run, cut, rooms) for cut in known[run]]
        return found

    def _follow(self, run: Run) -> bool:
        """Whether these slots follow one another, with none left out."""
        if run not in self._following:
            time = self.c.time
            apart = len(run) < 2 or time.begin[run[-1]] >= max(time.end[s] for s in run[:-1])
            self._following[run] = apart and not time.gap(sum(1 << s for s in run))
        return self._following[run]

    def _prices(self, t: int) -> NDArray[np.float64]:
        """What a session of the track costs, by slot and room; infinite where it must not be."""
        c = self.c
        found = np.full((len(c.slots), len(c.problem.rooms)), np.inf)
        for s, r in c.cells:
            price = cell_price(c, t, s, r)
            if price is not None:
                found[s, r] = min(price, STEEP)
        return found

    def _able(self, t: int) -> NDArray[np.bool_]:
        """Whether each talk of the track may be there alone, by slot and room."""
        c = self.c
        members = c.members[t]
        long_enough = np.array([[c.given(i).minutes <= long for long in c.long] for i in members])
        in_time = long_enough & (np.array([c.price_in_slot[i] for i in members]) < BIG)
        in_room = np.array([c.price_in_room[i] for i in members]) < BIG
        return in_time[:, :, None] & in_room[:, None, :] & self.talks[None]

    def _cuts(
        self, sizes: Sequence[int], room: Sequence[int], lined: bool
    ) -> list[tuple[int, ...]]:
        """Ways to cut a line into all these sessions, none of them empty; () where the sizes fit
        and no order is asked for."""
        if sum(sizes) > sum(room):
            return []
        if not lined:
            return [()] if packing(sizes, room) is not None else []
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

    @cached_property
    def pairs(self) -> Floats:
        """What each pattern costs beside each other one."""
        c = self.c
        here = self._presence()
        costs, hard = self.between_talks()
        tracks = self.between_tracks()
        track_of = np.array([pattern.track for pattern in self.all])
        table = np.zeros((len(self.all), len(self.all)), dtype=np.float32)
        for s, (rows, held) in enumerate(here):
            if not len(rows):
                continue
            weighed = held @ costs
            for x in c.time.beside[s]:
                others, beside = here[x]
                block = tracks[np.ix_(track_of[rows], track_of[others])]
                block += weighed @ beside.T
                table[np.ix_(rows, others)] += block
                for i, j in hard:
                    sure, too = rows[held[:, i] == 1], others[beside[:, j] == 1]
                    table[np.ix_(sure, too)] += STEEP
        for own in self.of.values():
            table[own.start : own.stop, own.start : own.stop] = 0
        return table

    def between_talks(self) -> tuple[Floats, list[tuple[int, int]]]:
        """What two contributions cost that are on at once, and the pairs that must not be."""
        count = len(self.c.size)
        costs = np.zeros((count, count), dtype=np.float32)
        hard: list[tuple[int, int]] = []
        for overlap in self.state.overlaps:
            units = 1 if overlap.stay else max(1, max(self.c.long) // self.c.step)
            steep = overlap.cost >= STEEP
            hard += [(int(i), int(j)) for i, j in np.argwhere(steep)]
            costs += np.where(steep, AVOIDABLE, overlap.cost).astype(np.float32) / units
        return costs, hard

    def between_tracks(self) -> Floats:
        """What it costs that two tracks meet at once."""
        c, structure = self.c, self.state.structure
        count = len(c.members)
        found = np.minimum(np.array(structure.similar).reshape(count, count), STEEP)
        twice = min(STEEP, c.weighted(rules.CHAIR_TWICE))
        for held in c.chaired.values():
            for a in held:
                for b in held:
                    found[a, b] += twice if a != b else 0
        return found.astype(np.float32)

    def _presence(self) -> list[tuple[NDArray[np.int64], Floats]]:
        """Per slot, the patterns that meet in it, and how much of each contribution is there."""
        c = self.c
        lines = {t: line_of(c, t) for t in self.tracks}
        rows: list[list[int]] = [[] for _ in c.slots]
        parts: list[list[tuple[int, float, list[int]]]] = [[] for _ in c.slots]
        for number, pattern in enumerate(self.all):
            start = 0
            for k, s in enumerate(pattern.slots):
                held, share = c.members[pattern.track], 1.0 / len(pattern.slots)
                if pattern.cut:
                    held, share = lines[pattern.track][start : start + pattern.cut[k]], 1.0
                    start += pattern.cut[k]
                parts[s].append((len(rows[s]), share, held))
                rows[s].append(number)
        found = []
        for numbers, own in zip(rows, parts, strict=True):
            held_here = np.zeros((len(numbers), len(c.size)), dtype=np.float32)
            for row, share, held in own:
                held_here[row, held] = share
            found.append((np.array(numbers, dtype=np.int64), held_here))
        return found


def most_each(counts: Sequence[int], most: int) -> int:
    """How many each may keep of so many, so that not more than `most` are kept together."""
    low, high = 1, max([1, *counts])
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(count, middle) for count in counts) <= most:
            low = middle
        else:
            high = middle - 1
    return low

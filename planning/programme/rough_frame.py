"""The very first programme, made without any model: a frame of blocks by slots, and rooms for it.

What two tracks cost each other is taken on average over their contributions, so that no table of
all pairs of patterns is needed; the frame that comes of it is weighed truly later.
"""

from __future__ import annotations

from functools import cache, partial
from random import Random

import numpy as np

from planning.context import Context
from planning.programme import rules
from planning.programme.deal import lay_out
from planning.programme.pattern_walk import PatternWalk
from planning.programme.patterns import Floats, Patterns
from planning.programme.prices import cell_price
from planning.programme.state import State

MOVES = 15_000  # of a walk, which ends as soon as its frame fits
WALKS = 2  # until one fits, which nearly always is the first
SECONDS = 2.0  # for each, far more than it takes where it has a core
LOOK = 0.003  # seconds that stand for the moves between two looks at the clock


class RoughPairs:
    """What a pattern costs beside each other one, by what their tracks cost each other."""

    def __init__(self, patterns: Patterns) -> None:
        c = patterns.c
        self.patterns = patterns
        self.track = np.array([pattern.track for pattern in patterns.all])
        self.sessions = np.array([len(pattern.slots) for pattern in patterns.all], np.float32)
        # how many sessions of each pattern are in each slot, and at the same time as each slot
        self.here = np.zeros((len(patterns.all), len(c.slots)), dtype=np.float32)
        for number, pattern in enumerate(patterns.all):
            self.here[number, list(pattern.slots)] = 1
        at_once = np.zeros((len(c.slots), len(c.slots)), dtype=np.float32)
        for s, beside in enumerate(c.time.beside):
            at_once[s, list(beside)] = 1
        self.beside = self.here @ at_once
        self.tracks, self.talks = patterns.between_tracks(), self._talks()
        self.row = cache(self._row)

    def _talks(self) -> Floats:
        """What all contributions of two tracks cost each other."""
        c = self.patterns.c
        costs, hard = self.patterns.between_talks()
        of_track = np.zeros((len(c.size), len(c.members)), dtype=np.float32)
        of_track[np.arange(len(c.size)), c.track_of] = 1
        for i, j in hard:
            costs[i, j] += HARD
        return (of_track.T @ costs @ of_track).astype(np.float32)

    def _row(self, number: int) -> Floats:
        t = self.track[number]
        shared = self.here @ self.beside[number]  # pairs of sessions that are on at once
        each = self.talks[t, self.track] / (self.sessions * self.sessions[number])
        found = shared * (self.tracks[t, self.track] + each)
        found[self.track == t] = 0
        return found


HARD = 1_000  # what a pair of contributions counts that must not be on at once


def lay_roughly(
    state: State, patterns: Patterns, context: Context, rng: Random, walks: int = WALKS
) -> bool:
    """Fill the empty state; False, and the state empty, where that did not work out at once."""
    if not patterns.usable:
        return False
    row, by_room = RoughPairs(patterns).row, state.c.hard(rules.TRACK_ROOMS)
    for _ in range(walks):
        begun = context.seconds()
        walk = PatternWalk(patterns, rng, row, by_room=by_room)
        walk.anneal(MOVES, walk.heat(), partial(_passed, context, begun), first=True)
        cells = _cells(walk) if walk.best else None
        if cells is None:
            continue
        if not lay_out(state, {state.cell_of_place[cell]: t for cell, t in cells.items()}):
            return True
        state.clear()
        state.cell[:] = -1
    return False


def _passed(context: Context, begun: float) -> float:
    """The part of the walk's time that has passed; in deterministic mode looks count."""
    if context.deterministic:
        context.spent += LOOK
    return (context.seconds() - begun) / SECONDS


def _cells(walk: PatternWalk) -> dict[tuple[int, int], int] | None:
    """The track of each cell: one room for each track as long as there is one, then any rooms,
    those that fewest tracks could have first."""
    best = walk.best or {}
    if walk.by_room:
        return {(s, r): t for t, (held, r) in best.items() for s in held.slots}
    free = set(walk.patterns.c.cells)
    found: dict[tuple[int, int], int] = {}
    left = []
    for t, (pattern, _) in sorted(best.items(), key=lambda row: (row[1][0].slots, row[0])):
        open_to = [
            (price, r) for r, price in pattern.rooms if all((s, r) in free for s in pattern.slots)
        ]
        if not open_to:
            left.append(t)
            continue
        _, r = min(open_to)
        for s in pattern.slots:
            free.remove((s, r))
            found[s, r] = t
    for t in left:
        for s in best[t][0].slots:
            open_to = [
                (price, r)
                for x, r in free
                if x == s and (price := cell_price(walk.patterns.c, t, s, r)) is not None
            ]
            if not open_to:
                return None
            _, r = min(open_to)
            free.remove((s, r))
            found[s, r] = t
    return found

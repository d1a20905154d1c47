"""Frames of patterns: what they are said to cost, and that they hold all contributions."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from bench.generated_programme import make
from planning.context import Context
from planning.programme.compiled import Compiled
from planning.programme.deal import lay_out
from planning.programme.framing import Framing
from planning.programme.moves import Moves
from planning.programme.pattern_walk import PatternWalk
from planning.programme.patterns import Patterns, most_each
from planning.programme.rough_frame import lay_roughly
from planning.programme.units import BIG

RNG = partial(Random, 1)
ORDERED, CLOSED = 3, 10  # seeds of programmes of these kinds


def never() -> float:
    """A walk that is not ended by the clock."""
    return 0.0


def test_a_frame_of_lines_costs_what_its_walk_says() -> None:
    _, problem, _ = make(ORDERED)
    c = Compiled(problem)
    state = Moves(c, RNG())
    patterns = Patterns(state)
    walk = PatternWalk(patterns, RNG(), patterns.pairs.__getitem__, by_room=True)
    walk.anneal(20_000, walk.heat(), never)
    assert walk.best
    cells = {(s, r): t for t, (held, r) in walk.best.items() for s in held.slots}
    for t, (held, r) in walk.best.items():
        line = iter(state.ideal[t])
        for s, count in zip(held.slots, held.cut, strict=True):
            state.lay(state.cell_of_place[s, r], t, [next(line) for _ in range(count)])
    assert state.total() == round(walk.least)
    assert walk.cost_in(cells) == walk.least


def test_a_long_walk_finds_what_was_planted() -> None:
    """Every contribution of these tracks has its place in a line, and 4,500 pairs are wished."""
    _, problem, planted = make(ORDERED)
    c = Compiled(problem)
    state = Moves(c, RNG())
    state.load(planted.assignments)
    patterns = Patterns(state)
    walk = PatternWalk(patterns, RNG(), patterns.pairs.__getitem__, by_room=False)
    walk.anneal(50_000, walk.heat(), never)
    assert walk.least <= state.total()


def test_tracks_that_are_in_the_way_are_put_elsewhere() -> None:
    """A fifth of the cells is closed: a short walk leaves tracks in cells of others."""
    _, problem, _ = make(CLOSED)
    c = Compiled(problem)
    state = Moves(c, RNG())
    framing = Framing(c, Context(limit_s=30, seed=1, deterministic=True))
    framing.patterns = Patterns(state)
    walk = PatternWalk(framing.patterns, RNG(), framing.patterns.pairs.__getitem__, by_room=True)
    walk.anneal(10_000, walk.heat(), never)
    assert walk.best is None
    kept = walk.without_crowd()
    cells = [(s, r) for held, r in kept.values() for s in held.slots]
    assert len(cells) == len(set(cells))
    assert 0 < len(kept) < len(walk.patterns.tracks)
    found = framing.cells_of(walk)
    assert found is not None
    assert not lay_out(state, {state.cell_of_place[cell]: t for cell, t in found.items()})


def test_the_first_frame_of_patterns_breaks_nothing_that_local_search_does_not_mend() -> None:
    _, problem, _ = make(CLOSED)
    c = Compiled(problem)
    state = Moves(c, RNG())
    framing = Framing(c, Context(limit_s=30, seed=1, deterministic=True))
    assert framing.patterned(state, RNG(), 5.0, first=True)
    assert (state.cell >= 0).all()
    assert state.structure.tracks_cost(range(len(c.members))) < BIG


@pytest.mark.parametrize("seed", [ORDERED, CLOSED])
def test_a_rough_frame_holds_all_and_breaks_nothing_between_tracks(seed: int) -> None:
    _, problem, _ = make(seed)
    state = Moves(Compiled(problem), RNG())
    context = Context(limit_s=30, seed=1, deterministic=True)
    assert lay_roughly(state, Patterns(state), context, RNG())
    assert (state.cell >= 0).all()
    assert state.structure.tracks_cost(range(len(problem.tracks))) < BIG


def test_no_rough_frame_leaves_the_state_empty() -> None:
    """One of the tracks has more contributions than any room holds in a row."""
    _, problem, _ = make(ORDERED)
    every = tuple(replace(given, track="t00", order=0) for given in problem.contributions)
    state = Moves(Compiled(replace(problem, contributions=every)), RNG())
    context = Context(limit_s=30, seed=1, deterministic=True)
    assert not lay_roughly(state, Patterns(state), context, RNG())
    assert (state.cell == -1).all()


FIRST = """
import sys
from bench.generated_programme import make
from planning.context import Context
from planning.programme.model import Search

def stop(progress):
    print("ortools" in sys.modules, progress.plan is not None)
    sys.exit()

Search(make(10)[1], Context(limit_s=30, seed=1, deterministic=True, send=stop)).race()
"""


def test_the_first_programme_needs_no_solver() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout == "False True\n", done.stderr


def test_a_frame_that_does_not_hold_all_is_an_attempt() -> None:
    """No time is left to put elsewhere the tracks for which the walk has no room."""
    _, problem, _ = make(CLOSED)
    c = Compiled(problem)
    state = Moves(c, RNG())
    framing = Framing(c, Context(limit_s=0.001, seed=1, deterministic=True))
    assert not framing.first(state)
    assert 0 < len(state.places()) < len(c.size)


def test_the_many_patterns_of_few_tracks_leave_room_for_the_others() -> None:
    assert most_each([5, 700, 300], 500) == 247
    assert most_each([5, 10], 500) == 10

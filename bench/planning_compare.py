"""Beside `conference-scheduler`, the Python package for conference scheduling, on its own terms.

    python -m bench.planning_compare [--talks 30 60 100 200] [--limit 60]

Both plan the same talks into the same places, one talk per room and slot, with the constraints
that package has: no talk where it is unavailable, no two talks with a tag in common at once. Two
of its own objectives are compared: its capacity objective (demand less capacity, summed over the
places used) and its number of changes from a standing schedule. Values are counted by that
package's own functions. Exits 1 where we are worse in value, or, at 200 talks, less than five
times as fast.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pulp
from conference_scheduler import resources, scheduler
from conference_scheduler.lp_problem import objective_functions as objectives
from conference_scheduler.validator import is_valid_schedule

from planning import check, solve
from planning.programme import rules
from planning.programme.problem import (
    Contribution,
    Period,
    Person,
    Preference,
    Problem,
    Room,
    Slot,
    Track,
)
from planning.results import Plan
from planning.terms import Weight

ROOMS, MINUTES = 5, 30


@dataclass(frozen=True)
class Case:
    """The same conference for both: tag and absences (slot numbers) per talk."""

    talks: int
    demand: tuple[int, ...]
    tags: tuple[int, ...]
    away: tuple[tuple[int, ...], ...]
    seats: tuple[int, ...]
    slots: int


def make(talks: int, seed: int) -> Case:
    """Talks with about four to a tag, each unavailable in one slot in ten, a sixth of the places
    free."""
    rng = Random(seed)
    slots = -(-talks * 6 // (ROOMS * 5))
    return Case(
        talks,
        tuple(rng.randrange(20, 400) for _ in range(talks)),
        tuple(rng.randrange(max(1, talks // 4)) for _ in range(talks)),
        tuple(tuple(sorted(rng.sample(range(slots), max(1, slots // 10)))) for _ in range(talks)),
        tuple(rng.choice((50, 100, 150, 300, 500)) for _ in range(ROOMS)),
        slots,
    )


def start_of(slot: int) -> datetime:
    """Twelve slots a day."""
    day = datetime(2027, 5, 3) + timedelta(days=slot // 12)  # noqa: DTZ001 - the venue's local time
    return day + timedelta(hours=9, minutes=(slot % 12) * 40)


def theirs_of(case: Case) -> tuple[list[Any], list[Any]]:
    """Events and slots of that package, places in order of slot and room."""
    places = [
        resources.Slot(f"room-{r}", start_of(s), MINUTES, case.seats[r], f"{s}")
        for s in range(case.slots)
        for r in range(ROOMS)
    ]
    events = [
        resources.Event(
            f"talk-{i}",
            MINUTES,
            case.demand[i],
            tags=[f"tag-{case.tags[i]}"],
            unavailability=[places[s * ROOMS + r] for s in case.away[i] for r in range(ROOMS)],
        )
        for i in range(case.talks)
    ]
    return events, places


def ours_of(case: Case) -> Problem:
    """The same as a programme: a tag is a track that must not meet twice in a slot."""
    largest = max(case.seats)
    off = [
        Weight(rule, 0)
        for rule in rules.RULES
        if rule not in (rules.AWAY, rules.TRACK_PARALLEL, rules.PREFERENCE)
    ]
    return Problem(
        zone="UTC",
        slots=tuple(
            Slot(f"s{s}", f"{start_of(s):%Y-%m-%dT%H:%M}", MINUTES) for s in range(case.slots)
        ),
        rooms=tuple(Room(f"room-{r}", case.seats[r]) for r in range(ROOMS)),
        tracks=tuple(Track(f"tag-{tag}") for tag in sorted(set(case.tags))),
        contributions=tuple(
            Contribution(f"talk-{i}", f"tag-{case.tags[i]}", MINUTES, (f"speaker-{i}",))
            for i in range(case.talks)
        ),
        persons=tuple(
            Person(f"speaker-{i}", "", tuple(_period(s) for s in away))
            for i, away in enumerate(case.away)
        ),
        preferences=tuple(
            Preference(largest - seats, room=f"room-{r}") for r, seats in enumerate(case.seats)
        ),
        weights=(*off, Weight(rules.TRACK_PARALLEL, None)),
    )


def _period(slot: int) -> Period:
    start = start_of(slot)
    return Period(f"{start:%Y-%m-%dT%H:%M}", f"{start + timedelta(minutes=MINUTES):%Y-%m-%dT%H:%M}")


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives and the seconds it took."""
    begin = time.monotonic()
    result = run()
    return result, time.monotonic() - begin


def array_of(case: Case, plan: Plan) -> Any:
    """Our plan as that package's array of talks by places."""
    array = np.zeros((case.talks, case.slots * ROOMS))
    for place in plan.assignments:
        column = int(place.slot[1:]) * ROOMS + int(place.room[5:])
        array[int(place.contribution[5:]), column] = 1
    return array


def row(talks: int, limit: float, goal: str) -> tuple[bool, float]:
    """Compare one size on one objective: whether as good, and how many times as fast."""
    case = make(talks, seed=talks)
    before: Plan | None = None
    keywords: dict[str, Any] = {}
    objective = objectives.efficiency_capacity_demand_difference
    if goal == "changes":
        before = _solved(ours_of(case), limit, None)
        case = _later(case, before)
        events, slots = theirs_of(case)
        keywords["original_schedule"] = [
            resources.ScheduledItem(events[int(i)], slots[int(j)])
            for i, j in zip(*np.nonzero(array_of(case, before)), strict=True)
        ]
        objective = objectives.number_of_changes
    events, slots = theirs_of(case)
    problem = ours_of(case)
    if before is not None:
        # only the changes count here, as they do in theirs
        problem = replace(
            problem, preferences=(), weights=(*problem.weights, Weight(rules.PREFERENCE, 0))
        )
    plan, our_seconds = timed(lambda: _solved(problem, limit, before))
    ours = array_of(case, plan)
    theirs, their_seconds = timed(
        lambda: scheduler.array(
            events, slots, objective, solver=pulp.PULP_CBC_CMD(msg=False, threads=2), **keywords
        )
    )
    theirs = theirs.astype(np.int64)  # of 8 bits, too small for their own sums
    for array in (ours, theirs):
        if not is_valid_schedule(
            scheduler.conv.array_to_schedule(array, events, slots), events, slots
        ):
            raise AssertionError("a schedule breaks a constraint")
    our_value, their_value = (
        round(float(objective(events=events, slots=slots, X=array, **keywords)))
        for array in (ours, theirs)
    )
    faster = their_seconds / our_seconds
    print(
        f"| {talks} | {goal} | {our_value} | {their_value} | {our_seconds:.1f} "
        f"| {their_seconds:.1f} | {faster:.1f} |",
        flush=True,
    )
    return our_value <= their_value, faster


def _later(case: Case, standing: Plan) -> Case:
    """Three talks become unavailable in the slots in which they stand."""
    away = list(case.away)
    for place in standing.assignments[:: max(1, case.talks // 3)][:3]:
        i = int(place.contribution[5:])
        away[i] = tuple(sorted({*away[i], int(place.slot[1:])}))
    return replace(case, away=tuple(away))


def _solved(problem: Problem, limit: float, previous: Plan | None) -> Plan:
    answer = solve(problem, limit_s=limit, seed=0, workers=2, previous=previous)
    if not isinstance(answer, Plan) or not check(problem, answer, previous=previous).ok:
        raise AssertionError("no plan, or a broken one")
    return answer


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each size and objective."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--talks", type=int, nargs="+", default=[30, 60, 100, 200])
    parser.add_argument("--goals", nargs="+", default=["capacity", "changes"])
    parser.add_argument("--limit", type=float, default=60.0)
    given = parser.parse_args(arguments)
    print("| talks | objective | ours | theirs | ours s | theirs s | times as fast |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    good = True
    for talks in given.talks:
        for goal in given.goals:
            as_good, faster = row(talks, given.limit, goal)
            good = good and as_good and (talks < 200 or faster >= 5)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

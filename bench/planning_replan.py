"""Late changes to business meetings: `bench/planning.py replan FOLDER`.

For each original instance: a first plan, then its first quarter of the day is locked, three people
(from a seed) turn out to be absent in a later slot in which they have a meeting, and the day is
planned anew. Prints the moves and whether they are proven to be the fewest, or that there is no
plan; exits 1 where neither is proven within the limit.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.dzn import read
from planning import Infeasible, Lock, Plan, Progress, check, solve
from planning.meetings import Problem


def disturb(problem: Problem, plan: Plan, seed: int) -> tuple[Problem, tuple[Lock, ...]]:
    """The problem with three new absences after the first quarter, and locks on that quarter."""
    random = Random(seed)
    quarter = len(problem.slots) // 4
    locks = tuple(Lock(slot=slot.id) for slot in problem.slots[:quarter])
    later = {slot.id for slot in problem.slots[quarter:]}
    ends = {meeting.id: (meeting.a, meeting.b) for meeting in problem.meetings}
    taken = [place for place in plan.assignments if place.slot in later]
    missing = {random.choice(ends[place.meeting]): place.slot for place in random.sample(taken, 3)}
    return (
        replace(
            problem,
            participants=tuple(
                replace(person, absent=(*person.absent, missing[person.id]))
                if person.id in missing
                else person
                for person in problem.participants
            ),
        ),
        locks,
    )


def main(arguments: list[str]) -> int:
    """Measure each instance."""
    parser = argparse.ArgumentParser(prog="bench/planning.py replan", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=float, default=120.0, help="seconds for the first plan")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for the new plan")
    parser.add_argument("--within", type=float, default=5.0, help="seconds until moves are proven")
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    print(f"{'instance':<26}{'moves':>7}{'proven after s':>16}{'idle breaks':>13}{'s':>7}")
    late = 0
    for path in sorted(options.folder.rglob("*.original.dzn")):
        if options.only in path.name:
            late += not _row(path, options)
    print(f"{late} not proven within {options.within:g} s")
    return 1 if late else 0


def _row(path: Path, options: argparse.Namespace) -> bool:
    problem = read(path, 2)
    first = solve(problem, limit_s=options.first, seed=0, workers=2)
    name = path.name.removesuffix(".original.dzn")
    if not isinstance(first, Plan):
        print(f"{name:<26} no first plan")
        return False
    changed, locks = disturb(problem, first, options.seed)
    proven: list[float] = []

    def hear(progress: Progress) -> None:
        done = progress.goal == "moves" and progress.incumbent == progress.bound
        if progress.goal == "idle_breaks" or done:
            proven.append(progress.seconds)

    started = time.monotonic()
    answer = solve(
        changed,
        limit_s=options.limit,
        seed=0,
        workers=2,
        previous=first,
        locks=locks,
        on_progress=hear,
    )
    seconds = time.monotonic() - started
    if isinstance(answer, Infeasible):
        print(f"{name:<26}{'none':>7}{seconds:>16.1f}{'':>13}{seconds:>7.1f}", flush=True)
        return seconds <= options.within
    if not isinstance(answer, Plan) or not check(changed, answer, previous=first, locks=locks).ok:
        print(f"{name:<26} {type(answer).__name__}, or broken")
        return False
    moves, idle = answer.goals[1], answer.goals[2]
    when = proven[0] if proven else seconds
    print(
        f"{name:<26}{moves.value:>7}{when:>16.1f}"
        f"{f'{idle.bound}..{idle.value}':>13}{seconds:>7.1f}",
        flush=True,
    )
    return moves.value == moves.bound and when <= options.within

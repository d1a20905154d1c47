"""Late changes to business meetings: `bench/planning.py replan FOLDER`.

For each original instance: a first plan, then its first quarter of the day is locked, three people
(drawn by a seed) turn out to be absent in a later slot in which they have a meeting, and the day is
planned anew. On crowded days nearly every draw is impossible, so that up to `--draws` are tried
until one is not. Prints a row per draw, with the moves and whether they are proven to be the
fewest, or that there is no plan; exits 1 where one is not proven within the limit.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
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
    missing: dict[str, str] = {}
    for place in random.sample(taken, len(taken)):
        free = [person for person in ends[place.meeting] if person not in missing]
        if len(missing) < 3 and free:
            missing[random.choice(free)] = place.slot
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
    parser.add_argument("--seed", type=int, default=1, help="of the first draw")
    parser.add_argument("--draws", type=int, default=6, help="of absences, at most, per instance")
    options = parser.parse_args(arguments)
    print(
        f"{'instance':<20}{'draw':>5}{'moves':>7}{'proven after s':>16}{'idle breaks':>13}{'s':>7}"
    )
    found = []
    for path in sorted(options.folder.rglob("*.original.dzn")):
        if options.only in path.name:
            found += _draws(path, options)
    possible = sum(row.possible for row in found)
    late = sum(not row.in_time for row in found)
    print(f"{len(found)} draws, {possible} of them possible; {late} not proven in time")
    return 1 if late else 0


@dataclass(frozen=True)
class Row:
    """possible: a plan was found; in_time: what was to be proven was, within `--within`."""

    possible: bool
    in_time: bool


def _draws(path: Path, options: argparse.Namespace) -> list[Row]:
    problem = read(path, 2)
    first = solve(problem, limit_s=options.first, seed=0, workers=2)
    name = path.name.removesuffix(".original.dzn")
    if not isinstance(first, Plan):
        print(f"{name:<20} no first plan")
        return [Row(False, False)]
    rows = []
    for draw in range(options.seed, options.seed + options.draws):
        print(f"{name:<20}{draw:>5}", end="")
        rows.append(_row(problem, first, draw, options))
        if rows[-1].possible:
            break
    return rows


def _row(problem: Problem, first: Plan, draw: int, options: argparse.Namespace) -> Row:
    changed, locks = disturb(problem, first, draw)
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
        print(f"{'none':>7}{seconds:>16.1f}{'':>13}{seconds:>7.1f}", flush=True)
        return Row(False, seconds <= options.within)
    if not isinstance(answer, Plan) or not check(changed, answer, previous=first, locks=locks).ok:
        print(f" {type(answer).__name__}, or broken")
        return Row(False, False)
    moves, idle = answer.goals[1], answer.goals[2]
    when = proven[0] if proven else seconds
    print(
        f"{moves.value:>7}{when:>16.1f}{f'{idle.bound}..{idle.value}':>13}{seconds:>7.1f}",
        flush=True,
    )
    return Row(True, moves.value == moves.bound and when <= options.within)

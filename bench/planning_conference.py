"""Large conferences made around a good plan, and how the planner does against it.

    python -m bench.planning_conference [--seeds 1 2 3] [--limit 60]

Each conference has 500 contributions in 36 tracks, 10 rooms, 4 days of 5 slots, 2,000 delegates
with 8 wishes each, and 35 interpreters for the tracks that are interpreted. It is made around a
planted plan: tracks are put into rooms and slots, talks into sessions, teams into booths; then
delegates choose talks, and only one wish in ten that would clash in the planted plan is kept. A
row says when the first feasible plan was there and how many clashes the last one has beside the
planted one. Exits 1 where one of them is worse than asked for.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import dataclass, field
from random import Random

from planning import check, solve
from planning.conference.problem import Conference, Entry, Interpreted
from planning.interpreters.problem import Duty, Interpreter
from planning.programme.problem import Contribution, Person, Place, Problem, Room, Slot, Track, Wish
from planning.results import Plan, Progress
from planning.terms import Period

STARTS = ("09:00", "10:50", "13:40", "15:30", "17:20")
TEAMS = (("en", "vi"), ("en", "id"))
TALK, SLOT = 20, 80


@dataclass(frozen=True)
class Size:
    """How large a conference is made."""

    contributions: int = 500
    tracks: int = 36
    rooms: int = 10
    days: int = 4
    delegates: int = 2000
    wishes: int = 8
    interpreters: int = 35
    interpreted: int = 8
    kept: float = 0.1  # of the wishes that would clash in the planted plan


@dataclass
class Made:
    """A conference under construction: cells and places by number."""

    size: Size
    rng: Random
    slots: list[Slot] = field(default_factory=list)
    cells: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    where: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    track_of: list[int] = field(default_factory=list)


def make(seed: int, size: Size | None = None) -> tuple[Conference, Plan]:
    """A conference and the plan that was planted in it."""
    made = Made(size or Size(), Random(seed))
    for day in range(made.size.days):
        for number, start in enumerate(STARTS):
            made.slots.append(
                Slot(f"d{day + 1}-{number + 1}", f"2027-05-{4 + day:02}T{start}", SLOT)
            )
    while not _plant(made):
        made.cells.clear()
    _talks(made)
    conference, duties = _finish(made)
    places = [
        Place(f"c{i}", made.slots[s].id, f"room-{r}", k * TALK)
        for i, (s, r, k) in sorted(made.where.items())
    ]
    entries = (*(Entry(place=p) for p in places), *(Entry(duty=d) for d in duties))
    return conference, Plan("conference", entries)


def _sizes(size: Size) -> list[int]:
    base, more = divmod(size.contributions, size.tracks)
    return [base + (t < more) for t in range(size.tracks)]


def _plant(made: Made) -> bool:
    """Tracks into runs of slots in one room; interpreted tracks do not meet at once more than
    their interpreters allow. False where the rest did not fit."""
    size, rng = made.size, made.rng
    free = {(s, r) for s in range(len(made.slots)) for r in range(size.rooms)}
    busy: dict[tuple[int, int], int] = {}
    order = sorted(range(size.tracks), key=lambda t: (t >= size.interpreted, rng.random()))
    for t in order:
        need = -(-_sizes(size)[t] // (SLOT // TALK))
        options = [
            [(s + k, r) for k in range(need)]
            for s, r in sorted(free)
            if s + need <= len(made.slots)
            and (s % len(STARTS)) + need <= len(STARTS)
            and all((s + k, r) in free for k in range(need))
            and (t >= size.interpreted or all(not busy.get((t % 2, s + k)) for k in range(need)))
        ]
        if not options:
            return False
        made.cells[t] = rng.choice(options)
        free -= set(made.cells[t])
        if t < size.interpreted:
            for s, _ in made.cells[t]:
                busy[t % 2, s] = 1
    return True


def _talks(made: Made) -> None:
    number = 0
    for t, count in enumerate(_sizes(made.size)):
        spots = [(s, r, k) for s, r in made.cells[t] for k in range(SLOT // TALK)][:count]
        made.rng.shuffle(spots)
        for spot in spots:
            made.where[number] = spot
            made.track_of.append(t)
            number += 1
    by_cell: dict[tuple[int, int], list[int]] = {}
    for i, (s, r, _) in sorted(made.where.items(), key=lambda row: (row[1], row[0])):
        by_cell.setdefault((s, r), []).append(i)
    for (s, r), held in by_cell.items():
        for k, i in enumerate(held):
            made.where[i] = (s, r, k)


def _at_once(made: Made, i: int, j: int) -> bool:
    (s, _, k), (s2, _, k2) = made.where[i], made.where[j]
    return (s, k) == (s2, k2)


def _wishes(made: Made) -> list[Wish]:
    rng, size = made.rng, made.size
    of_track: dict[int, list[int]] = {}
    for i, t in enumerate(made.track_of):
        of_track.setdefault(t, []).append(i)
    wishes = []
    for _ in range(size.delegates):
        pool = [i for t in rng.sample(range(size.tracks), 4) for i in of_track[t]]
        rng.shuffle(pool)
        chosen: list[int] = []
        for i in pool:
            if len(chosen) == size.wishes:
                break
            if rng.random() < size.kept or not any(_at_once(made, i, j) for j in chosen):
                chosen.append(i)
        wishes.append(Wish(tuple(f"c{i}" for i in sorted(chosen))))
    return wishes


def _speakers(made: Made) -> dict[int, list[str]]:
    rng, count = made.rng, made.size.contributions
    people = {i: [f"p{i}"] for i in range(count)}
    twice: set[int] = set()
    for _ in range(count // 8):
        i, j = rng.sample(range(count), 2)
        once = i not in twice and j not in twice
        if once and not _at_once(made, i, j):
            people[j].append(f"p{i}")
            twice |= {i, j}
    return people


def _away(made: Made, people: dict[int, list[str]]) -> list[Person]:
    """One speaker in twenty is away on a day other than that of their talks; some are remote."""
    rng = made.rng
    days: dict[str, set[int]] = {}
    for i, names in people.items():
        for name in names:
            days.setdefault(name, set()).add(made.where[i][0] // len(STARTS))
    found = []
    for name, held in days.items():
        free = [day for day in range(made.size.days) if day not in held]
        if free and rng.random() < 0.05:
            day = f"2027-05-{4 + rng.choice(free):02}"
            found.append(Person(name, "", (Period(f"{day}T00:00", f"{day}T23:59"),)))
    return found


def _finish(made: Made) -> tuple[Conference, list[Duty]]:
    size, rng = made.size, made.rng
    wishes, people = _wishes(made), _speakers(made)
    interest = [0] * size.contributions
    for wish in wishes:
        for name in wish.contributions:
            interest[int(name[1:])] += 1
    rooms = [
        Room(
            f"room-{r}",
            600 if r < 3 else 250,
            ("screen", "stage") if r < 3 else ("screen",),
        )
        for r in range(size.rooms)
    ]
    contributions = []
    for i, t in enumerate(made.track_of):
        stage = made.where[i][1] < 3 and rng.random() < 0.1
        contributions.append(
            Contribution(
                f"c{i}",
                f"t{t}",
                TALK,
                tuple(people[i]),
                equipment=("stage",) if stage else ("screen",),
                interest=min(interest[i], rooms[made.where[i][1]].seats),
            )
        )
    programme = Problem(
        zone="Asia/Ho_Chi_Minh",
        slots=tuple(made.slots),
        rooms=tuple(rooms),
        tracks=tuple(Track(f"t{t}", (f"chair-{t}",)) for t in range(size.tracks)),
        contributions=tuple(contributions),
        persons=tuple(_away(made, people)),
        wishes=tuple(wishes),
        people_stay=False,
    )
    interpreters = tuple(
        Interpreter(f"i{n}", (TEAMS[n % 2][1],), (TEAMS[n % 2][0],), fee=10)
        for n in range(size.interpreters)
    )
    interpreted = tuple(
        Interpreted(f"t{t}", TEAMS[t % 2], TEAMS[t % 2]) for t in range(size.interpreted)
    )
    duties = []
    for t in range(size.interpreted):
        # AIIC: two for a session of 80 minutes; by turns so that nobody has a third session
        team = [n for n in range(size.interpreters) if n % 2 == t % 2]
        for s, r in made.cells[t]:
            turn = (s % len(STARTS)) * 2
            for n in team[turn : turn + 2]:
                duties.append(Duty(f"{made.slots[s].id}/room-{r}", 0, "both", f"i{n}"))
    return Conference(programme, interpreters, interpreted), duties


def clashes(plan: Plan) -> int:
    """Wishes of delegates that clash in a plan."""
    return next(line.count for line in plan.costs if line.rule == "clash")


def row(seed: int, limit: float) -> bool:
    """Measure one conference; whether it was as good as asked for."""
    conference, planted = make(seed)
    judged = check(conference, planted)
    if not judged.ok:
        raise AssertionError(f"the planted plan of seed {seed} is broken: {judged.broken}")
    planted_clashes = next(line.count for line in judged.costs if line.rule == "clash")
    planted_cost = judged.goals[-1].value
    begin, first = time.monotonic(), [0.0]

    def note(progress: Progress) -> None:
        if progress.plan is not None and not first[0]:
            if not check(conference, progress.plan).ok:
                raise AssertionError("the first plan is broken")
            first[0] = progress.seconds

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    answer = solve(conference, limit_s=limit, seed=seed, workers=2, on_progress=note)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not isinstance(answer, Plan) or not check(conference, answer).ok:
        print(f"| {seed} | no plan | | | | | |")
        return False
    took = time.monotonic() - begin
    print(
        f"| {seed} | {first[0]:.1f} | {planted_clashes} | {clashes(answer)} | {planted_cost} "
        f"| {answer.goals[-1].value} | {took:.0f} | {used.ru_utime - before:.0f} "
        f"| {used.ru_maxrss // 1024} |",
        flush=True,
    )
    return first[0] <= 5.0 and clashes(answer) <= planted_clashes


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each seed; 1 where one was not good enough."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--limit", type=float, default=60.0)
    given = parser.parse_args(arguments)
    print("| seed | first (s) | planted clashes | clashes | planted cost | cost | s | CPU s | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    good = [row(seed, given.limit) for seed in given.seeds]
    print(f"{sum(good)} of {len(good)} feasible within 5 s and with no more clashes than planted")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())

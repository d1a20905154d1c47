"""Why programmes are impossible: one contradiction at a time put into a sound programme.

    python -m bench.planning_impossible [--seeds 4,3,9] [--limit 60]

The programmes are those of `bench.generated_programme`, in which there is a plan; each case adds
requests that cannot all be met. Then come large ones that are impossible for whole tracks
(`bench.crowded_programme`). Prints what is answered, after how long, and whether the set of
reasons is known to be one of which none can be left out; exits 1 where one is
not explained within 5 s.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from bench.crowded_programme import by_pieces, by_three, crowd
from bench.generated_programme import make
from bench.planning_generated import seeds_of, used_s
from planning import Infeasible, sentence, solve
from planning.programme import rules
from planning.programme.problem import Apart, Contribution, NextTo, Person, Problem, SimilarTracks
from planning.terms import Period, Weight

WITHIN_S = 5.0

Change = Callable[[Contribution], Contribution]


def changed(problem: Problem, **of: Change) -> Problem:
    """The problem with some contributions changed (by id)."""
    talks = tuple(of[g.id](g) if g.id in of else g for g in problem.contributions)
    return replace(problem, contributions=talks)


def hard(problem: Problem, *names: str) -> Problem:
    """The problem in which these rules must hold."""
    kept = tuple(weight for weight in problem.weights if weight.rule not in names)
    return replace(problem, weights=(*kept, *(Weight(name, None) for name in names)))


def members(problem: Problem) -> list[list[Contribution]]:
    """The contributions of each track, the largest track first."""
    found: dict[str, list[Contribution]] = {}
    for given in problem.contributions:
        found.setdefault(given.track, []).append(given)
    return sorted(found.values(), key=lambda held: -len(held))


def fixed(slot: str) -> Change:
    """Fix a contribution to a slot."""
    return lambda given: replace(given, slot=slot)


def given_by(name: str) -> Change:
    """Let somebody give a contribution as well."""
    return lambda given: replace(given, people=(*given.people, name))


def same_position(problem: Problem) -> Problem:
    a, b, *_ = members(problem)[0]
    first: Change = lambda given: replace(given, order=0, position=1)  # noqa: E731 - one of several
    return changed(problem, **{a.id: first, b.id: first})


def order_against_position(problem: Problem) -> Problem:
    a, b, *_ = members(problem)[0]
    problem = hard(problem, rules.ORDER)
    return changed(
        problem,
        **{
            a.id: lambda g: replace(g, order=1, position=0),
            b.id: lambda g: replace(g, order=2, position=1),
        },
    )


def two_open_one_session(problem: Problem) -> Problem:
    """More contributions that must open their session than slots the track can have."""
    held = members(problem)[0]
    problem = hard(problem, rules.TRACK_PARALLEL)
    slots = [slot.id for slot in problem.slots]
    out = tuple(slots[1:])
    opens: Change = lambda g: replace(g, order=0, position=0, session_position=1, not_slots=out)  # noqa: E731 - one of several
    return changed(problem, **{g.id: opens for g in held[:2]})


def kept_out_everywhere(problem: Problem) -> Problem:
    out = tuple(slot.id for slot in problem.slots)
    given = problem.contributions[0]
    return changed(problem, **{given.id: lambda g: replace(g, not_slots=out)})


def fixed_where_kept_out(problem: Problem) -> Problem:
    slot = problem.slots[0].id
    given = problem.contributions[0]
    return changed(problem, **{given.id: lambda g: replace(g, slot=slot, not_slots=(slot,))})


def apart_in_one_slot(problem: Problem) -> Problem:
    (a, *_), (b, *_), *_ = members(problem)
    slot = problem.slots[0].id
    problem = replace(problem, apart=(Apart(a.id, b.id, 30),))
    return changed(problem, **{a.id: fixed(slot), b.id: fixed(slot)})


def three_neighbours(problem: Problem) -> Problem:
    a, *rest = members(problem)[0]
    return replace(problem, next_to=tuple(NextTo(a.id, b.id) for b in rest[:3]))


def neighbours_far_away(problem: Problem) -> Problem:
    a, b, *_ = members(problem)[0]
    problem = replace(problem, next_to=(NextTo(a.id, b.id),))
    return changed(problem, **{a.id: fixed(problem.slots[0].id), b.id: fixed(problem.slots[2].id)})


def no_pause(problem: Problem) -> Problem:
    (a, *_), (b, *_), *_ = members(problem)
    problem = hard(replace(problem, pause=1440), rules.PAUSE)
    one, two = problem.slots[0].id, problem.slots[1].id
    both = given_by("nobody else")
    return changed(
        problem, **{a.id: lambda g: fixed(one)(both(g)), b.id: lambda g: fixed(two)(both(g))}
    )


def too_many_for_one_person(problem: Problem) -> Problem:
    """Somebody in one more track than there are slots, whose sessions can be anywhere."""
    firsts = [held[0] for held in members(problem)][: len(problem.slots) + 1]
    return changed(problem, **{given.id: given_by("everywhere") for given in firsts})


def too_many_for_one_chair(problem: Problem) -> Problem:
    """Somebody chairs so many tracks that their sessions are more than the slots."""
    named = [held[0].track for held in members(problem)][: len(problem.slots) + 1]
    tracks = tuple(
        replace(track, chairs=("everywhere",)) if track.id in named else track
        for track in problem.tracks
    )
    return replace(problem, tracks=tracks)


def away_all_the_time(problem: Problem) -> Problem:
    given = problem.contributions[0]
    person = Person("far", away=(Period("2030-05-01T00:00", "2030-06-30T00:00"),))
    problem = replace(problem, persons=(*problem.persons, person))
    return changed(problem, **{given.id: given_by("far")})


def at_once_while_they_overlap(problem: Problem) -> Problem:
    """One person in two sessions that are fixed to one time."""
    (a, *_), (b, *_), *_ = members(problem)
    slot = problem.slots[0].id
    both = given_by("twice")
    return changed(
        problem, **{a.id: lambda g: fixed(slot)(both(g)), b.id: lambda g: fixed(slot)(both(g))}
    )


def posters_without_boards(problem: Problem) -> Problem:
    given = problem.contributions[0]
    return changed(problem, **{given.id: lambda g: replace(g, poster=True)})


def more_than_fits(problem: Problem) -> Problem:
    """Twice as many contributions as there is room for."""
    more = tuple(replace(g, id=f"{g.id}+", order=0, position=0) for g in problem.contributions)
    return replace(problem, contributions=(*problem.contributions, *more))


def one_slot_for_a_track(problem: Problem) -> Problem:
    """More contributions of a track in one slot than one session of it holds, and no parallels."""
    slot = problem.slots[0]
    held = members(problem)[0]
    count, minutes = 0, 0
    while minutes <= slot.minutes and count < len(held):
        minutes += held[count].minutes
        count += 1
    problem = hard(problem, rules.TRACK_PARALLEL)
    return changed(problem, **{g.id: fixed(slot.id) for g in held[:count]})


def similar_in_one_slot(problem: Problem) -> Problem:
    (a, *_), (b, *_), *_ = members(problem)
    problem = hard(replace(problem, similar=()), rules.SIMILAR)
    problem = replace(problem, similar=(SimilarTracks(a.track, b.track, 1),))
    slot = problem.slots[0].id
    return changed(problem, **{a.id: fixed(slot), b.id: fixed(slot)})


CASES = (
    same_position,
    order_against_position,
    two_open_one_session,
    kept_out_everywhere,
    fixed_where_kept_out,
    apart_in_one_slot,
    three_neighbours,
    neighbours_far_away,
    no_pause,
    too_many_for_one_person,
    too_many_for_one_chair,
    away_all_the_time,
    at_once_while_they_overlap,
    posters_without_boards,
    more_than_fits,
    one_slot_for_a_track,
    similar_in_one_slot,
)


def of_seeds(seeds: list[int], only: str) -> Iterator[tuple[str, str, Problem]]:
    """The kind of programme, the case and the problem."""
    for seed in seeds:
        kind, sound, _ = make(seed)
        for case in CASES:
            if only in case.__name__:
                yield kind, case.__name__, case(sound)


def of_crowds(only: str) -> Iterator[tuple[str, str, Problem]]:
    """The same of large ones."""
    for busy in (False, True):
        kind, problem = "crowd, busy" if busy else "crowd", crowd(busy=busy)
        cases = {
            "one_chair": problem,
            "by_three": by_three(problem),
            "by_pieces": by_pieces(problem),
        }
        for name, impossible in cases.items():
            if only in name:
                yield kind, name, impossible


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each case; 1 where one is not explained in time."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seeds", type=seeds_of, default=[4, 3, 9])
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    print("| programme | case | s | CPU s | smallest set | answer |")
    print("| --- | --- | --: | --: | --- | --- |")
    late = count = smallest = 0
    for kind, case, problem in chain(
        of_seeds(options.seeds, options.only), of_crowds(options.only)
    ):
        before, begin = used_s(), time.monotonic()
        answer = solve(problem, limit_s=options.limit, seed=0, workers=2)
        took, used = time.monotonic() - begin, used_s() - before
        told = sentence(answer) if isinstance(answer, Infeasible) else type(answer).__name__
        least = isinstance(answer, Infeasible) and answer.smallest
        count += 1
        smallest += least
        late += not isinstance(answer, Infeasible) or took > WITHIN_S
        name = case.replace("_", " ")
        print(f"| {kind} | {name} | {took:.1f} | {used:.1f} | {least} | {told} |", flush=True)
    print(
        f"impossible: {count} cases, {late} not explained within {WITHIN_S:.0f} s, "
        f"{smallest} by a set that cannot be smaller"
    )
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())

"""Why there is no programme, where the sessions of tracks in slots show it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from bench.crowded_programme import by_three, crowd
from planning import Infeasible, Plan, sentence
from planning.context import Context
from planning.programme import KIND, rules
from planning.programme.compiled import Compiled
from planning.programme.explain import needed
from planning.programme.grounds import of_few
from planning.programme.grounds_counts import of_room
from planning.programme.grounds_frame import of_frame
from planning.programme.problem import (
    Break,
    Contribution,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
)
from planning.programme.reasons import Key
from planning.terms import Weight

DAY = "2027-05-10"
SLOTS = tuple(Slot(f"s{k}", f"{DAY}T{9 + 2 * k:02}:00", 60) for k in range(4))
ROOMS = (Room("hall", 50), Room("den", 50), Room("loft", 50))
TALKS = tuple(Contribution(f"{t}{k}", f"t{t}", 20) for t in "abc" for k in range(7))
BASE = Problem("UTC", SLOTS, ROOMS, (Track("ta"), Track("tb"), Track("tc")), TALKS)
ALONE: tuple[Key, ...] = ((rules.TRACK_PARALLEL, ("ta",)), (rules.TRACK_PARALLEL, ("tb",)))


def must(*names: str) -> tuple[Weight, ...]:
    """These rules must hold, and nothing else costs anything."""
    rest = set(rules.RULES) - {*names, rules.CHAIR_TWICE, rules.FIXED, rules.PLENARY, rules.BREAK}
    return (*(Weight(name, None) for name in names), *(Weight(name, 0) for name in sorted(rest)))


def fixed(problem: Problem, **slots: str) -> Problem:
    talks = [replace(talk, slot=slots.get(talk.id, "")) for talk in problem.contributions]
    return replace(problem, contributions=tuple(talks))


def exactly(problem: Problem) -> object:
    """What the exact model, which shares nothing with the counting of sessions, answers."""
    return KIND.plan(problem, Context(limit_s=20, deterministic=True))


def keys_of(problem: Problem) -> list[Key]:
    return of_frame(Compiled(problem), Context(limit_s=60, deterministic=True), 60.0)


# three sessions of each track in four slots
PAIRS = (SimilarTracks("ta", "tb", 1), SimilarTracks("tb", "tc", 1))
TOGETHER = replace(
    BASE,
    similar=PAIRS,
    weights=must(rules.SIMILAR, rules.TRACK_PARALLEL),
)
CHAIRED = replace(
    BASE, tracks=(Track("ta", ("p",)), Track("tb", ("p",)), Track("tc", ("q",))), weights=must()
)
GAP = fixed(
    replace(
        BASE, similar=(SimilarTracks("ta", "tb", 1),), weights=must(rules.SIMILAR, "track-gap")
    ),
    a0="s0",
    a1="s3",
)
SHUT = replace(
    BASE,
    rooms=(ROOMS[0], replace(ROOMS[1], closed=("s1", "s2")), replace(ROOMS[2], closed=("s1",))),
    breaks=(Break(f"{DAY}T09:00", 60),),
    contributions=TALKS[:14],
    weights=must(rules.TRACK_PARALLEL),
)
PLENARY = fixed(
    replace(
        BASE,
        slots=(*SLOTS[:3], Slot("long", f"{DAY}T15:00", 80)),
        rooms=ROOMS[:2],
        contributions=(replace(TALKS[0], plenary=True), *TALKS[1:]),
        weights=must(),
    ),
    a0="long",
)


@pytest.mark.parametrize(
    ("problem", "keys"),
    [
        (TOGETHER, [*ALONE, (rules.SIMILAR, ("ta", "tb"))]),
        (CHAIRED, [(rules.CHAIR_TWICE, ("p", ""))]),
        (
            GAP,
            [
                (rules.FIXED, ("a0",)),
                (rules.FIXED, ("a1",)),
                (rules.TRACK_GAP, ("ta",)),
                (rules.SIMILAR, ("ta", "tb")),
            ],
        ),
        (
            SHUT,
            [
                (rules.BREAK, ("ta", "s0")),
                (rules.BREAK, ("tb", "s0")),
                *ALONE,
                (rules.ROOM_FOR_ALL, ()),
            ],
        ),
        (PLENARY, [(rules.FIXED, ("a0",)), (rules.PLENARY, ("a0",)), (rules.ROOM_FOR_ALL, ())]),
    ],
)
def test_the_rules_that_leave_no_frame(problem: Problem, keys: list[Key]) -> None:
    assert sorted(keys_of(problem)) == sorted(keys)
    assert isinstance(exactly(problem), Infeasible)
    context = Context(limit_s=60, deterministic=True)
    kept, smallest = needed(problem, context, keys, 60.0)
    assert (kept, smallest) == (keys, True)


def test_nothing_is_shown_of_what_is_possible() -> None:
    assert keys_of(replace(TOGETHER, similar=())) == []
    assert keys_of(replace(CHAIRED, slots=(*SLOTS, *_more(2)))) == []


def _more(count: int) -> tuple[Slot, ...]:
    return tuple(Slot(f"m{k}", f"2027-05-11T{9 + 2 * k:02}:00", 60) for k in range(count))


def test_a_rule_that_another_makes_up_for_is_left_out() -> None:
    more: list[Key] = [(rules.SIMILAR, ("ta", "tb")), (rules.SIMILAR, ("tb", "tc"))]
    alone: list[Key] = [*ALONE, (rules.TRACK_PARALLEL, ("tc",))]
    kept, smallest = needed(
        TOGETHER, Context(limit_s=60, deterministic=True), [*more, *alone], 60.0
    )
    assert (kept, smallest) == ([more[1], *alone[1:]], True)


def test_sessions_are_counted_by_pieces() -> None:
    """Of talks of 40 minutes a session of 60 holds one: 21 for 12 sessions, though 840 minutes are
    more than there are; 11 talks of 40 and two of 20 need 12 sessions of which one is left."""
    long = tuple(replace(talk, minutes=40) for talk in TALKS[:13])
    reason = of_room(Compiled(replace(BASE, contributions=long)))
    assert reason is not None
    assert sentence(Infeasible("programme", (reason,), True, 0.0)) == (
        "all contributions fill at least 13 sessions of one track each, and the rooms offer 12."
    )
    assert isinstance(exactly(replace(BASE, contributions=long)), Infeasible)
    assert of_room(Compiled(replace(BASE, contributions=long[:12]))) is None


def drawn(seed: int) -> Problem:
    """A small programme with rules that are often too many."""
    rng = Random(seed)  # noqa: S311 - of a test, not secrecy
    slots = SLOTS[: rng.choice((2, 3, 4))]
    names = [slot.id for slot in slots]
    rooms = tuple(
        replace(room, closed=tuple(rng.sample(names, rng.choice((0, 0, 1))))) for room in ROOMS[:2]
    )
    talks = []
    for talk in TALKS[: rng.randrange(7, 15)]:
        out = tuple(rng.sample(names, len(names) - 1)) if rng.random() < 0.15 else ()
        talks.append(replace(talk, minutes=rng.choice((20, 20, 40)), not_slots=out))
    return Problem(
        "UTC",
        slots,
        rooms,
        tuple(Track(name, (rng.choice("pq"),)) for name in ("ta", "tb", "tc")),
        tuple(talks),
        similar=(SimilarTracks("ta", "tb", 1),),
        weights=must(*rng.sample([rules.SIMILAR, rules.TRACK_PARALLEL, rules.TRACK_GAP], 2)),
    )


def test_what_frames_show_to_be_impossible_is_so() -> None:
    shown = 0
    for seed in range(30):
        problem = drawn(seed)
        if keys_of(problem):
            shown += 1
            assert isinstance(exactly(problem), Infeasible), seed
    assert 5 <= shown <= 25  # so that both are tried


@pytest.mark.parametrize("busy", [False, True])
def test_a_large_programme_is_explained_by_the_tracks_concerned(busy: bool) -> None:
    """By frames: no two of the three say it."""
    answer = KIND.plan(crowd(busy=busy), Context(limit_s=60, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert sentence(answer) == (
        "t05, t06 and t08 fill at least 27 sessions, and there are 20 slots, "
        "chair of two cannot be in two rooms at once in any slot, "
        "t08 must not have two sessions at once, t05 and t08 must not meet at once, "
        "and t06 and t08 must not meet at once."
    )
    assert answer.smallest


def test_tracks_of_which_no_two_may_meet_at_once_are_counted() -> None:
    reasons = of_few(Compiled(by_three(crowd(busy=True))))
    assert sentence(Infeasible("programme", reasons, True, 0.0)) == (
        "t02, t03 and t04 fill at least 27 sessions, and there are 20 slots, "
        "t02 must not have two sessions at once, t03 must not have two sessions at once, "
        "t04 must not have two sessions at once, t02 and t03 must not meet at once, "
        "t02 and t04 must not meet at once, and t03 and t04 must not meet at once."
    )
    assert of_few(Compiled(TOGETHER)) == of_few(Compiled(replace(TOGETHER, similar=PAIRS[:1])))
    assert of_few(Compiled(replace(TOGETHER, slots=(*SLOTS, *_more(2))))) == ()


def ring(tracks: int, sessions: int, slots: int) -> Problem:
    """Tracks in a ring, of which no two neighbours may meet at once, and one that is in nobody's
    way; each session of the ring fills its slot."""
    names = [f"t{k}" for k in range(tracks)]
    return replace(
        BASE,
        slots=tuple(Slot(f"s{k}", f"{DAY}T{k:02}:00", 60) for k in range(slots)),
        rooms=(*ROOMS, Room("yard", 50)),
        tracks=(*map(Track, names), Track("free")),
        contributions=(
            *(Contribution(f"{t}-{k}", t, 60) for t in names for k in range(sessions)),
            Contribution("alone", "free", 60),
        ),
        similar=tuple(SimilarTracks(names[k - 1], names[k], 1) for k in range(tracks)),
        weights=must(rules.SIMILAR, rules.TRACK_PARALLEL),
    )


def test_a_ring_of_tracks_is_counted() -> None:
    """No two neighbours are too many, and of five there are two at once at most."""
    reasons = of_few(Compiled(ring(5, 5, 12)))
    alone = ", ".join(f"t{k} must not have two sessions at once" for k in range(5))
    beside = ("t4 and t0", "t0 and t1", "t1 and t2", "t2 and t3", "t3 and t4")
    words = [f"{two} must not meet at once" for two in beside]
    assert sentence(Infeasible("programme", reasons, True, 0.0)) == (
        "t0, t1, t2, t3 and t4 fill at least 25 sessions, no more than 2 of them can meet at once, "
        f"and there are 12 slots, {alone}, {words[1]}, {words[2]}, {words[3]}, {words[4]}, "
        f"and {words[0]}."
    )
    assert of_few(Compiled(ring(7, 7, 16)))
    assert isinstance(exactly(ring(5, 5, 13)), Plan)
    for possible in (ring(5, 5, 13), ring(7, 6, 14), ring(6, 6, 12)):
        assert of_few(Compiled(possible)) == ()


def test_a_ring_is_counted_with_its_tracks_of_one_session() -> None:
    """They need no rule that keeps their own sessions apart."""
    reasons = of_few(Compiled(ring(5, 1, 2)))
    assert [reason.rule for reason in reasons] == [rules.TRACKS_RING] + [rules.SIMILAR] * 5
    assert isinstance(exactly(ring(5, 1, 2)), Infeasible)
    assert isinstance(exactly(ring(5, 1, 3)), Plan)

"""Why there is no programme, where one contribution, two, a line or a person show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from planning import Infeasible, sentence
from planning.context import Context
from planning.programme import KIND, rules
from planning.programme.compiled import Compiled
from planning.programme.explain import explain
from planning.programme.grounds import of_few
from planning.programme.problem import (
    Apart,
    Break,
    Contribution,
    NextTo,
    Person,
    Preference,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
)
from planning.terms import Period, Weight

DAY = "2027-05-10"
SLOTS = tuple(Slot(f"s{k}", f"{DAY}T{9 + 2 * k:02}:00", 60) for k in range(3))
ROOMS = (Room("hall", 50), Room("den", 50), Room("loft", 50))
TALKS = tuple(
    Contribution(f"{t}{k}", f"t{t}", 20) for t, count in (("a", 4), ("b", 3)) for k in range(count)
)
BASE = Problem("UTC", SLOTS, ROOMS, (Track("ta"), Track("tb")), TALKS)
AWAY = (Period(f"{DAY}T00:00", f"{DAY}T23:00"),)


def said(of: Mapping[str, Mapping[str, object]], **changes: object) -> str:
    """The explanation of the problem with these contributions (by id) and parts changed."""
    talks = tuple(replace(talk, **of.get(talk.id, {})) for talk in TALKS)  # type: ignore[arg-type]  # as given
    problem = replace(BASE, contributions=talks, **changes)  # type: ignore[arg-type]  # as given
    assert KIND.faults(problem) == []
    reasons = of_few(Compiled(problem))
    assert isinstance(exactly(problem), Infeasible)
    return sentence(Infeasible("programme", reasons, True, 0.0))


def exactly(problem: Problem) -> object:
    """What the exact model, which shares nothing with the counting, answers."""
    return KIND.plan(problem, Context(limit_s=20, deterministic=True))


def must(*names: str) -> tuple[Weight, ...]:
    return tuple(Weight(name, None) for name in names)


def test_nothing_is_said_of_what_is_possible() -> None:
    assert of_few(Compiled(BASE)) == ()


def test_one_contribution_without_a_place() -> None:
    assert said({"a0": {"slot": "s0", "not_slots": ("s0",)}}) == (
        "a0 is fixed to s0, and a0 is kept out of s0."
    )
    assert said({"a0": {"people": ("p",)}}, persons=(Person("p", away=AWAY),)) == (
        "a0 needs p, away in s0, s1 and s2."
    )


LONG = Slot("long", f"{DAY}T15:00", 180)


def test_where_there_is_room_is_said_of_what_is_bound_by_its_length() -> None:
    assert said({"a0": {"minutes": 180, "slot": "s0"}}, slots=(*SLOTS, LONG)) == (
        "a0 is fixed to s0, and a0 (180 minutes) finds room only in long."
    )
    shut = (Room("hall", 50, closed=("s0",)), *ROOMS[1:])
    assert said({"a0": {"slot": "s0", "room": "hall"}}, rooms=shut) == (
        "a0 is fixed to s0/hall, and a0 (20 minutes) finds room only in s1/hall and s2/hall."
    )
    shut = (Room("hall", 50, closed=("s0", "s1", "s2")), *ROOMS[1:])
    assert said({"a0": {"room": "hall"}}, rooms=shut) == (
        "a0 is fixed to hall, and a0 (20 minutes) finds no room in hall."
    )


def test_what_has_room_only_beside_a_plenary() -> None:
    of: dict[str, dict[str, object]]
    of = {"a0": {"plenary": True, "slot": "s0"}, "b0": {"minutes": 180}}
    beside = replace(LONG, start=SLOTS[0].start)
    rooms = (Room("hall", 50, closed=("long",)), Room("hut", 50, closed=("s0", "s1", "s2")))
    assert said(of, slots=(*SLOTS, beside), rooms=rooms) == (
        "a0 is fixed to s0, b0 (180 minutes) finds room only in long, "
        "and nothing else may be on beside a0."
    )


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (
            {"a0": {"position": 2}, "a1": {"position": 2}},
            "a0 must be number 2 of its track, and a1 must be number 2 of its track.",
        ),
        ({"b0": {"position": 4}}, "b0 must be number 4 of its track."),
        (
            {"a0": {"order": 1}, "a1": {"order": 2, "position": 1}},
            "a0 must come before a1, and a1 must be the first of its track.",
        ),
        (
            {"a0": {"order": 1, "position": -1}, "a1": {"order": 2}},
            "a0 must come before a1, and a0 must be the last of its track.",
        ),
        (
            {"a0": {"order": 1, "position": 3}, "a1": {"order": 3, "position": 2}},
            "a0 must come before a1, a0 must be number 3 of its track, "
            "and a1 must be number 2 of its track.",
        ),
    ],
)
def test_a_line_that_cannot_be(of: Mapping[str, Mapping[str, object]], words: str) -> None:
    assert said(of) == words


FIXED = {"a0": {"slot": "s0"}, "b0": {"slot": "s0"}}
TWO_FIXED = "a0 is fixed to s0, b0 is fixed to s0, and "


@pytest.mark.parametrize(
    ("of", "changes", "words"),
    [
        (FIXED, {"apart": (Apart("b0", "a0", 30),)}, "b0 and a0 must be 30 minutes apart."),
        (
            {name: {**given, "people": ("p",)} for name, given in FIXED.items()},
            {},
            "a0 and b0 share a person and cannot be on at once.",
        ),
        (
            FIXED,
            {"similar": (SimilarTracks("ta", "tb", 1),), "weights": must(rules.SIMILAR)},
            "ta and tb must not meet at once.",
        ),
        (
            FIXED,
            {"tracks": (Track("ta", ("p",)), Track("tb", ("p",)))},
            "p cannot be in two rooms at once in any slot.",
        ),
    ],
)
def test_two_that_do_not_go_together(
    of: Mapping[str, Mapping[str, object]], changes: Mapping[str, object], words: str
) -> None:
    assert said(of, **changes) == TWO_FIXED + words


def test_only_the_rules_that_are_needed_are_named() -> None:
    """In the middle slot b0 leaves no pause of 90 minutes, wherever a0 is."""
    of = {"a0": {"slot": "s0", "people": ("p",)}, "b0": {"slot": "s1", "people": ("p",)}}
    assert said(of, pause=90, weights=must(rules.PAUSE)) == (
        "b0 is fixed to s1, and a0 and b0 share a person who needs a pause of 90 minutes between."
    )


@pytest.mark.parametrize("stay", [True, False])
def test_a_pause_counts_from_the_end_to_the_start(stay: bool) -> None:
    """Of 9:00 to 10:00 and 11:00 to 12:00: sessions are an hour apart, and talks of 20 minutes
    2 hours and 20 minutes at most, where the one comes first and the other last."""
    of: dict[str, dict[str, object]] = {"a0": {"slot": "s0"}, "b0": {"not_slots": ("s2",)}}
    most = 60 if stay else 140
    words = said(of, apart=(Apart("a0", "b0", most + 1),), people_stay=stay)
    assert words == (
        f"a0 is fixed to s0, b0 is kept out of s2, and a0 and b0 must be {most + 1} minutes apart."
    )
    talks = tuple(replace(talk, **of.get(talk.id, {})) for talk in TALKS)  # type: ignore[arg-type]  # as given
    problem = replace(BASE, contributions=talks, apart=(Apart("a0", "b0", most),), people_stay=stay)
    assert of_few(Compiled(problem)) == ()


def test_neighbours() -> None:
    star = tuple(NextTo("a0", other) for other in ("a1", "a2", "a3"))
    assert said({}, next_to=star).count("must stand next to each other") == 3
    circle = (NextTo("b0", "b1"), NextTo("b1", "b2"), NextTo("b2", "b0"))
    assert said({}, next_to=circle).count("must stand next to each other") == 3
    row = (NextTo("a0", "a1"), NextTo("a1", "a2"), NextTo("a2", "a3"))
    assert said({}, next_to=row).count("must stand next to each other") == 3
    assert said({"b0": {"slot": "s0"}, "b1": {"slot": "s1"}}, next_to=(NextTo("b1", "b0"),)) == (
        "b0 is fixed to s0, b1 is fixed to s1, and b1 and b0 must stand next to each other."
    )


def test_talks_bound_to_few_slots() -> None:
    of: dict[str, dict[str, object]]
    of = {f"a{k}": {"not_slots": ("s1", "s2")} for k in range(4)}
    kept = [f"a{k} is kept out of s1 and s2" for k in range(4)]
    assert said(of, weights=must(rules.TRACK_PARALLEL)) == (
        "contributions of ta that can only be in s0 need 80 minutes, and 60 are open to it there, "
        + ", ".join(kept)
        + ", and ta must not have two sessions at once."
    )
    of = {f"a{k}": {"not_slots": ("s2",), "session_position": 1} for k in range(3)}
    assert said(of, weights=must(rules.TRACK_PARALLEL)).startswith(
        "3 contributions of ta in s0 and s1 are to be the first of their session, and it has 2 "
        "there at most, "
    )


def test_no_more_talks_are_named_than_are_too_many() -> None:
    """Of four of 20 minutes and two of 40 in a slot of 60 minutes: the two longest are enough, and
    what closes a room in that slot says nothing."""
    of: dict[str, dict[str, object]] = {f"a{k}": {"slot": "s1"} for k in range(4)}
    for name in ("a0", "a2"):
        of[name] |= {"minutes": 40, "equipment": ("screen",)}
    rooms = (Room("hall", 50, ("screen",)), *ROOMS[1:])
    assert said(of, rooms=rooms, weights=must(rules.TRACK_PARALLEL)) == (
        "contributions of ta that can only be in s1 need 80 minutes, and 60 are open to it there, "
        "a0 is fixed to s1, a2 is fixed to s1, and ta must not have two sessions at once."
    )


def test_a_track_that_is_longer_than_all_slots_together() -> None:
    of: dict[str, dict[str, object]] = {f"b{k}": {"minutes": 60} for k in range(3)}
    assert said(of, slots=SLOTS[:2], weights=must(rules.TRACK_PARALLEL)) == (
        "contributions of tb that can only be in s0 and s1 need 180 minutes, and 120 are open to "
        "it there, and tb must not have two sessions at once."
    )


def test_somebody_who_is_wanted_too_often() -> None:
    names = ("c", "d", "e")
    more = tuple(Contribution(name, f"t{name}", 20, ("p",)) for name in names)
    tracks = (*BASE.tracks, *(Track(f"t{name}") for name in names))
    given = {"b0": {"people": ("p",)}}
    talks = (*(replace(talk, **given.get(talk.id, {})) for talk in TALKS), *more)  # type: ignore[arg-type]  # as given
    problem = replace(BASE, tracks=tracks, contributions=talks)
    words = "p is wanted in 4 sessions, one after another, and there are 3 slots for them."
    assert sentence(Infeasible("programme", of_few(Compiled(problem)), True, 0.0)) == words
    assert isinstance(exactly(problem), Infeasible)
    assert said({}, tracks=(Track("ta", ("p",)), Track("tb", ("p",))), slots=SLOTS[:2]) == (
        words.replace("in 4", "in 3").replace("are 3", "are 2")
    )


def test_each_rule_is_said_once_with_who_and_where() -> None:
    """Of a track that meets in no slot: its chair is away, or it is wanted elsewhere."""
    track = replace(BASE.tracks[0], chairs=("q", "p"))
    away = {"tracks": (track, BASE.tracks[1]), "persons": (Person("p", away=AWAY),)}
    assert said({}, **away) == "ta needs p, away in s0, s1 and s2."
    never = tuple(Preference(1, track="ta", slot=slot.id) for slot in SLOTS)
    assert said({}, preferences=never, weights=must(rules.PREFERENCE)) == (
        "ta must not be in s0, s1 and s2."
    )
    talks = (replace(TALKS[0], slot="s1", room="den"), *TALKS[1:])
    unwanted = (Preference(1, contribution="a0", slot="s1", room="den"),) * 2
    answer = exactly(
        replace(BASE, contributions=talks, preferences=unwanted, weights=must(rules.PREFERENCE))
    )
    assert isinstance(answer, Infeasible)
    assert sentence(answer) == "a0 is fixed to s1/den, and a0 must not be in s1/den."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"breaks": tuple(Break(slot.start, 60) for slot in SLOTS)},
            "cannot meet in s0, s1 and s2 because of a break",
        ),
        (
            {
                "preferences": tuple(Preference(1, slot=slot.id) for slot in SLOTS),
                "weights": must(rules.PREFERENCE),
            },
            "must not be in s0, s1 and s2",
        ),
    ],
)
def test_what_closes_slots_to_all_tracks_names_a_track_and_the_slots(
    changes: Mapping[str, object], words: str
) -> None:
    """By the exact model, which finds one track that is enough, and by counting."""
    problem = replace(BASE, **changes)  # type: ignore[arg-type]  # as given
    reasons, proven, smallest = explain(
        Compiled(problem), Context(limit_s=20, deterministic=True), {}, (), ()
    )
    assert proven
    told = sentence(Infeasible("programme", reasons, smallest, 0.0))
    assert told in (f"ta {words}.", f"tb {words}.")
    assert said({}, **changes) == f"ta {words}."


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (rules.NIGHT, "for whom it would be night in s0 and s1"),
        (rules.AWKWARD, "for whom the hour would be awkward in s2"),
    ],
)
def test_hours_name_the_person_and_the_slots(rule: str, words: str) -> None:
    """Of 9, 11 and 13 o'clock in UTC: 4, 6 and 8 where p is; q is on the spot."""
    people = (Person("p", "UTC-05:00"), Person("q"))
    slots = SLOTS[:2] if rule == rules.NIGHT else SLOTS
    of: dict[str, dict[str, object]] = {"a0": {"people": ("q", "p")}}
    if rule == rules.AWKWARD:
        of["a0"]["not_slots"] = ("s0", "s1")
    told = said(of, persons=people, slots=slots, weights=must(rule))
    assert f"a0 needs p, {words}" in told

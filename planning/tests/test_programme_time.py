"""Order, positions, slots that overlap, posters and pauses: what they mean, by example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planning import Infeasible, Plan, check, sentence
from planning.context import Context
from planning.programme import KIND, rules
from planning.programme.check import count_rules
from planning.programme.problem import (
    Apart,
    Contribution,
    NextTo,
    Place,
    Preference,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
    Wish,
)
from planning.terms import Weight
from planning.wording import words

DAY = "2027-05-10"
SLOTS = (Slot("s1", f"{DAY}T09:00", 40), Slot("s2", f"{DAY}T10:00", 40))
ROOMS = (Room("A", 50), Room("B", 50))
TALKS = tuple(Contribution(f"c{k}", "t", 20) for k in range(1, 5))
BASE = Problem("UTC", SLOTS, ROOMS, (Track("t"),), TALKS)


def ranked(*orders: int) -> Problem:
    talks = tuple(replace(talk, order=k) for talk, k in zip(TALKS, orders, strict=True))
    return replace(BASE, contributions=talks)


def laid(*cells: tuple[str, str, str]) -> list[Place]:
    """Contributions (space between) in a slot and a room, one after another."""
    return [
        Place(name, slot, room, 20 * k)
        for names, slot, room in cells
        for k, name in enumerate(names.split())
    ]


def planned(problem: Problem) -> Plan:
    assert KIND.faults(problem) == []
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Plan), answer
    assert check(problem, answer).ok
    return answer


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ((("c1 c2", "s1", "A"), ("c3 c4", "s2", "B")), 0),
        ((("c1 c2", "s1", "A"), ("c3 c4", "s1", "B")), 0),  # at once, in the order of the rooms
        ((("c1 c3", "s1", "A"), ("c2 c4", "s1", "B")), 1),  # 3 stands before 2
        ((("c3 c4", "s1", "A"), ("c1 c2", "s1", "B")), 4),
        ((("c2 c1", "s1", "A"), ("c3 c4", "s2", "A")), 1),
    ],
)
def test_order_counts_sessions_in_time_and_the_list_of_rooms(cells, count):
    assert count_rules(ranked(1, 2, 3, 4), laid(*cells))[rules.ORDER] == count


@pytest.mark.parametrize(
    ("position", "broken"),
    [(1, False), (2, True), (4, True), (-4, False), (-1, True), (5, True), (-5, True)],
)
def test_position_counts_all_contributions_of_the_track(position, broken):
    talks = (replace(TALKS[0], position=position), *TALKS[1:])
    problem = replace(BASE, contributions=talks)
    places = laid(("c1 c3", "s1", "B"), ("c2 c4", "s2", "A"))
    assert count_rules(problem, places)[rules.POSITION] == broken


def test_the_best_paper_closes_its_track_and_the_guest_opens_a_session():
    talks = (
        replace(TALKS[0], position=-1),
        replace(TALKS[1], session_position=1),
        replace(TALKS[2], session_position=1),
        TALKS[3],
    )
    for rooms in (ROOMS, ROOMS[:1]):
        plan = planned(replace(BASE, contributions=talks, rooms=rooms))
        line = sorted(plan.assignments, key=lambda p: (p.slot, p.room, p.offset))
        assert line[-1].contribution == "c1"
        assert [place.offset for place in plan.assignments[1:3]] == [0, 0]


def test_two_that_want_one_position_are_told():
    talks = (replace(TALKS[0], position=2), replace(TALKS[1], position=2), *TALKS[2:])
    answer = KIND.plan(replace(BASE, contributions=talks), Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert sorted(reason.named()["contribution"] for reason in answer.reasons) == ["c1", "c2"]
    assert "c1 must be number 2 of its track" in sentence(answer)


HALF_DAY = (*SLOTS, Slot("long", f"{DAY}T09:20", 60))
THREE = (
    Room("A", 50, closed=("long",)),
    Room("B", 50, closed=("long",)),
    Room("W", 50, closed=("s1", "s2")),
)


def beside(**changes: object) -> Problem:
    """A workshop of an hour that overlaps two slots, and one talk that may be in either."""
    work = Contribution("work", "w", 60, ("lan",))
    talk = Contribution("talk", "t", 20, ("minh",))
    tracks = (Track("w"), Track("t"))
    return replace(Problem("UTC", HALF_DAY, THREE, tracks, (work, talk)), **changes)  # type: ignore[arg-type]  # as given


def test_slots_may_overlap_where_no_room_is_open_in_both():
    assert KIND.faults(beside()) == []
    rooms = (*THREE[:2], replace(THREE[2], closed=("s1",)))
    faults = KIND.faults(beside(rooms=rooms))
    assert [(fault.path, fault.words) for fault in faults] == [
        ("slots[1]", "overlaps 'long', and 'W' is open in both: close it in one of the two")
    ]


@pytest.mark.parametrize("slot", ["s1", "s2"])
@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (rules.PERSON_TWICE, {"contributions": ("lan", "lan")}),
        (rules.CLASH, {"wishes": (Wish(("work", "talk"), 3),), "delegates_stay": True}),
        (rules.CHAIR_TWICE, {"tracks": (Track("w", ("ha",)), Track("t", ("ha",)))}),
        (rules.SIMILAR, {"similar": (SimilarTracks("w", "t", 3),)}),
    ],
)
def test_what_overlaps_is_on_at_once(rule, changes, slot):
    if rule == rules.PERSON_TWICE:
        changes = {
            "contributions": tuple(
                replace(talk, people=("lan",)) for talk in beside().contributions
            )
        }
    problem = beside(**changes)
    places = [Place("work", "long", "W", 0), Place("talk", slot, "A", 0)]
    assert count_rules(problem, places)[rule] == (3 if rule in (rules.CLASH, rules.SIMILAR) else 1)
    hard = replace(problem, weights=(Weight(rule, None),))
    answer = KIND.plan(hard, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert rule in [reason.rule for reason in answer.reasons]


POSTERS = tuple(Contribution(f"p{k}", "posters", 30, poster=True) for k in range(3))
HALL = Room("hall", 500, boards=2)


def test_posters_hang_side_by_side_and_each_has_a_board():
    problem = Problem(
        "UTC", SLOTS, (HALL, *ROOMS), (Track("posters"), Track("t")), (*POSTERS, TALKS[0])
    )
    plan = planned(problem)
    by_name = {place.contribution: place for place in plan.assignments}
    assert {by_name[talk.id].room for talk in POSTERS} == {"hall"}
    assert {by_name[talk.id].offset for talk in POSTERS} == {0}
    assert sorted(by_name[talk.id].slot for talk in POSTERS) in (
        ["s1", "s1", "s2"],
        ["s1", "s2", "s2"],
    )
    assert by_name["c1"].room in ("A", "B")


def test_the_check_counts_boards():
    problem = Problem("UTC", SLOTS, (HALL, *ROOMS), (Track("posters"),), POSTERS)
    places = tuple(Place(talk.id, "s1", "hall", 0) for talk in POSTERS)
    judged = check(problem, Plan("programme", places))
    assert [words("programme", reason) for reason in judged.broken] == [
        f"hall has 2 boards for 3 posters in s1 ({DAY} 09:00)"
    ]
    places = (Place("p0", "s1", "A", 0), *places[1:])
    broken = check(problem, Plan("programme", places)).broken
    assert [words("programme", reason) for reason in broken] == [
        f"p0 is in A in s1 ({DAY} 09:00): posters need a room with boards, talks one without"
    ]


def test_too_many_posters_are_told_by_counting():
    problem = Problem("UTC", SLOTS[:1], (HALL,), (Track("posters"),), POSTERS)
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert sentence(answer) == "3 posters are to be shown and the rooms offer 2 boards."


def test_posters_alone_are_told_by_boards_and_not_by_minutes():
    """Side by side they stand in the order of the problem."""
    first = (replace(POSTERS[0], position=2), POSTERS[1])
    problem = Problem("UTC", SLOTS[:1], (HALL,), (Track("posters"),), first)
    answer = KIND.plan(problem, Context(limit_s=10, deterministic=True))
    assert isinstance(answer, Infeasible)
    assert sentence(answer) == (
        "2 posters are to be shown and the rooms offer 2 boards, "
        "and p0 must be number 2 of its track."
    )


def test_a_pause_between_two_talks_of_one_person_can_be_weighed():
    """c2 would rather not be in the afternoon, the only slot that leaves a pause after c1."""
    slots = (
        Slot("s1", f"{DAY}T09:00", 45),
        Slot("s2", f"{DAY}T09:45", 45),
        Slot("s3", f"{DAY}T14:00", 45),
    )
    talks = (
        Contribution("c1", "t1", 40, ("Lan",), slot="s1", room="A"),
        Contribution("c2", "t2", 40, ("Lan",)),
    )
    tracks = (Track("t1"), Track("t2"))
    problem = Problem(
        "Asia/Ho_Chi_Minh",
        slots,
        ROOMS,
        tracks,
        talks,
        preferences=(Preference(5, "c2", slot="s3"),),
    )
    for cost, slot in ((0, "s2"), (4, "s2"), (6, "s3"), (None, "s3")):
        plan = planned(replace(problem, weights=(Weight(rules.PAUSE, cost),)))
        assert plan.assignments[1].slot == slot


@pytest.mark.parametrize("stay", [True, False])
def test_apart_and_next_to_hold_together(stay):
    talks = tuple(replace(talk, people=(f"p{k}",)) for k, talk in enumerate(TALKS))
    problem = replace(
        BASE,
        contributions=talks,
        apart=(Apart("c1", "c2", 20),),
        next_to=(NextTo("c2", "c4"), NextTo("c3", "c1")),
        people_stay=stay,
    )
    plan = planned(problem)
    cell = {p.contribution: (p.slot, p.room) for p in plan.assignments}
    assert cell["c2"] == cell["c4"] != cell["c3"] == cell["c1"]
    assert cell["c1"][0] != cell["c2"][0]

"""A programme and its interpreters in one: both halves hold, and each half limits the other."""

from __future__ import annotations

from dataclasses import replace

from planning import check, solve
from planning.conference import KIND
from planning.conference.problem import Conference, Entry, Interpreted
from planning.context import Context
from planning.interpreters import rules as booth_rules
from planning.interpreters.problem import Interpreter
from planning.json_io import dump_problem, load_problem
from planning.programme import rules
from planning.programme.problem import (
    Contribution,
    Preference,
    Problem,
    Room,
    Slot,
    Track,
    Wish,
)
from planning.results import Plan, Progress, Reason, Unknown
from planning.terms import Period, Weight

DAY = "2026-05-04"
HOURS = ("09:00", "10:20", "13:30", "14:50")
TEAM = tuple(Interpreter(f"i{n}", ("vi",), ("en",), fee=10 + n) for n in range(2))


def conference(people: tuple[Interpreter, ...] = TEAM) -> Conference:
    """Two interpreted tracks of two sessions each, and one that is not, in two rooms."""
    talks = tuple(
        Contribution(f"{track}{n}", track, 20, (f"{track}-speaker-{n}",))
        for track in ("a", "b", "c")
        for n in range(4)
    )
    programme = Problem(
        zone="Asia/Ho_Chi_Minh",
        slots=tuple(Slot(f"s{n}", f"{DAY}T{hour}", 60) for n, hour in enumerate(HOURS)),
        rooms=(Room("hall", 50), Room("den", 50)),
        tracks=(Track("a"), Track("b"), Track("c")),
        contributions=talks,
        wishes=(Wish(("a0", "b0", "c0"), 2), Wish(("a1", "c1"))),
        people_stay=False,
    )
    languages = ("en", "vi")
    interpreted = tuple(Interpreted(track, languages, languages) for track in ("a", "b"))
    return Conference(programme, people, interpreted)


def solved(problem: Conference, seconds: float = 1.5) -> Plan:
    plans: list[Plan] = []

    def keep(progress: Progress) -> None:
        if progress.plan:
            plans.append(progress.plan)

    context = Context(limit_s=seconds, workers=1, deterministic=True, send=keep)
    answer = KIND.plan(problem, context)
    assert isinstance(answer, Plan)
    assert plans
    for plan in (*plans, answer):
        judged = KIND.check(problem, plan, None, ())
        assert judged.ok
        assert judged.costs == plan.costs
    return answer


def test_one_team_makes_interpreted_sessions_follow_one_another() -> None:
    """Two interpreters can serve one session at a time, so that a and b never meet at once."""
    answer = solved(conference())
    slots: dict[str, set[str]] = {"a": set(), "b": set(), "c": set()}
    for entry in answer.assignments:
        if entry.place:
            slots[entry.place.contribution[0]].add(entry.place.slot)
    assert not slots["a"] & slots["b"]
    duties = [entry.duty for entry in answer.assignments if entry.duty]
    assert len(duties) == 2 * len(slots["a"] | slots["b"])
    clash = next(line.count for line in answer.costs if line.rule == rules.CLASH)
    assert clash == 0


def test_deterministic_mode_repeats() -> None:
    assert solved(conference()) == solved(conference())


def test_without_interpreters_there_is_no_conference() -> None:
    answer = KIND.plan(conference(TEAM[:1]), Context(limit_s=1.0, workers=1, deterministic=True))
    assert isinstance(answer, Unknown)


def test_absent_interpreters_empty_their_slots() -> None:
    away = (Period(f"{DAY}T09:30", f"{DAY}T09:31"), Period(f"{DAY}T15:00", f"{DAY}T15:01"))
    third = Interpreter("i2", ("vi",), ("en",))
    people = (replace(TEAM[0], away=away), TEAM[1], third, replace(third, id="i3"))
    answer = solved(conference(people))
    assert not any(
        entry.duty.interpreter == "i0" and entry.duty.session[:2] in ("s0", "s3")
        for entry in answer.assignments
        if entry.duty
    )


def test_check_sees_either_half_broken() -> None:
    problem = conference()
    answer = solved(problem)
    dropped = replace(answer, assignments=answer.assignments[:-1])
    judged = KIND.check(problem, dropped, None, ())
    assert booth_rules.TEAM in [reason.rule for reason in judged.broken]
    short = replace(answer, assignments=answer.assignments[1:])
    judged = KIND.check(problem, short, None, ())
    assert judged.broken[0] == Reason.of(rules.PLACED, contribution="a0")
    doubled = replace(answer, assignments=(*answer.assignments, Entry()))
    assert KIND.check(problem, doubled, None, ()).ok


def test_previous_conference_is_kept() -> None:
    problem = conference()
    first = solved(problem)
    later = replace(
        problem,
        programme=replace(problem.programme, wishes=(Wish(("a2", "c2"), 5), Wish(("b1", "c3"), 5))),
    )
    context = Context(limit_s=1.5, workers=1, deterministic=True, previous=first)
    answer = KIND.plan(later, context)
    assert isinstance(answer, Plan)
    judged = KIND.check(later, answer, first, ())
    assert judged.ok
    assert judged.moves == answer.moves == ()


def test_json_and_back() -> None:
    problem = conference()
    for value in (problem, problem.programme):
        assert load_problem(dump_problem(value)) == value


def test_solved_in_a_worker() -> None:
    answer = solve(conference(), limit_s=1.5, seed=0, workers=1, deterministic=True)
    assert isinstance(answer, Plan)
    assert check(conference(), answer).ok


def test_one_error_names_every_wrong_field() -> None:
    problem = conference()
    wrong = replace(
        problem,
        interpreted=(
            *problem.interpreted,
            Interpreted("a", ("en",), ("vi",)),
            Interpreted("z", ("en",), ("vi",)),
        ),
        programme=replace(problem.programme, weights=(Weight("kindness", 1),)),
    )
    assert [fault.path for fault in KIND.faults(wrong)] == [
        "programme.weights[0].rule",
        "interpreted[2].track",
        "interpreted[3].track",
    ]
    mute = replace(
        problem, interpreted=(Interpreted("a", ("en",), ("en",)),), interpreting=(Weight("z", 1),)
    )
    assert [fault.path for fault in KIND.faults(mute)] == [
        "interpreted[0].heard",
        "weights[0].rule",
    ]


def test_a_plan_that_was_told_is_held_back_by_a_cheaper_one_only() -> None:
    """Both sessions would rather be in the morning, for which alone there are interpreters who
    cost little: the programme that costs least is not the conference that does. Whoever cancels in
    between has the cheapest of what was told, and so has whoever waits."""
    programme = Problem(
        zone="Asia/Ho_Chi_Minh",
        slots=(Slot("morning", f"{DAY}T09:00", 60), Slot("later", "2026-05-05T09:00", 60)),
        rooms=(Room("hall", 50),),
        tracks=(Track("a"), Track("b")),
        contributions=(Contribution("a0", "a", 20), Contribution("b0", "b", 20)),
        preferences=(
            Preference(1, track="a", slot="later"),
            Preference(5, track="b", slot="later"),
        ),
    )
    only_later = (Period(f"{DAY}T00:00", f"{DAY}T23:59"),)
    only_early = (Period("2026-05-05T00:00", "2026-05-05T23:59"),)
    people = (
        *(Interpreter(f"near{n}", ("vi",), ("en",), fee=5, away=only_early) for n in range(2)),
        *(Interpreter(f"far{n}", ("vi",), ("en",), fee=500, away=only_later) for n in range(2)),
    )
    languages = ("en", "vi")
    interpreted = (Interpreted("a", languages, languages),)
    even = (Weight(booth_rules.FAIR, 0),)
    problem = Conference(programme, people, interpreted, interpreting=even)
    told: list[Plan] = []

    def keep(progress: Progress) -> None:
        if progress.plan:
            told.append(progress.plan)

    context = Context(limit_s=2.0, workers=1, deterministic=True, send=keep)
    answer = KIND.plan(problem, context)
    assert isinstance(answer, Plan)
    costs = [sum(line.cost for line in plan.costs) for plan in (*told, answer)]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] == costs[-1] == 15
    assert check(problem, answer).goals[0].value == answer.goals[0].value == 15
    assert answer.ended == "limit"
    assert answer.goals[0].bound < 15

"""What is answered in no time: the best attempt, what is missing in it, and what is in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from threading import Event
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, assume, given, settings

from planning import Plan, Unknown, check, solve
from planning.__main__ import main
from planning.context import Context
from planning.interpreters import KIND as INTERPRETERS
from planning.interpreters.problem import Duty, Interpreter, Part, Session
from planning.interpreters.problem import Problem as Booths
from planning.interpreters.standards import Standard, TeamRow
from planning.json_io import dump_problem
from planning.meetings import (
    KIND as MEETINGS,
)
from planning.meetings import (
    Interpreters,
    Meeting,
    Participant,
    Place,
    Precedence,
    Problem,
    Slot,
    Table,
)
from planning.meetings.attempt import attempt_of
from planning.meetings.check import judge
from planning.meetings.compiled import compile_day
from planning.meetings.counting import contradiction
from planning.meetings.laying import lay
from planning.results import Lock, Reason
from planning.terms import Period
from planning.tests.interpreters_cases import small_problem
from planning.tests.meetings_cases import problems
from planning.tests.test_conference import TEAM, conference

DAY = "2026-05-04"


@dataclass(frozen=True)
class Told:
    """What the command writes of an answer that is unknown."""

    attempt: list[dict[str, object]]
    missing: list[str]
    words: list[str]


Ask: TypeAlias = Callable[[object], Told]


@pytest.fixture
def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The command's answer to a problem for which there is no time at all."""

    def ask(problem: object) -> Told:
        path = tmp_path / "problem.json"
        path.write_text(dump_problem(problem), encoding="utf-8")
        assert main(["solve", str(path), "--limit", "0", "--deterministic"]) == 2
        out, err = capsys.readouterr()
        assert err == ""
        answer = json.loads(out)
        assert answer["answer"] == "unknown"
        words = [reason["words"] for reason in answer["broken"]]
        return Told(answer["attempt"], answer["missing"], words)

    return ask


def of_kind(told: Told, kind: str) -> list[dict[str, object]]:
    """The places, or the duties, of a conference's attempt."""
    held = [entry[kind] for entry in told.attempt if kind in entry]
    return [each for each in held if isinstance(each, dict)]


def day(slots: int, tables: int, people: str, *pairs: str, fairness: int | None = None) -> Problem:
    """Meetings "ab" of A with B, all of which must be held."""
    return Problem(
        slots=tuple(Slot(f"s{n + 1}") for n in range(slots)),
        tables=tuple(Table(f"t{n + 1}") for n in range(tables)),
        participants=tuple(Participant(name) for name in people),
        meetings=tuple(Meeting(pair, pair[0].upper(), pair[1].upper()) for pair in pairs),
        fairness=fairness,
    )


def within(problem: Problem, *slots: str) -> Problem:
    """All meetings in these slots only."""
    meetings = tuple(replace(meeting, slots=slots) for meeting in problem.meetings)
    return replace(problem, meetings=meetings)


def test_three_who_meet_in_two_slots(asked: Ask) -> None:
    problem = within(day(3, 9, "ABC", "ab", "bc", "ac"), "s1", "s2")
    answer = asked(problem)
    assert asked(problem) == answer
    assert answer.attempt == [
        {"meeting": "ab", "slot": "s1", "table": "t1"},
        {"meeting": "bc", "slot": "s2", "table": "t1"},
    ]
    assert answer.missing == ["ac"]
    assert answer.words == [
        "ac (A with C) must be held",
        "ac cannot be in s1, where A is in ab",
        "ac cannot be in s2, where C is in bc",
        "ac must be in one of s1 and s2",
    ]


def test_tables_and_an_order_in_the_way(asked: Ask) -> None:
    assert asked(within(day(3, 1, "ABCDEF", "ab", "cd", "ef"), "s1", "s3")).words == [
        "ef (E with F) must be held",
        "ef cannot be in s1 and s3, where every table is taken",
        "ef must be in one of s1 and s3",
    ]
    some = day(2, 2, "ABCDEFGH", "ab", "cd", "ef", "gh")
    ab, cd, ef, gh = some.meetings
    meetings = (replace(ab, pinned="s1"), replace(cd, pinned="s1"), ef, replace(gh, pinned="s2"))
    answer = asked(replace(some, meetings=meetings, precedences=(Precedence("ef", "gh"),)))
    assert answer.missing == ["ef"]
    assert answer.words == [
        "ef (E with F) must be held",
        "ef cannot be in s1, where every table is taken",
        "ef cannot be in s2: ef must come before gh, and gh is in s2",
    ]


def test_nobody_left_to_interpret(asked: Ask) -> None:
    some = day(1, 9, "ABCDEF", "ab", "cd", "ef")
    people = tuple(
        replace(person, languages=("vi",) if person.id in "ACE" else ("fr",))
        for person in some.participants
    )
    pools = tuple(Interpreters(name, ("vi", "fr")) for name in ("one", "other"))
    answer = asked(replace(some, participants=people, interpreters=pools))
    assert [each["interpreters"] for each in answer.attempt] == [["one"], ["other"]]
    assert answer.words == [
        "ef (E with F) must be held",
        "ef cannot be in s1, where nobody is left to interpret between E and F",
    ]


def test_breaks_that_are_not_fair(asked: Ask) -> None:
    some = day(5, 9, "ABCD", "ab", "ac", "ad", fairness=1)
    meetings = tuple(
        replace(each, pinned=slot)
        for each, slot in zip(some.meetings, ("s1", "s3", "s5"), strict=True)
    )
    answer = asked(replace(some, meetings=meetings))
    assert answer.missing == []
    assert answer.words == ["A has 2 idle breaks and B has 0"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=problems())
def test_an_attempt_breaks_no_rule_but_those_it_tells(problem: Problem) -> None:
    """What is laid keeps every rule but that all be held and breaks fair, and for what is not
    held every slot that its own rules leave is accounted for."""
    compiled = compile_day(problem)
    assume(not contradiction(compiled))
    attempt = attempt_of(compiled, lay(compiled), Context(limit_s=0))
    verdict = judge(problem, Plan("meetings", attempt.assignments))
    assert {reason.rule for reason in verdict.broken} <= {"required", "uneven"}
    assert attempt.is_plan == verdict.ok
    held = {place.meeting for place in attempt.assignments}
    must = [meeting.id for meeting in problem.meetings if meeting.required]
    assert list(attempt.missing) == [name for name in must if name not in held]
    for name in attempt.missing:
        told = [reason.named() for reason in attempt.broken]
        assert sum(each.get("meeting") == name for each in told) > 0


def test_an_attempt_that_keeps_every_rule_is_a_plan() -> None:
    """Six who all meet each other in five slots at three tables, without time for a search."""
    pairs = [a + b for i, a in enumerate("abcdef") for b in "abcdef"[i + 1 :]]
    problem = day(5, 3, "ABCDEF", *pairs)
    answer = MEETINGS.plan(problem, Context(limit_s=0, deterministic=True))
    assert isinstance(answer, Plan)
    assert (answer.ended, len(answer.assignments)) == ("limit", 15)
    assert check(problem, answer).ok


def test_a_locked_meeting_stays_in_an_attempt() -> None:
    problem = within(day(3, 9, "ABC", "ab", "bc", "ac"), "s1", "s2")
    before = Plan("meetings", (Place("ac", "s2", "t3"),))
    context = Context(limit_s=0, previous=before, locks=(Lock(item="ac"),))
    told: list[Unknown] = []
    answer = MEETINGS.plan(problem, replace(context, keep=told.append))
    assert isinstance(answer, Unknown)
    assert Place("ac", "s2", "t3") in answer.attempt
    assert answer.missing == ("bc",)
    assert told == [answer]


ONE = Standard("one", "made for tests", (TeamRow(1440, 1),), 1, 1, 1, 1440, 24, 1, 1440)
AN = Interpreter("an", ("id",), (), ("vi",))


def talk(name: str, hour: str, *minutes: int) -> Session:
    """Vietnamese into Indonesian, in parts two hours apart."""
    parts = tuple(Part(f"{DAY}T{int(hour) + 2 * n:02}:00", m) for n, m in enumerate(minutes))
    return Session(name, parts, ("vi",), ("id",))


def test_interpreters_who_are_elsewhere_or_away(asked: Ask) -> None:
    away = replace(AN, id="budi", away=(Period(f"{DAY}T08:00", f"{DAY}T12:00"),))
    sessions = (talk("first", "09", 60), talk("second", "09", 60), talk("third", "14", 60))
    answer = asked(Booths(sessions, (AN, away), ONE))
    assert asked(Booths(sessions, (AN, away), ONE)) == answer
    assert answer.attempt == [
        {"session": "first", "part": 0, "booth": "both", "interpreter": "an"},
        {"session": "third", "part": 0, "booth": "both", "interpreter": "budi"},
    ]
    assert answer.missing == ["second/1"]
    assert answer.words == [
        "part 1 of second (2026-05-04 09:00) has 0 of the 1 interpreters it needs",
        "vi is not heard in id in part 1 of second (2026-05-04 09:00)",
        "part 1 of second (2026-05-04 09:00) cannot have an, on duty in first at that time",
        "part 1 of second (2026-05-04 09:00) cannot have budi, away at that time",
    ]


@pytest.mark.parametrize(
    ("limit", "words_of"),
    [
        ({"day_minutes": 119}, "more than 119 minutes that day"),
        (
            {"stretch_minutes": 100, "rest_minutes": 90},
            "more than 100 minutes without a long rest",
        ),
        ({"stretches": 1, "rest_minutes": 20}, "in more than 1 stretches that day"),
    ],
)
def test_interpreters_whose_hours_are_full(
    limit: dict[str, int], words_of: str, asked: Ask
) -> None:
    standard = replace(ONE, **limit)  # type: ignore[arg-type]  # as given
    problem = Booths((talk("long", "09", 60, 60),), (AN,), standard)
    answer = asked(problem)
    assert answer.missing == ["long/2"]
    assert answer.words[-1] == (
        f"part 2 of long (2026-05-04 11:00) cannot have an, who would work {words_of}"
    )


def test_nobody_else_works_between_the_languages(asked: Ask) -> None:
    other = Interpreter("chi", ("fr",), (), ("ru",))
    two = replace(ONE, two_languages=(TeamRow(1440, 2),))
    assert asked(Booths((talk("first", "09", 60),), (AN, other), two)).words == [
        "part 1 of first (2026-05-04 09:00) has 1 of the 2 interpreters it needs",
        "nobody else can work in part 1 of first (2026-05-04 09:00)",
    ]


def test_a_team_that_stands_is_kept_in_an_attempt_and_a_lock_with_it() -> None:
    budi = replace(AN, id="budi")
    problem = Booths((talk("first", "09", 60), talk("second", "09", 60)), (AN, budi), ONE)
    before = Plan("interpreters", (Duty("second", 0, "both", "an"),))
    context = Context(limit_s=0, previous=before, locks=(Lock(item="second"),))
    answer = INTERPRETERS.plan(problem, context)
    assert isinstance(answer, Plan)
    assert answer.assignments == (Duty("first", 0, "both", "budi"), *before.assignments)
    assert check(problem, answer, previous=before, locks=context.locks).ok
    short = replace(problem, interpreters=(budi,))
    told: list[Unknown] = []
    refused = INTERPRETERS.plan(short, replace(context, keep=told.append))
    assert isinstance(refused, Unknown)
    assert Reason.of("locked", session="second") in refused.broken
    assert told == [refused]


@pytest.mark.parametrize("seed", range(60))
def test_interpreters_of_an_attempt_are_judged_by_the_check(seed: int) -> None:
    """Nobody is in two booths or where they cannot work, and what keeps every rule is a plan."""
    problem = small_problem(Random(seed))  # noqa: S311  # test data, no secret
    answer = INTERPRETERS.plan(problem, Context(limit_s=0))
    if isinstance(answer, Plan):
        assert check(problem, answer).ok
        return
    assert isinstance(answer, Unknown)
    broken = check(problem, Plan("interpreters", answer.attempt)).broken
    assert broken
    assert set(broken) <= set(answer.broken)
    assert not {reason.rule for reason in broken} & {
        "interpreter-twice",
        "cannot-work-there",
        "no-such-duty",
    }


def test_a_conference_with_too_few_interpreters(asked: Ask) -> None:
    """Both halves of the attempt: where all contributions are, and who interprets what of it."""
    answer = asked(conference(TEAM[:1]))
    assert asked(conference(TEAM[:1])) == answer
    assert len(of_kind(answer, "place")) == 12
    assert of_kind(answer, "duty") == [
        {"session": name, "part": 0, "booth": "both", "interpreter": "i0"}
        for name in ("s0/den", "s1/den")
    ]
    assert answer.missing == ["s0/hall/1", "s1/hall/1"]
    told = answer.words
    assert told[:2] == [
        "part 1 of s0/den (2026-05-04 09:00) has 1 of the 2 interpreters it needs",
        "part 1 of s0/hall (2026-05-04 09:00) has 0 of the 2 interpreters it needs",
    ]
    assert told[-2:] == [
        "nobody else can work in part 1 of s1/den (2026-05-04 10:20)",
        "part 1 of s1/hall (2026-05-04 10:20) cannot have i0, on duty in s1/den at that time",
    ]


def test_a_conference_without_room_names_contributions_and_rules(asked: Ask) -> None:
    """One room in two slots: some contributions have no place, and its sessions nobody."""
    whole = conference(TEAM[:1])
    small = replace(
        whole.programme, slots=whole.programme.slots[:2], rooms=whole.programme.rooms[:1]
    )
    answer = asked(replace(whole, programme=small))
    placed = {place["contribution"] for place in of_kind(answer, "place")}
    talks = [given.id for given in small.contributions]
    assert placed
    assert [name for name in answer.missing if "/" not in name] == [
        name for name in talks if name not in placed
    ]


@pytest.mark.parametrize(
    ("problem", "missing"),
    [
        (day(2, 1, "ABC", "ab", "bc"), ("ab", "bc")),
        (Booths((talk("talk", "09", 60, 60),), (AN,), ONE), ("talk/1", "talk/2")),
        (conference(TEAM), tuple(given.id for given in conference(TEAM).programme.contributions)),
        (conference(TEAM).programme, tuple(g.id for g in conference(TEAM).programme.contributions)),
    ],
)
def test_where_nothing_was_tried_all_is_missing(problem: object, missing: tuple[str, ...]) -> None:
    """The worker is ended before it has read the problem."""
    over = Event()
    over.set()
    answer = solve(problem, limit_s=10, seed=0, workers=1, cancel=over)
    assert isinstance(answer, Unknown)
    assert (answer.ended, answer.attempt, answer.missing) == ("cancelled", (), missing)

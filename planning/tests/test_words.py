"""Every rule of every kind, broken once: what `python -m planning check` says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planning import Plan
from planning.__main__ import main
from planning.json_io import dump_answer, dump_problem
from planning.programme.problem import Contribution, Place, Room
from planning.programme.rules import RULES
from planning.tests import test_interpreters_rules as interpreters
from planning.tests import test_meetings_rules as meetings
from planning.tests import test_programme_rules as programme

PROGRAMME = {
    "person-twice": ["a and b are on at once in hall and den (2026-05-04 09:00) and share p"],
    "chair-twice": ["p is wanted in den and hall at once in slot am (2026-05-04 09:00)"],
    "equipment": ["a needs stage, which hall does not have (2026-05-04 14:00)"],
    "capacity": ["a is expected to draw 11 people and hall seats 10 (2026-05-04 14:00)"],
    "language": ["a is in id, which is not worked in in hall (2026-05-04 14:00)"],
    "away": ["p is away at 2026-05-04 09:00 when a is on"],
    "night": ["p is wanted for a at 2026-05-04 09:00, which is night where they are"],
    "awkward-hour": ["p is wanted for a at 2026-05-04 09:00, an awkward hour where they are"],
    "break": ["one meets in den in slot am during the break at 2026-05-04 09:00"],
    "fixed": ["a is fixed to pm and is in am (2026-05-04 09:00)"],
    "plenary": ["beside a (2026-05-04 09:00) other sessions are on: 1"],
    "order": [
        "b must come before a and comes after it (they begin at 2026-05-04 14:00 and "
        "2026-05-04 09:00)"
    ],
    "track-rooms": ["one must stay in one room and meets in den and hall"],
    "track-parallel": ["one meets in den and hall at once (2026-05-04 09:00)"],
    "track-gap": [
        "one does not meet in the slot at 2026-05-04 14:00, between two in which it does"
    ],
    "similar-tracks": ["one and two meet at once, in hall and den (2026-05-04 09:00)"],
    "clash": ["a and b are on at once (2026-05-04 09:00) and 1 want to hear both"],
    "position": ["a must be the last of one and is the first of 2 (2026-05-04 09:00)"],
    "session-position": [
        "a must be number 2 of its session and is the first of 1 in am/den (2026-05-04 09:00)"
    ],
    "kept-out": ["a is kept out of slot am and is in it, in den"],
    "apart": ["a and b are less than 60 minutes apart (2026-05-04 09:00)"],
    "next-to": ["b and a do not stand next to each other; they are in pm/den and am/den"],
    "pause-between-talks": [
        "between a and b (2026-05-04 09:25) are less than the 10 minutes that p needs"
    ],
}
INTERPRETERS = {
    "team-size": ["part 1 of talk (2026-05-04 09:00) has 0 of the 1 interpreters it needs"],
    "direction": ["vi is not heard in id in part 1 of talk (2026-05-04 09:00)"],
    "relay": ["vi is heard in fr on relay only, in part 1 of talk (2026-05-04 09:00)"],
    "relay-pivots": ["relay from vi in part 1 of talk (2026-05-04 09:00) has 1 of 2 pivots"],
    "sole-source": ["vi hangs on an alone in part 1 of talk (2026-05-04 09:00)"],
    "interpreter-away": ["an is away at 2026-05-04 09:00 and is on duty in talk"],
    "stretch": ["an works 220 minutes from 2026-05-04 09:00 without a long rest; 180 are allowed"],
    "stretches": ["an works in 2 stretches on 2026-05-04; 1 are allowed"],
    "long-day": ["an works 200 minutes on 2026-05-04; 199 are allowed"],
    "into-b": ["p works into id, a B language, in part 1 of talk (2026-05-04 09:00)"],
    "fair-share": ["an is on duty 200 minutes more than budi"],
    "continuity": ["budi joins talk only in part 2 (2026-05-04 11:00)"],
    "fee": ["budi is paid 9 for 2026-05-04"],
}
MEETINGS = {
    "absent": "C is not there in s2",
    "busy": "A is in ab and ac at once, in s1",
    "most": "A holds at most 1 meetings",
    "required": "bd (B with D) must be held",
    "session": "bd must be in the late",
    "slots": "bd must be in one of s1 and s3",
    "pinned": "bd is pinned to s3",
    "forbidden": "D and B must not meet",
    "precedence": "ac must come before bd",
    "table": "ac and bd are both at table t1 in s2",
    "closed": "table t2 cannot be used in s2",
    "language": "B and D meet, share no language and have no interpreters who link them",
    "fairness": "A has 1 idle breaks and B has 0",
    "unknown": "the plan names meeting xy, which is not in the problem",
    "twice": "the plan holds bd twice",
}


def said(
    problem: object, plan: Plan, folder: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> list[str]:
    """The words of the command about a plan, which it refuses."""
    (folder / "problem.json").write_text(dump_problem(problem), encoding="utf-8")
    (folder / "plan.json").write_text(dump_answer(plan), encoding="utf-8")
    files = [str(folder / "problem.json"), str(folder / "plan.json")]
    assert main(["check", *files, *options]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    return [reason["words"] for reason in json.loads(out)["broken"]]


@pytest.mark.parametrize("rule", programme.CASES)
def test_a_programme_that_breaks_a_rule(rule, tmp_path, capsys):
    problem = programme.CASES[rule]
    plan, _ = programme.solved(programme.weighted(problem, rule, 0))
    assert said(programme.weighted(problem, rule, None), plan, tmp_path, capsys) == PROGRAMME[rule]


def test_a_programme_against_a_preference_that_must_be_met(tmp_path, capsys):
    problem = programme.replace(programme.BASE, preferences=programme.draw("a", "am"))
    plan, _ = programme.solved(problem)
    turned = programme.replace(problem, preferences=programme.draw("a", "pm"))
    hard = programme.weighted(turned, "preference", None)
    assert said(hard, plan, tmp_path, capsys) == ["a should not be in hall in am"]


NO_PROGRAMME = {
    "missing": ([("a", "am", "hall", 0)], ["b is not in the plan"]),
    "twice": (
        [("a", "am", "hall", 0), ("a", "pm", "den", 0), ("b", "pm", "hall", 0)],
        ["a is in the plan more than once, in am/hall and pm/den"],
    ),
    "strangers": (
        [("a", "am", "hall", 0), ("b", "no", "hut", 0), ("z", "am", "hall", 0)],
        [
            "the plan names the contribution z, which is not in the problem",
            "the plan names the room hut, which is not in the problem",
            "the plan names the slot no, which is not in the problem",
        ],
    ),
    "closed": (
        [("a", "am", "hall", 0), ("b", "am", "shut", 0)],
        ["shut is closed in am (2026-05-04 09:00) and holds b"],
    ),
    "late": (
        [("a", "am", "hall", 0), ("b", "pm", "hall", 5)],
        [
            "b begins at 2026-05-04 14:05 in hall in pm and should at 2026-05-04 14:00",
            "the session in hall in pm lasts until 2026-05-04 14:25 and its slot until "
            "2026-05-04 14:20",
        ],
    ),
    "mixed": (
        [("a", "am", "hall", 0), ("b", "am", "hall", 20)],
        [
            "the session in hall in am (2026-05-04 09:00) mixes one and two",
            "the session in hall in am lasts until 2026-05-04 09:40 and its slot until "
            "2026-05-04 09:20",
        ],
    ),
    "boards": (
        [("a", "am", "foyer", 0), ("b", "am", "hall", 0)],
        [
            "a is in foyer in am (2026-05-04 09:00): posters need a room with boards, talks one "
            "without"
        ],
    ),
    "too few boards": (
        [
            ("a", "am", "hall", 0),
            ("b", "am", "den", 0),
            ("p", "pm", "foyer", 0),
            ("q", "pm", "foyer", 0),
        ],
        ["foyer has 1 boards for 2 posters in pm (2026-05-04 14:00)"],
    ),
}


@pytest.mark.parametrize("case", NO_PROGRAMME)
def test_a_plan_that_is_no_programme(case, tmp_path, capsys):
    places, words = NO_PROGRAMME[case]
    rooms = (Room("shut", 10, closed=("am",)), Room("foyer", 10, boards=1))
    talks = programme.BASE.contributions
    if case == "too few boards":
        talks += tuple(Contribution(name, "one", 20, poster=True) for name in "pq")
    problem = programme.replace(
        programme.BASE, rooms=(*programme.ROOMS, *rooms), contributions=talks
    )
    plan = Plan("programme", tuple(Place(*place) for place in places))
    assert said(problem, plan, tmp_path, capsys) == words


def test_a_programme_that_moves_what_is_locked(tmp_path, capsys):
    before = Plan("programme", (Place("a", "am", "hall", 0), Place("b", "am", "den", 0)))
    (tmp_path / "before.json").write_text(dump_answer(before), encoding="utf-8")
    plan = Plan("programme", (Place("a", "pm", "den", 0), Place("b", "pm", "hall", 0)))
    previous = ["--previous", str(tmp_path / "before.json")]
    locks = ["--lock", "item:a", "--lock", "slot:pm"]
    assert said(programme.BASE, plan, tmp_path, capsys, *previous, *locks) == [
        "a is locked in am/hall and is in pm/den",
        "b is in pm/hall, in a locked slot in which it was not",
    ]


def test_every_rule_of_a_programme_is_said():
    assert set(PROGRAMME) | {"preference"} == set(RULES)


@pytest.mark.parametrize("rule", interpreters.FREE)
def test_interpreters_that_break_a_rule(rule, tmp_path, capsys):
    problem, drawn_by = interpreters.CASES[rule]
    off = interpreters.with_direction(interpreters.only(problem, rule, 0, *drawn_by), rule)
    plan, _ = interpreters.solved(off)
    hard = interpreters.with_direction(interpreters.only(problem, rule, None), rule)
    assert said(hard, plan, tmp_path, capsys) == INTERPRETERS[rule]


def test_interpreters_who_join_late_or_are_paid(tmp_path, capsys):
    problem, _ = interpreters.CASES["continuity"]
    duties = (("talk", 0, "both", "an"), ("talk", 1, "both", "budi"))
    plan = Plan("interpreters", tuple(interpreters.Duty(*duty) for duty in duties))
    hard = interpreters.only(problem, "continuity", None)
    assert said(hard, plan, tmp_path, capsys) == INTERPRETERS["continuity"]
    assert (
        said(interpreters.only(problem, "fee", None), plan, tmp_path, capsys)
        == (INTERPRETERS["fee"])
    )


@pytest.mark.parametrize("rule", meetings.BROKEN)
def test_meetings_that_break_a_rule(rule, tmp_path, capsys):
    problem, plan, _ = meetings.BROKEN[rule]
    assert said(problem, plan, tmp_path, capsys) == [MEETINGS[rule]]

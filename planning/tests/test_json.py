"""Problems, plans and answers as JSON; one error for all that is wrong; the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

import planning
from planning import Infeasible, Lock, Plan, ProblemError, Reason, Unknown
from planning.__main__ import main
from planning.faults import Fault
from planning.interpreters import problem as interpreters
from planning.interpreters.most import MOST as INTERPRETERS_MOST
from planning.json_io import (
    dump_answer,
    dump_problem,
    load_locks,
    load_plan,
    load_problem,
    problem_schema,
)
from planning.meetings import Meeting, Participant, Place, Problem, Slot, Table
from planning.programme import problem as programme
from planning.programme.most import MOST as PROGRAMME_MOST
from planning.results import Cost, Goal, Move
from planning.terms import Weight
from planning.tests import test_conference as conference
from planning.tests.meetings_cases import problems

SCHEMAS = Path(planning.__file__).parent / "schemas"
SMALL = Problem(
    slots=(Slot("s1"),),
    tables=(Table("t1"),),
    participants=(Participant("A"), Participant("B")),
    meetings=(Meeting("ab", "A", "B"),),
)


@settings(deadline=None, max_examples=50)
@given(problems())
def test_a_problem_comes_back_equal(problem):
    assert load_problem(dump_problem(problem)) == problem


@pytest.mark.parametrize("name", ["conference", "interpreters", "meetings", "programme"])
def test_the_published_schema_is_that_of_the_dataclasses(name):
    published = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(problem_schema(name)))


def test_a_malformed_problem_gets_one_error_that_names_every_wrong_field():
    text = json.dumps(
        {
            "kind": "meetings",
            "slots": [{"id": "s1"}, {"id": "s1", "sesion": "x"}],
            "tables": [{"id": "t1", "closed": ["s9"]}],
            "participants": [{"id": "A", "most": -1}, {"id": "B", "priority": "high"}],
            "meetings": [{"id": "m", "a": "A"}, {"id": "n", "a": "A", "b": "Z"}],
            "fairness": 1.5,
            "relay_cost": True,
        }
    )
    with pytest.raises(ProblemError) as caught:
        load_problem(text)
    assert {fault.path: fault.words for fault in caught.value.faults} == {
        "slots[1].sesion": "is not known",
        "slots[1].id": "'s1' is used twice",
        "tables[0].closed[0]": "no slot is called 's9'",
        "participants[0].most": "must be 0 or more",
        "participants[1].priority": "must be a whole number",
        "meetings[0].b": "is missing",
        "meetings[1].b": "no participant is called 'Z'",
        "fairness": "must be a whole number or null",
        "relay_cost": "must be a whole number",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "document: is not JSON: Expecting property name enclosed in double quotes"),
        ("[]", "document: must be an object"),
        ("{}", "kind: must be one of"),
        ('{"kind": "meetings", "slots": [], "tables": 1, "participants": []}', "tables: must be a"),
        ("[" * 100_000, "document: "),
    ],
)
def test_what_is_no_problem_at_all_is_told(text, words):
    with pytest.raises(ProblemError) as caught:
        load_problem(text)
    assert words in str(caught.value)


def test_a_plan_comes_back_equal():
    place = Place("ab", "s1", "t1", ("vf",))
    plan = Plan(
        "meetings",
        (place,),
        (Cost("relay", 1, 2),),
        (Goal("value", 3, 4, maximize=True),),
        (Move("ab", place, None),),
        "limit",
        1.5,
    )
    assert load_plan(dump_answer(plan)) == plan


def test_reasons_go_out_with_their_wording():
    answer = Infeasible("meetings", (Reason.of("most", person="A", most=1),), smallest=True)
    assert json.loads(dump_answer(answer))["reasons"] == [
        {
            "rule": "most",
            "parameters": {"person": "A", "most": 1},
            "words": "A holds at most 1 meetings",
        }
    ]
    assert json.loads(dump_answer(Unknown("meetings", "limit")))["answer"] == "unknown"


def test_locks_are_written_with_what_they_lock():
    assert load_locks(["item:m1", "slot:s1"]) == (Lock(item="m1"), Lock(slot="s1"))
    with pytest.raises(ProblemError, match="must be item:ID or slot:ID, not 'm1'"):
        load_locks(["m1"])


def test_the_command_line_solves_and_checks(tmp_path, capsys):
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(dump_problem(SMALL), encoding="utf-8")
    assert main(["solve", str(problem), "--limit", "20", "--progress"]) == 0
    out, err = capsys.readouterr()
    plan.write_text(out, encoding="utf-8")
    assert load_plan(out).assignments == (Place("ab", "s1", "t1"),)
    assert json.loads(err.splitlines()[-1])["incumbent"] == 0
    assert main(["check", str(problem), str(plan)]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_the_command_line_tells_an_impossible_problem_and_bad_input_apart(tmp_path, capsys):
    problem = tmp_path / "problem.json"
    text = dump_problem(SMALL)
    problem.write_text(text.replace('"id": "t1"', '"id": "t1", "closed": ["s1"]'))
    assert main(["solve", str(problem), "--limit", "20"]) == 1
    assert json.loads(capsys.readouterr().out)["answer"] == "infeasible"
    problem.write_text(text.replace('"b": "B"', '"b": "Z"'))
    assert main(["solve", str(problem)]) == 64
    assert capsys.readouterr().err == "meetings[0].b: no participant is called 'Z'\n"
    assert main(["solve", str(tmp_path / "none.json")]) == 64


NFC, NFD = "Đà Nẵng", "\u0110a\u0300 Na\u0306\u0303ng"


def test_names_that_look_alike_are_alike():
    """The wish names a participant in decomposed form, as some keyboards and systems write it."""
    text = json.dumps(
        {
            "kind": "meetings",
            "slots": [{"id": "9:00"}],
            "tables": [{"id": "1"}],
            "participants": [{"id": NFC}, {"id": "Huế"}],
            "wishes": [{"by": NFD, "of": "Huế"}, {"by": "Huế", "of": NFC}],
        }
    )
    assert NFC != NFD
    assert [wish.by for wish in load_problem(text).wishes] == [NFC, "Huế"]
    twice = text.replace('"Hu\\u1ebf"}]', json.dumps(NFD) + "}]", 1)
    with pytest.raises(ProblemError, match="is used twice"):
        load_problem(twice)


def test_a_problem_made_in_python_is_read_the_same():
    problem = Problem(
        slots=(Slot("s1"),),
        tables=(Table("t1"),),
        participants=(Participant(NFC), Participant("B")),
        meetings=(Meeting("ab", NFD, "B"),),
    )
    assert planning.check(problem, Plan("meetings", (Place("ab", "s1", "t1"),))).ok


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '{"kind": "meetings", "slots": [{"id": "\\ud800"}], "tables": [], "participants": []}',
            "slots[0].id: holds half of a character (a lone surrogate)",
        ),
        (
            '{"kind": "meetings", "slots": [], "tables": [], "participants": [], "relay_cost": 1'
            + "0" * 400
            + "}",
            "relay_cost: is too large a number",
        ),
        (
            '{"kind": "meetings", "x": ' + "9" * 5000 + "}",
            "document: holds a number of too many digits",
        ),
        ('{"kind": "meetings", "kind": "toy"}', "document: holds 'kind' twice in one object"),
        ('{"kind": "meetings", "x": NaN}', "document: holds NaN, which is no number of JSON"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_line(text, words, tmp_path, capsys):
    problem = tmp_path / "problem.json"
    problem.write_text(text, encoding="utf-8")
    assert main(["solve", str(problem)]) == 64
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err.splitlines()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--workers", "-1"], "workers: must be a number from 1 to 256"),
        (["--workers", "1000000"], "workers: must be a number from 1 to 256"),
        (["--limit", "nan"], "limit: must be a number from 0 to 1000000"),
        (["--memory", "0"], "memory: must be a number from 100 to 1000000"),
        (["--seed", "1" + "0" * 30], "seed: must be a number from 0 to 2147483647"),
        (["--lock", "item:ab"], "lock[0]: needs a previous plan in which something can be locked"),
    ],
)
def test_options_with_which_nothing_can_be_solved_are_bad_input(options, words, tmp_path, capsys):
    problem = tmp_path / "problem.json"
    problem.write_text(dump_problem(SMALL), encoding="utf-8")
    assert main(["solve", str(problem), *options]) == 64
    assert capsys.readouterr() == ("", words + "\n")


def test_a_lock_that_names_nothing_is_bad_input(tmp_path, capsys):
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(dump_problem(SMALL), encoding="utf-8")
    plan.write_text(dump_answer(Plan("meetings", (Place("ab", "s1", "t1"),))), encoding="utf-8")
    check = ["check", str(problem), str(plan), "--previous", str(plan)]
    assert main([*check, "--lock", "item:ab", "--lock", "slot:s1"]) == 0
    capsys.readouterr()
    assert main([*check, "--lock", "item:UNKNOWN", "--lock", "slot:s9"]) == 64
    assert capsys.readouterr() == (
        "",
        "lock[0]: no item is called 'UNKNOWN'\nlock[1]: no slot is called 's9'\n",
    )


def test_an_option_that_is_no_number_is_bad_input(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["solve", "problem.json", "--limit", "soon"])
    assert ended.value.code == 64
    assert "invalid float value: 'soon'" in capsys.readouterr().err


def test_a_file_that_is_too_long_is_not_read(tmp_path, capsys):
    problem = tmp_path / "problem.json"
    problem.write_text(" " * 10_000_001)
    assert main(["solve", str(problem)]) == 64
    assert capsys.readouterr().err == f"{problem}: is longer than 10,000,000 bytes\n"


def test_an_attempt_goes_out_with_what_stands_in_the_way():
    answer = Unknown(
        "meetings",
        "limit",
        2.0,
        (Place("ab", "s1", "t1"),),
        ("ac",),
        (Reason.of("busy", person="A", meetings=("ab", "ac"), slot="s1"),),
    )
    document = json.loads(dump_answer(answer))
    assert document["attempt"] == [{"meeting": "ab", "slot": "s1", "table": "t1"}]
    assert document["missing"] == ["ac"]
    assert [reason["words"] for reason in document["broken"]] == [
        "A is in ab and ac at once, in s1"
    ]


def dear(price: int) -> programme.Problem:
    """Somebody should not be heard at the only time, which costs as much a unit as given."""
    return programme.Problem(
        "UTC",
        (programme.Slot("am", "2027-05-10T09:00", 60),),
        (programme.Room("hall", 50),),
        (programme.Track("t"),),
        (programme.Contribution("a", "t", 20),),
        preferences=(programme.Preference(500, contribution="a"),),
        weights=(Weight("preference", price),),
    )


def test_what_costs_very_much_is_solved_and_checked(tmp_path, capsys):
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(dump_problem(dear(999_000_000)), encoding="utf-8")
    assert main(["solve", str(problem), "--limit", "20"]) == 0
    plan.write_text(capsys.readouterr().out, encoding="utf-8")
    assert json.loads(plan.read_text(encoding="utf-8"))["value"] == 499_500_000_000
    assert main(["check", str(problem), str(plan)]) == 0


def test_what_could_cost_more_is_bad_input(tmp_path, capsys):
    path = tmp_path / "problem.json"
    path.write_text(dump_problem(dear(1_000_000_000)), encoding="utf-8")
    assert main(["solve", str(path), "--limit", "20"]) == 64
    assert capsys.readouterr().err == (
        "weights[0].cost: the rule 'preference' could cost 500,000,000,000 (500 times "
        "1,000,000,000), and all rules together must not cost more than 500,000,000,000: "
        "let it cost less\n"
    )


def test_fees_that_could_come_to_more_are_bad_input():
    session = interpreters.Session(
        "s", (interpreters.Part("2027-05-10T09:00", 60),), ("vi",), ("fr",)
    )
    person = interpreters.Interpreter("p", ("vi", "fr"), fee=10**9)
    problem = interpreters.Problem((session,), (person,), weights=(Weight("fee", 10**9),))
    with pytest.raises(ProblemError, match=r"weights\[0\].cost: the rule 'fee' could cost"):
        planning.solve(problem, limit_s=5, seed=0, workers=1)


def test_what_a_conference_pays_its_interpreters_is_bounded_too():
    whole = conference.conference()
    people = tuple(replace(person, fee=10**9) for person in whole.interpreters)
    dear_one = replace(whole, interpreters=people, interpreting=(Weight("fee", 10**9),))
    with pytest.raises(ProblemError, match=r"weights\[0\].cost: the rule 'fee' could cost"):
        planning.solve(dear_one, limit_s=5, seed=0, workers=1)


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [
        ("programme", (PROGRAMME_MOST,)),
        ("interpreters", (INTERPRETERS_MOST,)),
        ("conference", (PROGRAMME_MOST, INTERPRETERS_MOST)),
    ],
)
def test_the_schema_says_what_all_may_cost(kind, bounds):
    said = str(problem_schema(kind)["description"])
    assert all(f"{bound:,}" in said for bound in bounds)


def test_moments_at_either_end_of_the_calendar_are_refused():
    """Days before and after them cannot be reckoned with."""
    day = {"start": "9999-12-31T23:30", "minutes": 1440}
    programme = {
        "kind": "programme",
        "zone": "UTC",
        "slots": [{"id": "m", **day}],
        "rooms": [{"id": "r", "seats": 5}],
        "tracks": [{"id": "t"}],
        "contributions": [{"id": "c", "track": "t", "minutes": 20}],
    }
    booths = {
        "kind": "interpreters",
        "sessions": [{"id": "s", "parts": [day], "floor": ["vi"], "heard": ["en"]}],
        "interpreters": [],
    }
    words = "must be a moment YYYY-MM-DDTHH:MM of the years 1900 to 2999"
    for document, path in ((programme, "slots[0].start"), (booths, "sessions[0].parts[0].start")):
        with pytest.raises(ProblemError) as refused:
            load_problem(json.dumps(document))
        assert Fault(path, words) in refused.value.faults


def test_a_hundred_thousand_slots_at_once_are_refused_at_once():
    """Not more than a hundred overlaps are told, whatever their number."""
    slot = {"start": "2030-01-01T09:00", "minutes": 60}
    document = {
        "kind": "programme",
        "zone": "UTC",
        "slots": [{"id": f"s{n}", **slot} for n in range(100_000)],
        "rooms": [{"id": "r", "seats": 5}],
        "tracks": [{"id": "t"}],
        "contributions": [{"id": "c", "track": "t", "minutes": 20}],
    }
    with pytest.raises(ProblemError) as refused:
        load_problem(json.dumps(document))
    overlaps = [fault for fault in refused.value.faults if fault.words.startswith("overlaps")]
    assert len(overlaps) == 100

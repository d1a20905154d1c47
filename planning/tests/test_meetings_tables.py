"""The ways to count the tables of a slot agree, and each holds the bound by itself."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from ortools.sat.python import cp_model

from planning.meetings.compiled import compile_day
from planning.meetings.counting import contradiction
from planning.meetings.problem import Meeting, Participant, Problem, Slot, Table
from planning.meetings.seats import hosts
from planning.meetings.slots_model import Encoding, SlotsModel
from planning.meetings.windows import windows
from planning.tests.meetings_cases import problems

ENCODINGS: tuple[Encoding, ...] = ("linear", "people", "hosts", "both")


def fewest_breaks(problem: Problem, encoding: Encoding) -> tuple[str, float]:
    """How the solve ended, and the fewest idle breaks."""
    day = compile_day(problem)
    built = SlotsModel(day, windows(day), encoding)
    built.model.minimize(built.idle_breaks())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(built.model)
    best = solver.objective_value if status == cp_model.OPTIMAL else -1.0
    return solver.status_name(status), best


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
@given(problems())
def test_however_tables_are_counted_the_optimum_is_the_same(problem):
    assume(not contradiction(compile_day(problem)))  # the models take days that pass the counts
    found = {encoding: fewest_breaks(problem, encoding) for encoding in ENCODINGS}
    assert found == dict.fromkeys(ENCODINGS, found["linear"])


def pairs(tables: int) -> Problem:
    """Two pairs who can meet only in the one slot."""
    return Problem(
        slots=(Slot("s1"),),
        tables=tuple(Table(f"t{number}") for number in range(tables)),
        participants=tuple(Participant(name) for name in "abcd"),
        meetings=(Meeting("ab", "a", "b"), Meeting("cd", "c", "d")),
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_way_holds_the_number_of_tables(encoding):
    assert fewest_breaks(pairs(2), encoding) == ("OPTIMAL", 0.0)
    assert fewest_breaks(pairs(1), encoding)[0] == "INFEASIBLE"


def test_every_meeting_is_counted_at_one_of_its_two():
    ends = ["ab", "ac", "ad", "bc", "de"]
    problem = Problem(
        slots=tuple(Slot(f"s{number}") for number in range(5)),
        tables=(Table("t1"),),
        participants=tuple(Participant(name) for name in "abcde"),
        meetings=tuple(Meeting(pair, *pair) for pair in ends),
    )
    assert hosts(compile_day(problem)) == [(0, (0, 1, 2)), (1, (3,)), (3, (4,))]

"""Proofs that idle breaks cannot be as fair as asked.

Where somebody certainly has no idle break and fairness is 0, nobody may have one: each participant
stands in one row of slots (a block). That can be impossible for a single participant, for the
tables, or for two who meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planning.context import Context
from planning.meetings.blocks import Block, blocks
from planning.meetings.compiled import Day
from planning.meetings.counting import named, who
from planning.results import Reason

Rows = dict[int, list[Block]]


def contradiction(
    day: Day, windows: Sequence[tuple[int, ...]], context: Context
) -> tuple[Reason, ...]:
    """A proof by rows, empty where there is none."""
    still = next((person for person in day.people if len(day.of[person]) < 2), None)
    if day.problem.fairness != 0 or still is None:
        return ()
    if not all(meeting.required for meeting in day.meetings):
        return ()
    rows: Rows = {
        person: blocks([windows[meeting] for meeting in day.of[person]], len(day.slots))
        for person in day.people
        if day.of[person]
    }
    base = (
        Reason.of("fairness", most=0),
        Reason.of("still", person=who(day, still), meetings=len(day.of[still])),
    )
    for person, places in rows.items():
        if not places:
            missing = set(day.slots) - day.present[person]
            absent = Reason.of("absent", person=who(day, person), slots=named(day, missing))
            reason = Reason.of("no_row", person=who(day, person), meetings=len(day.of[person]))
            return (*base, reason, *((absent,) if missing else ()))
    if _impossible(day, windows, rows, context, tables=True, overlaps=False):
        return (*base, Reason.of("rows_tables", people=len(rows), tables=max(day.tables)))
    if _impossible(day, windows, rows, context, tables=False, overlaps=True):
        return (*base, Reason.of("rows_meet", people=len(rows)))
    if _impossible(day, windows, rows, context, tables=True, overlaps=True):
        return (*base, Reason.of("rows_both", people=len(rows), tables=max(day.tables)))
    return ()


def _impossible(
    day: Day,
    windows: Sequence[tuple[int, ...]],
    rows: Rows,
    context: Context,
    *,
    tables: bool,
    overlaps: bool,
) -> bool:
    """Whether a row cannot be chosen for each participant, so that in each slot the tables suffice
    (two people sit at each), and the rows of two who meet share a slot in which they can."""
    model = cp_model.CpModel()
    chosen = {person: [model.new_bool_var("") for _ in places] for person, places in rows.items()}
    for literals in chosen.values():
        model.add_exactly_one(literals)
    if tables:
        for slot in day.slots:
            there = [
                literal
                for person, places in rows.items()
                for block, literal in zip(places, chosen[person], strict=True)
                if block.first <= slot < block.first + len(day.of[person])
            ]
            pairs = model.new_int_var(0, day.tables[slot], "")
            model.add(sum(there) == 2 * pairs)
    if overlaps:
        for meeting, (a, b) in enumerate(day.ends):
            for block, one in zip(rows[a], chosen[a], strict=True):
                inside = range(block.first, block.first + len(day.of[a]))
                shared = [slot for slot in windows[meeting] if slot in inside]
                fitting = [
                    other
                    for place, other in zip(rows[b], chosen[b], strict=True)
                    if any(place.first <= slot < place.first + len(day.of[b]) for slot in shared)
                ]
                model.add_bool_or([~one, *fitting])
    solver = context.solver(1.5, num_workers=1)
    return context.run(solver, model) == cp_model.INFEASIBLE

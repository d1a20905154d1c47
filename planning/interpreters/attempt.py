"""What is answered where neither a plan nor a proof was found, and what stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planning.context import Context
from planning.interpreters import rules
from planning.interpreters.account import account
from planning.interpreters.check import verdict
from planning.interpreters.compiled import Compiled
from planning.interpreters.made import KIND, locked_of, moves_of, plan_of, previous_of
from planning.interpreters.seating import Seating, seat
from planning.results import Attempt, Goal, Lock, Parameter, Plan, Reason

# What a part lacks, where it helps to know who could work there and why they do not.
_LACKS = (rules.TEAM, rules.DIRECTION, rules.RELAY, rules.PIVOTS, rules.SOLE)


def attempt_of(c: Compiled, context: Context) -> Attempt:
    """An attempt made in moments, near to the previous plan where there is one."""
    seating = seat(c, previous_of(context), locked_of(c, context))
    return judged(seating, context.previous, context.locks)


def judged(seating: Seating, previous: Plan | None = None, locks: Sequence[Lock] = ()) -> Attempt:
    """The attempt that a seating makes, judged by the check. missing: parts without anybody,
    "session/part"; broken: the rules that the duties break and, for each part that lacks somebody,
    what keeps out those who could work there."""
    c, duties = seating.c, seating.duties()
    found = verdict(c.problem, Plan(KIND, duties), previous, locks)
    lacking = {
        (held["session"], held["part"])
        for held in (reason.named() for reason in found.broken if reason.rule in _LACKS)
    }
    told = dict.fromkeys(found.broken)
    for n, shift in enumerate(c.shifts):
        if (shift.session.id, shift.number) in lacking:
            told |= dict.fromkeys(_in_the_way(seating, n))
    missing = tuple(
        f"{shift.session.id}/{shift.number}"
        for n, shift in enumerate(c.shifts)
        if not seating.teams[n]
    )
    return Attempt(KIND, duties, missing, tuple(told))


def _in_the_way(seating: Seating, n: int) -> list[Reason]:
    """Why those who could work in a part, and do not, cannot; that there are none, else."""
    c, shift = seating.c, seating.c.shifts[n]
    kept_out: dict[str, list[int]] = defaultdict(list)
    able = [i for i in range(len(c.people)) if c.fits(i, shift) and not seating.is_in(i, n)]
    for i in able:
        rule = seating.obstacle(i, n)
        if rule is not None:
            kept_out[rule].append(i)
    told: dict[str, Parameter] = {
        "part": shift.number,
        "session": shift.session.id,
        "time": shift.session.parts[shift.part].start.replace("T", " "),
    }
    standard = c.problem.standard
    limits = {
        rules.LONG_DAY: (rules.DAY_FULL, "minutes", standard.day_minutes),
        rules.STRETCH: (rules.STRETCH_FULL, "minutes", standard.stretch_minutes),
        rules.STRETCHES: (rules.STRETCHES_FULL, "stretches", standard.stretches),
    }
    found = [] if able else [Reason.of(rules.NOBODY_ELSE, **told)]
    for kept, people in kept_out.items():
        rule = kept
        held: dict[str, Parameter] = {**told, "interpreters": tuple(c.people[i].id for i in people)}
        if rule == rules.BUSY:
            others = dict.fromkeys(s.session.id for i in people for s in seating.at_once(i, n))
            held["others"] = tuple(others)
        elif rule in limits:
            rule, name, most = limits[rule]
            held[name] = most
        found.append(Reason.of(rule, **held))
    return found


def first_plan(c: Compiled, context: Context, first: Attempt) -> Plan | None:
    """The plan that an attempt is, of which nothing is proven, or None."""
    if not first.is_plan:
        return None
    cost = sum(line.cost for line in account(c, first.assignments))
    goals = [Goal("cost", cost, 0)]
    if context.previous:
        moves = len(moves_of(c, previous_of(context), first.assignments))
        goals.insert(0, Goal("moves", moves, 0))
    return plan_of(c, context, first.assignments, goals, "limit")

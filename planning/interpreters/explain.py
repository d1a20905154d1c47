"""Why nobody can be found: a smallest set of rules that cannot hold together.

Counting first: a part whose team is larger than the number of interpreters who are there and can
work in it. Then the model with each rule tied to a literal, whose core is made smaller.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planning.context import Context
from planning.interpreters import rules
from planning.interpreters.compiled import Compiled
from planning.interpreters.problem import Duty
from planning.interpreters.staffing import Staffing, Subject
from planning.results import Reason

Key = tuple[str, Subject]

_PARAMETERS: dict[str, tuple[str, ...]] = {
    rules.TEAM: ("session", "part", "needed"),
    rules.DIRECTION: ("session", "part", "source", "target"),
    rules.RELAY: ("session", "part", "source", "target"),
    rules.PIVOTS: ("session", "part", "source", "needed"),
    rules.SOLE: ("session", "part", "source"),
    rules.CONTINUITY: ("session",),
    rules.LOCKED: ("session",),
}


def explain(
    c: Compiled,
    context: Context,
    previous: Sequence[Duty],
    locked: Sequence[tuple[str, int]],
) -> tuple[tuple[Reason, ...], bool]:
    """Reasons that cannot hold together, and whether none of them can be left out."""
    if c.hard(rules.TEAM) and c.hard(rules.AWAY):
        for shift in c.shifts:
            able = sum(not c.away(i, shift) and c.fits(i, shift) for i in range(len(c.people)))
            if able < shift.needed:
                reason = Reason.of(
                    rules.TOO_FEW,
                    session=shift.session.id,
                    part=shift.number,
                    needed=shift.needed,
                    able=able,
                )
                return (reason,), True
    model = Staffing(c, previous=previous, locked=locked, guarded=True)
    core, proven = _core(model, context, list(model.guards))
    if not proven:
        return tuple(_reason(c, key) for key in core), False
    place = 0
    while place < len(core) and context.remaining() > 0.05:
        fewer, still = _core(model, context, core[:place] + core[place + 1 :])
        if still:
            kept = set(fewer)
            place = sum(key in kept for key in core[:place])
            core = [key for key in core if key in kept]
        else:
            place += 1
    return tuple(_reason(c, key) for key in core), place >= len(core)


def _core(model: Staffing, context: Context, keys: Sequence[Key]) -> tuple[list[Key], bool]:
    """An impossible part of `keys` in their order, and whether they are proven impossible."""
    model.model.clear_assumptions()
    model.model.add_assumptions([model.guards[key] for key in keys])
    solver = context.solver(num_workers=1)
    if context.run(solver, model.model) != cp_model.INFEASIBLE:
        return list(keys), False
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [key for key in keys if model.guards[key].index in named], True


def _reason(c: Compiled, key: Key) -> Reason:
    rule, subject = key
    standard = c.problem.standard
    if rule == rules.STRETCH:
        return Reason.of(rule, interpreter=subject[0], minutes=standard.stretch_minutes)
    if rule == rules.STRETCHES:
        return Reason.of(rule, interpreter=subject[0], stretches=standard.stretches)
    if rule == rules.LONG_DAY:
        return Reason.of(rule, interpreter=subject[0], minutes=standard.day_minutes)
    names = _PARAMETERS.get(rule, ("interpreter",))
    return Reason(rule, tuple(zip(names, subject, strict=False)))

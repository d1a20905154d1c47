"""Why there is no programme: a smallest set of rules that cannot hold together.

Counting first (a contribution longer than every slot, more minutes than the rooms offer); then
the exact model with each rule tied to a literal, whose core is made smaller one rule at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme.compiled import Compiled
from planning.programme.exact import ExactModel
from planning.programme.grounds_counts import of_room
from planning.programme.problem import Place
from planning.programme.reasons import Key, reasons_of
from planning.results import Reason


def explain(
    c: Compiled,
    context: Context,
    previous: Mapping[str, Place],
    locked: Sequence[str],
    shut: Sequence[str],
    seconds: float | None = None,
) -> tuple[tuple[Reason, ...], bool]:
    """Reasons that cannot hold together, and whether none of them can be left out. With `seconds`
    nothing is taken for proven: the answer is whether it is, found in about that time."""
    counted = of_room(c)
    if counted:
        return (counted,), True
    model = ExactModel(c, previous=previous, locks=locked, shut_slots=shut, guarded=True)
    core = list(model.guards)
    core, proven = _core(model, context, core, seconds)
    if not proven:
        return reasons_of(c, core), False
    end = context.seconds() + (context.remaining() if seconds is None else seconds)
    place = 0
    while place < len(core) and context.remaining() > 0.05 and context.seconds() < end:
        fewer, still = _core(model, context, core[:place] + core[place + 1 :], seconds)
        if still:
            kept = set(fewer)
            core = [key for key in core[:place] if key in kept] + [
                key for key in core[place + 1 :] if key in kept
            ]
            place = sum(1 for key in core[:place] if key in kept)
        else:
            place += 1
    smallest = place >= len(core)
    return reasons_of(c, core), smallest or seconds is not None


def _core(
    model: ExactModel, context: Context, keys: Sequence[Key], seconds: float | None
) -> tuple[list[Key], bool]:
    """An impossible part of `keys` in their order, and whether they are proven impossible."""
    model.model.clear_assumptions()
    model.model.add_assumptions([model.guards[key] for key in keys])
    solver = context.solver(seconds, num_workers=1)
    status = context.run(solver, model.model)
    if status != cp_model.INFEASIBLE:
        return list(keys), False
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [key for key in keys if model.guards[key].index in named], True

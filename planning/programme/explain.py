"""Why there is no programme: a smallest set of rules that cannot hold together.

Counting first (a contribution longer than every slot, more minutes than the rooms offer); then
the exact model with each rule tied to a literal, whose core is made smaller one rule at a time.
What only costs something cannot be a reason and is left out of that model, and so are the rules
that ask when a contribution is on within its session, where the model would be too large with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.exact import ExactModel
from planning.programme.grounds_counts import of_room
from planning.programme.problem import Place, Problem
from planning.programme.reasons import Key, reasons_of
from planning.results import Reason
from planning.terms import Weight

SECONDS = 4.0  # for the reasons of what is proven impossible
MOST_PLACES = 60_000  # of a model with all rules that must hold
TRIED_PLACES = 20_000  # of one that is to show what can be left out
HOURS = (rules.AWAY, rules.NIGHT, rules.AWKWARD)  # of which persons are asked
WITHIN = (
    rules.PERSON_TWICE,
    rules.CLASH,
    rules.APART,
    rules.PAUSE,
    rules.ORDER,
    rules.POSITION,
    rules.SESSION_POSITION,
    rules.NEXT_TO,
)


def explain(
    c: Compiled,
    context: Context,
    previous: Mapping[str, Place],
    locked: Sequence[str],
    shut: Sequence[str],
    seconds: float = SECONDS,
) -> tuple[tuple[Reason, ...], bool, bool]:
    """Rules that cannot hold together, found in about these seconds: the reasons, whether they
    are proven to be impossible, and whether none of them can be left out."""
    counted = of_room(c)
    if counted:
        return (counted,), True, True
    end = context.seconds() + min(seconds, context.remaining())
    c = _what_must_hold(c, ())
    if c.count_places() > MOST_PLACES:
        c = _what_must_hold(c, WITHIN)
    model = ExactModel(c, previous=previous, locks=locked, shut_slots=shut, guarded=True)
    core, proven = _core(model, context, list(model.guards), end)
    if not proven:
        return reasons_of(c, core), False, False
    place = 0
    while place < len(core) and context.seconds() < end - 0.05:
        fewer, still = _core(model, context, core[:place] + core[place + 1 :], end)
        if still:
            kept = set(fewer)
            core = [key for key in core[:place] if key in kept] + [
                key for key in core[place + 1 :] if key in kept
            ]
            place = sum(1 for key in core[:place] if key in kept)
        else:
            place += 1
    return reasons_of(c, core), True, place >= len(core)


def needed(
    problem: Problem, context: Context, keys: Sequence[Key], end: float
) -> tuple[list[Key], bool]:
    """Of rules that cannot hold together in the problem those that none of the others makes up
    for, and whether that was seen of each: without it there is a programme."""
    kept = list(keys)
    if len(kept) == 1:
        return kept, True
    named = {rule for rule, _ in keys}
    weights = tuple(Weight(rule, None if rule in named else 0) for rule in rules.RULES)
    persons = problem.persons if named.intersection(HOURS) else ()
    c = Compiled(replace(problem, weights=weights, persons=persons))
    if c.count_places() > TRIED_PLACES:
        return kept, False
    rooms: list[Key] = [] if (rules.ROOM_FOR_ALL, ()) in kept else [(rules.ROOM_FOR_ALL, ())]
    model, sure = ExactModel(c, guarded=True), True
    for tried, key in enumerate(keys):
        rest = [other for other in kept if other != key]
        left = (end - context.seconds()) / (len(keys) - tried)
        status = cp_model.UNKNOWN
        if left > 0:
            status = _tried(model, context, [*rest, *rooms], left)
        if status == cp_model.INFEASIBLE:
            kept = rest
        sure = sure and status != cp_model.UNKNOWN
    return kept, sure


def _tried(
    model: ExactModel, context: Context, keys: Sequence[Key], seconds: float
) -> cp_model.CpSolverStatus:
    """Whether there is a programme that keeps these rules."""
    chairs = {subject[0] for rule, subject in keys if rule == rules.CHAIR_TWICE}
    tried = model.model.clone()
    for key, guard in model.guards.items():
        rule, subject = key
        held = key in keys or (rule == rules.CHAIR_TWICE and subject[0] in chairs)
        tried.add(tried.get_bool_var_from_proto_index(guard.index) == int(held))
    return context.run(context.solver(seconds, num_workers=1), tried)


def _what_must_hold(c: Compiled, without: Sequence[str]) -> Compiled:
    """The problem without the rules that only cost something, and without these."""
    off = {rule for rule, cost in c.cost.items() if cost is not None}.union(without)
    weights = tuple(Weight(rule, 0 if rule in off else None) for rule in rules.RULES)
    return Compiled(replace(c.problem, weights=weights), replanned=c.replanned)


def _core(
    model: ExactModel, context: Context, keys: Sequence[Key], end: float
) -> tuple[list[Key], bool]:
    """An impossible part of `keys` in their order, and whether they are proven impossible."""
    model.model.clear_assumptions()
    model.model.add_assumptions([model.guards[key] for key in keys])
    solver = context.solver(max(0.0, end - context.seconds()), num_workers=1)
    status = context.run(solver, model.model)
    if status != cp_model.INFEASIBLE:
        return list(keys), False
    named = set(solver.sufficient_assumptions_for_infeasibility())
    return [key for key in keys if model.guards[key].index in named], True

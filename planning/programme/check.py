"""Judges a programme from the problem alone; shares no code with the models that make one.

`verdict` asks first whether the plan is a programme at all (`form_check`); then it finds every
breach of every rule from its definition (`talks_check`, `pairs_check`, `sessions_check`,
`tracks_check`), adds them up and says, of rules that must hold, who breaks them, where and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planning.programme import rules
from planning.programme.breach import Breach, Sessions, talks_of
from planning.programme.form_check import structure, unlocked, unplaced
from planning.programme.pairs_check import pair_breaches
from planning.programme.problem import Place, Problem
from planning.programme.sessions_check import session_breaches
from planning.programme.talks_check import talk_breaches
from planning.programme.tracks_check import track_breaches
from planning.results import Cost, Goal, Lock, Move, Plan, Verdict


def verdict(problem: Problem, plan: Plan, previous: Plan | None, locks: Sequence[Lock]) -> Verdict:
    """Count every rule of the plan again, and say what is broken."""
    places: Sequence[Place] = plan.assignments
    broken = [*unplaced(problem, places), *structure(problem, places)]
    if broken:
        return Verdict(tuple(broken))
    cost_of = {rule: usual for rule, (usual, _) in rules.RULES.items()}
    cost_of.update({weight.rule: weight.cost for weight in problem.weights})
    counts = dict.fromkeys(rules.RULES, 0)
    for breach in breaches(problem, places):
        counts[breach.rule] += breach.units
        if cost_of[breach.rule] is None:
            broken.append(breach.reason())
    costs = [
        Cost(rule, count, count * price)
        for rule, count in counts.items()
        if (price := cost_of[rule]) is not None
    ]
    total = sum(line.cost for line in costs)
    goals = [Goal("cost", total, total)]
    moves: list[Move] = []
    if previous is not None:
        before = {place.contribution: place for place in previous.assignments}
        for place in places:
            old = before.get(place.contribution)
            if old and (old.slot != place.slot or old.room != place.room):
                moves.append(Move(place.contribution, old, place))
        goals.insert(0, Goal("moves", len(moves), len(moves)))
        broken.extend(unlocked(places, before, locks))
    return Verdict(tuple(broken), tuple(costs), tuple(goals), tuple(moves))


def breaches(problem: Problem, places: Sequence[Place]) -> Iterator[Breach]:
    """Everything in a programme that a rule counts, of contributions that are placed."""
    talks = talks_of(problem, places)
    sessions: Sessions = {}
    for talk in talks:
        sessions.setdefault((talk.slot, talk.room), []).append(talk)
    for held in sessions.values():
        held.sort(key=lambda talk: (talk.on[0], talk.number))
    yield from talk_breaches(problem, talks)
    yield from pair_breaches(problem, talks)
    yield from session_breaches(problem, sessions)
    yield from track_breaches(problem, sessions)


def count_rules(problem: Problem, places: Sequence[Place]) -> dict[str, int]:
    """Units of every rule, of a programme that is whole."""
    counts = dict.fromkeys(rules.RULES, 0)
    for breach in breaches(problem, places):
        counts[breach.rule] += breach.units
    return counts

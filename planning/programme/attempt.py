"""What is answered where neither a programme nor a proof was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planning.programme import rules
from planning.programme.check import breaches
from planning.programme.form_check import unlocked
from planning.programme.problem import Place, Problem
from planning.results import Lock, Unknown

KIND = "programme"


def attempt_of(
    problem: Problem,
    places: Sequence[Place],
    seconds: float,
    before: Mapping[str, Place] | None = None,
    locks: Sequence[Lock] = (),
) -> Unknown:
    """What is placed, what is not, and what the attempt breaks: rules, and locks of what was."""
    placed = {place.contribution for place in places}
    missing = tuple(given.id for given in problem.contributions if given.id not in placed)
    hard = {rule for rule, (usual, _) in rules.RULES.items() if usual is None}
    for weight in problem.weights:
        (hard.add if weight.cost is None else hard.discard)(weight.rule)
    broken = [breach.reason() for breach in breaches(problem, places) if breach.rule in hard]
    broken += unlocked(places, before or {}, locks)
    return Unknown(KIND, "limit", seconds, tuple(places), missing, tuple(broken))

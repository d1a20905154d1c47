"""What is answered where neither a programme nor a proof was found."""

from __future__ import annotations

from collections.abc import Sequence

from planning.programme import rules
from planning.programme.check import breaches
from planning.programme.problem import Place, Problem
from planning.results import Unknown

KIND = "programme"


def attempt_of(problem: Problem, places: Sequence[Place], seconds: float) -> Unknown:
    """What is placed, what is not, and the rules that the attempt breaks."""
    placed = {place.contribution for place in places}
    missing = tuple(given.id for given in problem.contributions if given.id not in placed)
    hard = {rule for rule, (usual, _) in rules.RULES.items() if usual is None}
    for weight in problem.weights:
        (hard.add if weight.cost is None else hard.discard)(weight.rule)
    broken = [breach.reason() for breach in breaches(problem, places) if breach.rule in hard]
    return Unknown(KIND, "limit", seconds, tuple(places), missing, tuple(broken))

"""How many units of each rule a plan for interpreters can have, at most."""

from __future__ import annotations

from planning.interpreters import rules
from planning.interpreters.problem import Problem

MOST = 10**15  # that a plan may cost


def most_units(problem: Problem, times: int = 1) -> dict[str, int]:
    """Per rule, no fewer than any plan has; times: as often as each session is held."""
    parts = times * sum(len(session.parts) for session in problem.sessions)
    languages = max((len({*s.floor, *s.heard}) for s in problem.sessions), default=0)
    given = problem.standard
    teams = [given.three_languages, given.booth, given.pivots]
    team = max([*teams, *(row.interpreters for row in given.two_languages)])
    units = dict.fromkeys(rules.RULES, parts * (len(problem.interpreters) + languages + team) ** 2)
    units[rules.FAIR] = times * sum(
        part.minutes for session in problem.sessions for part in session.parts
    )
    units[rules.FEE] = parts * sum(person.fee for person in problem.interpreters)
    return units

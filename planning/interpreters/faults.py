"""What is wrong with an interpreters problem beyond its types: every fault, with its path."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from planning.faults import Fault, moment
from planning.interpreters.most import MOST, most_units
from planning.interpreters.problem import Problem, Session
from planning.interpreters.rules import RULES
from planning.totals import too_dear


def faults(problem: Problem) -> list[Fault]:
    """Repeated ids, moments that are none, sessions longer than the standard's table, languages
    named twice, unknown rules, costs beyond measure."""
    found: list[Fault] = []
    _repeats("sessions", [session.id for session in problem.sessions], found)
    _repeats("interpreters", [person.id for person in problem.interpreters], found)
    _repeats("weights", [weight.rule for weight in problem.weights], found)
    rows = problem.standard.two_languages
    if not rows:
        found.append(Fault("standard.two_languages", "must not be empty"))
    for i, (row, following) in enumerate(pairwise(rows)):
        if following.minutes <= row.minutes:
            found.append(Fault(f"standard.two_languages[{i + 1}]", "must be longer than the last"))
    longest = rows[-1].minutes if rows else 0
    for i, session in enumerate(problem.sessions):
        _check_session(f"sessions[{i}]", session, longest, found)
    for i, person in enumerate(problem.interpreters):
        known = (*person.a, *person.b, *person.c)
        _repeats(f"interpreters[{i}].a, b, c", list(known), found)
        for j, away in enumerate(person.away):
            path = f"interpreters[{i}].away[{j}]"
            start = moment(f"{path}.start", away.start, found)
            end = moment(f"{path}.end", away.end, found)
            if start and end and end <= start:
                found.append(Fault(path, "ends before it starts"))
    found.extend(
        Fault(f"weights[{i}].rule", f"nobody has the id {weight.rule!r}")
        for i, weight in enumerate(problem.weights)
        if weight.rule not in RULES
    )
    return found + too_dear(most_units(problem), RULES, problem.weights, MOST)


def _repeats(path: str, ids: list[str], found: list[Fault]) -> None:
    seen: set[str] = set()
    for place, name in enumerate(ids):
        if name in seen:
            found.append(Fault(f"{path}[{place}]", f"{name!r} is used twice"))
        seen.add(name)


def _check_session(path: str, session: Session, longest: int, found: list[Fault]) -> None:
    _repeats(f"{path}.floor", list(session.floor), found)
    _repeats(f"{path}.heard", list(session.heard), found)
    for name in ("parts", "floor", "heard"):
        if not getattr(session, name):
            found.append(Fault(f"{path}.{name}", "must not be empty"))
    if len(set(session.floor) | set(session.heard)) < 2 and session.floor and session.heard:
        found.append(Fault(f"{path}.heard", "has no language besides the floor's"))
    spans = []
    per_day: dict[str, int] = {}
    for j, part in enumerate(session.parts):
        start = moment(f"{path}.parts[{j}].start", part.start, found)
        if start:
            spans.append((start, start + timedelta(minutes=part.minutes), j))
            day = part.start[:10]
            per_day[day] = per_day.get(day, 0) + part.minutes
    for (_, end, _), (start, _, j) in pairwise(spans):
        if start < end:
            found.append(Fault(f"{path}.parts[{j}]", "starts before the part before it has ended"))
    if longest and any(minutes > longest for minutes in per_day.values()):
        found.append(Fault(f"{path}.parts", f"are longer than {longest} minutes on one day"))

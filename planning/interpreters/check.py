"""Judges a plan of interpreters from the problem alone; shares no code with the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from planning.interpreters import rules
from planning.interpreters.problem import Duty, Interpreter, Problem, Session
from planning.results import Cost, Goal, Lock, Move, Parameter, Plan, Reason, Verdict

Span = tuple[datetime, datetime]


def verdict(problem: Problem, plan: Plan, previous: Plan | None, locks: Sequence[Lock]) -> Verdict:
    """Count every rule of the plan again, and say what is broken."""
    duties: Sequence[Duty] = plan.assignments
    broken = _structure(problem, duties)
    if broken:
        return Verdict(tuple(broken))
    tally = _tally(problem, duties)
    prices = {rule: usual for rule, (usual, _) in rules.RULES.items()}
    prices.update({weight.rule: weight.cost for weight in problem.weights})
    costs = []
    for rule, count in tally.counts.items():
        price = prices[rule]
        if price is not None:
            costs.append(Cost(rule, count, count * price))
        else:
            broken.extend(tally.reasons[rule])
    total = sum(line.cost for line in costs)
    goals = [Goal("cost", total, total)]
    moves: tuple[Move, ...] = ()
    if previous is not None:
        moves = _moves(problem, previous.assignments, duties)
        goals.insert(0, Goal("moves", len(moves), len(moves)))
        broken.extend(_unlocked(problem, moves, locks))
    return Verdict(tuple(broken), tuple(costs), tuple(goals), moves)


def _moves(problem: Problem, before: Sequence[Duty], after: Sequence[Duty]) -> tuple[Move, ...]:
    """Duties dropped and duties added, in parts that were planned before."""
    there = {(s.id, p) for s in problem.sessions for p in range(len(s.parts))}
    planned = {(duty.session, duty.part) for duty in before}
    old = {duty for duty in before if (duty.session, duty.part) in there}
    new = {duty for duty in after if (duty.session, duty.part) in planned}
    order = sorted(old ^ new, key=lambda d: (d.session, d.part, d.booth, d.interpreter))
    return tuple(
        Move(f"{d.session}/{d.part + 1}/{d.interpreter}", *((d, None) if d in old else (None, d)))
        for d in order
    )


def _unlocked(problem: Problem, moves: Sequence[Move], locks: Sequence[Lock]) -> list[Reason]:
    start = {
        (session.id, number): part.start
        for session in problem.sessions
        for number, part in enumerate(session.parts)
    }
    found = []
    for move in moves:
        duty = move.before or move.after
        if any(
            lock.item == duty.session or lock.slot == start[duty.session, duty.part]
            for lock in locks
        ):
            found.append(Reason.of(rules.LOCKED, session=duty.session))
    return sorted(set(found), key=str)


def _booths(session: Session) -> tuple[str, ...]:
    if len({*session.floor, *session.heard}) == 2:
        return ("both",)
    return session.heard


def _into(person: Interpreter) -> set[str]:
    return {*person.a, *person.b}


def _from(person: Interpreter) -> set[str]:
    return {*person.a, *person.b, *person.c}


def _takes(person: Interpreter, source: str, target: str) -> bool:
    return source != target and target in _into(person) and source in _from(person)


def _structure(problem: Problem, duties: Sequence[Duty]) -> list[Reason]:
    sessions = {session.id: session for session in problem.sessions}
    people = {person.id: person for person in problem.interpreters}
    broken = []
    for duty in duties:
        session = sessions.get(duty.session)
        if (
            session is None
            or duty.part >= len(session.parts)
            or duty.booth not in _booths(session)
            or duty.interpreter not in people
            or list(duties).count(duty) > 1
        ):
            broken.append(
                Reason.of(
                    rules.UNKNOWN_DUTY, booth=duty.booth, part=duty.part + 1, session=duty.session
                )
            )
            continue
        person = people[duty.interpreter]
        spoken = {*session.floor, *session.heard}
        targets = set(session.heard) if duty.booth == "both" else {duty.booth}
        if not any(_takes(person, source, target) for source in spoken for target in targets):
            broken.append(Reason.of(rules.CANNOT, interpreter=duty.interpreter, booth=duty.booth))
    return broken or _twice(problem, duties)


def _twice(problem: Problem, duties: Sequence[Duty]) -> list[Reason]:
    """Interpreters in two booths at the same time."""
    sessions = {session.id: session for session in problem.sessions}
    broken = []
    for person in problem.interpreters:
        spans = []
        for duty in duties:
            if duty.interpreter == person.id:
                part = sessions[duty.session].parts[duty.part]
                start = datetime.fromisoformat(part.start)
                spans.append((start, start + timedelta(minutes=part.minutes)))
        spans.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            broken.append(Reason.of(rules.TWICE, interpreter=person.id))
    return broken


@dataclass
class _Tally:
    """Units of every rule, and who made them, where and when."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(rules.RULES, 0))
    reasons: dict[str, list[Reason]] = field(default_factory=lambda: {r: [] for r in rules.RULES})

    def add(self, rule: str, units: int, /, **parameters: Parameter) -> None:
        """Count so many units, if any."""
        if units:
            self.counts[rule] += units
            self.reasons[rule].append(Reason.of(rule, **parameters))


def count_rules(problem: Problem, duties: Sequence[Duty]) -> dict[str, int]:
    """Units of every rule, of duties that exist."""
    return _tally(problem, duties).counts


def _tally(problem: Problem, duties: Sequence[Duty]) -> _Tally:
    tally = _Tally()
    people = {person.id: person for person in problem.interpreters}
    for session in problem.sessions:
        for number, part in enumerate(session.parts):
            team = [d for d in duties if (d.session, d.part) == (session.id, number)]
            _count_team(problem, session, number, _Team(team, people), tally)
            if number:
                earlier = {
                    d.interpreter for d in duties if (d.session, d.part) == (session.id, number - 1)
                }
                for name in sorted({d.interpreter for d in team} - earlier):
                    tally.add(
                        rules.CONTINUITY,
                        1,
                        interpreter=name,
                        session=session.id,
                        part=number + 1,
                        time=_when(part.start),
                    )
    for person in problem.interpreters:
        own = [duty for duty in duties if duty.interpreter == person.id]
        _count_person(problem, person, own, tally)
    totals = {
        person.id: sum(_minutes(problem, duty) for duty in duties if duty.interpreter == person.id)
        for person in problem.interpreters
        if person.fair
    }
    if totals:
        most, least = max(totals, key=lambda n: totals[n]), min(totals, key=lambda n: totals[n])
        between = totals[most] - totals[least]
        tally.add(rules.FAIR, between, most=most, least=least, minutes=between)
    return tally


def _when(start: str) -> str:
    """A moment as a reader of the plan sees it."""
    return start.replace("T", " ")


def _minutes(problem: Problem, duty: Duty) -> int:
    session = next(session for session in problem.sessions if session.id == duty.session)
    return session.parts[duty.part].minutes


@dataclass(frozen=True)
class _Team:
    duties: list[Duty]
    people: dict[str, Interpreter]

    def covers(self, booth: str, source: str, target: str) -> list[Duty]:
        return [
            duty
            for duty in self.duties
            if duty.booth == booth and _takes(self.people[duty.interpreter], source, target)
        ]


def _count_team(
    problem: Problem, session: Session, number: int, team: _Team, tally: _Tally
) -> None:
    standard = problem.standard
    booths = _booths(session)
    day = session.parts[number].start[:10]
    told: dict[str, Parameter] = {
        "part": number + 1,
        "session": session.id,
        "time": _when(session.parts[number].start),
    }
    minutes = sum(part.minutes for part in session.parts if part.start[:10] == day)
    if booths == ("both",):
        needed = next(row.interpreters for row in standard.two_languages if minutes <= row.minutes)
        lacking = max(0, needed - len(team.duties))
    else:
        short = sum(
            max(0, standard.booth - sum(duty.booth == booth for duty in team.duties))
            for booth in booths
        )
        needed = max(standard.three_languages, standard.booth * len(booths))
        lacking = max(short, needed - len(team.duties), 0)
    tally.add(rules.TEAM, lacking, **told, found=needed - lacking, needed=needed)
    relayed = set()
    for source in session.floor:
        direct = {
            target: team.covers("both" if booths == ("both",) else target, source, target)
            for target in session.heard
            if target != source
        }
        for target, able in direct.items():
            if able:
                continue
            pivots = [
                p for p in direct if p != target and direct[p] and team.covers(target, p, target)
            ]
            if pivots:
                tally.add(rules.RELAY, 1, **told, source=source, target=target)
                relayed.add(source)
            else:
                tally.add(rules.DIRECTION, 1, **told, source=source, target=target)
        who = {duty.interpreter for able in direct.values() for duty in able}
        if source in relayed:
            lacking = max(0, standard.pivots - len(who))
            tally.add(
                rules.PIVOTS, lacking, **told, source=source, found=len(who), needed=standard.pivots
            )
        if needed > 1 and len(who) == 1:
            tally.add(rules.SOLE, 1, **told, source=source, interpreter=next(iter(who)))
    for duty in team.duties:
        person = team.people[duty.interpreter]
        if duty.booth != "both" and duty.booth in person.b:
            tally.add(rules.INTO_B, 1, **told, interpreter=person.id, booth=duty.booth)


def _count_person(problem: Problem, person: Interpreter, own: list[Duty], tally: _Tally) -> None:
    days: dict[str, list[tuple[datetime, datetime, str]]] = {}
    sessions = {session.id: session for session in problem.sessions}
    for duty in own:
        part = sessions[duty.session].parts[duty.part]
        start = datetime.fromisoformat(part.start)
        days.setdefault(part.start[:10], []).append(
            (start, start + timedelta(minutes=part.minutes), duty.session)
        )
    for day, spans in days.items():
        spans.sort()
        tally.add(rules.FEE, person.fee, interpreter=person.id, fee=person.fee, day=day)
        for start, end, session in spans:
            away = any(
                datetime.fromisoformat(away.start) < end
                and start < datetime.fromisoformat(away.end)
                for away in person.away
            )
            tally.add(
                rules.AWAY,
                int(away),
                interpreter=person.id,
                session=session,
                time=f"{start:%Y-%m-%d %H:%M}",
            )
        _count_day(problem, person, day, [(start, end) for start, end, _ in spans], tally)


def _count_day(
    problem: Problem, person: Interpreter, day: str, spans: list[Span], tally: _Tally
) -> None:
    """Stretches and hours of one interpreter on one day."""
    standard = problem.standard
    stretches: list[list[Span]] = []
    for span in spans:
        if stretches and span[0] - max(end for _, end in stretches[-1]) < timedelta(
            minutes=standard.rest_minutes
        ):
            stretches[-1].append(span)
        else:
            stretches.append([span])
    longest, since = max(
        (max(end for _, end in held) - held[0][0], held[0][0]) for held in stretches
    )
    tally.add(
        rules.STRETCH,
        int(longest > timedelta(minutes=standard.stretch_minutes)),
        interpreter=person.id,
        found=int(longest.total_seconds()) // 60,
        minutes=standard.stretch_minutes,
        time=f"{since:%Y-%m-%d %H:%M}",
    )
    tally.add(
        rules.STRETCHES,
        int(len(stretches) > standard.stretches),
        interpreter=person.id,
        found=len(stretches),
        stretches=standard.stretches,
        day=day,
    )
    worked = sum((end - start for start, end in spans), timedelta())
    tally.add(
        rules.LONG_DAY,
        int(worked > timedelta(minutes=standard.day_minutes)),
        interpreter=person.id,
        found=int(worked.total_seconds()) // 60,
        minutes=standard.day_minutes,
        day=day,
    )

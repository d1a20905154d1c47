"""Says why a day of meetings has no plan, once that is proven.

Counting comes first. Where it does not suffice, rules are left out in halves as long as the rest is
still impossible (U. Junker, "QuickXplain", AAAI 2004), until no rule can be left out or the time
for it is over; what is left is the smallest set found.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ortools.sat.python import cp_model

from planning.context import Context
from planning.meetings import counting
from planning.meetings.compiled import Day, compile_day
from planning.meetings.problem import Problem, Table
from planning.meetings.slots_model import CLAUSES, SlotsModel
from planning.meetings.windows import windows as narrowed
from planning.results import Infeasible, Lock, Reason

LIMIT_S = 4.5
_PROBE_S = 1.0
_LEAST_S = 0.3  # for a probe's search; one that could not have as much is not begun
_LATE_S = 10.0
_MORE_S = 3.0
_MANY = 12
What = Literal["fairness", "tables", "absent", "session", "precedence", "lock", "required"]

# Left out as a whole first, what people would rather change before what they would rather keep.
_WHOLE: tuple[What, ...] = ("precedence", "session", "absent", "tables", "lock", "fairness")


@dataclass(frozen=True)
class _Rule:
    """One thing that can be left out: which, and its position in the problem (or the locks)."""

    what: What
    index: int


def infeasible(day: Day, context: Context, build_s: float) -> Infeasible:
    """The explanation of a day that is proven to have no plan and that no counting explains.
    build_s: seconds that it takes to build a model of the day."""
    context.allow_more(LIMIT_S)
    search = _Search(day, context, build_s)
    kept = search.smallest(_rules(day, context.locks))
    day_left = search.day_with(kept)
    counted = counting.contradiction(day_left)
    if counted:
        return Infeasible("meetings", counted, len(counted) == 1, context.seconds())
    return Infeasible(
        "meetings", _told(day, kept, context.locks), search.complete, context.seconds()
    )


def _rules(day: Day, locks: Sequence[Lock]) -> list[_Rule]:
    """All that can be left out, what people would rather change last."""
    problem = day.problem
    found = [_Rule("required", index) for index, m in enumerate(problem.meetings) if m.required]
    found += [
        _Rule("session", index)
        for index, meeting in enumerate(problem.meetings)
        if meeting.session or meeting.slots or meeting.pinned
    ]
    found += [_Rule("absent", index) for index, p in enumerate(problem.participants) if p.absent]
    found += [_Rule("precedence", index) for index in range(len(problem.precedences))]
    found += [_Rule("lock", index) for index in range(len(locks))]
    found += [_Rule("fairness", 0)] if problem.fairness is not None else []
    return [*found, _Rule("tables", 0)]


class _Search:
    def __init__(self, day: Day, context: Context, build_s: float) -> None:
        self._day = day
        self._context = context
        self._build_s = build_s
        # Finding that there is no plan and saying why together stay below the limit if they can;
        # where the proof alone took much longer, some seconds more are worth a smaller set.
        now = context.seconds()
        self._until = LIMIT_S if now < _LATE_S else now + _MORE_S
        self.complete = True

    def smallest(self, rules: list[_Rule]) -> list[_Rule]:
        """A set of rules that is impossible; smallest if `complete` stays true."""
        kept = rules
        for what in _WHOLE:
            trial = [rule for rule in kept if rule.what != what]
            if len(trial) < len(kept) and self._has_time() and self._is_impossible(trial):
                kept = trial
        size = len(kept)
        while size:
            size = (size + 1) // 2 if size > 1 else 0
            start = 0
            while size and start < len(kept):
                if not self._has_time():
                    return kept
                trial = kept[:start] + kept[start + size :]
                if self._is_impossible(trial):
                    kept = trial
                else:
                    start += size
            if size == 1:
                break
        return kept

    def _has_time(self) -> bool:
        late = self._context.seconds() + self._build_s + _LEAST_S > self._until
        self.complete = self.complete and not late
        return not late

    def day_with(self, rules: Sequence[_Rule]) -> Day:
        """The day with these rules only."""
        kept = set(rules)
        problem = self._day.problem
        tables = problem.tables
        if _Rule("tables", 0) not in kept:
            tables = tuple(Table(f"#{index}") for index in range(len(problem.participants)))
        locks = [
            lock for index, lock in enumerate(self._context.locks) if _Rule("lock", index) in kept
        ]
        meetings = [
            replace(meeting, required=False, value=0)
            if meeting.required and _Rule("required", index) not in kept
            else meeting
            if _Rule("session", index) in kept
            else replace(meeting, session="", slots=(), pinned="")
            for index, meeting in enumerate(problem.meetings)
        ]
        held = {meeting.id for meeting in meetings if meeting.required}
        left: Problem = replace(
            problem,
            tables=tables,
            wishes=(),
            meetings=tuple(meeting for meeting in meetings if meeting.required),
            participants=tuple(
                person if _Rule("absent", index) in kept else replace(person, absent=())
                for index, person in enumerate(problem.participants)
            ),
            precedences=tuple(
                each
                for index, each in enumerate(problem.precedences)
                if _Rule("precedence", index) in kept and {each.before, each.after} <= held
            ),
            fairness=problem.fairness if _Rule("fairness", 0) in kept else None,
        )
        return compile_day(left, self._context.previous, locks)

    def _is_impossible(self, rules: Sequence[_Rule]) -> bool:
        day = self.day_with(rules)
        if counting.contradiction(day):
            return True
        begun = time.monotonic()
        built = SlotsModel(day, narrowed(day), "both")
        if day.problem.fairness is not None:
            built.idle_breaks()
        if not self._context.deterministic:
            self._build_s = max(self._build_s, time.monotonic() - begun)
        left = max(0.0, self._until - self._context.seconds())
        solver = self._context.solver(min(_PROBE_S, left), num_workers=1, **CLAUSES)
        status = self._context.run(solver, built.model)
        if status not in (cp_model.INFEASIBLE, cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.complete = False
        return status == cp_model.INFEASIBLE


def _told(day: Day, kept: Sequence[_Rule], locks: Sequence[Lock]) -> tuple[Reason, ...]:
    """Rules one by one where they are few of their sort, else all of the sort together."""
    found = []
    for what, rules in groupby(kept, lambda rule: rule.what):
        same = list(rules)
        if len(same) > _MANY:
            found.append(Reason.of(f"many_{what}", count=len(same)))
        else:
            found += [_reason(day, rule, locks) for rule in same]
    return tuple(found)


def _reason(day: Day, rule: _Rule, locks: Sequence[Lock]) -> Reason:
    problem = day.problem
    if rule.what == "fairness":
        return Reason.of("fairness", most=problem.fairness or 0)
    if rule.what == "tables":
        return Reason.of("all_tables", tables=len(problem.tables))
    if rule.what == "absent":
        person = problem.participants[rule.index]
        return Reason.of("absent", person=person.id, slots=person.absent)
    if rule.what == "precedence":
        each = problem.precedences[rule.index]
        return Reason.of("precedence", before=each.before, after=each.after)
    if rule.what == "lock":
        lock = locks[rule.index]
        return Reason.of("locked_slot", slot=lock.slot) if lock.slot else _locked(day, lock.item)
    meeting = problem.meetings[rule.index]
    if rule.what == "required":
        return Reason.of("required", meeting=meeting.id, a=meeting.a, b=meeting.b)
    if meeting.pinned:
        return Reason.of("pinned", meeting=meeting.id, slot=meeting.pinned)
    if meeting.session:
        return Reason.of("session", meeting=meeting.id, session=meeting.session)
    return Reason.of("slots", meeting=meeting.id, slots=meeting.slots)


def _locked(day: Day, name: str) -> Reason:
    index = next(number for number, each in enumerate(day.meetings) if each.id == name)
    return Reason.of("lock", meeting=name, slot=day.problem.slots[day.previous[index]].id)

"""Finds a programme with interpreters: the frame for both, the talks after, the booths last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from planning.conference.attempt import joint_attempt, languages_of
from planning.conference.pool import Pool
from planning.conference.problem import Conference, Entry
from planning.context import Context
from planning.interpreters.account import account, changed_duties
from planning.interpreters.compiled import Compiled as Languages
from planning.interpreters.problem import Duty
from planning.programme.model import Search
from planning.programme.problem import Place
from planning.programme.state import State
from planning.programme.talk_moves import Allowed
from planning.results import Answer, Goal, Move, Plan, Unknown

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from planning.programme.framing import Frame

KIND = "conference"
TALKS_SHARE = 0.85  # of the time; the booths have the rest


def plan(conference: Conference, context: Context) -> Answer:
    """The best conference found in the time given."""
    return _Joint(conference, context).run()


class _Joint(Search):
    """The search for a programme, each of whose plans carries its interpreters."""

    def __init__(self, conference: Conference, context: Context) -> None:
        self.conference, self.whole = conference, context
        before = context.previous.assignments if context.previous else ()
        places, self.old_duties = _halves(before)
        inner = replace(
            context,
            limit_s=context.limit_s * TALKS_SHARE,
            previous=Plan("programme", places) if context.previous else None,
            send=None,
            keep=self._tell,
        )
        super().__init__(conference.programme, inner)
        self.pool = Pool(conference, self.c)
        self.best: Plan | None = None  # of those of which the caller was told

    def run(self) -> Answer:
        """Frame and talks, then the booths for good."""
        self.try_filling()
        if not self.whole.remaining():
            return self._better(self._attempted(self.unknown(())))
        extend = self.pool.extend if self.pool.usable() else None
        found = self.large(extend, self._framed)
        self.whole.spent = self.context.spent
        if not isinstance(found, Plan):
            return self._better(self._attempted(found))
        bound = found.goals[-1].bound
        duties = self._staff(found.assignments)
        if duties is None:
            return self._better(self._attempted(self._attempt(found.assignments)), bound)
        goals = self._joint_goals(found.assignments, duties, bound)
        return self._better(self._joint(found.assignments, duties, goals), bound)

    def _tell(self, programme: Unknown) -> None:
        """Let the caller have an attempt before the answer."""
        answer = self._attempted(programme)
        if isinstance(answer, Plan):
            self._offer(answer, answer.goals[0])
        else:
            self.whole.attempt(answer)

    def _offer(self, plan: Plan, goal: Goal) -> None:
        """Tell the caller of a plan and one of its goals, unless there was a better one before: a
        programme that costs less than another may cost more with its interpreters."""
        if self.best is None or _rank(plan) < _rank(self.best):
            self.best = plan
            self.whole.progress(goal.name, goal.value, goal.bound, plan)

    def _better(self, answer: Plan | Unknown, bound: int = 0) -> Plan | Unknown:
        """This answer, or the best plan told before where that is better; no programme costs less
        than the bound."""
        best = self.best
        if best is None or (isinstance(answer, Plan) and _rank(answer) <= _rank(best)):
            return answer
        places, duties = _halves(best.assignments)
        return self._joint(places, duties, self._joint_goals(places, duties, bound))

    def _attempted(self, programme: Unknown) -> Plan | Unknown:
        """An attempt at a programme with whoever can be found to interpret it: a plan, if that
        breaks nothing."""
        whole = self.whole
        attempt = joint_attempt(self.conference, programme, self.old_duties, whole.seconds())
        if attempt.missing or attempt.broken:
            return attempt
        places, duties = _halves(attempt.attempt)
        return self._joint(places, duties, self._joint_goals(places, duties, 0))

    def _framed(self, frame: Frame, solver: cp_model.CpSolver, state: State) -> Allowed:
        self.pool.read(solver)
        group = {t: self.pool.groups.index(g) for t, g in self.pool.group_of.items()}
        del frame

        def allowed(a: int, b: int) -> bool:
            if state.slot_of[a] == state.slot_of[b]:
                return True
            first, second = state.sessions[a].track, state.sessions[b].track
            return group.get(first, -1) == group.get(second, -1)

        return allowed

    def report(self, name: str, places: Sequence[Place], goals: Sequence[Goal]) -> None:
        duties = self.pool.duties(places)
        problem = languages_of(self.conference, places)
        teams = Languages(problem)
        if len(duties) < sum(shift.needed for shift in teams.shifts):
            return
        joint = self._joint_goals(places, duties, 0)
        goal = next(held for held in joint if held.name == name)
        self._offer(self._joint(places, duties, joint), goal)

    def _staff(self, places: Sequence[Place]) -> tuple[Duty, ...] | None:
        """The cheapest duties found for this programme, None if there are none."""
        from ortools.sat.python import cp_model

        from planning.interpreters.staffing import Staffing

        context = self.whole
        model = Staffing(Languages(languages_of(self.conference, places)), previous=self.old_duties)
        ready = set(self.pool.duties(places))
        for (i, n, b), literal in model.sits.items():
            shift = model.c.shifts[n]
            duty = Duty(shift.session.id, 0, shift.booths[b][0], model.c.people[i].id)
            model.model.add_hint(literal, duty in ready)
        if self.old_duties:
            model.model.minimize(model.moved)
            solver = context.solver(max(0.5, context.remaining() / 2))
            if context.run(solver, model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return None
            model.model.add(model.moved <= round(solver.objective_value))
        model.model.minimize(model.objective())
        solver = context.solver()
        if context.run(solver, model.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return tuple(model.duties(solver))
        needed = sum(shift.needed for shift in model.c.shifts)
        whole = len(ready) >= needed and not self.old_duties
        return self.pool.duties(places) if whole else None

    def _joint_goals(
        self, places: Sequence[Place], duties: Sequence[Duty], bound: int
    ) -> list[Goal]:
        plan = self._joint(places, duties, ())
        cost = sum(line.cost for line in plan.costs)
        goals = [Goal("cost", cost, min(cost, bound))]
        if self.whole.previous:
            goals.insert(0, Goal("moves", len(plan.moves), 0))
        return goals

    def _joint(
        self, places: Sequence[Place], duties: Sequence[Duty], goals: Sequence[Goal]
    ) -> Plan:
        talks = self.answer(places, goals, "limit")
        costs = account(Languages(languages_of(self.conference, places)), duties)
        entries = (*(Entry(place=p) for p in places), *(Entry(duty=d) for d in duties))
        moves = (*talks.moves, *self._moved(places, duties))
        return Plan(
            KIND,
            entries,
            (*talks.costs, *costs),
            tuple(goals),
            moves if self.whole.previous else (),
            "proven" if goals and all(g.value == g.bound for g in goals) else "limit",
            self.whole.seconds(),
        )

    def _moved(self, places: Sequence[Place], duties: Sequence[Duty]) -> tuple[Move, ...]:
        """Duties dropped and added in sessions that were interpreted before and are again."""
        keys = {session.id for session in languages_of(self.conference, places).sessions}
        planned = {duty.session for duty in self.old_duties}
        old = {duty for duty in self.old_duties if duty.session in keys}
        new = {duty for duty in duties if duty.session in planned}
        return changed_duties(old, new)


def _halves(entries: Sequence[Entry]) -> tuple[tuple[Place, ...], tuple[Duty, ...]]:
    """The programme and the interpreters of a plan."""
    places = tuple(entry.place for entry in entries if entry.place)
    return places, tuple(entry.duty for entry in entries if entry.duty)


def _rank(plan: Plan) -> tuple[int, ...]:
    """The less, the better."""
    return tuple(goal.value for goal in plan.goals)


__all__ = ["plan"]

"""Solves a few slots of a day exactly, while all others stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from planning.context import Context
from planning.meetings.compiled import Day, Service
from planning.meetings.places import Draft

_ONE_S = 1.5
_BUILD_S = 1e-4
_MUST = 1_000_000


@dataclass(frozen=True)
class Question:
    """slots: those that may change; favoured: meetings to prefer where all else is equal; near:
    meetings that may be taken up.

    aim  "fill": the most for slots that are empty, meetings of busy people first;
         "value": value, then staying where one was before;
         "breaks": idle breaks, at no loss of value or moves
    """

    slots: frozenset[int]
    favoured: frozenset[int]
    near: frozenset[int]
    aim: Literal["fill", "value", "breaks"]


class Partial:
    """Answers questions about one day."""

    def __init__(self, day: Day, context: Context) -> None:
        self._day = day
        self._context = context

    def solve(self, draft: Draft, question: Question) -> Draft | None:
        """A draft at least as good as `draft`, None where none was found in time."""
        day = self._day
        standing = {m: s for m, s in draft.slots.items() if s not in question.slots}
        busy: dict[int, int] = dict.fromkeys(day.people, 0)
        for meeting in standing:
            for person in day.ends[meeting]:
                busy[person] += 1
        model = cp_model.CpModel()
        x = self._variables(model, draft, question)
        self._people(model, x, busy)
        for slot in question.slots:
            here = [slots[slot] for slots in x.values() if slot in slots]
            model.add(sum(here) <= day.tables[slot])
        self._precedences(model, x)
        serving = self._interpreters(model, x, question)
        weights = self._weights(x, busy, question)
        costs = (0, day.problem.direct_cost, day.problem.relay_cost)
        scale = self._scale(question)
        terms = [(weights[m, s], v) for m, slots in x.items() for s, v in slots.items()]
        terms += [
            (-scale * costs[len(service)], number) for (_, _, service), number in serving.items()
        ]
        worth = cp_model.LinearExpr.weighted_sum(
            [term for _, term in terms], [weight for weight, _ in terms]
        )
        if question.aim == "breaks":
            now = sum(weights[m, s] for m, s in draft.slots.items() if s in question.slots)
            now -= sum(
                scale * costs[len(service)]
                for (_, slot), services in draft.served.items()
                if slot in question.slots
                for service in services
            )
            model.add(worth >= now)
            model.minimize(self._starts(model, x, standing, question))
        else:
            model.maximize(worth)
        for meeting, slots in x.items():
            for slot, literal in slots.items():
                model.add_hint(literal, draft.slots.get(meeting) == slot)
        solver = self._context.solver(_ONE_S, linearization_level=2, relative_gap_limit=1e-4)
        status = self._context.run(solver, model)
        # Building the model takes longer than solving it; time that is counted must know.
        self._context.spent += _BUILD_S * sum(map(len, x.values()))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return _merged(draft, question, standing, x, serving, solver)

    def _variables(
        self, model: cp_model.CpModel, draft: Draft, question: Question
    ) -> dict[int, dict[int, cp_model.IntVar]]:
        day = self._day
        standing = {m: s for m, s in draft.slots.items() if s not in question.slots}
        firsts: dict[int, int] = {}
        lasts: dict[int, int] = {}
        for first, then in day.before:
            if first in standing:
                firsts[then] = max(firsts.get(then, -1), standing[first])
            if then in standing:
                lasts[first] = min(lasts.get(first, len(day.slots)), standing[then])
        made: dict[int, dict[int, cp_model.IntVar]] = {}
        for meeting, domain in enumerate(day.domain):
            if meeting in standing or not day.services[meeting]:
                continue
            if meeting not in draft.slots and meeting not in question.near:
                continue
            slots = {
                slot: model.new_bool_var("")
                for slot in domain
                if slot in question.slots
                and firsts.get(meeting, -1) < slot < lasts.get(meeting, len(day.slots))
            }
            if slots:
                made[meeting] = slots
                model.add_at_most_one(slots.values())
        return made

    def _people(
        self,
        model: cp_model.CpModel,
        x: Mapping[int, Mapping[int, cp_model.IntVar]],
        busy: Mapping[int, int],
    ) -> None:
        day = self._day
        for person in day.people:
            by_slot: dict[int, list[cp_model.IntVar]] = {}
            for meeting in day.of[person]:
                for slot, literal in x.get(meeting, {}).items():
                    by_slot.setdefault(slot, []).append(literal)
            for literals in by_slot.values():
                model.add_at_most_one(literals)
            most = day.problem.participants[person].most
            if most is not None and by_slot:
                total = sum(sum(literals) for literals in by_slot.values())
                model.add(total <= max(0, most - busy[person]))

    def _precedences(
        self, model: cp_model.CpModel, x: Mapping[int, Mapping[int, cp_model.IntVar]]
    ) -> None:
        for first, then in self._day.before:
            if first not in x or then not in x:
                continue
            for slot in x[first]:
                late = [literal for at, literal in x[first].items() if at >= slot]
                early = [literal for at, literal in x[then].items() if at <= slot]
                if early:
                    model.add_at_most_one(late + early)

    def _interpreters(
        self,
        model: cp_model.CpModel,
        x: Mapping[int, Mapping[int, cp_model.IntVar]],
        question: Question,
    ) -> dict[tuple[tuple[Service, ...], int, Service], cp_model.IntVar]:
        day = self._day
        classes: dict[tuple[Service, ...], list[int]] = {}
        for meeting in x:
            if day.services[meeting] != ((),):
                classes.setdefault(day.services[meeting], []).append(meeting)
        serving = {}
        for slot in sorted(question.slots):
            load: list[list[cp_model.IntVar]] = [[] for _ in day.seats]
            for services, meetings in classes.items():
                here = [x[meeting][slot] for meeting in meetings if slot in x[meeting]]
                counts = []
                for service in services:
                    number = model.new_int_var(0, len(here), "")
                    serving[services, slot, service] = number
                    counts.append(number)
                    for group in service:
                        load[group].append(number)
                model.add(sum(counts) == sum(here))
            for group, numbers in enumerate(load):
                if numbers:
                    model.add(sum(numbers) <= day.seats[group][slot])
        return serving

    def _scale(self, question: Question) -> int:
        """What one unit of value weighs, so that it outweighs all that it comes before."""
        day = self._day
        return 20 if question.aim == "fill" else 2 * (len(day.previous) + 1)

    def _weights(
        self,
        x: Mapping[int, Mapping[int, cp_model.IntVar]],
        busy: Mapping[int, int],
        question: Question,
    ) -> dict[tuple[int, int], int]:
        day = self._day
        scale = self._scale(question)
        weights = {}
        wanted = dict.fromkeys(day.people, 0)
        if question.aim == "fill":
            for meeting in question.favoured:
                for person in day.ends[meeting]:
                    wanted[person] += 1
        for meeting, slots in x.items():
            base = scale * day.meetings[meeting].value
            base += _MUST * scale if day.meetings[meeting].required else 0
            if question.aim == "fill" and meeting in question.favoured:
                # Whoever still wants most meetings cannot wait for a later slot.
                base += scale * sum(
                    max(0, wanted[person] - busy[person]) for person in day.ends[meeting]
                )
            for slot in slots:
                kept = day.previous.get(meeting) == slot
                weights[meeting, slot] = base + (2 if kept and question.aim != "fill" else 0)
        return weights

    def _starts(
        self,
        model: cp_model.CpModel,
        x: Mapping[int, Mapping[int, cp_model.IntVar]],
        standing: Mapping[int, int],
        question: Question,
    ) -> cp_model.LinearExprT:
        """How often people begin to be taken in the slots that may change or right after one."""
        day = self._day
        fixed = {
            (person, slot) for meeting, slot in standing.items() for person in day.ends[meeting]
        }
        free: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for meeting, slots in x.items():
            for slot, literal in slots.items():
                for person in day.ends[meeting]:
                    free.setdefault((person, slot), []).append(literal)
        total: list[cp_model.IntVar] = []
        edges = sorted(question.slots | {slot + 1 for slot in question.slots})
        for person in day.people:
            for slot in edges:
                here = sum(free.get((person, slot), ())) + ((person, slot) in fixed)
                before = sum(free.get((person, slot - 1), ())) + ((person, slot - 1) in fixed)
                if isinstance(here, int) and (here == 0 or isinstance(before, int)):
                    continue
                start = model.new_bool_var("")
                model.add(start >= here - before)
                total.append(start)
        return sum(total)


def _merged(
    draft: Draft,
    question: Question,
    standing: Mapping[int, int],
    x: Mapping[int, Mapping[int, cp_model.IntVar]],
    serving: Mapping[tuple[tuple[Service, ...], int, Service], cp_model.IntVar],
    solver: cp_model.CpSolver,
) -> Draft:
    slots = dict(standing)
    for meeting, literals in x.items():
        for slot, literal in literals.items():
            if solver.value(literal):
                slots[meeting] = slot
    served = {key: list(each) for key, each in draft.served.items() if key[1] not in question.slots}
    for (services, slot, service), number in serving.items():
        if solver.value(number):
            served.setdefault((services, slot), []).extend([service] * solver.value(number))
    return Draft(slots, served)

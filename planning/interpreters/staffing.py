"""The CP-SAT model of staffing: who sits in which booth in each part of each session.

`sits[i, n, b]` is 1 where interpreter i is in booth b of shift n. With `guarded=True` each rule
that must not be broken is tied to a literal per subject, which `explain` uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ortools.sat.python import cp_model

from planning.interpreters import rules
from planning.interpreters.compiled import BOTH, Compiled, Shift
from planning.interpreters.problem import Duty

Literal: TypeAlias = cp_model.IntVar  # 0/1
Subject: TypeAlias = tuple[str, ...]
Reader: TypeAlias = cp_model.CpSolver | cp_model.CpSolverSolutionCallback


class Staffing:
    """Builds the model into `model` (a new one by default)."""

    def __init__(
        self,
        compiled: Compiled,
        *,
        previous: Sequence[Duty] = (),
        locked: Iterable[tuple[str, int]] = (),
        guarded: bool = False,
    ) -> None:
        self.c = compiled
        self.model = cp_model.CpModel()
        self.terms: list[tuple[int, cp_model.IntVar]] = []
        self.guards: dict[tuple[str, Subject], Literal] = {}
        self.guarded = guarded
        self.sits: dict[tuple[int, int, int], Literal] = {}
        self.works: dict[tuple[int, int], Literal] = {}
        self._seats()
        for n, shift in enumerate(compiled.shifts):
            self._team(n, shift)
            self._languages(n, shift)
        self._continuity()
        self.totals: dict[int, cp_model.LinearExpr | int] = {}
        for i in range(len(compiled.people)):
            self._person(i)
        self._fair()
        self.moved = self._moves(previous)
        for key in locked:
            self._lock(key, previous)

    def _guard(self, rule: str, subject: Subject) -> list[Literal]:
        if not self.guarded:
            return []
        key = (rule, subject)
        if key not in self.guards:
            self.guards[key] = self.model.new_bool_var("")
        return [self.guards[key]]

    def _cost(self, rule: str, literal: Literal, units: int, subject: Subject) -> None:
        """`literal` true costs `units` of `rule`, or is forbidden where the rule must hold."""
        if not units or self.c.cost[rule] == 0:
            return
        price = self.c.cost[rule]
        if price is None:
            guard = self._guard(rule, subject)
            self.model.add_bool_or([literal.Not(), *(g.Not() for g in guard)])
        else:
            self.terms.append((units * price, literal))

    # -- teams -------------------------------------------------------------------------------

    def _seats(self) -> None:
        c = self.c
        for n, shift in enumerate(c.shifts):
            for i in range(len(c.people)):
                seats = []
                for b, (_, targets) in enumerate(shift.booths):
                    if c.can_sit(i, shift, targets):
                        seat = self.model.new_bool_var("")
                        self.sits[i, n, b] = seat
                        seats.append(seat)
                        if targets[0] in c.people[i].b and shift.booths[b][0] != BOTH:
                            self._cost(rules.INTO_B, seat, 1, ())
                if not seats:
                    continue
                works = self.model.new_bool_var("")
                self.works[i, n] = works
                self.model.add(sum(seats) == works)
                if c.away(i, shift):
                    self._cost(rules.AWAY, works, 1, (c.people[i].id,))

    def _in_booth(self, n: int, b: int) -> list[Literal]:
        return [self.sits[i, n, b] for i in range(len(self.c.people)) if (i, n, b) in self.sits]

    def _name(self, shift: Shift) -> Subject:
        return (shift.session.id, str(shift.number))

    def _team(self, n: int, shift: Shift) -> None:
        if self.c.cost[rules.TEAM] == 0:
            return
        booths = [self._in_booth(n, b) for b in range(len(shift.booths))]
        everyone = [literal for booth in booths for literal in booth]
        if self.c.hard(rules.TEAM):
            guard = self._guard(rules.TEAM, (*self._name(shift), str(shift.needed)))
            for booth in booths:
                self.model.add(sum(booth) >= shift.booth).only_enforce_if(guard)
            self.model.add(sum(everyone) >= shift.needed).only_enforce_if(guard)
            return
        short = self.model.new_int_var(0, shift.needed + shift.booth * len(booths), "")
        lacks = []
        for booth in booths:
            lack = self.model.new_int_var(0, shift.booth, "")
            self.model.add(lack >= shift.booth - sum(booth))
            lacks.append(lack)
        self.model.add(short >= sum(lacks))
        self.model.add(short >= shift.needed - sum(everyone))
        self.terms.append((self.c.cost[rules.TEAM] or 0, short))

    # -- languages ---------------------------------------------------------------------------

    def _able(self, n: int, shift: Shift, source: str, target: str) -> list[tuple[int, Literal]]:
        """(interpreter, literal) of those who work from source into target in its booth."""
        found = []
        for b, (_, targets) in enumerate(shift.booths):
            if target in targets:
                for i in range(len(self.c.people)):
                    if (i, n, b) in self.sits and self.c.takes(i, source, target):
                        found.append((i, self.sits[i, n, b]))
        return found

    def _any(self, literals: Sequence[Literal]) -> Literal:
        held = self.model.new_bool_var("")
        self.model.add_max_equality(held, [*literals, 0])
        return held

    def _languages(self, n: int, shift: Shift) -> None:
        heard = shift.session.heard
        direct: dict[tuple[str, str], Literal] = {}
        sources = sorted({*shift.session.floor, *(heard if len(heard) > 1 else ())})
        for source in sources:
            for target in heard:
                if source != target:
                    able = self._able(n, shift, source, target)
                    direct[source, target] = self._any([literal for _, literal in able])
        for source in shift.session.floor:
            relays = []
            for target in heard:
                if target != source:
                    relays.append(self._heard(shift, source, target, direct))
            self._pivots(n, shift, source, relays)

    def _heard(
        self, shift: Shift, source: str, target: str, direct: Mapping[tuple[str, str], Literal]
    ) -> Literal:
        """Source is heard in target directly, on relay, or not; the literal of the relay."""
        model, here = self.model, direct[source, target]
        legs = []
        for pivot in shift.session.heard:
            if pivot not in (source, target) and shift.booths[0][0] != BOTH:
                leg = model.new_bool_var("")
                model.add_min_equality(leg, [direct[source, pivot], direct[pivot, target]])
                legs.append(leg)
        through = self._any(legs)
        relay, lost = model.new_bool_var(""), model.new_bool_var("")
        model.add_bool_or([here, relay, lost])
        model.add_implication(relay, through)
        model.add_implication(relay, here.Not())
        model.add_implication(lost, here.Not())
        model.add_implication(lost, through.Not())
        subject = (*self._name(shift), source, target)
        self._cost(rules.DIRECTION, lost, 1, subject)
        self._cost(rules.RELAY, relay, 1, subject)
        return relay

    def _pivots(self, n: int, shift: Shift, source: str, relays: Sequence[Literal]) -> None:
        """Enough who take the source directly where it is relayed; never one alone."""
        c, model = self.c, self.model
        who: dict[int, list[Literal]] = {}
        for target in shift.session.heard:
            if target != source:
                for i, seat in self._able(n, shift, source, target):
                    who.setdefault(i, []).append(seat)
        persons = [self._any(seats) for _, seats in sorted(who.items())]
        relayed = self._any(relays)
        least = c.problem.standard.pivots
        if c.hard(rules.PIVOTS):
            guard = self._guard(rules.PIVOTS, (*self._name(shift), source, str(least)))
            model.add(sum(persons) >= least).only_enforce_if([relayed, *guard])
        elif c.cost[rules.PIVOTS]:
            short = model.new_int_var(0, least, "")
            model.add(short >= least - sum(persons)).only_enforce_if(relayed)
            self.terms.append((c.cost[rules.PIVOTS] or 0, short))
        if shift.needed > 1 and c.cost[rules.SOLE] != 0 and persons:
            alone = model.new_bool_var("")
            none = model.new_bool_var("")
            model.add(sum(persons) >= 2 - alone - 2 * none)
            model.add(sum(persons) == 0).only_enforce_if(none)
            self._cost(rules.SOLE, alone, 1, (*self._name(shift), source))

    def _continuity(self) -> None:
        c = self.c
        for n, shift in enumerate(c.shifts):
            if not shift.part or c.cost[rules.CONTINUITY] == 0:
                continue
            for i in range(len(c.people)):
                if (i, n) in self.works:
                    joins = self.model.new_bool_var("")
                    was = self.works.get((i, n - 1), 0)
                    self.model.add(self.works[i, n] - was <= joins)
                    self._cost(rules.CONTINUITY, joins, 1, (shift.session.id,))

    # -- working hours -----------------------------------------------------------------------

    def _person(self, i: int) -> None:
        c, model = self.c, self.model
        person = c.people[i]
        total: cp_model.LinearExpr | int = 0
        for day, spans in c.days.items():
            on: dict[tuple[int, int], Literal] = {}
            for span in spans:
                here = [
                    self.works[i, n]
                    for n, shift in enumerate(c.shifts)
                    if (shift.day, shift.start, shift.end) == (day, *span) and (i, n) in self.works
                ]
                if here:
                    on[span] = model.new_bool_var("")
                    bound = model.add(sum(here) == on[span])
                    for guard in self._guard(rules.TWICE, (person.id,)):
                        bound.only_enforce_if(guard)
                        model.add_max_equality(on[span], here)
            held = sorted(on)
            for place, x in enumerate(held):
                for y in held[place + 1 :]:
                    if y[0] < x[1]:
                        guards = self._guard(rules.TWICE, (person.id,))
                        model.add_bool_or([on[x].Not(), on[y].Not(), *(g.Not() for g in guards)])
            if not held:
                continue
            minutes = sum((end - start) * on[start, end] for start, end in held)
            total += minutes
            if person.fee and c.cost[rules.FEE] != 0:
                hired = model.new_bool_var("")
                for span in held:
                    model.add_implication(on[span], hired)
                self._cost(rules.FEE, hired, person.fee, ())
            self._hours(person.id, on, minutes)
        self.totals[i] = total

    def _over(self, rule: str, person: str) -> list[cp_model.LiteralT]:
        """Literals under which a limit of a day holds: none to hold always."""
        if self.c.hard(rule):
            return [*self._guard(rule, (person,))]
        over = self.model.new_bool_var("")
        self._cost(rule, over, 1, (person,))
        return [~over]

    def _hours(
        self,
        person: str,
        on: dict[tuple[int, int], Literal],
        minutes: cp_model.LinearExpr | int,
    ) -> None:
        c, model, standard = self.c, self.model, self.c.problem.standard
        held = sorted(on)
        if c.cost[rules.LONG_DAY] != 0:
            holds = self._over(rules.LONG_DAY, person)
            model.add(minutes <= standard.day_minutes).only_enforce_if(holds)
        near = {
            y: [x for x in held if x < y and 0 <= y[0] - x[1] < standard.rest_minutes] for y in held
        }
        if c.cost[rules.STRETCHES] != 0:
            first = []
            for y in held:
                begins = model.new_bool_var("")
                model.add(begins >= on[y] - sum(on[x] for x in near[y]))
                first.append(begins)
            if len(first) > standard.stretches:
                holds = self._over(rules.STRETCHES, person)
                model.add(sum(first) <= standard.stretches).only_enforce_if(holds)
        if c.cost[rules.STRETCH] != 0:
            self._stretch(on, near, self._over(rules.STRETCH, person))

    def _stretch(
        self,
        on: dict[tuple[int, int], Literal],
        near: dict[tuple[int, int], list[tuple[int, int]]],
        holds: list[cp_model.LiteralT],
    ) -> None:
        """No duty ends later than `stretch_minutes` after its stretch began."""
        model, limit = self.model, self.c.problem.standard.stretch_minutes
        begun: dict[tuple[int, int], cp_model.IntVar] = {}
        earliest = min(start for start, _ in on)
        for y in sorted(on):
            begun[y] = model.new_int_var(earliest, y[0], "")
            model.add(begun[y] >= y[1] - limit).only_enforce_if([on[y], *holds])
            for x in near[y]:
                model.add(begun[y] <= begun[x]).only_enforce_if([on[x], on[y]])

    def _fair(self) -> None:
        c, model = self.c, self.model
        totals = [self.totals[i] for i, person in enumerate(c.people) if person.fair]
        if len(totals) < 2 or c.cost[rules.FAIR] == 0:
            return
        most = sum(shift.minutes for shift in c.shifts)
        high, low = model.new_int_var(0, most, ""), model.new_int_var(0, most, "")
        for total in totals:
            model.add(high >= total)
            model.add(low <= total)
        if c.hard(rules.FAIR):
            model.add(high == low).only_enforce_if(self._guard(rules.FAIR, ()))
        else:
            between = model.new_int_var(0, most, "")
            model.add(between >= high - low)
            self.terms.append((c.cost[rules.FAIR] or 0, between))

    # -- changes -----------------------------------------------------------------------------

    def _standing(
        self, previous: Sequence[Duty]
    ) -> tuple[set[tuple[str, int]], set[tuple[int, int, int]], int]:
        """Parts that were planned, seats that were taken, and how many duties cannot be kept."""
        names = {person.id: i for i, person in enumerate(self.c.people)}
        shifts = {shift.key: n for n, shift in enumerate(self.c.shifts)}
        kept: set[tuple[int, int, int]] = set()
        lost = 0
        for duty in previous:
            n = shifts.get((duty.session, duty.part))
            if n is None:
                continue
            booths = [name for name, _ in self.c.shifts[n].booths]
            b = booths.index(duty.booth) if duty.booth in booths else -1
            key = (names.get(duty.interpreter, -1), n, b)
            if key in self.sits:
                kept.add(key)
            else:
                lost += 1
        return {(duty.session, duty.part) for duty in previous}, kept, lost

    def _moves(self, previous: Sequence[Duty]) -> cp_model.LinearExpr | int:
        """Duties dropped and added in parts that were planned before."""
        planned, kept, lost = self._standing(previous)
        moved: cp_model.LinearExpr | int = lost
        for key in sorted(self.sits):
            if self.c.shifts[key[1]].key in planned:
                moved += 1 - self.sits[key] if key in kept else self.sits[key]
        return moved

    def _lock(self, locked: tuple[str, int], previous: Sequence[Duty]) -> None:
        own = [duty for duty in previous if (duty.session, duty.part) == locked]
        _, kept, lost = self._standing(own)
        refuse = [guard.Not() for guard in self._guard(rules.LOCKED, (locked[0],))]
        if lost:
            self.model.add_bool_or(refuse)
        for key in sorted(self.sits):
            if self.c.shifts[key[1]].key == locked:
                literal = self.sits[key] if key in kept else self.sits[key].Not()
                self.model.add_bool_or([literal, *refuse])

    # -- results -----------------------------------------------------------------------------

    def objective(self) -> cp_model.LinearExpr | int:
        return sum(cost * literal for cost, literal in self.terms)

    def duties(self, value: Reader) -> list[Duty]:
        """The duties of a solution, by session, part, booth and interpreter in their order."""
        found = []
        for i, n, b in sorted(self.sits, key=lambda key: (key[1], key[2], key[0])):
            if value.boolean_value(self.sits[i, n, b]):
                shift = self.c.shifts[n]
                found.append(
                    Duty(shift.session.id, shift.part, shift.booths[b][0], self.c.people[i].id)
                )
        return found

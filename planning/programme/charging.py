"""What the parts of the exact model share: its variables, and how a rule is charged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ortools.sat.python import cp_model

from planning.programme.compiled import Compiled
from planning.programme.problem import Place, Problem
from planning.programme.reasons import Subject

Literal: TypeAlias = cp_model.IntVar  # 0/1
Expression: TypeAlias = cp_model.LinearExpr | int  # 0/1
Reader: TypeAlias = cp_model.CpSolver | cp_model.CpSolverSolutionCallback


class Charging:
    """Variables of the exact model (see `exact`), and the ways in which rules are charged.

    Each rule is either a cost in `terms` or, where it must not be broken, a constraint; with
    `guarded` the constraint holds only if the literal of its rule and subject is true. What costs
    more than `ceiling` (the cost of a programme that is known) is forbidden as well: it cannot be
    part of a better one. What is settled beforehand is neither charged nor forbidden.
    """

    c: Compiled
    problem: Problem
    model: cp_model.CpModel
    guarded: bool
    ceiling: int | None
    one: Literal
    terms: list[tuple[int, Literal]]
    guards: dict[tuple[str, Subject], Literal]
    meets: dict[tuple[int, int, int], Literal]
    used: dict[tuple[int, int], Literal]
    present: dict[tuple[int, int], Literal]
    at: dict[tuple[int, int], Literal]
    seat: dict[tuple[int, int, int], Literal]
    on: dict[tuple[int, int, int, int], Literal]
    nth: dict[tuple[int, int, int, int], Literal]
    kept: dict[int, tuple[int, int, Literal]]
    slots_of: list[list[int]]
    rooms_of: dict[tuple[int, int], list[int]]
    talk_slots: list[list[int]]
    previous: dict[str, Place]
    roomless: bool
    common: dict[tuple[int, int], dict[str, int]]

    def _guard(self, rule: str, subject: Subject) -> list[Literal]:
        if not self.guarded:
            return []
        key = (rule, subject)
        if key not in self.guards:
            self.guards[key] = self.model.new_bool_var(f"{rule}:{'/'.join(subject)}")
        return [self.guards[key]]

    def _must(self, rule: str, units: int) -> bool:
        """Whether so many units of the rule are forbidden."""
        if self.c.hard(rule):
            return True
        return self.ceiling is not None and units * self.c.weighted(rule) > self.ceiling

    def _cost(self, rule: str, literal: Literal, units: int, subject: Subject) -> None:
        """`literal` true costs `units` of `rule`, or is forbidden where the rule must hold."""
        if not units or self.c.cost[rule] == 0 or literal is self.one:
            return
        if self._must(rule, units):
            guard = self._guard(rule, subject)
            self.model.add_bool_or([literal.Not(), *(g.Not() for g in guard)])
        else:
            self.terms.append((units * self.c.weighted(rule), literal))

    def _excess(self, rule: str, amounts: Sequence[Literal], most: int, subject: Subject) -> None:
        """Each of `amounts` true beyond `most` of them costs one unit of `rule`."""
        most = max(most, sum(literal is self.one for literal in amounts))
        if len(amounts) <= most or self.c.cost[rule] == 0:
            return
        if self._must(rule, 1):
            bound = self.model.add(sum(amounts) <= most)
            for guard in self._guard(rule, subject):
                bound.only_enforce_if(guard)
            return
        over = self.model.new_int_var(0, len(amounts) - most, "")
        self.model.add(over >= sum(amounts) - most)
        self.terms.append((self.c.weighted(rule), over))

    def _beside(self, rule: str, sessions: Mapping[int, Sequence[Literal]], who: Subject) -> None:
        """Of these sessions by slot, each that is beside one that begins before it or with it
        costs one unit of `rule`."""
        if self.c.cost[rule] == 0:
            return
        time = self.c.time
        for s in sorted(sessions):
            earlier = [x for x in time.beside[s] if x < s and sessions.get(x)]
            if not earlier:
                self._excess(rule, sessions[s], 1, who)
            elif self._must(rule, 1):
                begin = time.begin[s]
                at_once = [v for x in earlier if time.end[x] > begin for v in sessions[x]]
                self._excess(rule, [*at_once, *sessions[s]], 1, who)
            elif sessions[s]:
                over = self.model.new_int_var(0, len(sessions[s]), "")
                self.model.add(over >= sum(sessions[s]) - 1)
                for x in earlier:
                    for literal in sessions[x]:
                        self.model.add(over >= sum(sessions[s]) - 1 + literal)
                self.terms.append((self.c.weighted(rule), over))

    def _both(
        self, rule: str, pairs: Iterable[Sequence[Expression]], units: int, who: Subject
    ) -> None:
        """If for any of `pairs` all its 0/1 expressions are 1, `units` of `rule` are due, once."""
        if not units or self.c.cost[rule] == 0:
            return
        loose = [pair for pair in pairs if any(part is not self.one for part in pair)]
        if not loose:
            return
        if self._must(rule, units):
            guard = self._guard(rule, who)
            for pair in loose:
                if not guard and all(isinstance(part, cp_model.IntVar) for part in pair):
                    self.model.add_bool_or([part.Not() for part in pair if part is not self.one])  # type: ignore[union-attr]  # tested above
                else:
                    self.model.add(sum(pair) + sum(guard) <= len(pair) - 1 + len(guard))
            return
        due = self.model.new_bool_var("")
        for pair in loose:
            self.model.add(sum(pair) <= len(pair) - 1 + due)
        self.terms.append((units * self.c.weighted(rule), due))

    def _any(self, literals: Sequence[Literal]) -> Literal:
        """A literal that is true where any of these is."""
        if len(literals) == 1:
            return literals[0]
        if any(literal is self.one for literal in literals):
            return self.one
        found = self.model.new_bool_var("")
        self.model.add_max_equality(found, literals)
        return found

    # -- what sessions cost in a cell -----------------------------------------------------------

    def _common(self, s: int, r: int) -> dict[str, int]:
        """Units per rule that every track would pay in the cell, of rules that only cost."""
        of_track = [self.c.session_units.get((t, s, r)) for t in range(len(self.problem.tracks))]
        if not all(of_track):
            return {}
        first = of_track[0] or {}
        return {
            rule: min((units or {}).get(rule, 0) for units in of_track)
            for rule in first
            if not self.c.hard(rule)
        }

    def _extras(self, t: int, s: int, r: int) -> dict[str, int]:
        """Units per rule that the track pays in the cell besides those that all pay."""
        units = self.c.session_units.get((t, s, r))
        if not units:
            return {}
        common = self.common.get((s, r), {})
        extras = {rule: count - common.get(rule, 0) for rule, count in units.items()}
        return {rule: count for rule, count in extras.items() if count}

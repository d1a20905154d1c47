"""What the parts of the exact model share: its variables, and how a rule is charged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ortools.sat.python import cp_model

from planning.programme.compiled import Compiled
from planning.programme.problem import Place, Problem

Literal: TypeAlias = cp_model.IntVar  # 0/1
Expression: TypeAlias = cp_model.LinearExpr | int  # 0/1
Subject: TypeAlias = tuple[str, ...]
Reader: TypeAlias = cp_model.CpSolver | cp_model.CpSolverSolutionCallback


class Charging:
    """Variables of the exact model (see `exact`), and the ways in which rules are charged.

    Each rule is either a cost in `terms` or, where it must not be broken, a constraint; with
    `guarded` the constraint holds only if the literal of its rule and subject is true.
    """

    c: Compiled
    problem: Problem
    model: cp_model.CpModel
    guarded: bool
    terms: list[tuple[int, Literal]]
    guards: dict[tuple[str, Subject], Literal]
    meets: dict[tuple[int, int, int], Literal]
    used: dict[tuple[int, int], Literal]
    present: dict[tuple[int, int], Literal]
    at: dict[tuple[int, int], Literal]
    seat: dict[tuple[int, int, int], Literal]
    on: dict[tuple[int, int, int, int], Literal]
    kept: dict[int, tuple[int, int, Literal]]
    rooms_in: dict[int, list[int]]
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

    def _cost(self, rule: str, literal: Literal, units: int, subject: Subject) -> None:
        """`literal` true costs `units` of `rule`, or is forbidden where the rule must hold."""
        if not units or self.c.cost[rule] == 0:
            return
        if self.c.hard(rule):
            guard = self._guard(rule, subject)
            self.model.add_bool_or([literal.Not(), *(g.Not() for g in guard)])
        else:
            self.terms.append((units * self.c.weighted(rule), literal))

    def _excess(self, rule: str, amounts: Sequence[Literal], most: int, subject: Subject) -> None:
        """Each of `amounts` true beyond `most` of them costs one unit of `rule`."""
        if len(amounts) <= most or self.c.cost[rule] == 0:
            return
        if self.c.hard(rule):
            bound = self.model.add(sum(amounts) <= most)
            for guard in self._guard(rule, subject):
                bound.only_enforce_if(guard)
            return
        over = self.model.new_int_var(0, len(amounts) - most, "")
        self.model.add(over >= sum(amounts) - most)
        self.terms.append((self.c.weighted(rule), over))

    def _both(
        self, rule: str, pairs: Iterable[Sequence[Expression]], units: int, who: Subject
    ) -> None:
        """If for any of `pairs` all its 0/1 expressions are 1, `units` of `rule` are due, once."""
        if not units or self.c.cost[rule] == 0:
            return
        if self.c.hard(rule):
            guard = self._guard(rule, who)
            for pair in pairs:
                self.model.add(sum(pair) + sum(guard) <= len(pair) - 1 + len(guard))
            return
        due = self.model.new_bool_var("")
        for pair in pairs:
            self.model.add(sum(pair) <= len(pair) - 1 + due)
        self.terms.append((units * self.c.weighted(rule), due))

    # -- what sessions cost in a cell -----------------------------------------------------------

    def _real_rooms(self) -> dict[int, list[int]]:
        rooms: dict[int, list[int]] = defaultdict(list)
        for s, r in self.c.cells:
            rooms[s].append(r)
        return rooms

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
        common = self.common[s, r]
        extras = {rule: count - common.get(rule, 0) for rule, count in units.items()}
        return {rule: count for rule, count in extras.items() if count}

"""The rules of the exact model about two contributions: at once, and with time between."""

from __future__ import annotations

from collections.abc import Sequence

from planning.programme import rules
from planning.programme.charging import Expression, Literal
from planning.programme.compiled import Near
from planning.programme.exact_within import Within


class Pairs(Within):
    """Adds the rules to the variables that `exact` has made."""

    def _pairs(self) -> None:
        c = self.c
        if c.cost[rules.PERSON_TWICE] != 0:
            for a, b in c.shared:
                self._at_once(rules.PERSON_TWICE, a, b, 1, self.problem.people_stay)
        for (a, b), count in c.wanted.items():
            self._at_once(rules.CLASH, a, b, count, self.problem.delegates_stay)
        for near in c.near:
            if self.problem.people_stay:
                self._slots_near(near)
            else:
                self._times_near(near)

    def _settled(self, i: int) -> bool:
        """Whether the place of the contribution is not to be decided."""
        slots = self.talk_slots[i]
        return len(slots) == 1 and self.at[i, slots[0]] is self.one

    def _at_once(self, rule: str, a: int, b: int, units: int, stay: bool) -> None:
        """a and b are on at once in two rooms."""
        pairs: list[Sequence[Expression]] = []
        others = set(self.talk_slots[b])
        for s in self.talk_slots[a]:
            for x in self.c.time.beside[s]:
                if x in others:
                    pairs.extend(self._in_two_rooms(a, s, b, x) if stay else ())
        if not stay:
            pairs = self._running_at_once(a, b)
        if pairs:
            self._both(rule, pairs, units, (self.c.given(a).id, self.c.given(b).id))

    def _in_two_rooms(self, a: int, s: int, b: int, x: int) -> list[Sequence[Expression]]:
        """a is in slot s and b in slot x, and not in one session."""
        if s != x or self.c.track_of[a] != self.c.track_of[b]:
            return [(self.at[a, s], self.at[b, x])]
        t = self.c.track_of[a]
        if not self.c.needs_rooms(t):
            return []
        return [
            (self.seat[a, s, r], self.at[b, s] - self.seat.get((b, s, r), 0))
            for r in self.rooms_of[t, s]
            if (a, s, r) in self.seat
            and not ((b, s, r) in self.seat and self.seat[b, s, r] is self.at[b, s])
        ]

    def _running_at_once(self, a: int, b: int) -> list[Sequence[Expression]]:
        """a and b run at a unit of time; in one session they never do."""
        mine, theirs = self._runs(a), self._runs(b)
        found: list[Sequence[Expression]] = []
        for unit in sorted(mine.keys() & theirs.keys()):
            if mine[unit].keys() & theirs[unit].keys():
                for room, literals in mine[unit].items():
                    others = [v for r, held in theirs[unit].items() if r != room for v in held]
                    if others:
                        found.append((sum(literals), sum(others)))
            else:
                found.append(
                    (
                        sum(v for held in mine[unit].values() for v in held),
                        sum(v for held in theirs[unit].values() for v in held),
                    )
                )
        return found

    def _runs(self, i: int) -> dict[int, dict[int, list[Literal]]]:
        """Unit of time (a step since a fixed moment) -> room -> literals of contribution i that
        make it run then."""
        if i not in self.running:
            length = self.c.given(i).minutes // self.c.step
            found: dict[int, dict[int, list[Literal]]] = {}
            for s in self.talk_slots[i]:
                first = self.c.first_unit[s]
                for r in self.rooms_of[self.c.track_of[i], s]:
                    for k, literal in self._starts(i, s, r):
                        for unit in range(first + k, first + k + length):
                            found.setdefault(unit, {}).setdefault(r, []).append(literal)
            self.running[i] = found
        return self.running[i]

    @property
    def running(self) -> dict[int, dict[int, dict[int, list[Literal]]]]:
        """What `_runs` has found."""
        if not hasattr(self, "_running"):
            self._running: dict[int, dict[int, dict[int, list[Literal]]]] = {}
        return self._running

    # -- time between --------------------------------------------------------------------------

    def _names(self, near: Near) -> tuple[str, str]:
        return self.c.given(near.a).id, self.c.given(near.b).id

    def _slots_near(self, near: Near) -> None:
        """People are taken up for whole slots: two slots are too near or they are not."""
        a, b = near.a, near.b
        pairs: list[Sequence[Expression]] = []
        for s in self.talk_slots[a]:
            for x in self.talk_slots[b]:
                if self.c.time.between(s, x) >= near.minutes:
                    continue
                if s == x and near.together:
                    pairs.extend(self._in_two_rooms(a, s, b, x))
                else:
                    pairs.append((self.at[a, s], self.at[b, x]))
        if pairs:
            self._both(near.rule, pairs, 1, self._names(near))

    def _times_near(self, near: Near) -> None:
        """People are taken up while they present: the times decide."""
        a, b = near.a, near.b
        if self._settled(a) and self._settled(b) and not self.c.timed:
            return
        start = {i: self._start(i) for i in (a, b)}
        apart = []
        for first, second in ((a, b), (b, a)):
            later = self.model.new_bool_var("")
            gap = self.c.given(first).minutes + near.minutes
            self.model.add(start[second] >= start[first] + gap).only_enforce_if(later)
            apart.append(later)
        if near.together and self.c.track_of[a] == self.c.track_of[b]:
            for (i, s, r), literal in list(self.seat.items()):
                if i == a and (b, s, r) in self.seat:
                    both = self.model.new_bool_var("")
                    self.model.add_implication(both, literal)
                    self.model.add_implication(both, self.seat[b, s, r])
                    apart.append(both)
        close = self.model.new_bool_var("")
        self.model.add_bool_or([close, *apart])
        self._cost(near.rule, close, 1, self._names(near))

    def _start(self, i: int) -> Expression:
        """Minutes since a fixed moment at which i begins."""
        base = self.c.begin[0]
        return sum(
            (self.c.begin[s] - base + k * self.c.step) * literal
            for s in self.talk_slots[i]
            for r in self.rooms_of[self.c.track_of[i], s]
            for k, literal in self._starts(i, s, r)
        )

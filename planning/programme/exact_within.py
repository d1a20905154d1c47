"""What comes when within a session, in the exact model."""

from __future__ import annotations

from itertools import combinations

from planning.programme import rules
from planning.programme.charging import Charging, Literal, Reader


class Within(Charging):
    """Lines up the contributions of sessions, and numbers them."""

    def _starts(self, i: int, s: int, r: int) -> list[tuple[int, Literal]]:
        """Steps after the start of the slot at which i may begin there."""
        if self.problem.rooms[r].boards:
            return [(0, self.on[i, s, r, 0])] if (i, s, r, 0) in self.on else []
        count = self.c.long[s] // self.c.step
        return [(k, self.on[i, s, r, k]) for k in range(count) if (i, s, r, k) in self.on]

    def _line_up(self, s: int, r: int, here: list[int]) -> None:
        """Contributions of a session follow one another from its start without gaps."""
        step = self.c.step
        count = self.c.long[s] // step
        covers: list[list[Literal]] = [[] for _ in range(count)]
        for i in here:
            length = self.c.given(i).minutes // step
            starts = []
            for k in range(count - length + 1):
                literal = self.model.new_bool_var("")
                self.on[i, s, r, k] = literal
                starts.append(literal)
                for unit in range(k, k + length):
                    covers[unit].append(literal)
                for rule, units in self.c.talk_units(i, s, k * step).items():
                    self._cost(rule, literal, units, (self.c.given(i).id,))
            self.model.add(sum(starts) == self.seat[i, s, r]).only_enforce_if(
                self._guard(rules.ROOM_FOR_ALL, ())
            )
        for unit, cover in enumerate(covers):
            if cover:
                self.model.add_at_most_one(cover)
            if unit:
                self.model.add(sum(cover) <= sum(covers[unit - 1]))

    def _number(self, s: int, r: int, here: list[int]) -> None:
        """Which contribution of a session is its first, second and so on; the later begins
        later."""
        sizes = sorted(self.c.size[i] for i in here)
        count, used = 0, 0
        while count < len(sizes) and used + sizes[count] <= self.c.holds(s, r):
            used += sizes[count]
            count += 1
        ranks: list[list[Literal]] = [[] for _ in range(count)]
        for i in here:
            for k in range(count):
                self.nth[i, s, r, k] = self.model.new_bool_var("")
                ranks[k].append(self.nth[i, s, r, k])
            own = [self.nth[i, s, r, k] for k in range(count)]
            self.model.add(sum(own) == self.seat[i, s, r]).only_enforce_if(
                self._guard(rules.ROOM_FOR_ALL, ())
            )
        for k, rank in enumerate(ranks):
            self.model.add_at_most_one(rank)
            if k:
                self.model.add(sum(rank) <= sum(ranks[k - 1]))
        if self.problem.rooms[r].boards:
            self._in_their_order(s, r, here, count)
        elif self.c.timed:
            longest = self.c.long[s] // self.c.step
            begins = [self.model.new_int_var(0, longest, "") for _ in range(count)]
            for k, begin in enumerate(begins):
                if k:
                    self.model.add(begin >= begins[k - 1] + 1)
                for i in here:
                    start = sum(j * v for j, v in self._starts(i, s, r))
                    self.model.add(start == begin).only_enforce_if(self.nth[i, s, r, k])

    def _in_their_order(self, s: int, r: int, here: list[int], count: int) -> None:
        """Posters of a session stand in the order of the problem."""
        rank = {i: sum(k * self.nth[i, s, r, k] for k in range(count)) for i in here}
        for a, b in combinations(sorted(here), 2):
            both = self.seat[a, s, r] + self.seat[b, s, r]
            self.model.add(rank[a] + 1 <= rank[b] + (count + 1) * (2 - both))

    def _rank(self, value: Reader, i: int, s: int, r: int) -> int:
        for held in (self.nth, self.on):
            for k in range(self.c.long[s] // self.c.step + self.problem.rooms[r].boards):
                literal = held.get((i, s, r, k))
                if literal is not None and value.boolean_value(literal):
                    return k
        return 0

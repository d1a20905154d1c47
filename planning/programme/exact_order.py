"""Order, positions and neighbours in the exact model.

The order of a track is that of its cells, sorted by slot and room, and within a cell by rank.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from planning.programme import rules
from planning.programme.charging import Expression, Literal
from planning.programme.exact_within import Within

Cell = tuple[int, int]  # slot and room, or slot and -1 where rooms are given out afterwards


class Orders(Within):
    """Adds the rules to the variables that `exact` has made."""

    def _orders(self) -> None:
        for t, members in enumerate(self.c.members):
            ranked = [i for i in members if self.c.order(i)]
            placed = [i for i in members if self.c.position(i)]
            if ranked:
                self._track_order(t, ranked)
            if placed:
                self._track_positions(t, placed)
            for i in members:
                if self.c.session_position(i):
                    self._session_position(i)
        for a, b in self.c.adjacent:
            self._next_to(a, b)

    def _cells(self, t: int) -> list[Cell]:
        """The cells of a track in their order."""
        if self.c.needs_rooms(t):
            return [(s, r) for s in self.slots_of[t] for r in self.rooms_of[t, s]]
        return [(s, -1) for s in self.slots_of[t]]

    def _in(self, i: int, cell: Cell) -> Literal | None:
        """The literal that says that i is in the cell."""
        s, r = cell
        return self.at.get((i, s)) if r < 0 else self.seat.get((i, s, r))

    def _where(self, i: int, cells: list[Cell]) -> tuple[Expression, list[int]]:
        """The number of the cell in which i is, and the numbers it can be."""
        total: Expression = 0
        numbers = []
        for n, cell in enumerate(cells):
            literal = self._in(i, cell)
            if literal is not None:
                total += n * literal
                numbers.append(n)
        return total, numbers

    # -- order ---------------------------------------------------------------------------------

    def _track_order(self, t: int, ranked: list[int]) -> None:
        cells = self._cells(t)
        where = {i: self._where(i, cells) for i in ranked}
        groups: dict[int, list[int]] = defaultdict(list)
        for i in ranked:
            groups[self.c.order(i)].append(i)
        levels = [groups[order] for order in sorted(groups)]
        if self._must(rules.ORDER, 1) and not self.guarded:
            for earlier, later in pairwise(levels):
                for a in earlier:
                    for b in later:
                        self._not_after(a, b, cells, where, None)
            return
        for n, earlier in enumerate(levels):
            for later in levels[n + 1 :]:
                for a in earlier:
                    for b in later:
                        due = self.model.new_bool_var("")
                        self._not_after(a, b, cells, where, due)
                        names = (self.c.given(a).id, self.c.given(b).id)
                        self._cost(rules.ORDER, due, 1, names)

    def _not_after(
        self,
        a: int,
        b: int,
        cells: list[Cell],
        where: dict[int, tuple[Expression, list[int]]],
        due: Literal | None,
    ) -> None:
        """a is not behind b, or `due` is true."""
        (first, mine), (second, theirs) = where[a], where[b]
        if not mine or not theirs:
            return
        if max(mine) > min(theirs):
            if max(mine) == min(mine) and max(theirs) == min(theirs) and due is None:
                return  # both settled, and not to be helped
            slack: Expression = 0 if due is None else len(cells) * due
            self.model.add(first <= second + slack)
        if due is None and len(mine) > 1 and len(theirs) > 1 and len(cells) <= 40:
            self._step_by_step(a, b, cells)
        t = self.c.track_of[a]
        if self.c.timed or self.c.lined[t]:
            for n in set(mine) & set(theirs):
                self._not_after_inside(a, b, cells[n], due)

    def _step_by_step(self, a: int, b: int, cells: list[Cell]) -> None:
        """Redundant: where b is in one of the first cells, a is as well."""
        mine: list[Literal] = []
        theirs: list[Literal] = []
        for cell in cells[:-1]:
            for i, held in ((a, mine), (b, theirs)):
                literal = self._in(i, cell)
                if literal is not None:
                    held.append(literal)
            if theirs:
                self.model.add(sum(theirs) <= sum(mine))

    def _not_after_inside(self, a: int, b: int, cell: Cell, due: Literal | None) -> None:
        s, r = cell
        rank = {i: self._ranks(i, s, r) for i in (a, b)}
        if not rank[a] or not rank[b]:
            return
        one, other = self._in(a, cell), self._in(b, cell)
        if one is None or other is None:
            return
        first = sum(k * literal for k, literal in rank[a])
        second = sum(k * literal for k, literal in rank[b])
        most = max(k for held in rank.values() for k, _ in held) + 1
        slack: Expression = most * (2 - one - other)
        if due is not None:
            slack += most * due
        self.model.add(first <= second + slack)

    def _ranks(self, i: int, s: int, r: int) -> list[tuple[int, Literal]]:
        """(rank within the session, its literal), by number or by time."""
        if self.c.lined[self.c.track_of[i]]:
            found: list[tuple[int, Literal]] = []
            while (i, s, r, len(found)) in self.nth:
                found.append((len(found), self.nth[i, s, r, len(found)]))
            return found
        if self.problem.rooms[r].boards:
            return []
        return self._starts(i, s, r)

    # -- positions -----------------------------------------------------------------------------

    def _track_positions(self, t: int, placed: list[int]) -> None:
        """Count the contributions before each cell; a position lies in the cell's range."""
        cells, count = self._cells(t), len(self.c.members[t])
        until: list[Expression] = [0]
        for cell in cells:
            here = [v for i in self.c.members[t] if (v := self._in(i, cell)) is not None]
            total = self.model.new_int_var(0, count, "")
            self.model.add(total == until[-1] + sum(here))
            until.append(total)
        kept: dict[int, list[Literal]] = defaultdict(list)
        for i in placed:
            wanted = self.c.position(i)
            due = self.model.new_bool_var("")
            kept[wanted].append(due)
            self._cost(rules.POSITION, due, 1, (self.c.given(i).id,))
            if not 1 <= wanted <= count:
                self.model.add(due == 1)
                continue
            for n, cell in enumerate(cells):
                literal = self._in(i, cell)
                if literal is None:
                    continue
                if self.c.lined[t]:
                    for k, rank in self._ranks(i, *cell):
                        self.model.add(until[n] == wanted - 1 - k).only_enforce_if(
                            [rank, due.Not()]
                        )
                    continue
                self.model.add(until[n] <= wanted - 1).only_enforce_if([literal, due.Not()])
                self.model.add(until[n + 1] >= wanted).only_enforce_if([literal, due.Not()])
        for dues in kept.values():
            if len(dues) > 1:
                self.model.add(sum(dues) >= len(dues) - 1)
        if self._must(rules.POSITION, 1) and not self.guarded:
            where = {i: self._where(i, cells) for i in placed}
            line = sorted(placed, key=self.c.position)
            for a, b in pairwise(line):
                self._not_after_cells(a, b, where)

    def _not_after_cells(
        self, a: int, b: int, where: dict[int, tuple[Expression, list[int]]]
    ) -> None:
        """Redundant: who has an earlier position is in no later cell."""
        (first, mine), (second, theirs) = where[a], where[b]
        if len(mine) > 1 or len(theirs) > 1:
            self.model.add(first <= second)

    def _session_position(self, i: int) -> None:
        """i is the k-th from the start, or from the end, of its session."""
        t, wanted = self.c.track_of[i], self.c.session_position(i)
        due = self.model.new_bool_var("")
        self._cost(rules.SESSION_POSITION, due, 1, (self.c.given(i).id,))
        for s, r in self._cells(t):
            ranks = self._ranks(i, s, r)
            if wanted > 0:
                for k, rank in ranks:
                    if k != wanted - 1:
                        self.model.add_implication(rank, due)
                continue
            here = [v for j in self.c.members[t] if (v := self._in(j, (s, r))) is not None]
            for k, rank in ranks:
                self.model.add(sum(here) == k - wanted).only_enforce_if([rank, due.Not()])

    def _next_to(self, a: int, b: int) -> None:
        """a and b are neighbours in one session."""
        due = self.model.new_bool_var("")
        self._cost(rules.NEXT_TO, due, 1, (self.c.given(a).id, self.c.given(b).id))
        for s, r in self._cells(self.c.track_of[a]):
            mine, theirs = dict(self._ranks(a, s, r)), dict(self._ranks(b, s, r))
            for k, rank in mine.items():
                beside = [theirs[j] for j in (k - 1, k + 1) if j in theirs]
                self.model.add_bool_or([rank.Not(), due, *beside])

"""The small frame: each track in one room, in slots that follow one another."""

from __future__ import annotations

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.deal import goes_in_order, line_of, packing
from planning.programme.frame import Extend, Meets
from planning.programme.prices import cell_price, may_be, sessions_by_position

Cell = tuple[int, int]


class BlockFrame:
    """A set packing over all such runs, solved at once wherever there is such a frame; then no
    rule about the rooms, parallels and gaps of tracks costs anything."""

    def __init__(self, compiled: Compiled, extend: Extend | None = None) -> None:
        self.c = c = compiled
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...], bool], bool] = {}
        self.model = cp_model.CpModel()
        terms: list[cp_model.LinearExpr | int] = []
        covers: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
        taken: dict[Cell, list[cp_model.IntVar]] = {cell: [] for cell in c.cells}
        self.literals: list[cp_model.IntVar] = []
        self.tracks = [t for t, members in enumerate(c.members) if members]
        for t in self.tracks:
            runs = []
            for cells, price in self._runs(t):
                run = self.model.new_bool_var("")
                runs.append(run)
                self.literals.append(run)
                terms.append(price * run)
                for s, r in cells:
                    covers.setdefault((t, s, r), []).append(run)
                    taken[s, r].append(run)
            self.model.add_exactly_one(runs)
        for held in taken.values():
            self.model.add_at_most_one(held)
        self.meets: Meets = {key: sum(runs) for key, runs in covers.items()}
        self._apart(covers, terms)
        if extend:
            extend(self.model, self.meets)
        self.model.minimize(sum(terms))

    def _runs(self, t: int) -> list[tuple[list[Cell], int]]:
        """All runs of cells the track could have, with their estimated cost."""
        c = self.c
        members = c.members[t]
        sizes = [c.size[i] for i in line_of(c, t)]
        in_order = any(c.order(i) or c.position(i) for i in members)
        least = sessions_by_position(c, t)
        found = []
        for r in range(len(c.problem.rooms)):
            own = [s for s, room in c.cells if room == r]
            fits = [s for s in own if any(c.suits(i, s, r) for i in members)]
            prices = {s: cell_price(c, t, s, r) for s in fits}
            for first in range(len(own)):
                slots: list[int] = []
                for s in own[first:]:
                    if prices.get(s) is None or (slots and c.begin[s] < c.time.end[slots[-1]]):
                        break
                    slots.append(s)
                    room = [c.holds(x, r) for x in slots]
                    if sum(room) < sum(sizes) or len(slots) < least:
                        continue
                    if self._holds(sizes, room, in_order):
                        if self._suits(t, slots, r):
                            price = sum(prices[x] or 0 for x in slots)
                            found.append(([(x, r) for x in slots], price))
                        break
        return found

    def _holds(self, sizes: list[int], room: list[int], in_order: bool) -> bool:
        key = (tuple(sizes), tuple(room), in_order)
        if key not in self._known:
            self._known[key] = (
                goes_in_order(sizes, room) if in_order else packing(sizes, room) is not None
            )
        return self._known[key]

    def _suits(self, t: int, slots: list[int], r: int) -> bool:
        """Whether each contribution may be in one of the sessions, and no slot is left out."""
        c = self.c
        if c.time.gap(sum(1 << s for s in slots)):
            return False
        return all(any(may_be(c, i, s, r) for s in slots) for i in c.members[t])

    def _apart(
        self,
        covers: dict[tuple[int, int, int], list[cp_model.IntVar]],
        terms: list[cp_model.LinearExpr | int],
    ) -> None:
        """Chairs, plenaries and similar tracks."""
        c = self.c
        by_slot: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for (t, s, _), runs in covers.items():
            by_slot.setdefault((t, s), []).extend(runs)
        if c.cost[rules.CHAIR_TWICE] != 0:
            for tracks in c.chaired.values():
                for s in range(len(c.slots)):
                    at_once = [x for x in c.time.beside[s] if c.begin[x] <= c.begin[s]]
                    held = [run for t in tracks for x in at_once for run in by_slot.get((t, x), ())]
                    if c.hard(rules.CHAIR_TWICE):
                        self.model.add_at_most_one(held)
                    elif len(held) > 1:
                        over = self.model.new_int_var(0, len(held), "")
                        self.model.add(over >= sum(held) - 1)
                        terms.append(c.weighted(rules.CHAIR_TWICE) * over)
        for i, given in enumerate(c.problem.contributions):
            if given.plenary and given.slot and c.hard(rules.PLENARY) and c.hard(rules.FIXED):
                s = c.slot_index[given.slot]
                others = [
                    run
                    for t in self.tracks
                    if t != c.track_of[i]
                    for x in c.time.beside[s]
                    for run in by_slot.get((t, x), ())
                ]
                self.model.add(sum(others) == 0)
        for a, b, units in c.similar:
            if c.cost[rules.SIMILAR] == 0:
                continue
            for s in range(len(c.slots)):
                for x in c.time.beside[s]:
                    if (a, s) in by_slot and (b, x) in by_slot:
                        pair = sum(by_slot[a, s]) + sum(by_slot[b, x])
                        if c.hard(rules.SIMILAR):
                            self.model.add(pair <= 1)
                        else:
                            both = self.model.new_bool_var("")
                            self.model.add(pair <= 1 + both)
                            terms.append(c.weighted(rules.SIMILAR) * units * both)

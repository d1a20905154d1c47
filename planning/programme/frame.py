"""The frame of a large programme: which track meets in which room and slot.

Decided first, from each track's contributions and needs alone; the contributions are then laid
into its sessions (`deal`) and all is improved together. Rules that must not be broken between
sessions are kept here; those of single contributions count by how many of the track they hurt.
Sessions are filled by pieces: a contribution of two units does not fit into the last unit of each
of two sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.prices import cell_price, may_be, sessions_by_position, sessions_in_order

# told the model and, per (track, slot, room), the 0/1 expression that says it meets there
Meets = Mapping[tuple[int, int, int], cp_model.LinearExpr | int]
Extend = Callable[[cp_model.CpModel, Meets], None]


class FrameModel:
    """meets[t, s, r]: track t has a session in slot s, room r. Every frame can come of it."""

    def __init__(self, compiled: Compiled, extend: Extend | None = None) -> None:
        self.c = compiled
        self.model = cp_model.CpModel()
        self.terms: list[tuple[int, cp_model.IntVar]] = []
        c, model = compiled, self.model
        self.tracks = [t for t, members in enumerate(c.members) if members]
        self.cells = {
            t: [(s, r) for s, r in c.cells if any(c.suits(i, s, r) for i in c.members[t])]
            for t in self.tracks
        }
        self.meets = {
            (t, s, r): model.new_bool_var("") for t in self.tracks for s, r in self.cells[t]
        }
        self.literals = list(self.meets.values())
        for s, r in c.cells:
            model.add_at_most_one(
                self.meets[t, s, r] for t in self.tracks if (t, s, r) in self.meets
            )
        self.present: dict[tuple[int, int], cp_model.IntVar] = {}
        for t in self.tracks:
            self._track(t)
        self._between()
        self._plenaries()
        if extend:
            extend(model, self.meets)
        model.minimize(sum(cost * literal for cost, literal in self.terms))

    def _in_slot(self, t: int, s: int) -> list[cp_model.IntVar]:
        rooms = range(len(self.c.problem.rooms))
        return [self.meets[t, s, r] for r in rooms if (t, s, r) in self.meets]

    def _over(self, rule: str, cells: list[cp_model.IntVar], most: int) -> None:
        """More than `most` of these sessions break a rule."""
        if len(cells) <= most or self.c.cost[rule] == 0:
            return
        if self.c.hard(rule):
            self.model.add(sum(cells) <= most)
            return
        over = self.model.new_int_var(0, len(cells) - most, "")
        self.model.add(over >= sum(cells) - most)
        self.terms.append((self.c.weighted(rule), over))

    def _track(self, t: int) -> None:
        c, model = self.c, self.model
        own = {(s, r): self.meets[t, s, r] for s, r in self.cells[t]}
        self._pieces(t, own)
        if c.hard(rules.ORDER) and any(map(c.order, c.members[t])):
            model.add(sum(own.values()) >= sessions_in_order(c, t))
        if sessions_by_position(c, t) > 1:
            model.add(sum(own.values()) >= sessions_by_position(c, t))
        for (s, r), literal in own.items():
            price = cell_price(c, t, s, r)
            if price is None:
                model.add(literal == 0)
            elif price:
                self.terms.append((price, literal))
        for s in range(len(c.slots)):
            cells = self._in_slot(t, s)
            if cells:
                self.present[t, s] = model.new_bool_var("")
                model.add_max_equality(self.present[t, s], cells)
                self._over(rules.TRACK_PARALLEL, cells, 1)
        rooms = []
        if c.cost[rules.TRACK_ROOMS] != 0:
            for r in range(len(c.problem.rooms)):
                held = [literal for (_, room), literal in own.items() if room == r]
                if held:
                    used = model.new_bool_var("")
                    model.add_max_equality(used, held)
                    rooms.append(used)
        self._over(rules.TRACK_ROOMS, rooms, 1)
        self._gap(t)
        self._bound(t, own)

    def _pieces(self, t: int, own: dict[tuple[int, int], cp_model.IntVar]) -> None:
        """All contributions of the track fit, kind by kind (poster or not, how long)."""
        c, model = self.c, self.model
        kinds: dict[tuple[bool, int], list[int]] = {}
        for i in c.members[t]:
            kinds.setdefault((c.given(i).poster, c.given(i).minutes), []).append(i)
        filled: dict[tuple[int, int], list[cp_model.LinearExpr]] = {cell: [] for cell in own}
        for held in kinds.values():
            size, total = c.size[held[0]], []
            for (s, r), literal in own.items():
                if not c.suits(held[0], s, r):
                    continue
                most = min(c.holds(s, r) // size, len(held))
                if len(kinds) == 1:
                    total.append(most * literal)
                elif most:
                    count = model.new_int_var(0, most, "")
                    model.add(count <= most * literal)
                    total.append(count)
                    filled[s, r].append(size * count)
            model.add(sum(total) >= len(held))
        for (s, r), parts in filled.items():
            if len(parts) > 1:
                model.add(sum(parts) <= c.holds(s, r) * own[s, r])

    def _gap(self, t: int) -> None:
        c = self.c
        if c.cost[rules.TRACK_GAP] == 0:
            return
        slots = [s for s in range(len(c.slots)) if (t, s) in self.present]
        gap = self.model.new_bool_var("")
        for u in range(len(c.slots)):
            over = [self.present[t, x] for x in c.time.beside[u] if (t, x) in self.present]
            before = [s for s in slots if c.time.before[u] >> s & 1]
            after = [s for s in slots if c.time.after[u] >> s & 1]
            if not before or not after:
                continue
            started, goes_on = self.model.new_bool_var(""), self.model.new_bool_var("")
            for held, end in ((before, started), (after, goes_on)):
                for s in held:
                    self.model.add_implication(self.present[t, s], end)
            self.model.add_bool_or([started.Not(), goes_on.Not(), *over, gap])
        if c.hard(rules.TRACK_GAP):
            self.model.add(gap == 0)
        else:
            self.terms.append((c.weighted(rules.TRACK_GAP), gap))

    def _bound(self, t: int, own: dict[tuple[int, int], cp_model.IntVar]) -> None:
        """The sessions that contributions must have which cannot be everywhere, and room in them
        for all that can be nowhere else."""
        c = self.c
        groups: dict[frozenset[tuple[int, int]], int] = {}
        for i in c.members[t]:
            able = frozenset(cell for cell in own if may_be(c, i, *cell))
            if len(able) < len(own):
                groups[able] = groups.get(able, 0) + c.size[i]
        for able, size in groups.items():
            self.model.add_bool_or([own[cell] for cell in sorted(able)])
            self.model.add(sum(c.holds(*cell) * own[cell] for cell in sorted(able)) >= size)

    def _between(self) -> None:
        c = self.c
        if c.cost[rules.CHAIR_TWICE] != 0:
            for tracks in c.chaired.values():
                held = [t for t in tracks if t in set(self.tracks)]
                for s in range(len(c.slots)):
                    begin = c.begin[s]
                    at_once = [x for x in c.time.beside[s] if c.begin[x] <= begin]
                    cells = [v for t in held for x in at_once for v in self._in_slot(t, x)]
                    self._over(rules.CHAIR_TWICE, cells, 1)
        for a, b, units in c.similar:
            for s in range(len(c.slots)):
                for x in c.time.beside[s]:
                    if (a, s) in self.present and (b, x) in self.present:
                        one, other = self.present[a, s], self.present[b, x]
                        if c.hard(rules.SIMILAR):
                            self.model.add_bool_or([one.Not(), other.Not()])
                        elif c.cost[rules.SIMILAR] != 0:
                            both = self.model.new_bool_var("")
                            self.model.add_bool_or([one.Not(), other.Not(), both])
                            self.terms.append((c.weighted(rules.SIMILAR) * units, both))

    def _plenaries(self) -> None:
        """A plenary fixed to a slot has the slot to itself."""
        c = self.c
        for t in self.tracks:
            for i in c.members[t]:
                if c.given(i).plenary and c.given(i).slot and c.hard(rules.FIXED):
                    s = c.slot_index[c.given(i).slot]
                    cells = [
                        v
                        for u in self.tracks
                        for x in c.time.beside[s]
                        for v in self._in_slot(u, x)
                    ]
                    self._over(rules.PLENARY, cells, 1)

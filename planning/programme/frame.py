"""The frame of a large programme: which track meets in which room and slot.

Decided first, from each track's minutes and needs alone; the contributions are then laid into its
sessions and improved by `improve`. Rules that must not be broken between sessions are kept here;
those of single contributions count by how many of the track's contributions they would hurt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.compiled import BIG, Compiled
from planning.programme.state import State

ROUGH = 10_000  # what a broken rule counts in the frame, where only sums of estimates are compared

# told the model and, per (track, slot, room), the 0/1 expression that says it meets there
Meets = Mapping[tuple[int, int, int], cp_model.LinearExpr | int]
Extend = Callable[[cp_model.CpModel, Meets], None]


class FrameModel:
    """meets[t, s, r]: track t has a session in slot s, room r."""

    def __init__(self, compiled: Compiled, extend: Extend | None = None) -> None:
        self.c = compiled
        self.model = cp_model.CpModel()
        self.terms: list[tuple[int, cp_model.IntVar]] = []
        c, model = compiled, self.model
        self.meets = {
            (t, s, r): model.new_bool_var("")
            for t, members in enumerate(c.members)
            if members
            for s, r in c.cells
        }
        self.literals = list(self.meets.values())
        self.tracks = [t for t, members in enumerate(c.members) if members]
        for s, r in c.cells:
            model.add_at_most_one(self.meets[t, s, r] for t in self.tracks)
        self.present: dict[tuple[int, int], cp_model.IntVar] = {}
        for t in self.tracks:
            self._track(t)
        self._between()
        self._plenaries()
        if extend:
            extend(model, self.meets)
        model.minimize(sum(cost * literal for cost, literal in self.terms))

    def _rooms(self, s: int) -> list[int]:
        return [r for slot, r in self.c.cells if slot == s]

    def _price(self, rule: str, units: int = 1) -> int:
        return ROUGH * units if self.c.hard(rule) else min(ROUGH, self.c.weighted(rule) * units)

    def _over(self, rule: str, cells: list[cp_model.IntVar], most: int) -> None:
        """More than `most` of these sessions break a rule."""
        if len(cells) <= most or self.c.cost[rule] == 0:
            return
        if self.c.hard(rule):
            self.model.add(sum(cells) <= most)
            return
        over = self.model.new_int_var(0, len(cells) - most, "")
        self.model.add(over >= sum(cells) - most)
        self.terms.append((self._price(rule), over))

    def _track(self, t: int) -> None:
        c, model = self.c, self.model
        own = {(s, r): self.meets[t, s, r] for s, r in c.cells}
        total = sum(c.given(i).minutes for i in c.members[t])
        model.add(sum(c.long[s] * literal for (s, _), literal in own.items()) >= total)
        model.add(sum(own.values()) >= bins_of(c, t))
        for (s, r), literal in own.items():
            price = cell_price(c, t, s, r)
            if price is None:
                model.add(literal == 0)
            else:
                self.terms.append((price, literal))
        for s in range(len(c.slots)):
            cells = [own[s, r] for r in self._rooms(s)]
            if cells:
                self.present[t, s] = model.new_bool_var("")
                model.add_max_equality(self.present[t, s], cells)
                self._over(rules.TRACK_PARALLEL, cells, 1)
        rooms = []
        for r in range(len(c.problem.rooms)):
            cells = [literal for (_, room), literal in own.items() if room == r]
            if cells:
                used = model.new_bool_var("")
                model.add_max_equality(used, cells)
                rooms.append(used)
        self._over(rules.TRACK_ROOMS, rooms, 1)
        self._gap(t)
        self._fixed(t, own)

    def _gap(self, t: int) -> None:
        if self.c.cost[rules.TRACK_GAP] == 0:
            return
        slots = [s for s in range(len(self.c.slots)) if (t, s) in self.present]
        gap = self.model.new_bool_var("")
        for place, a in enumerate(slots):
            for b in slots[place + 2 :]:
                between = self.present[t, slots[slots.index(b) - 1]]
                self.model.add_bool_or(
                    [self.present[t, a].Not(), self.present[t, b].Not(), between, gap]
                )
        self.terms.append((self._price(rules.TRACK_GAP), gap))

    def _fixed(self, t: int, own: dict[tuple[int, int], cp_model.IntVar]) -> None:
        """The sessions that contributions fixed to a slot or room ask for."""
        wanted: dict[tuple[str, str], int] = {}
        for i in self.c.members[t]:
            given = self.c.given(i)
            if given.slot or given.room:
                key = (given.slot, given.room)
                wanted[key] = wanted.get(key, 0) + given.minutes
        for (slot, room), minutes in wanted.items():
            cells = [
                (self.c.long[s], literal)
                for (s, r), literal in own.items()
                if slot in ("", self.c.slots[s].id) and room in ("", self.c.problem.rooms[r].id)
            ]
            self.model.add(sum(long * literal for long, literal in cells) >= minutes)

    def _between(self) -> None:
        c = self.c
        for chair, tracks in c.chaired.items():
            held = [t for t in tracks if t in set(self.tracks)]
            for s in range(len(c.slots)):
                self._over(
                    rules.CHAIR_TWICE,
                    [self.meets[t, s, r] for t in held for r in self._rooms(s)],
                    1,
                )
            del chair
        for a, b, units in c.similar:
            for s in range(len(c.slots)):
                if (a, s) in self.present and (b, s) in self.present:
                    both = self.model.new_bool_var("")
                    self.model.add_bool_or(
                        [self.present[a, s].Not(), self.present[b, s].Not(), both]
                    )
                    self.terms.append((self._price(rules.SIMILAR, units), both))

    def _plenaries(self) -> None:
        """A plenary fixed to a slot has the slot to itself."""
        c = self.c
        for t in self.tracks:
            for i in c.members[t]:
                if c.given(i).plenary and c.given(i).slot:
                    s = c.slot_index[c.given(i).slot]
                    cells = [self.meets[u, s, r] for u in self.tracks for r in self._rooms(s)]
                    self._over(rules.PLENARY, cells, 1)


def bins_of(c: Compiled, t: int) -> int:
    """Sessions of the longest slot's length that first-fit needs for the track."""
    longest = max(c.long)
    left: list[int] = []
    for minutes in sorted((c.given(i).minutes for i in c.members[t]), reverse=True):
        for place, room in enumerate(left):
            if room >= minutes:
                left[place] -= minutes
                break
        else:
            left.append(longest - minutes)
    return len(left)


def cell_price(c: Compiled, t: int, s: int, r: int) -> int | None:
    """An estimate of what a session of the track costs there; None where it must not be."""
    units = c.session_units.get((t, s, r), {})
    if c.forbidden(units):
        return None
    hurt = sum(
        min(ROUGH, c.price_in_room[i][r]) + min(ROUGH, c.price_in_slot[i][s]) // 10
        for i in c.members[t]
    )
    return min(10 * ROUGH, c.price(units)) + hurt // len(c.members[t])


class BlockFrame:
    """The small frame: each track in one room, in slots that follow one another.

    A set packing over all such runs, solved at once wherever there is such a frame; then no rule
    about the rooms, parallels and gaps of tracks costs anything.
    """

    def __init__(self, compiled: Compiled, extend: Extend | None = None) -> None:
        self.c = c = compiled
        self.model = cp_model.CpModel()
        terms: list[cp_model.LinearExpr | int] = []
        covers: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
        taken: dict[tuple[int, int], list[cp_model.IntVar]] = {cell: [] for cell in c.cells}
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

    def _runs(self, t: int) -> list[tuple[list[tuple[int, int]], int]]:
        """All runs of cells the track could have, with their estimated cost."""
        c = self.c
        total = sum(c.given(i).minutes for i in c.members[t])
        least, open_cells = bins_of(c, t), set(c.cells)
        fixed: dict[tuple[str, str], int] = {}
        for i in c.members[t]:
            given = c.given(i)
            if given.slot or given.room:
                key = (given.slot, given.room)
                fixed[key] = fixed.get(key, 0) + given.minutes
        found = []
        prices = {(s, r): cell_price(c, t, s, r) for s, r in c.cells}
        members = c.members[t]
        suits = [
            all(c.price_in_room[i][r] < BIG for i in members) for r in range(len(c.problem.rooms))
        ]
        for s, r in c.cells:
            cells: list[tuple[int, int]] = []
            last = s
            while (
                (last, r) in open_cells
                and prices[last, r] is not None
                and (len(cells) < least or sum(c.long[x] for x, _ in cells) < total)
            ):
                cells.append((last, r))
                last += 1
            enough = len(cells) >= least and sum(c.long[x] for x, _ in cells) >= total
            there = all(any(c.price_in_slot[i][x] < BIG for x, _ in cells) for i in members)
            if (
                enough
                and suits[r]
                and there
                and all(
                    sum(
                        c.long[x]
                        for x, y in cells
                        if slot in ("", c.slots[x].id) and room in ("", c.problem.rooms[y].id)
                    )
                    >= minutes
                    for (slot, room), minutes in fixed.items()
                )
            ):
                found.append((cells, sum(prices[cell] or 0 for cell in cells)))
        return found

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
        for tracks in c.chaired.values():
            for s in range(len(c.slots)):
                held = [run for t in tracks for run in by_slot.get((t, s), ())]
                if held and c.hard(rules.CHAIR_TWICE):
                    self.model.add_at_most_one(held)
        for i, given in enumerate(c.problem.contributions):
            if given.plenary and given.slot and c.hard(rules.PLENARY):
                s = c.slot_index[given.slot]
                others = [
                    run
                    for t in self.tracks
                    if t != c.track_of[i]
                    for run in by_slot.get((t, s), ())
                ]
                self.model.add(sum(others) == 0)
        for a, b, units in c.similar:
            cost = min(ROUGH, c.price({rules.SIMILAR: units}))
            for s in range(len(c.slots)):
                if (a, s) in by_slot and (b, s) in by_slot:
                    both = self.model.new_bool_var("")
                    self.model.add(sum(by_slot[a, s]) + sum(by_slot[b, s]) <= 1 + both)
                    terms.append(cost * both)


def lay_out(state: State, sessions: dict[int, int]) -> bool:
    """Lay every contribution into the sessions (cell -> track) of its track: the fixed, long and
    limited ones first, each where it costs least at the end. False where one does not fit."""
    c = state.c
    sharing = {i for pair in c.shared for i in pair}

    def urgency(i: int) -> tuple[bool, int, bool, bool, int, int]:
        given = c.given(i)
        fixed, shares = bool(given.slot or given.room), i in sharing
        return (not fixed, -state.length[i], not shares, not c.is_limited(i), given.order, i)

    for t, members in enumerate(c.members):
        cells = sorted(n for n, track in sessions.items() if track == t)
        for i in sorted(members, key=urgency):
            open_to = [
                n
                for n in cells
                if sum(state.length[j] for j in state.sessions[n].held) + state.length[i]
                <= state.room[c.cells[n][0]]
            ]
            if not open_to:
                return False
            cheapest = min(open_to, key=lambda n: (state.cost_at_end(i, n), n))
            state.append(cheapest, t, i)
        for n in cells:
            held = state.lift(n)
            held.sort(key=lambda i: (not c.given(i).order, c.given(i).order))
            state.lay(n, t, held)
    return True


__all__ = ["BlockFrame", "Extend", "FrameModel", "Meets", "lay_out"]

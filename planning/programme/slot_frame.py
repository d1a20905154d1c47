"""The quick frame: how many sessions of each track are in each slot, and their rooms after that.

Rooms are left aside at first, so that a frame is there at once even where nearly all cells are
needed; all rules between sessions that are on at once are kept already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.deal import line_of
from planning.programme.prices import cell_price, may_be, sessions_by_position

ROOMS_SECONDS = 0.6
ANY_ROOMS_SECONDS = 4.0  # where that did not suffice
RUNS_SECONDS = 3.0  # for the rooms of whole runs
BETTER_SECONDS = 0.3  # for the slots, once there are any


class SlotFrame:
    """count[t, s]: sessions of track t in slot s; `sessions` decides both steps.

    lines: whether tracks with an order or with positions are to keep it.
    """

    def __init__(self, compiled: Compiled, *, lines: bool = True) -> None:
        self.c = c = compiled
        self.lines = lines
        self.model = model = cp_model.CpModel()
        self.terms: list[tuple[int, cp_model.IntVar]] = []
        self.able: dict[tuple[int, int, bool], list[int]] = {}
        self.tracks = [t for t, members in enumerate(c.members) if members]
        slots = range(len(c.slots))
        self.rooms = {
            (s, boards): [
                r for x, r in c.cells if x == s and bool(c.problem.rooms[r].boards) == boards
            ]
            for s in slots
            for boards in (False, True)
        }
        self.count: dict[tuple[int, int, bool], cp_model.IntVar] = {}
        for t in self.tracks:
            for poster in sorted({c.given(i).poster for i in c.members[t]}):
                for s in slots:
                    most = min(len(self._able(t, s, poster)), len(c.members[t]))
                    if c.hard(rules.TRACK_PARALLEL):
                        most = min(most, 1)
                    if most:
                        self.count[t, s, poster] = model.new_int_var(0, most, "")
        for (s, boards), rooms in self.rooms.items():
            held = [v for (_, x, poster), v in self.count.items() if x == s and poster == boards]
            model.add(sum(held) <= len(rooms))
        self.present: dict[tuple[int, int], cp_model.IntVar] = {}
        for t in self.tracks:
            self._track(t)
        self._between()
        self.possible = True

    def _able(self, t: int, s: int, poster: bool) -> list[int]:
        """The rooms in which the track could have such a session in the slot."""
        key = (t, s, poster)
        if key not in self.able:
            rooms = self.rooms[s, poster]
            self.able[key] = [r for r in rooms if cell_price(self.c, t, s, r) is not None]
        return self.able[key]

    def _sessions(self, t: int, s: int) -> list[cp_model.IntVar]:
        return [self.count[t, s, p] for p in (False, True) if (t, s, p) in self.count]

    def _track(self, t: int) -> None:
        c, model = self.c, self.model
        kinds: dict[tuple[bool, int], list[int]] = {}
        for i in c.members[t]:
            kinds.setdefault((c.given(i).poster, c.given(i).minutes), []).append(i)
        single = len(kinds) == 1
        filled: dict[tuple[int, bool], list[cp_model.LinearExpr]] = {}
        for (poster, minutes), held in kinds.items():
            size, total = c.size[held[0]], []
            for s in range(len(c.slots)):
                sessions = self.count.get((t, s, poster))
                if sessions is None or minutes > c.long[s]:
                    continue
                each = max((c.holds(s, r) for r in self._able(t, s, poster)), default=0) // size
                if single:
                    total.append(each * sessions)
                    continue
                here = model.new_int_var(0, len(held), "")
                model.add(here <= each * sessions)
                total.append(here)
                filled.setdefault((s, poster), []).append(size * here)
            model.add(sum(total) >= len(held))
        for (s, poster), parts in filled.items():
            most = max((c.holds(s, r) for r in self._able(t, s, poster)), default=0)
            model.add(sum(parts) <= most * self.count[t, s, poster])
        if (
            self.lines
            and not single
            and (any(map(c.order, c.members[t])) or any(map(c.position, c.members[t])))
        ):
            self._line(t)
        if self.lines and sessions_by_position(c, t) > 1:
            talks = [v for (u, _, poster), v in self.count.items() if u == t and not poster]
            model.add(sum(talks) >= sessions_by_position(c, t))
        for s in range(len(c.slots)):
            held_in = self._sessions(t, s)
            if not held_in:
                continue
            here = model.new_bool_var("")
            model.add(sum(held_in) >= 1).only_enforce_if(here)
            model.add(sum(held_in) == 0).only_enforce_if(here.Not())
            self.present[t, s] = here
            prices = [cell_price(c, t, s, r) for p in (False, True) for r in self._able(t, s, p)]
            cheap = min((price for price in prices if price is not None), default=0)
            self.terms.extend((cheap, sessions) for sessions in held_in if cheap)
            if c.cost[rules.TRACK_PARALLEL] != 0 and not c.hard(rules.TRACK_PARALLEL):
                over = model.new_int_var(0, len(c.members[t]), "")
                model.add(over >= sum(held_in) - 1)
                self.terms.append((c.weighted(rules.TRACK_PARALLEL), over))
        self._bound(t)
        if c.hard(rules.TRACK_PARALLEL) and c.time.mixed:
            for s in range(len(c.slots)):
                at_once = [x for x in c.time.beside[s] if c.begin[x] <= c.begin[s]]
                model.add(sum(v for x in at_once for v in self._sessions(t, x)) <= 1)
        if c.hard(rules.TRACK_GAP):
            self._gap(t)

    def _line(self, t: int) -> None:
        """A line of pieces of several sizes, where it is to keep its order."""
        c, model = self.c, self.model
        if not (c.hard(rules.ORDER) or c.weighted(rules.ORDER) > 1000) or any(
            c.given(i).poster for i in c.members[t]
        ):
            return
        sizes = [c.size[i] for i in line_of(c, t)]
        before = [model.new_constant(0)] * len(sizes)
        for s in range(len(c.slots)):
            if (t, s, False) not in self.count:
                continue
            done = [model.new_bool_var("") for _ in sizes]  # piece by piece: is it over by now
            for earlier, later in pairwise(done):
                model.add_implication(later, earlier)
            for then, now in zip(before, done, strict=True):
                model.add(then <= now)
            used = sum(
                size * (now - then) for size, now, then in zip(sizes, done, before, strict=True)
            )
            model.add(used <= c.long[s] // c.step * self.count[t, s, False])
            before = done
        model.add(sum(before) == len(sizes))

    def _bound(self, t: int) -> None:
        """Sessions for contributions that cannot be everywhere."""
        c = self.c
        for i in c.members[t]:
            able = [
                s
                for s in range(len(c.slots))
                if (t, s) in self.present
                and any(may_be(c, i, s, r) for r in self.rooms[s, c.given(i).poster])
            ]
            if len(able) < len(c.slots):
                self.model.add_bool_or([self.present[t, s] for s in able])

    def _gap(self, t: int) -> None:
        c = self.c
        slots = [s for s in range(len(c.slots)) if (t, s) in self.present]
        for u in range(len(c.slots)):
            over = [self.present[t, x] for x in c.time.beside[u] if (t, x) in self.present]
            started, goes_on = self.model.new_bool_var(""), self.model.new_bool_var("")
            for s in slots:
                if c.time.before[u] >> s & 1:
                    self.model.add_implication(self.present[t, s], started)
                if c.time.after[u] >> s & 1:
                    self.model.add_implication(self.present[t, s], goes_on)
            self.model.add_bool_or([started.Not(), goes_on.Not(), *over])

    def _between(self) -> None:
        c, model = self.c, self.model
        for tracks in c.chaired.values() if c.hard(rules.CHAIR_TWICE) else ():
            for s in range(len(c.slots)):
                at_once = [x for x in c.time.beside[s] if c.begin[x] <= c.begin[s]]
                model.add(
                    sum(v for t in tracks for x in at_once for v in self._sessions(t, x)) <= 1
                )
        for a, b, units in c.similar:
            for s in range(len(c.slots)):
                for x in c.time.beside[s]:
                    one, other = self.present.get((a, s)), self.present.get((b, x))
                    if one is None or other is None:
                        continue
                    if c.hard(rules.SIMILAR):
                        model.add_bool_or([one.Not(), other.Not()])
                    elif c.cost[rules.SIMILAR] != 0:
                        both = model.new_bool_var("")
                        model.add_bool_or([one.Not(), other.Not(), both])
                        self.terms.append((units * c.weighted(rules.SIMILAR), both))
        for given in c.problem.contributions:
            if given.plenary and given.slot and c.hard(rules.PLENARY) and c.hard(rules.FIXED):
                s = c.slot_index[given.slot]
                beside = [
                    v for t in self.tracks for x in c.time.beside[s] for v in self._sessions(t, x)
                ]
                model.add(sum(beside) <= 1)

    def sessions(
        self, context: Context, seconds: float, kept: Mapping[tuple[int, int], int] | None = None
    ) -> dict[tuple[int, int], int] | None:
        """The track of each cell, None where none was found; `possible` is then False if there
        is none. kept: cells whose tracks are decided, and have no others."""
        kept = kept or {}
        held = Counter((t, s) for (s, _), t in kept.items())
        decided = set(kept.values())
        for (t, s, poster), sessions in self.count.items():
            if t in decided and not poster:
                self.model.add(sessions == held[t, s])
        solver = context.solver(seconds)
        if context.workers == 1:
            solver.parameters.linearization_level = 0  # finds a frame sooner by itself
        status = context.run(solver, self.model)
        if status == cp_model.INFEASIBLE:
            self.possible = False
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        self.model.minimize(sum(cost * literal for cost, literal in self.terms))
        for literal in self.count.values():
            self.model.add_hint(literal, solver.value(literal))
        better = context.solver(BETTER_SECONDS)
        if context.run(better, self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            solver = better
        count = {key: solver.value(v) for key, v in self.count.items()}
        return self.with_rooms(context, count, kept)

    def with_rooms(
        self,
        context: Context,
        count: dict[tuple[int, int, bool], int],
        kept: Mapping[tuple[int, int], int] | None = None,
    ) -> dict[tuple[int, int], int] | None:
        """Rooms for these sessions, each track in as few as can be, those of `kept` as they are."""
        c, model = self.c, cp_model.CpModel()
        meets: dict[tuple[int, int, int], cp_model.IntVar] = {}
        terms: list[tuple[int, cp_model.IntVar]] = []
        for (t, s, poster), sessions in count.items():
            if not sessions:
                continue
            own = []
            for r in self._able(t, s, poster):
                meets[t, s, r] = model.new_bool_var("")
                own.append(meets[t, s, r])
                terms.append((cell_price(c, t, s, r) or 0, meets[t, s, r]))
            model.add(sum(own) == sessions)
        for s, r in c.cells:
            model.add_at_most_one(meets[t, s, r] for t in self.tracks if (t, s, r) in meets)
        for t in self.tracks:
            self._in_rooms(model, t, meets, terms)
        for (s, r), t in (kept or {}).items():
            model.add(meets[t, s, r] == 1)
        model.minimize(sum(cost * literal for cost, literal in terms))
        solver = context.solver(ROOMS_SECONDS)
        status = context.run(solver, model)
        if status == cp_model.UNKNOWN:
            solver = context.solver(ANY_ROOMS_SECONDS, stop_after_first_solution=True)
            status = context.run(solver, model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return {(s, r): t for (t, s, r), literal in meets.items() if solver.boolean_value(literal)}

    def _in_rooms(
        self,
        model: cp_model.CpModel,
        t: int,
        meets: dict[tuple[int, int, int], cp_model.IntVar],
        terms: list[tuple[int, cp_model.IntVar]],
    ) -> None:
        """What it costs the track to meet in several rooms, and where its members may be."""
        c = self.c
        used = []
        for r in range(len(c.problem.rooms)):
            held = [v for (u, _, room), v in meets.items() if (u, room) == (t, r)]
            if held:
                some = model.new_bool_var("")
                for literal in held:
                    model.add_implication(literal, some)
                used.append(some)
        if c.hard(rules.TRACK_ROOMS):
            model.add(sum(used) <= 1)
        elif c.cost[rules.TRACK_ROOMS] != 0:
            terms.extend((c.weighted(rules.TRACK_ROOMS), literal) for literal in used)
        for i in c.members[t]:
            able = [v for (u, s, r), v in meets.items() if u == t and may_be(c, i, s, r)]
            model.add_bool_or(able)


def rooms_of_runs(
    c: Compiled, context: Context, runs: Mapping[int, tuple[int, ...]]
) -> dict[tuple[int, int], int] | None:
    """One room for each track for all its slots, as cheap as can be; None where that cannot be."""
    model = cp_model.CpModel()
    chosen: dict[tuple[int, int], cp_model.IntVar] = {}
    terms: list[tuple[int, cp_model.IntVar]] = []
    taken: dict[tuple[int, int], list[cp_model.IntVar]] = {cell: [] for cell in c.cells}
    for t, slots in runs.items():
        options = []
        for r in range(len(c.problem.rooms)):
            prices = [cell_price(c, t, s, r) if (s, r) in taken else None for s in slots]
            known = [price for price in prices if price is not None]
            able = all(any(may_be(c, i, s, r) for s in slots) for i in c.members[t])
            if len(known) < len(prices) or not able:
                continue
            literal = model.new_bool_var("")
            chosen[t, r] = literal
            options.append(literal)
            terms.append((sum(known), literal))
            for s in slots:
                taken[s, r].append(literal)
        model.add_exactly_one(options)
    for held in taken.values():
        model.add_at_most_one(held)
    model.minimize(sum(cost * literal for cost, literal in terms))
    solver = context.solver(RUNS_SECONDS)
    if context.run(solver, model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {
        (s, r): t
        for (t, r), literal in chosen.items()
        if solver.boolean_value(literal)
        for s in runs[t]
    }


__all__ = ["SlotFrame", "rooms_of_runs"]

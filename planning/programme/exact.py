"""The whole programme as one CP-SAT model: proves optima, bounds and impossibility.

Decisions: `meets[t, s, r]`, track t has a session in slot s, room r; `at[i, s]`, contribution i is
in slot s; `seat[i, s, r]`, it is in that room's session, only for tracks where the room can make
a difference; `on[i, s, r, k]`, it begins k steps after the start of the slot, only where its time
within the session can matter (`Compiled.timed`).

With `guarded=True` each rule that must not be broken is tied to a literal per subject, which
`explain` uses to find a smallest impossible set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.problem import Place

Literal: TypeAlias = cp_model.IntVar
Subject: TypeAlias = tuple[str, ...]
Expression: TypeAlias = cp_model.LinearExpr | int  # 0/1
Reader: TypeAlias = cp_model.CpSolver | cp_model.CpSolverSolutionCallback

BEHIND = 1_000_000_000  # contributions of free order come after those with a rank


class ExactModel:
    """Builds the model; `places` reads a solution, `hint` gives it a start."""

    def __init__(
        self,
        compiled: Compiled,
        *,
        previous: Mapping[str, Place] | None = None,
        locks: Iterable[str] = (),
        shut_slots: Iterable[str] = (),
        guarded: bool = False,
    ) -> None:
        self.c = compiled
        self.problem = compiled.problem
        self.model = cp_model.CpModel()
        self.terms: list[tuple[int, Literal]] = []
        self.guards: dict[tuple[str, Subject], Literal] = {}
        self.guarded = guarded
        self.previous = dict(previous or {})
        self.meets: dict[tuple[int, int, int], Literal] = {}
        self.at: dict[tuple[int, int], Literal] = {}
        self.seat: dict[tuple[int, int, int], Literal] = {}
        self.on: dict[tuple[int, int, int, int], Literal] = {}
        self._sessions()
        self._contributions()
        self._session_costs()
        self._track_rules()
        self._pairs()
        self._chairs()
        self._plenaries()
        self._orders()
        self.moved = self._moves()
        for name in locks:
            self._lock(name)
        for slot in shut_slots:
            self._shut(slot)

    # -- building blocks ---------------------------------------------------------------------

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

    # -- structure ---------------------------------------------------------------------------

    def _sessions(self) -> None:
        for s, r in self.c.cells:
            held = []
            for t in range(len(self.problem.tracks)):
                self.meets[t, s, r] = self.model.new_bool_var("")
                held.append(self.meets[t, s, r])
            self.model.add_at_most_one(held)
        self.rooms_in: dict[int, list[int]] = defaultdict(list)
        for s, r in self.c.cells:
            self.rooms_in[s].append(r)
        self.present: dict[tuple[int, int], Literal] = {}
        for t in range(len(self.problem.tracks)):
            for s, rooms in self.rooms_in.items():
                here = self.model.new_bool_var("")
                self.model.add_max_equality(here, [self.meets[t, s, r] for r in rooms])
                self.present[t, s] = here

    def _needs_rooms(self, t: int) -> bool:
        """Whether it matters in which of several parallel sessions a contribution is."""
        members = self.c.members[t]
        inside = set(members)
        return (
            self.c.timed
            or len({self.c.given(i).minutes for i in members}) > 1
            or any(any(self.c.price_in_room[i]) for i in members)
            or any(r >= 0 for i in members for _, r, _ in self.c.talk_preferences.get(i, ()))
            or any(a in inside and b in inside for a, b in self.c.shared)
            or any(a in inside and b in inside for a, b in self.c.wanted)
            or any(
                set(self.c.given(i).people) & set(self.problem.tracks[t].chairs) for i in members
            )
            or any(self.problem.contributions[i].id in self.previous for i in members)
        )

    def _contributions(self) -> None:
        for t, members in enumerate(self.c.members):
            split = self._needs_rooms(t)
            for i in members:
                self._contribution(i, t, split)
            for s, rooms in self.rooms_in.items():
                self._fill(t, s, rooms, members, split)
            self._least_sessions(t, members)

    def _contribution(self, i: int, t: int, split: bool) -> None:
        given = self.c.given(i)
        for s, rooms in self.rooms_in.items():
            if given.minutes > self.c.long[s]:
                continue
            self.at[i, s] = self.model.new_bool_var("")
            self.model.add_implication(self.at[i, s], self.present[t, s])
            if split:
                seats = []
                for r in rooms:
                    self.seat[i, s, r] = self.model.new_bool_var("")
                    self.model.add_implication(self.seat[i, s, r], self.meets[t, s, r])
                    seats.append(self.seat[i, s, r])
                self.model.add(sum(seats) == self.at[i, s])
            if not self.c.timed:
                for rule, units in self.c.talk_units(i, s, 0).items():
                    self._cost(rule, self.at[i, s], units, (given.id,))
        options = [self.at[i, s] for s in self.rooms_in if (i, s) in self.at]
        if options:
            self.model.add_exactly_one(options)
        else:
            self.model.add_bool_or([])
        if split:
            self._room_costs(i)
        for preference in self.c.talk_preferences.get(i, ()):
            self._preference(i, *preference)

    def _room_costs(self, i: int) -> None:
        for r in range(len(self.problem.rooms)):
            for rule, units in self.c.room_units(i, r).items():
                for s in self.rooms_in:
                    if (i, s, r) in self.seat:
                        self._cost(rule, self.seat[i, s, r], units, (self.c.given(i).id,))

    def _preference(self, i: int, slot: int, room: int, units: int) -> None:
        for s in self.rooms_in:
            if slot not in (-1, s) or (i, s) not in self.at:
                continue
            literal = self.at[i, s] if room < 0 else self.seat.get((i, s, room))
            if literal is not None:
                self._cost(rules.PREFERENCE, literal, units, (self.c.given(i).id,))

    def _fill(self, t: int, s: int, rooms: list[int], members: list[int], split: bool) -> None:
        """Contributions fit into the sessions of their track; no session is empty."""
        here = [i for i in members if (i, s) in self.at]
        long, guard = self.c.long[s], self._guard(rules.ROOM_FOR_ALL, ())
        used = sum(self.c.given(i).minutes * self.at[i, s] for i in here)
        sessions = sum(self.meets[t, s, r] for r in rooms)
        bound = self.model.add(used <= long * sessions)
        bound.only_enforce_if(guard)
        self.model.add(sum(self.at[i, s] for i in here) >= sessions)
        if not split:
            each = long // self.c.given(members[0]).minutes if members else 0
            self.model.add(sum(self.at[i, s] for i in here) <= each * sessions).only_enforce_if(
                guard
            )
            return
        for r in rooms:
            seats = [self.seat[i, s, r] for i in here]
            self.model.add(sum(seats) >= self.meets[t, s, r])
            self.model.add(
                sum(self.c.given(i).minutes * self.seat[i, s, r] for i in here)
                <= long * self.meets[t, s, r]
            ).only_enforce_if(guard)
            if self.c.timed:
                self._line_up(s, r, here)

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
            self.model.add(sum(starts) == self.seat[i, s, r])
        for unit, cover in enumerate(covers):
            if cover:
                self.model.add_at_most_one(cover)
            if unit:
                self.model.add(sum(cover) <= sum(covers[unit - 1]))

    def _least_sessions(self, t: int, members: list[int]) -> None:
        """Redundant: a track needs at least as many sessions as its minutes fill."""
        total = sum(self.c.given(i).minutes for i in members)
        sessions = [literal for (track, _, _), literal in self.meets.items() if track == t]
        if members and not self.guarded:
            self.model.add(sum(sessions) >= -(-total // max(self.c.long)))

    # -- rules -------------------------------------------------------------------------------

    def _session_costs(self) -> None:
        for (t, s, r), units_of in self.c.session_units.items():
            for rule, units in units_of.items():
                self._cost(
                    rule,
                    self.meets[t, s, r],
                    units,
                    (self.problem.tracks[t].id, self.c.slots[s].id),
                )

    def _track_rules(self) -> None:
        slots = sorted(self.rooms_in)
        for t, track in enumerate(self.problem.tracks):
            rooms = []
            for r in range(len(self.problem.rooms)):
                cells = [self.meets[t, s, r] for s in slots if (t, s, r) in self.meets]
                if cells:
                    used = self.model.new_bool_var("")
                    self.model.add_max_equality(used, cells)
                    rooms.append(used)
            self._excess(rules.TRACK_ROOMS, rooms, 1, (track.id,))
            for s in slots:
                cells = [self.meets[t, s, r] for r in self.rooms_in[s]]
                self._excess(rules.TRACK_PARALLEL, cells, 1, (track.id,))
            gaps = [
                (
                    self.present[t, slots[a]],
                    self.present[t, slots[b]],
                    1 - self.present[t, slots[b - 1]],
                )
                for a in range(len(slots))
                for b in range(a + 2, len(slots))
            ]
            if gaps:
                self._both(rules.TRACK_GAP, gaps, 1, (track.id,))
        for a, b, units in self.c.similar:
            names = (self.problem.tracks[a].id, self.problem.tracks[b].id)
            for s in slots:
                pair = [(self.present[a, s], self.present[b, s])]
                self._both(rules.SIMILAR, pair, units, names)

    def _pairs(self) -> None:
        for a, b in self.c.shared:
            self._at_once(rules.PERSON_TWICE, a, b, 1, self.problem.people_stay)
        for (a, b), count in self.c.wanted.items():
            self._at_once(rules.CLASH, a, b, count, self.problem.delegates_stay)

    def _at_once(self, rule: str, a: int, b: int, units: int, stay: bool) -> None:
        """a and b are on at once in two rooms."""
        pairs: list[Sequence[Expression]] = []
        same_track = self.c.track_of[a] == self.c.track_of[b]
        for s in self.rooms_in:
            if (a, s) not in self.at or (b, s) not in self.at:
                continue
            if not stay:
                for unit in range(self.c.long[s] // self.c.step):
                    pairs.append((self._running(a, s, unit), self._running(b, s, unit)))
            elif not same_track:
                pairs.append((self.at[a, s], self.at[b, s]))
            else:
                pairs.extend(
                    (self.seat[a, s, r], self.at[b, s] - self.seat[b, s, r])
                    for r in self.rooms_in[s]
                )
        self._both(rule, pairs, units, (self.c.given(a).id, self.c.given(b).id))

    def _running(self, i: int, s: int, unit: int) -> Expression:
        length = self.c.given(i).minutes // self.c.step
        return sum(
            self.on[i, s, r, k]
            for r in self.rooms_in[s]
            for k in range(max(0, unit - length + 1), unit + 1)
            if (i, s, r, k) in self.on
        )

    def _chairs(self) -> None:
        for chair, tracks in self.c.chaired.items():
            speaks = [
                i for i, given in enumerate(self.problem.contributions) if chair in given.people
            ]
            for s, rooms in self.rooms_in.items():
                cells = [self.meets[t, s, r] for t in tracks for r in rooms]
                self._excess(rules.CHAIR_TWICE, cells, 1, (chair, self.c.slots[s].id))
            for i in speaks:
                for t in tracks:
                    for s, rooms in self.rooms_in.items():
                        for r in rooms:
                            if (i, s) in self.at:
                                self._chair_elsewhere(chair, i, t, s, r)

    def _chair_elsewhere(self, chair: str, i: int, t: int, s: int, r: int) -> None:
        """The chair of a session of t in (s, r) gives contribution i in another room of slot s."""
        own = self.c.track_of[i] == t
        there = self.at[i, s] - self.seat[i, s, r] if own else self.at[i, s]
        pair = [(self.meets[t, s, r], there)]
        self._both(rules.CHAIR_TWICE, pair, 1, (chair, self.c.slots[s].id))

    def _plenaries(self) -> None:
        for i, given in enumerate(self.problem.contributions):
            if not given.plenary:
                continue
            for s, rooms in self.rooms_in.items():
                if (i, s) not in self.at:
                    continue
                cells = [
                    self.meets[t, s, r] for t in range(len(self.problem.tracks)) for r in rooms
                ]
                if self.c.hard(rules.PLENARY):
                    guard = self._guard(rules.PLENARY, (given.id,))
                    self.model.add(sum(cells) <= 1).only_enforce_if([self.at[i, s], *guard])
                else:
                    over = self.model.new_int_var(0, len(rooms), "")
                    self.model.add(over >= sum(cells) - 1).only_enforce_if(self.at[i, s])
                    self.terms.append((self.c.weighted(rules.PLENARY), over))

    def _orders(self) -> None:
        if self.c.cost[rules.ORDER] == 0:
            return
        for members in self.c.members:
            ranked = [i for i in members if self.c.given(i).order]
            for a in ranked:
                for b in ranked:
                    if self.c.given(a).order < self.c.given(b).order:
                        self._in_order(a, b)

    def _in_order(self, a: int, b: int) -> None:
        pairs: list[Sequence[Expression]] = []
        slots = sorted(self.rooms_in)
        for place, s in enumerate(slots):
            later = [self.at[a, x] for x in slots[place + 1 :] if (a, x) in self.at]
            if (b, s) in self.at and later:
                pairs.append((self.at[b, s], sum(later)))
            for r in self.rooms_in[s]:
                starts = {k: v for (i, x, y, k), v in self._starts(a, s, r)}
                for k in range(self.c.long[s] // self.c.step):
                    after = [v for j, v in starts.items() if j > k]
                    if (b, s, r, k) in self.on and after:
                        pairs.append((self.on[b, s, r, k], sum(after)))
        self._both(rules.ORDER, pairs, 1, (self.c.given(a).id, self.c.given(b).id))

    def _starts(self, i: int, s: int, r: int) -> list[tuple[tuple[int, int, int, int], Literal]]:
        count = self.c.long[s] // self.c.step
        return [
            ((i, s, r, k), self.on[i, s, r, k]) for k in range(count) if (i, s, r, k) in self.on
        ]

    # -- changes -----------------------------------------------------------------------------

    def _kept(self, name: str) -> Literal | None:
        """True when the contribution is in the slot and room where it was; None where it cannot."""
        place = self.previous[name]
        i = self.c.index[name]
        s, r = self.c.slot_index.get(place.slot), self.c.room_index.get(place.room)
        if s is None or r is None or (i, s, r) not in self.seat:
            return None
        return self.seat[i, s, r]

    def _moves(self) -> Expression:
        moved: Expression = 0
        for name in sorted(self.previous):
            if name in self.c.index:
                kept = self._kept(name)
                moved += 1 if kept is None else 1 - kept
        return moved

    def _lock(self, name: str) -> None:
        kept = self._kept(name)
        guard = self._guard(rules.LOCKED, (name,))
        self.model.add_bool_or([*(g.Not() for g in guard), *([] if kept is None else [kept])])

    def _shut(self, slot: str) -> None:
        """Nothing comes into the slot that was not there."""
        s = self.c.slot_index[slot]
        for i, given in enumerate(self.problem.contributions):
            place = self.previous.get(given.id)
            if (i, s) in self.at and (place is None or place.slot != slot):
                guard = self._guard(rules.LOCKED, (given.id,))
                self.model.add_bool_or([self.at[i, s].Not(), *(g.Not() for g in guard)])

    # -- results -----------------------------------------------------------------------------

    def objective(self) -> Expression:
        return sum(cost * literal for cost, literal in self.terms)

    def places(self, value: Reader) -> list[Place]:
        """The programme of a solution, in the order of the problem's contributions."""
        cells: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        loose: dict[tuple[int, int], list[int]] = defaultdict(list)
        for (i, s), literal in self.at.items():
            if value.boolean_value(literal):
                room = next(
                    (
                        r
                        for r in self.rooms_in[s]
                        if (i, s, r) in self.seat and value.boolean_value(self.seat[i, s, r])
                    ),
                    None,
                )
                if room is None:
                    loose[self.c.track_of[i], s].append(i)
                else:
                    cells[s, room].append((self._rank(value, i, s, room), self.c.given(i).order, i))
        for (t, s), held in loose.items():
            rooms = [r for r in self.rooms_in[s] if value.boolean_value(self.meets[t, s, r])]
            held.sort(key=lambda i: (self.c.given(i).order, i))
            base, more = divmod(len(held), len(rooms))
            start = 0
            for number, r in enumerate(rooms):
                stop = start + base + (number < more)
                cells[s, r] = [(0, self.c.given(i).order, i) for i in held[start:stop]]
                start = stop
        found: dict[int, Place] = {}
        for (s, r), seated in cells.items():
            clock = 0
            for _, _, i in sorted(seated, key=lambda row: (row[0], row[1] or BEHIND, row[2])):
                found[i] = Place(
                    self.c.given(i).id, self.c.slots[s].id, self.problem.rooms[r].id, clock
                )
                clock += self.c.given(i).minutes
        return [found[i] for i in sorted(found)]

    def _rank(self, value: Reader, i: int, s: int, r: int) -> int:
        if not self.c.timed:
            return 0
        return next(k for (_, _, _, k), v in self._starts(i, s, r) if value.boolean_value(v))

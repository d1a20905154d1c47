"""The programme, or a part of it, as one CP-SAT model: proves optima and impossibility.

Decisions: `meets[t, s, r]`, track t has a session in slot s, room r; `at[i, s]`, contribution i is
in slot s; `seat[i, s, r]`, it is in that room's session, only for tracks where the room can make
a difference; `on[i, s, r, k]`, it begins k steps after the start of the slot, only where its time
within the session can matter (`Compiled.timed`); `nth[i, s, r, k]`, it is the k-th of the session,
only where that cannot be arranged afterwards (`Compiled.lined`).

With `guarded=True` each rule that must not be broken is tied to a literal per subject, which
`explain` uses to find a smallest impossible set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.charging import Expression, Literal, Reader
from planning.programme.compiled import Compiled
from planning.programme.exact_changes import Changes
from planning.programme.exact_order import Orders
from planning.programme.exact_pairs import Pairs
from planning.programme.exact_rules import Rules
from planning.programme.line_up import BEHIND, arranged, pinned
from planning.programme.problem import Place
from planning.programme.reasons import Subject
from planning.programme.scope import Scope, whole


class ExactModel(Rules, Pairs, Orders, Changes):
    """Builds the model; `places` reads a solution, `hint` gives it a start."""

    def __init__(
        self,
        compiled: Compiled,
        *,
        scope: Scope | None = None,
        previous: Mapping[str, Place] | None = None,
        locks: Iterable[str] = (),
        shut_slots: Iterable[str] = (),
        guarded: bool = False,
        ceiling: int | None = None,
    ) -> None:
        self.c = compiled
        self.problem = compiled.problem
        self.model = cp_model.CpModel()
        self.terms: list[tuple[int, Literal]] = []
        self.guards: dict[tuple[str, Subject], Literal] = {}
        self.guarded, self.ceiling = guarded, ceiling
        self.previous = dict(previous or {})
        self.one: Literal = self.model.new_constant(1)
        self.meets: dict[tuple[int, int, int], Literal] = {}
        self.used: dict[tuple[int, int], Literal] = {}
        self.at: dict[tuple[int, int], Literal] = {}
        self.seat: dict[tuple[int, int, int], Literal] = {}
        self.kept: dict[int, tuple[int, int, Literal]] = {}
        self.on: dict[tuple[int, int, int, int], Literal] = {}
        self.nth: dict[tuple[int, int, int, int], Literal] = {}
        self.common: dict[tuple[int, int], dict[str, int]] = {}
        self.scope = scope or whole(compiled)
        self.roomless, self.partial = False, scope is not None
        if scope is None:
            self.common = {(s, r): self._common(s, r) for s, r in compiled.cells}
            self.roomless = self._rooms_alike()
            if not self.roomless:
                self.common = {}
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

    # -- structure ---------------------------------------------------------------------------

    def _sessions(self) -> None:
        """Variables of sessions. Where no rule tells rooms apart for a track (`roomless`), the
        third index of `meets` only numbers the sessions of a track in a slot; `places` gives them
        the rooms used, which saves the model all ways to exchange rooms."""
        held: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        self.slots_of, self.rooms_of = [], {}
        real = self._real_rooms()
        for t in range(len(self.problem.tracks)):
            settled, cells = self.scope.settled[t], self.scope.settled[t] | self.scope.open[t]
            rooms: dict[int, list[int]] = defaultdict(list)
            for s, r in sorted(cells):
                rooms[s].append(r)
            if self.roomless:
                rooms = {s: list(range(self._at_most(t, own))) for s, own in rooms.items()}
            self.slots_of.append(sorted(rooms))
            for s, own in rooms.items():
                self.rooms_of[t, s] = own
                for r in own:
                    sure = (s, r) in settled
                    literal = self.one if sure else self.model.new_bool_var("")
                    self.meets[t, s, r] = literal
                    held[s, -1 if self.roomless else r].append(literal)
        for (s, r), literals in sorted(held.items()):
            if self.roomless:
                for room in real[s]:
                    self.used[s, room] = self.model.new_bool_var("")
                self.model.add(sum(literals) == sum(self.used[s, room] for room in real[s]))
            elif any(literal is not self.one for literal in literals):
                self._one_track(s, r, literals)
        if self.roomless:
            least = sum(self._least(t) for t in range(len(self.problem.tracks)))
            self.model.add(sum(self.used.values()) >= least)
        self.present: dict[tuple[int, int], Literal] = {}
        for (t, s), own in self.rooms_of.items():
            literals = [self.meets[t, s, r] for r in own]
            self.present[t, s] = self._any(literals)

    def _real_rooms(self) -> dict[int, list[int]]:
        rooms: dict[int, list[int]] = defaultdict(list)
        for s, r in self.c.cells:
            rooms[s].append(r)
        return rooms

    def _one_track(self, s: int, r: int, held: list[Literal]) -> None:
        """A cell holds the session of one track at most."""
        guard = self._guard(rules.ROOM_FOR_ALL, ())
        if guard:
            self.model.add(sum(held) <= 1).only_enforce_if(guard)
        else:
            self.model.add_at_most_one(held)

    def _at_most(self, t: int, rooms: list[int]) -> int:
        """Sessions of one track in one slot at most."""
        parallel = 1 if self.c.hard(rules.TRACK_PARALLEL) and not self.guarded else len(rooms)
        return min(parallel, len(rooms), max(1, len(self.c.members[t])))

    def _rooms_alike(self) -> bool:
        """Whether no rule tells rooms apart for a single track or contribution."""
        if self.guarded or self.previous or self.c.cost[rules.TRACK_ROOMS] != 0:
            return False
        tracks = range(len(self.problem.tracks))
        return not any(self.c.needs_rooms(t) for t in tracks) and all(
            self._extras(t, s, r) == self._extras(t, s, first)
            for s, rooms in self._real_rooms().items()
            for first in rooms[:1]
            for r in rooms
            for t in tracks
        )

    def _contributions(self) -> None:
        self.talk_slots = [[] for _ in self.problem.contributions]
        for t, members in enumerate(self.c.members):
            split = self.c.needs_rooms(t)
            for i in members:
                self._contribution(i, t, split)
            for s in self.slots_of[t]:
                self._fill(t, s, members, split)
            if not self.guarded and members:
                sessions = [
                    self.meets[t, s, r] for s in self.slots_of[t] for r in self.rooms_of[t, s]
                ]
                self.model.add(sum(sessions) >= self._least(t))

    def _contribution(self, i: int, t: int, split: bool) -> None:
        allowed: dict[int, list[int]] = defaultdict(list)
        for s, r in sorted(self.scope.talks[i]):
            if (t, s) in self.rooms_of and (self.roomless or (t, s, r) in self.meets):
                allowed[s].append(r)
        sure = self.partial and len(allowed) == 1
        for s, rooms in allowed.items():
            self.talk_slots[i].append(s)
            self._in_slot(i, s, rooms if split else [], sure)
            self.model.add_implication(self.at[i, s], self.present[t, s])
            for r in rooms if split else ():
                self.model.add_implication(self.seat[i, s, r], self.meets[t, s, r])
            if not self.c.timed:
                for rule, units in self.c.talk_units(i, s, 0).items():
                    self._cost(rule, self.at[i, s], units, (self.c.given(i).id,))
        if not allowed:
            self.model.add_bool_or([])
        elif not sure:
            self.model.add_exactly_one(self.at[i, s] for s in allowed)
        if split:
            self._room_costs(i)
        for preference in self.c.talk_preferences.get(i, ()):
            self._preference(i, *preference)

    def _in_slot(self, i: int, s: int, rooms: list[int], sure: bool) -> None:
        """Variables of a contribution in a slot and, where given, in rooms; sure: it is there."""
        self.at[i, s] = self.one if sure else self.model.new_bool_var("")
        if len(rooms) == 1:
            self.seat[i, s, rooms[0]] = self.at[i, s]
        elif rooms:
            for r in rooms:
                self.seat[i, s, r] = self.model.new_bool_var("")
            self.model.add(sum(self.seat[i, s, r] for r in rooms) == self.at[i, s])

    def _room_costs(self, i: int) -> None:
        units_of = {r: self.c.room_units(i, r) for r in range(len(self.problem.rooms))}
        for s in self.talk_slots[i]:
            for r in self.rooms_of[self.c.track_of[i], s]:
                if (i, s, r) in self.seat:
                    for rule, units in units_of[r].items():
                        self._cost(rule, self.seat[i, s, r], units, (self.c.given(i).id,))

    def _preference(self, i: int, slot: int, room: int, units: int) -> None:
        for s in self.talk_slots[i]:
            if slot in (-1, s):
                literal = self.at[i, s] if room < 0 else self.seat.get((i, s, room))
                if literal is not None:
                    self._cost(rules.PREFERENCE, literal, units, (self.c.given(i).id,))

    def _fill(self, t: int, s: int, members: list[int], split: bool) -> None:
        """Contributions fit into the sessions of their track; no session is empty."""
        c, rooms = self.c, self.rooms_of[t, s]
        here = [i for i in members if (i, s) in self.at]
        guard = self._guard(rules.ROOM_FOR_ALL, ())
        sessions = sum(self.meets[t, s, r] for r in rooms)
        self.model.add(sum(self.at[i, s] for i in here) >= sessions)
        if not split:
            sizes = {c.size[i] for i in here}
            long = c.long[s] // c.step
            used = sum(c.size[i] * self.at[i, s] for i in here)
            self.model.add(used <= long * sessions).only_enforce_if(guard)
            if len(sizes) == 1:
                each = long // min(sizes)
                self.model.add(sum(self.at[i, s] for i in here) <= each * sessions).only_enforce_if(
                    guard
                )
            return
        for r in rooms:
            seats = {i: self.seat[i, s, r] for i in here if (i, s, r) in self.seat}
            self.model.add(sum(seats.values()) >= self.meets[t, s, r])
            if not seats:
                continue
            used = sum(c.size[i] * seat for i, seat in seats.items())
            self.model.add(used <= c.holds(s, r) * self.meets[t, s, r]).only_enforce_if(guard)
            if c.timed and not self.problem.rooms[r].boards:
                self._line_up(s, r, list(seats))
            elif c.timed:
                for i, seat in seats.items():
                    self.on[i, s, r, 0] = seat
                    for rule, units in c.talk_units(i, s, 0).items():
                        self._cost(rule, seat, units, (c.given(i).id,))
            if c.lined[t]:
                self._number(s, r, list(seats))

    def _least(self, t: int) -> int:
        """Redundant: a track needs at least as many sessions as its contributions fill."""
        most = max((self.c.holds(s, r) for s, r in self.c.cells), default=1)
        return -(-sum(self.c.size[i] for i in self.c.members[t]) // max(1, most))

    # -- results -----------------------------------------------------------------------------

    def objective(self) -> Expression:
        return sum(cost * literal for cost, literal in self.terms)

    def hint(self, places: Iterable[Place]) -> None:
        """Start from this programme."""
        where = {
            self.c.index[place.contribution]: (
                self.c.slot_index[place.slot],
                self.c.room_index[place.room],
                place.offset // self.c.step,
            )
            for place in places
        }
        met = {(self.c.track_of[i], s, r) for i, (s, r, _) in where.items()}
        if not self.roomless:
            for key, literal in self.meets.items():
                if literal is not self.one:
                    self.model.add_hint(literal, key in met)
        for (i, s), literal in self.at.items():
            if literal is not self.one:
                self.model.add_hint(literal, where[i][0] == s)
        for (i, s, r), literal in self.seat.items():
            if literal is not self.one and literal is not self.at[i, s]:
                self.model.add_hint(literal, where[i][:2] == (s, r))
        for (i, s, r, k), literal in self.on.items():
            if (i, s, r) not in self.seat or literal is not self.seat[i, s, r]:
                self.model.add_hint(literal, where[i] == (s, r, k))

    def places(self, value: Reader) -> list[Place]:
        """The programme of a solution, in the order of the problem's contributions."""
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        loose: dict[tuple[int, int], list[int]] = defaultdict(list)
        rank: dict[int, int] = {}
        for (i, s), literal in self.at.items():
            if not value.boolean_value(literal):
                continue
            t = self.c.track_of[i]
            room = next(
                (
                    r
                    for r in self.rooms_of[t, s]
                    if (i, s, r) in self.seat and value.boolean_value(self.seat[i, s, r])
                ),
                None,
            )
            if room is None:
                loose[t, s].append(i)
            else:
                cells[s, room].append(i)
                rank[i] = self._rank(value, i, s, room)
        open_rooms = self._open_rooms(value)
        before: dict[int, int] = defaultdict(int)
        for (t, s), held in sorted(loose.items()):
            held.sort(key=lambda i: (self.c.order(i) or BEHIND, i))
            line = pinned(self.c, held, before[t])
            before[t] += len(line)
            for r, talks in self._share_out(value, open_rooms[t, s], s, line).items():
                cells[s, r] = talks
        return arranged(self.c, cells, rank)

    def _open_rooms(self, value: Reader) -> dict[tuple[int, int], list[int]]:
        """The rooms in which each track meets in each slot."""
        rooms: dict[tuple[int, int], list[int]] = defaultdict(list)
        free: dict[int, list[int]] = defaultdict(list)
        for (s, r), literal in self.used.items():
            if value.boolean_value(literal):
                free[s].append(r)
        for (t, s, r), literal in sorted(self.meets.items(), key=lambda row: row[0]):
            if value.boolean_value(literal):
                rooms[t, s].append(free[s].pop(0) if self.roomless else r)
        return rooms

    def _share_out(
        self, value: Reader, rooms: list[int], s: int, held: list[int]
    ) -> dict[int, list[int]]:
        """Contributions of one track and slot to its rooms in their order: who stays, empty
        rooms, the rest."""
        shared: dict[int, list[int]] = {r: [] for r in rooms}
        rest = []
        for i in held:
            stays = self.kept.get(i)
            if stays and stays[0] == s and stays[1] in shared and value.boolean_value(stays[2]):
                shared[stays[1]].append(i)
            else:
                rest.append(i)
        most = self.c.long[s] // self.c.step
        for place, i in enumerate(rest):
            left = len(rest) - place - 1
            empty = [r for r in rooms if not shared[r]]
            open_to = [
                r for r in rooms if sum(self.c.size[j] for j in shared[r]) + self.c.size[i] <= most
            ]
            room = empty[0] if len(empty) > left else open_to[0]
            shared[room].append(i)
        return shared

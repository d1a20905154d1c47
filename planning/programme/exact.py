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
from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from planning.programme import rules
from planning.programme.charging import Expression, Literal, Reader, Subject
from planning.programme.compiled import Compiled
from planning.programme.exact_changes import Changes
from planning.programme.exact_rules import Rules
from planning.programme.problem import Place

BEHIND = 1_000_000_000  # contributions of free order come after those with a rank


class ExactModel(Rules, Changes):
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
        self.used: dict[tuple[int, int], Literal] = {}
        self.at: dict[tuple[int, int], Literal] = {}
        self.seat: dict[tuple[int, int, int], Literal] = {}
        self.kept: dict[int, tuple[int, int, Literal]] = {}
        self.on: dict[tuple[int, int, int, int], Literal] = {}
        self.common = {(s, r): self._common(s, r) for s, r in compiled.cells}
        self.roomless = self._rooms_alike()
        if not self.roomless:
            self.common = {cell: {} for cell in compiled.cells}
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
        tracks = range(len(self.problem.tracks))
        real: dict[int, list[int]] = defaultdict(list)
        for s, r in self.c.cells:
            if self.roomless:
                self.used[s, r] = self.model.new_bool_var("")
            real[s].append(r)
        self.rooms_in: dict[int, list[int]] = real
        if self.roomless:
            self.rooms_in = {s: list(range(self._at_most(rooms))) for s, rooms in real.items()}
        for s, rooms in self.rooms_in.items():
            for t in tracks:
                for r in rooms:
                    self.meets[t, s, r] = self.model.new_bool_var("")
            if self.roomless:
                held = [self.meets[t, s, r] for t in tracks for r in rooms]
                self.model.add(sum(held) == sum(self.used[s, r] for r in real[s]))
            else:
                for r in rooms:
                    self._one_track(s, r, [self.meets[t, s, r] for t in tracks])
        if self.roomless:
            self.model.add(sum(self.used.values()) >= sum(self._least(t) for t in tracks))
        self.present: dict[tuple[int, int], Literal] = {}
        for t in tracks:
            for s, rooms in self.rooms_in.items():
                here = self.model.new_bool_var("")
                self.model.add_max_equality(here, [self.meets[t, s, r] for r in rooms])
                self.present[t, s] = here

    def _one_track(self, s: int, r: int, held: list[Literal]) -> None:
        """A cell holds the session of one track at most."""
        guard = self._guard(rules.ROOM_FOR_ALL, ())
        if guard:
            self.model.add(sum(held) <= 1).only_enforce_if(guard)
        else:
            self.model.add_at_most_one(held)

    def _at_most(self, rooms: list[int]) -> int:
        """Sessions of one track in one slot at most."""
        parallel = 1 if self.c.hard(rules.TRACK_PARALLEL) and not self.guarded else len(rooms)
        return min(parallel, len(rooms))

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
        for t, members in enumerate(self.c.members):
            split = self.c.needs_rooms(t)
            for i in members:
                self._contribution(i, t, split)
            for s, rooms in self.rooms_in.items():
                self._fill(t, s, rooms, members, split)
            self._least_sessions(t)

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

    def _least(self, t: int) -> int:
        """Redundant: a track needs at least as many sessions as its minutes fill."""
        total = sum(self.c.given(i).minutes for i in self.c.members[t])
        return -(-total // max(self.c.long))

    def _least_sessions(self, t: int) -> None:
        sessions = [literal for (track, _, _), literal in self.meets.items() if track == t]
        if not self.guarded:
            self.model.add(sum(sessions) >= self._least(t))

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
        open_rooms = self._open_rooms(value)
        for (t, s), held in sorted(loose.items()):
            for r, talks in self._share_out(value, open_rooms[t, s], s, held).items():
                cells[s, r] = [(0, self.c.given(i).order, i) for i in talks]
        found: dict[int, Place] = {}
        for (s, r), seated in cells.items():
            clock = 0
            for _, _, i in sorted(seated, key=lambda row: (row[0], row[1] or BEHIND, row[2])):
                found[i] = Place(
                    self.c.given(i).id, self.c.slots[s].id, self.problem.rooms[r].id, clock
                )
                clock += self.c.given(i).minutes
        return [found[i] for i in sorted(found)]

    def _open_rooms(self, value: Reader) -> dict[tuple[int, int], list[int]]:
        """The rooms in which each track meets in each slot."""
        rooms: dict[tuple[int, int], list[int]] = defaultdict(list)
        free: dict[int, list[int]] = defaultdict(list)
        for (s, r), literal in self.used.items():
            if value.boolean_value(literal):
                free[s].append(r)
        for (t, s, r), literal in sorted(self.meets.items()):
            if value.boolean_value(literal):
                rooms[t, s].append(free[s].pop(0) if self.roomless else r)
        return rooms

    def _share_out(
        self, value: Reader, rooms: list[int], s: int, held: list[int]
    ) -> dict[int, list[int]]:
        """Contributions of one track and slot to its rooms: who stays, empty rooms, the rest."""
        shared: dict[int, list[int]] = {r: [] for r in rooms}
        rest = []
        for i in sorted(held, key=lambda i: (self.c.given(i).order or BEHIND, i)):
            stays = self.kept.get(i)
            if stays and stays[0] == s and stays[1] in shared and value.boolean_value(stays[2]):
                shared[stays[1]].append(i)
            else:
                rest.append(i)
        for i in rest:
            shared[min(rooms, key=lambda r: (len(shared[r]), r))].append(i)
        return shared

    def _rank(self, value: Reader, i: int, s: int, r: int) -> int:
        if not self.c.timed:
            return 0
        return next(k for (_, _, _, k), v in self._starts(i, s, r) if value.boolean_value(v))

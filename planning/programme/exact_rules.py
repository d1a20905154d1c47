"""The rules of the exact model about sessions: cells, tracks, likeness, chairs, plenaries."""

from __future__ import annotations

from collections import defaultdict

from planning.programme import rules
from planning.programme.charging import Charging, Expression, Literal

MOST_AT_ONCE = 4  # sessions of one track at once up to which likeness is counted exactly


class Rules(Charging):
    """Adds the rules to the variables that `exact` has made."""

    def _session_costs(self) -> None:
        """What all tracks would pay in a cell is charged to the cell, the rest to the track."""
        for (s, r), units_of in self.common.items():
            for rule, units in units_of.items() if (s, r) in self.used else ():
                self._cost(rule, self.used[s, r], units, ())
        first: dict[int, int] = {}
        for s, r in self.c.cells:
            first.setdefault(s, r)
        for (t, s, r), literal in self.meets.items():
            subject = (self.problem.tracks[t].id, self.c.slots[s].id)
            for rule, units in self._extras(t, s, first[s] if self.roomless else r).items():
                self._cost(rule, literal, units, subject)

    def _track_rules(self) -> None:
        for t, track in enumerate(self.problem.tracks):
            by_room: dict[int, list[Literal]] = defaultdict(list)
            sessions: dict[int, list[Literal]] = {}
            for s in self.slots_of[t]:
                sessions[s] = [self.meets[t, s, r] for r in self.rooms_of[t, s]]
                for r in self.rooms_of[t, s]:
                    by_room[r].append(self.meets[t, s, r])
            if not self.roomless and self.c.cost[rules.TRACK_ROOMS] != 0:
                rooms = [self._any(held) for _, held in sorted(by_room.items())]
                self._excess(rules.TRACK_ROOMS, rooms, 1, (track.id,))
            self._beside(rules.TRACK_PARALLEL, sessions, (track.id,))
            if self.c.cost[rules.TRACK_GAP] != 0:
                self._both(rules.TRACK_GAP, self._gaps(t), 1, (track.id,))
        self._similar()

    def _gaps(self, t: int) -> list[tuple[Expression, ...]]:
        """What says that the track leaves a slot out between two in which it meets."""
        slots, present = self.slots_of[t], self.present
        if not slots or all(present[t, s] is self.one for s in slots):
            return []
        every = range(len(self.c.slots))
        if not self.c.time.mixed:
            met: Expression = 0
            found: list[tuple[Expression, ...]] = []
            for s in every:
                here = present.get((t, s))
                earlier = present.get((t, s - 1), 0)
                if here is not None and not isinstance(met, int) and s >= 2:
                    found.append((met, here, 1 - earlier))
                if not isinstance(earlier, int):
                    started = self.model.new_bool_var("")
                    self.model.add_implication(earlier, started)
                    if not isinstance(met, int):
                        self.model.add(started >= met)
                    met = started
            return found
        found = []
        for u in every:
            over = [present[t, x] for x in self.c.time.beside[u] if (t, x) in present]
            ends = []
            for mask in (self.c.time.before[u], self.c.time.after[u]):
                there = [present[t, x] for x in slots if mask >> x & 1]
                if there:
                    some = self.model.new_bool_var("")
                    for literal in there:
                        self.model.add_implication(literal, some)
                    ends.append(some)
            if len(ends) == 2:
                found.append((*ends, 1 - sum(over)))
        return found

    def _levels(self, t: int, s: int) -> list[Literal]:
        """The k-th is true where the track has more than k sessions in the slot."""
        key = (t, s)
        if key not in self.levels:
            held = [self.meets[t, s, r] for r in self.rooms_of[key]]
            most = min(len(held), len(self.c.members[t]), MOST_AT_ONCE)
            if self._must(rules.TRACK_PARALLEL, 1) and not self.guarded:
                most = min(most, 1)
            found = [self.present[key]]
            for k in range(1, most):
                level = self.model.new_bool_var("")
                self.model.add(sum(held) <= k + (len(held) - k) * level)
                found.append(level)
            self.levels[key] = found
        return self.levels[key]

    def _similar(self) -> None:
        """Two sessions at once, one of each: k(x + y) - k² is a lower bound of x·y where both are
        k or more, and exact where the lesser is k."""
        self.levels: dict[tuple[int, int], list[Literal]] = {}
        for a, b, units in self.c.similar:
            names = (self.problem.tracks[a].id, self.problem.tracks[b].id)
            for s in self.slots_of[a]:
                for x in self.c.time.beside[s]:
                    if (b, x) not in self.present:
                        continue
                    one, other = self.present[a, s], self.present[b, x]
                    if self._must(rules.SIMILAR, units):
                        self._both(rules.SIMILAR, [(one, other)], units, names)
                        continue
                    levels = list(zip(self._levels(a, s), self._levels(b, x), strict=False))
                    if len(self._levels(a, s)) == len(self._levels(b, x)) == 1:
                        self._both(rules.SIMILAR, [(one, other)], units, names)
                        continue
                    if one is self.one and other is self.one:
                        continue
                    rooms = self.rooms_of[a, s], self.rooms_of[b, x]
                    here = sum(self.meets[a, s, r] for r in rooms[0])
                    there = sum(self.meets[b, x, r] for r in rooms[1])
                    due = self.model.new_int_var(0, len(rooms[0]) * len(rooms[1]), "")
                    for k, both in enumerate(levels, start=1):
                        self.model.add(due >= k * (here + there) - k * k).only_enforce_if(both)
                    self.terms.append((units * self.c.weighted(rules.SIMILAR), due))

    def _chairs(self) -> None:
        if self.c.cost[rules.CHAIR_TWICE] == 0:
            return
        for chair, tracks in self.c.chaired.items():
            sessions: dict[int, list[Literal]] = defaultdict(list)
            for t in tracks:
                for s in self.slots_of[t]:
                    sessions[s] += [self.meets[t, s, r] for r in self.rooms_of[t, s]]
            for s, here in sessions.items():
                if not any(x in sessions for x in self.c.time.beside[s] if x != s):
                    self._excess(rules.CHAIR_TWICE, here, 1, (chair, self.c.slots[s].id))
            if self.c.time.mixed:
                shared = {
                    s: held
                    for s, held in sessions.items()
                    if any(x in sessions for x in self.c.time.beside[s] if x != s)
                }
                self._beside(rules.CHAIR_TWICE, shared, (chair, ""))
            for i, given in enumerate(self.problem.contributions):
                if chair in given.people:
                    for t in tracks:
                        self._chair_elsewhere(chair, i, t)

    def _chair_elsewhere(self, chair: str, i: int, t: int) -> None:
        """The chair of a session of t gives contribution i in another room at that time."""
        own = self.c.track_of[i] == t
        if own and not self.c.needs_rooms(t):
            return
        for x in self.talk_slots[i]:
            for s in self.c.time.beside[x]:
                for r in self.rooms_of.get((t, s), ()):
                    there: Expression = self.at[i, x]
                    if own and s == x and (i, s, r) in self.seat:
                        if self.seat[i, s, r] is self.at[i, s]:
                            continue
                        there = self.at[i, s] - self.seat[i, s, r]
                    pair = [(self.meets[t, s, r], there)]
                    self._both(rules.CHAIR_TWICE, pair, 1, (chair, self.c.slots[s].id))

    def _plenaries(self) -> None:
        if self.c.cost[rules.PLENARY] == 0:
            return
        for i, given in enumerate(self.problem.contributions):
            if not given.plenary:
                continue
            for s in self.talk_slots[i]:
                cells = [
                    self.meets[t, x, r]
                    for x in self.c.time.beside[s]
                    for t in range(len(self.problem.tracks))
                    for r in self.rooms_of.get((t, x), ())
                ]
                least = 0
                if self.at[i, s] is self.one:
                    least = max(0, sum(literal is self.one for literal in cells) - 1)
                if self._must(rules.PLENARY, 1):
                    guard = self._guard(rules.PLENARY, (given.id,))
                    self.model.add(sum(cells) <= 1 + least).only_enforce_if([self.at[i, s], *guard])
                else:
                    over = self.model.new_int_var(0, len(cells), "")
                    self.model.add(over >= sum(cells) - 1).only_enforce_if(self.at[i, s])
                    self.terms.append((self.c.weighted(rules.PLENARY), over))

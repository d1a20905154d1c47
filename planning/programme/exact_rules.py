"""The rules of the exact model between sessions and between contributions."""

from __future__ import annotations

from collections.abc import Sequence

from planning.programme import rules
from planning.programme.charging import Charging, Expression, Literal


class Rules(Charging):
    """Adds the rules to the variables that `exact` has made."""

    def _session_costs(self) -> None:
        """What all tracks would pay in a cell is charged to the cell, the rest to the track."""
        for (s, r), units_of in self.common.items():
            for rule, units in units_of.items():
                self._cost(rule, self.used[s, r], units, ())
        real = self._real_rooms()
        for (t, s, r), literal in self.meets.items():
            subject = (self.problem.tracks[t].id, self.c.slots[s].id)
            for rule, units in self._extras(t, s, real[s][0] if self.roomless else r).items():
                self._cost(rule, literal, units, subject)

    def _track_rules(self) -> None:
        slots = sorted(self.rooms_in)
        for t, track in enumerate(self.problem.tracks):
            rooms: list[Literal] = []
            for r in range(0 if self.roomless else len(self.problem.rooms)):
                cells = [self.meets[t, s, r] for s in slots if (t, s, r) in self.meets]
                if cells:
                    used = self.model.new_bool_var("")
                    self.model.add_max_equality(used, cells)
                    rooms.append(used)
            self._excess(rules.TRACK_ROOMS, rooms, 1, (track.id,))
            for s in slots:
                cells = [self.meets[t, s, r] for r in self.rooms_in[s]]
                self._excess(rules.TRACK_PARALLEL, cells, 1, (track.id,))
            if self.c.cost[rules.TRACK_GAP] == 0:
                continue
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

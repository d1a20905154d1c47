"""What a contribution or a session counts for each rule where it is put, and what that costs."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cached_property

from planning.programme import rules
from planning.programme.clock import minutes_of, zone_of
from planning.programme.problem import Contribution, Person, Problem, Slot

BIG = 1_000_000_000_000  # more than all costs of a programme together (see `most`)


class Units:
    """The part of `Compiled` that looks at one place at a time."""

    problem: Problem
    cost: dict[str, int | None]  # of a unit of each rule
    slots: tuple[Slot, ...]
    slot_index: dict[str, int]
    room_index: dict[str, int]
    track_index: dict[str, int]
    index: dict[str, int]
    cells: list[tuple[int, int]]
    begin: list[int]
    long: list[int]
    step: int
    persons: dict[str, Person]

    def given(self, i: int) -> Contribution:
        return self.problem.contributions[i]

    def weighted(self, rule: str) -> int:
        """Cost of one unit, BIG where the rule must not be broken."""
        cost = self.cost[rule]
        return BIG if cost is None else cost

    def hard(self, rule: str) -> bool:
        return self.cost[rule] is None

    def talk_units(self, i: int, s: int, offset: int) -> dict[str, int]:
        """Units per rule of contribution i in slot s at an offset, the room left aside."""
        units = self.slot_units(i, s)
        for rule, count in self.time_units(i, s, offset).items():
            units[rule] = units.get(rule, 0) + count
        return units

    def slot_units(self, i: int, s: int) -> dict[str, int]:
        """Units per rule of contribution i for being in slot s, whenever it begins."""
        given, name = self.problem.contributions[i], self.slots[s].id
        units: dict[str, int] = {}
        if given.slot and given.slot != name:
            units[rules.FIXED] = 1
        if name in given.not_slots:
            units[rules.KEPT_OUT] = 1
        return units

    @cached_property
    def minds_time(self) -> list[bool]:
        """Per contribution, whether `time_units` has any of it at all."""
        bound = {name for name, person in self.persons.items() if person.zone or person.away}
        return [not bound.isdisjoint(given.people) for given in self.problem.contributions]

    @property
    def minds_offset(self) -> bool:
        """Whether `time_units` depends on the offset, and not on the slot alone."""
        return not self.problem.people_stay

    def time_units(self, i: int, s: int, offset: int) -> dict[str, int]:
        """Units per rule of contribution i for when it begins, which are those of its people."""
        if not self.minds_time[i]:
            return {}
        given = self.problem.contributions[i]
        units: dict[str, int] = {}
        start, end = self.taken_up(i, s, offset)
        for name in given.people:
            person = self.persons.get(name)
            if person is None:
                continue
            if any(minutes_of(a.start) < end and start < minutes_of(a.end) for a in person.away):
                units[rules.AWAY] = units.get(rules.AWAY, 0) + 1
            if person.zone:
                rule = self.hour_rule(person.zone, start, end)
                if rule:
                    units[rule] = units.get(rule, 0) + 1
        return units

    def taken_up(self, i: int, s: int, offset: int) -> tuple[int, int]:
        """From when to when contribution i takes up its people, begun so late in slot s."""
        if self.problem.people_stay:
            return self.begin[s], self.begin[s] + self.long[s]
        start = self.begin[s] + offset
        return start, start + self.problem.contributions[i].minutes

    def hour_rule(self, zone: str, start: int, end: int) -> str:
        """The rule of hours that somebody there would break who is taken up so long, if any."""
        venue, there = zone_of(self.problem.zone), zone_of(zone)
        day = datetime(2000, 1, 1, tzinfo=venue)
        local = (day + timedelta(minutes=start)).astimezone(there)
        first = local.hour * 60 + local.minute
        last = first + (end - start)
        for rule, hours in (
            (rules.NIGHT, self.problem.possible_hours),
            (rules.AWKWARD, self.problem.comfortable_hours),
        ):
            low, high = (int(at[:2]) * 60 + int(at[3:]) for at in hours)
            if first < low or last > high:
                return rule
        return ""

    def room_units(self, i: int, r: int) -> dict[str, int]:
        """Units per rule of contribution i in room r, whatever the slot."""
        given, room = self.problem.contributions[i], self.problem.rooms[r]
        units = {
            rules.EQUIPMENT: len(set(given.equipment) - set(room.equipment)),
            rules.CAPACITY: max(0, given.interest - room.seats),
            rules.LANGUAGE: int(
                bool(given.language and room.languages) and given.language not in room.languages
            ),
            rules.FIXED: int(bool(given.room) and given.room != room.id),
        }
        return {rule: count for rule, count in units.items() if count}

    @cached_property
    def price_in_room(self) -> list[list[int]]:
        """Per contribution and room, the cost that the room alone makes."""
        rooms = range(len(self.problem.rooms))
        return [[self.price(self.room_units(i, r)) for r in rooms] for i in range(len(self.index))]

    @cached_property
    def price_in_slot(self) -> list[list[int]]:
        """Per contribution and slot, the cost that the slot makes and the time in it, at the least
        if it matters when in the slot the contribution begins."""
        slots = range(len(self.slots))
        return [
            [
                min(self.price(self.talk_units(i, s, offset)) for offset in self._offsets(i, s))
                for s in slots
            ]
            for i in range(len(self.index))
        ]

    def _offsets(self, i: int, s: int) -> range:
        """When contribution i could begin in slot s, as far as that matters to it alone."""
        last = self.long[s] - self.given(i).minutes
        return range(0, max(0, last) * (self.minds_offset and self.minds_time[i]) + 1, self.step)

    def is_limited(self, i: int) -> bool:
        """Whether its slot or its time can cost the contribution anything."""
        return self.minds_time[i] or any(self.price_in_slot[i])

    @cached_property
    def session_units(self) -> dict[tuple[int, int, int], dict[str, int]]:
        """(track, slot, room) -> units per rule of a session of that track in that cell."""
        problem = self.problem
        units: dict[tuple[int, int, int], dict[str, int]] = defaultdict(dict)

        def add(t: int, s: int, r: int, rule: str, count: int) -> None:
            units[t, s, r][rule] = units[t, s, r].get(rule, 0) + count

        for wanted in problem.preferences:
            if wanted.contribution or not wanted.cost:
                continue
            tracks = (
                [self.track_index[wanted.track]] if wanted.track else range(len(problem.tracks))
            )
            for s, r in self.cells:
                if wanted.slot in ("", self.slots[s].id) and wanted.room in (
                    "",
                    problem.rooms[r].id,
                ):
                    for t in tracks:
                        add(t, s, r, rules.PREFERENCE, wanted.cost)
        for s, r in self.cells:
            end = self.begin[s] + self.long[s]
            for pause in problem.breaks:
                start = minutes_of(pause.start)
                if (not pause.rooms or problem.rooms[r].id in pause.rooms) and (
                    self.begin[s] < start + pause.minutes and start < end
                ):
                    for t in range(len(problem.tracks)):
                        add(t, s, r, rules.BREAK, 1)
            for t, track in enumerate(problem.tracks):
                for chair in track.chairs:
                    person = self.persons.get(chair)
                    if person and any(
                        minutes_of(a.start) < end and self.begin[s] < minutes_of(a.end)
                        for a in person.away
                    ):
                        add(t, s, r, rules.AWAY, 1)
        return units

    def price(self, units: dict[str, int]) -> int:
        """Cost of units per rule, BIG for each unit of a rule that must not be broken."""
        return sum(count * self.weighted(rule) for rule, count in units.items())

    def forbidden(self, units: dict[str, int]) -> bool:
        return any(count and self.hard(rule) for rule, count in units.items())

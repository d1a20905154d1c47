"""A programme problem as numbers, for the models: indices, unit costs per place, pair costs.

A *cell* is a room in a slot that is not closed (one possible session). Costs here are already
multiplied by the cost of their rule; a rule that must not be broken counts as `BIG` per unit, and
the exact model forbids such places instead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cached_property
from math import gcd
from zoneinfo import ZoneInfo

from planning.programme import rules
from planning.programme.problem import Contribution, Problem

BIG = 1_000_000_000_000  # more than all costs of a programme together


def minutes_of(moment: str) -> int:
    """Minutes since a fixed day of a local time "YYYY-MM-DDTHH:MM"."""
    return int((datetime.fromisoformat(moment) - datetime(2000, 1, 1)).total_seconds() // 60)  # noqa: DTZ001 - local times of the venue are compared with each other only


def zone_of(name: str) -> tzinfo:
    """A time zone from an IANA name or "UTC+07:00"."""
    if name.startswith(("UTC+", "UTC-")):
        shift = timedelta(hours=int(name[4:6]), minutes=int(name[7:9]))
        return timezone(shift if name[3] == "+" else -shift)
    return UTC if name == "UTC" else ZoneInfo(name)


@dataclass
class Compiled:
    """Everything a model needs, by index. See the properties for units."""

    problem: Problem
    cost: dict[str, int | None] = field(init=False)

    def __post_init__(self) -> None:
        self.cost = {rule: usual for rule, (usual, _) in rules.RULES.items()}
        self.cost.update({weight.rule: weight.cost for weight in self.problem.weights})
        problem = self.problem
        self.slots = tuple(sorted(problem.slots, key=lambda slot: slot.start))
        self.slot_index = {slot.id: i for i, slot in enumerate(self.slots)}
        self.room_index = {room.id: i for i, room in enumerate(problem.rooms)}
        self.track_index = {track.id: i for i, track in enumerate(problem.tracks)}
        self.index = {given.id: i for i, given in enumerate(problem.contributions)}
        self.track_of = [self.track_index[c.track] for c in problem.contributions]
        self.members: list[list[int]] = [[] for _ in problem.tracks]
        for i, track in enumerate(self.track_of):
            self.members[track].append(i)
        self.begin = [minutes_of(slot.start) for slot in self.slots]
        self.long = [slot.minutes for slot in self.slots]
        self.cells = [
            (s, r)
            for s, slot in enumerate(self.slots)
            for r, room in enumerate(problem.rooms)
            if slot.id not in room.closed
        ]
        self.step = gcd(*(c.minutes for c in problem.contributions))
        self.persons = {person.id: person for person in problem.persons}

    def weighted(self, rule: str) -> int:
        """Cost of one unit, BIG where the rule must not be broken."""
        cost = self.cost[rule]
        return BIG if cost is None else cost

    def hard(self, rule: str) -> bool:
        return self.cost[rule] is None

    @cached_property
    def timed(self) -> bool:
        """Whether the place of a contribution within its session can matter to any rule but the
        order, which sorting always satisfies within a session."""
        return (not self.problem.people_stay and self._people_have_limits()) or (
            not self.problem.delegates_stay and bool(self.wanted) and self.cost[rules.CLASH] != 0
        )

    def _people_have_limits(self) -> bool:
        return bool(self.shared) or any(
            person.zone or person.away for person in self.persons.values()
        )

    @cached_property
    def shared(self) -> list[tuple[int, int]]:
        """Pairs of contributions that share a speaker or panellist."""
        of: dict[str, list[int]] = defaultdict(list)
        for i, given in enumerate(self.problem.contributions):
            for name in dict.fromkeys(given.people):
                of[name].append(i)
        return sorted({(a, b) for held in of.values() for a in held for b in held if a < b})

    @cached_property
    def wanted(self) -> dict[tuple[int, int], int]:
        """Pairs of contributions -> delegates who want to hear both."""
        pairs: dict[tuple[int, int], int] = defaultdict(int)
        for wish in self.problem.wishes:
            held = sorted({self.index[name] for name in wish.contributions})
            for place, a in enumerate(held):
                for b in held[place + 1 :]:
                    pairs[a, b] += wish.count
        return dict(sorted(pairs.items()))

    def talk_units(self, i: int, s: int, offset: int) -> dict[str, int]:
        """Units per rule of contribution i in slot s at an offset, the room left aside."""
        given = self.problem.contributions[i]
        units: dict[str, int] = {}
        start, end = self.begin[s], self.begin[s] + self.long[s]
        if not self.problem.people_stay:
            start += offset
            end = start + given.minutes
        if given.slot and given.slot != self.slots[s].id:
            units[rules.FIXED] = 1
        for name in given.people:
            person = self.persons.get(name)
            if person is None:
                continue
            if any(minutes_of(a.start) < end and start < minutes_of(a.end) for a in person.away):
                units[rules.AWAY] = units.get(rules.AWAY, 0) + 1
            if person.zone:
                rule = self._hour_rule(person.zone, start, end)
                if rule:
                    units[rule] = units.get(rule, 0) + 1
        return units

    def _hour_rule(self, zone: str, start: int, end: int) -> str:
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
        """Per contribution and slot, the cost at the start of the slot that the time makes."""
        free = [0] * len(self.slots)
        return [
            [self.price(self.talk_units(i, s, 0)) for s in range(len(self.slots))]
            if self.is_limited(i)
            else free
            for i in range(len(self.index))
        ]

    def is_limited(self, i: int) -> bool:
        """Whether the time can cost the contribution anything."""
        return bool(self.given(i).slot) or any(
            name in self.persons and (self.persons[name].zone or self.persons[name].away)
            for name in self.given(i).people
        )

    @cached_property
    def talk_preferences(self) -> dict[int, list[tuple[int, int, int]]]:
        """Contribution -> (slot or -1, room or -1, units)."""
        found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for wanted in self.problem.preferences:
            if wanted.contribution:
                slot = self.slot_index[wanted.slot] if wanted.slot else -1
                room = self.room_index[wanted.room] if wanted.room else -1
                found[self.index[wanted.contribution]].append((slot, room, wanted.cost))
        return found

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

    @cached_property
    def chaired(self) -> dict[str, list[int]]:
        """Chair -> tracks chaired."""
        found: dict[str, list[int]] = defaultdict(list)
        for t, track in enumerate(self.problem.tracks):
            for chair in track.chairs:
                found[chair].append(t)
        return dict(sorted(found.items()))

    @cached_property
    def similar(self) -> list[tuple[int, int, int]]:
        """(track, track, units a slot)."""
        return [
            (self.track_index[pair.a], self.track_index[pair.b], pair.cost)
            for pair in self.problem.similar
            if pair.cost
        ]

    def needs_rooms(self, t: int) -> bool:
        """Whether it matters in which of several parallel sessions a contribution is."""
        members = self.members[t]
        inside = set(members)
        return (
            self.timed
            or len({self.given(i).minutes for i in members}) > 1
            or any(any(self.price_in_room[i]) for i in members)
            or any(r >= 0 for i in members for _, r, _ in self.talk_preferences.get(i, ()))
            or any(a in inside and b in inside for a, b in self.shared)
            or any(a in inside and b in inside for a, b in self.wanted)
            or any(set(self.given(i).people) & set(self.problem.tracks[t].chairs) for i in members)
        )

    def count_places(self) -> int:
        """How many variables of contributions and sessions the exact model would have, about."""
        total = len(self.problem.tracks) * len(self.cells)
        for t, members in enumerate(self.members):
            split = self.needs_rooms(t)
            for i in members:
                minutes = self.given(i).minutes
                for s, _ in self.cells:
                    if split and minutes <= self.long[s]:
                        total += (self.long[s] - minutes) // self.step + 1 if self.timed else 1
                total += len(self.slots)
        return total

    def first_heat(self) -> float:
        """A temperature for the local search that fits the size of the costs of wishes."""
        if not self.wanted:
            return 5.0
        mean = sum(self.wanted.values()) / len(self.wanted)
        return 2.0 * mean * self.weighted(rules.CLASH)

    def given(self, i: int) -> Contribution:
        return self.problem.contributions[i]

    def price(self, units: dict[str, int]) -> int:
        """Cost of units per rule, BIG for each unit of a rule that must not be broken."""
        return sum(count * self.weighted(rule) for rule, count in units.items())

    def forbidden(self, units: dict[str, int]) -> bool:
        return any(count and self.hard(rule) for rule, count in units.items())


__all__ = ["BIG", "Compiled", "minutes_of", "zone_of"]

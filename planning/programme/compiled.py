"""A programme problem as numbers, for the models: indices, unit costs per place, pair costs.

A *cell* is a room in a slot that is not closed (one possible session). Costs here are already
multiplied by the cost of their rule; a rule that must not be broken counts as `BIG` per unit, and
the exact model forbids such places instead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import gcd

from planning.programme import rules
from planning.programme.clock import minutes_of
from planning.programme.problem import Problem
from planning.programme.timeline import Timeline
from planning.programme.units import Units


@dataclass(frozen=True)
class Near:
    """Contributions a and b need so many minutes between them; within one session it is enough
    that they are in it, where `together`."""

    rule: str
    a: int
    b: int
    minutes: int
    together: bool


@dataclass(eq=False)
class Compiled(Units):
    """Everything a model needs, by index. See the properties for units."""

    problem: Problem
    replanned: bool = False  # whether a programme stands that is to be changed little
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
        self.time = Timeline(self.begin, self.long)
        self.cells = [
            (s, r)
            for s, slot in enumerate(self.slots)
            for r, room in enumerate(problem.rooms)
            if slot.id not in room.closed
        ]
        # where slots overlap, their starts must lie on one raster as well
        shifts = [self.begin[s] - self.begin[o[0]] for s, o in enumerate(self.time.beside)]
        self.step = gcd(*(c.minutes for c in problem.contributions), *shifts)
        self.first_unit = self._first_units()
        self.size = [1 if c.poster else c.minutes // self.step for c in problem.contributions]
        # (track, slot, room) -> an estimate, see `prices.cell_price`
        self.cell_prices: dict[tuple[int, int, int], int | None] = {}
        self.persons = {person.id: person for person in problem.persons}

    def _first_units(self) -> list[int]:
        """Per slot, its first unit of time: steps count on through all slots, and slots that
        overlap share theirs."""
        found: list[int] = []
        end = -1  # of what has begun, in minutes
        used = shift = 0
        for begin, long in zip(self.begin, self.long, strict=True):
            if begin >= end:
                shift = begin - used * self.step
            first = (begin - shift) // self.step
            found.append(first)
            used = max(used, first + -(-long // self.step))
            end = max(end, begin + long)
        self.units = used
        return found

    def holds(self, s: int, r: int) -> int:
        """How much a session in the cell holds, in the units of `size`: steps of time, boards."""
        return self.problem.rooms[r].boards or self.long[s] // self.step

    def suits(self, i: int, s: int, r: int) -> bool:
        """Whether the contribution can be in the cell at all: long enough, boards for posters."""
        given = self.given(i)
        return given.minutes <= self.long[s] and given.poster == bool(self.problem.rooms[r].boards)

    @cached_property
    def timed(self) -> bool:
        """Whether the time of a contribution within its session can matter to any rule."""
        between = bool(self.near or (self.shared and self.cost[rules.PERSON_TWICE] != 0))
        return (
            (self.minds_offset and any(self.minds_time))
            or (not self.problem.people_stay and between)
            or (not self.problem.delegates_stay and bool(self.wanted))
        )

    @cached_property
    def sharing(self) -> list[tuple[int, int]]:
        """Pairs of contributions that share a speaker or panellist."""
        of: dict[str, list[int]] = defaultdict(list)
        for i, given in enumerate(self.problem.contributions):
            for name in dict.fromkeys(given.people):
                of[name].append(i)
        return sorted({(a, b) for held in of.values() for a in held for b in held if a < b})

    @cached_property
    def shared(self) -> list[tuple[int, int]]:
        """The same where it can cost anything."""
        off = self.cost[rules.PERSON_TWICE] == 0 and self.cost[rules.PAUSE] == 0
        return [] if off else self.sharing

    @cached_property
    def all_near(self) -> list[Near]:
        """Pairs of contributions that should have time between them."""
        found = [Near(rules.PAUSE, a, b, self.problem.pause, True) for a, b in self.sharing]
        return found + [
            Near(rules.APART, self.index[pair.a], self.index[pair.b], pair.minutes, False)
            for pair in self.problem.apart
        ]

    @cached_property
    def near(self) -> list[Near]:
        """The same where it can cost anything."""
        if self.cost[rules.PAUSE] == 0 and self.cost[rules.APART] == 0:
            return []
        return [near for near in self.all_near if self.cost[near.rule] != 0]

    @cached_property
    def neighbours(self) -> list[tuple[int, int]]:
        """Pairs of contributions that should stand next to each other."""
        return [(self.index[pair.a], self.index[pair.b]) for pair in self.problem.next_to]

    @cached_property
    def adjacent(self) -> list[tuple[int, int]]:
        """The same where it can cost anything."""
        return [] if self.cost[rules.NEXT_TO] == 0 else self.neighbours

    def position(self, i: int) -> int:
        """The position in its track, counted from 1; 0 where free or where it costs nothing. One
        that the track does not have is behind the last."""
        wanted = self.given(i).position if self.cost[rules.POSITION] != 0 else 0
        count = len(self.members[self.track_of[i]])
        if wanted < 0:
            return count + 1 + wanted if wanted >= -count else count + 1
        return min(wanted, count + 1)

    def session_position(self, i: int) -> int:
        """The position in its session, from 1 or from -1; 0 where it costs nothing."""
        return self.given(i).session_position if self.cost[rules.SESSION_POSITION] != 0 else 0

    def order(self, i: int) -> int:
        """The rank in its track; 0 where it costs nothing."""
        return self.given(i).order if self.cost[rules.ORDER] != 0 else 0

    @cached_property
    def lined(self) -> list[bool]:
        """Per track, whether the exact model must say which contribution of a session is which:
        elsewhere any order within sessions can be made after it."""
        paired = {self.track_of[a] for a, _ in self.adjacent}
        return [
            t in paired
            or any(self.session_position(i) for i in held)
            or (any(map(self.position, held)) and (self.timed or any(map(self.order, held))))
            # posters of a session stand in the order of the problem, which cannot be arranged
            or (
                any(self.given(i).poster for i in held)
                and (any(map(self.position, held)) or any(map(self.order, held)))
            )
            for t, held in enumerate(self.members)
        ]

    @cached_property
    def wishing(self) -> dict[tuple[int, int], int]:
        """Pairs of contributions -> delegates who want to hear both."""
        pairs: dict[tuple[int, int], int] = defaultdict(int)
        for wish in self.problem.wishes:
            held = sorted({self.index[name] for name in wish.contributions})
            for place, a in enumerate(held):
                for b in held[place + 1 :]:
                    pairs[a, b] += wish.count
        return dict(sorted(pairs.items()))

    @cached_property
    def wanted(self) -> dict[tuple[int, int], int]:
        """The same where it can cost anything."""
        return {} if self.cost[rules.CLASH] == 0 else self.wishing

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

    @cached_property
    def _alone(self) -> bool:
        """Whether no track can have two sessions at once."""
        return self.hard(rules.TRACK_PARALLEL) and not self.time.mixed

    @cache  # noqa: B019 - lives as long as the problem
    def needs_rooms(self, t: int) -> bool:
        """Whether it matters in which of several parallel sessions a contribution is."""
        members = self.members[t]
        inside = set(members)
        if (
            self.timed
            or self.lined[t]
            or self.time.mixed
            or any(self.given(i).poster for i in members)
            or any(any(self.price_in_room[i]) for i in members)
            or any(r >= 0 for i in members for _, r, _ in self.talk_preferences.get(i, ()))
        ):
            return True
        return not self._alone and (
            (self.replanned and any(self.order(i) or self.position(i) for i in members))
            or len({self.given(i).minutes for i in members}) > 1
            or any(a in inside and b in inside for a, b in self.shared)
            or any(a in inside and b in inside for a, b in self.wanted)
            or (self.cost[rules.CHAIR_TWICE] != 0 and any(map(self._by_its_chair, members)))
        )

    def _by_its_chair(self, i: int) -> bool:
        """Whether who chairs the track of a contribution presents it."""
        chairs = self.problem.tracks[self.track_of[i]].chairs
        return not set(self.given(i).people).isdisjoint(chairs)

    @cached_property
    def pairs_within(self) -> int:
        """Pairs of contributions that cost something where they are on at once."""
        return len(self.wanted) + len(self.shared) + len(self.near)

    def count_places(self) -> int:
        """How many variables of contributions and sessions the exact model would have, about."""
        total = len(self.problem.tracks) * len(self.cells)
        for t, members in enumerate(self.members):
            split = self.needs_rooms(t)
            for i in members:
                minutes = self.given(i).minutes
                for s, r in self.cells:
                    if split and self.suits(i, s, r):
                        total += (self.long[s] - minutes) // self.step + 1 if self.timed else 1
                        total += 4 if self.lined[t] else 0
                total += len(self.slots)
        return total

"""Programmes made around a planted plan that keeps every rule.

Rooms are walked through slot by slot and cut into tracks; sessions are filled with contributions
until so many of the cells are taken; then rules are added that the plan keeps, and wishes of which
a few do not come true. Everything is drawn from the seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from planning.programme import rules
from planning.programme.problem import (
    Contribution,
    Place,
    Preference,
    Problem,
    Room,
    SimilarTracks,
    Slot,
    Track,
    Wish,
)
from planning.results import Plan
from planning.terms import Weight

UNIT = 20  # minutes
DAY_SLOTS = (3, 4, 5)
KEPT = 0.2  # of what the plan does not fulfil, so much is wanted all the same


@dataclass(frozen=True)
class Shape:
    """What kind of programme is made.

    contributions, tracks  about so many
    lengths    of contributions, in units of 20 minutes
    slots      lengths of slots, in units
    fill       part of the cells that is taken
    closed     part of the cells that is closed
    order      part of the tracks whose contributions have an order
    hard       whether that order must hold
    positions  part of the tracks whose first and last are said, and who opens a session
    overlaps   whether a room holds half-day sessions beside the others
    wishes     pairs that delegates want to hear
    steep      prices from 1 to 100,000, as in programmes of large conferences
    """

    contributions: int
    tracks: int
    lengths: tuple[int, ...] = (1,)
    slots: tuple[int, ...] = (4,)
    fill: float = 0.92
    closed: float = 0.0
    order: float = 0.0
    hard: bool = False
    positions: float = 0.0
    overlaps: bool = False
    wishes: int = 1500
    steep: bool = False


SHAPES = (
    ("ordered", Shape(220, 27, (1, 1, 1, 2), (4,), 0.97, order=1.0, wishes=4500)),
    ("large", Shape(330, 59, (1,), (3, 3, 4), 0.95, order=0.05, wishes=160, steep=True)),
    ("ordered-hard", Shape(200, 25, (1, 1, 2), (4,), 0.97, order=1.0, hard=True, wishes=4500)),
    ("small", Shape(100, 8, (1, 2), (3, 4), 0.85, 0.1, positions=0.5, wishes=600)),
    ("lengths", Shape(300, 40, (1, 1, 2, 3), (3, 4, 5), 0.92, 0.05, order=0.3)),
    ("full", Shape(400, 50, (1,), (4,), 0.97, 0.05, positions=0.3, steep=True)),
    ("overlaps", Shape(250, 30, (1, 2), (4,), 0.85, positions=0.3, overlaps=True)),
    ("positions", Shape(180, 20, (1,), (3, 4), 0.92, 0.1, order=0.2, positions=0.8)),
    ("largest", Shape(600, 60, (1, 1, 2), (4, 5), 0.92, 0.03, order=0.2, wishes=3000)),
    ("closed", Shape(350, 45, (1, 1, 3), (3, 4), 0.92, 0.2, positions=0.2, overlaps=True)),
)


@dataclass
class Making:
    """A programme under construction; cells are (slot, room) by index."""

    shape: Shape
    rng: Random
    slots: list[Slot] = field(default_factory=list)
    long: list[int] = field(default_factory=list)  # slots that overlap others
    rooms: int = 0
    open: dict[int, list[int]] = field(default_factory=dict)  # room -> slots
    tracks: list[list[tuple[int, int]]] = field(default_factory=list)
    talks: list[tuple[int, int, tuple[int, int], int]] = field(default_factory=list)


def make(seed: int) -> tuple[str, Problem, Plan]:
    """The kind, the programme problem and the planted plan of a seed."""
    kind, shape = SHAPES[(seed - 1) % len(SHAPES)]
    rng = Random(seed * 7919)
    making = Making(shape, rng)
    _calendar(making)
    _cut(making)
    _fill(making)
    problem = _problem(making)
    places = [
        Place(f"c{i:03}", making.slots[s].id, f"r{r}", offset)
        for i, (_, _, (s, r), offset) in enumerate(making.talks)
    ]
    return kind, problem, Plan("programme", tuple(places))


def _calendar(making: Making) -> None:
    """Slots, rooms, and which rooms are open when."""
    shape, rng = making.shape, making.rng
    mean = sum(shape.lengths) / len(shape.lengths)
    units = shape.contributions * mean / shape.fill
    making.rooms = max(3, min(12, round(units**0.5 / 2.6)))
    cells = units / (sum(shape.slots) / len(shape.slots)) / (1 - shape.closed)
    count = max(4, round(cells / making.rooms))
    per_day = rng.choice(DAY_SLOTS)
    starts = [510, 630, 810, 990, 1110]
    for k in range(count):
        day, hour = divmod(k, per_day)
        at = starts[hour]
        length = rng.choice(shape.slots) * UNIT
        making.slots.append(
            Slot(f"s{k:02}", f"2030-05-{6 + day:02}T{at // 60:02}:{at % 60:02}", length)
        )
    for r in range(making.rooms):
        slots = [k for k in range(count) if rng.random() >= shape.closed]
        making.open[r] = slots or [0]
    if shape.overlaps:
        for day in range(-(-count // per_day)):
            making.long.append(len(making.slots))
            making.slots.append(Slot(f"w{day}", f"2030-05-{6 + day:02}T08:30", 10 * UNIT))
        making.open[making.rooms] = list(making.long)
        making.rooms += 1


def _cut(making: Making) -> None:
    """Cut the cells of each room into tracks of sessions that follow one another."""
    shape, rng = making.shape, making.rng
    cells = sum(len(slots) for slots in making.open.values())
    mean = max(1.0, cells / shape.tracks)
    for r, slots in making.open.items():
        rest = list(slots)
        while rest:
            size = max(1, round(rng.gauss(mean, mean / 3)))
            run = [rest.pop(0)]
            while len(run) < size and rest and (rest[0] == run[-1] + 1 or making.long):
                if rest[0] != run[-1] + 1:
                    break
                run.append(rest.pop(0))
            making.tracks.append([(s, r) for s in run])


def _fill(making: Making) -> None:
    """Fill the sessions until the part of them is taken that was asked for."""
    shape, rng = making.shape, making.rng
    for t, cells in enumerate(making.tracks):
        for s, r in cells:
            room, offset = making.slots[s].minutes // UNIT, 0
            while room:
                length = min(room, rng.choice(shape.lengths))
                if offset and rng.random() < (1 - shape.fill) * room * 0.55:
                    break
                making.talks.append((t, length, (s, r), offset))
                offset += length * UNIT
                room -= length


def _at_once(making: Making, s: int, x: int) -> bool:
    if s == x:
        return True
    a, b = making.slots[s], making.slots[x]
    return (s in making.long or x in making.long) and a.start[:10] == b.start[:10]


def _problem(making: Making) -> Problem:
    shape = making.shape
    closed = {
        r: tuple(slot.id for k, slot in enumerate(making.slots) if k not in slots)
        for r, slots in making.open.items()
    }
    steep = shape.steep
    return Problem(
        zone="UTC",
        slots=tuple(making.slots),
        rooms=tuple(Room(f"r{r}", 60, closed=closed[r]) for r in range(making.rooms)),
        tracks=_tracks(making),
        contributions=_contributions(making),
        similar=_similar(making),
        preferences=_preferences(making),
        wishes=_wishes(making),
        weights=(
            Weight(rules.ORDER, None if shape.hard else 100 if steep else 1_000_000),
            Weight(rules.TRACK_ROOMS, 50 if steep else 10),
            Weight(rules.TRACK_GAP, 1 if steep else 10),
            Weight(rules.TRACK_PARALLEL, 10_000 if steep else 20),
        ),
        delegates_stay=making.rng.random() < 0.7,
    )


def _tracks(making: Making) -> tuple[Track, ...]:
    """A chair for each track; some chair two that are not on at once."""
    rng, count = making.rng, len(making.tracks)
    chairs = [f"chair{t}" for t in range(count)]
    for _ in range(count // 6):
        a, b = rng.sample(range(count), 2)
        apart = not any(
            _at_once(making, s, x) for s, _ in making.tracks[a] for x, _ in making.tracks[b]
        )
        if apart and chairs[a] == f"chair{a}" and chairs[b] == f"chair{b}":
            chairs[b] = chairs[a]
    return tuple(Track(f"t{t:02}", (chair,)) for t, chair in enumerate(chairs))


def _contributions(making: Making) -> tuple[Contribution, ...]:
    shape, rng = making.shape, making.rng
    members: dict[int, list[int]] = {}
    for i, (t, _, _, _) in enumerate(making.talks):
        members.setdefault(t, []).append(i)
    people = [[f"p{i:03}"] for i in range(len(making.talks))]
    busy: set[int] = set()
    for _ in range(len(people) // 6):
        i, j = rng.sample(range(len(people)), 2)
        s, x = making.talks[i][2], making.talks[j][2]
        if not busy & {i, j} and (s == x or not _at_once(making, s[0], x[0])):
            people[j].append(f"p{i:03}")
            busy |= {i, j}
    found = [
        Contribution(
            f"c{i:03}", f"t{t:02}", length * UNIT, tuple(dict.fromkeys(people[i])), interest=40
        )
        for i, (t, length, _, _) in enumerate(making.talks)
    ]
    for held in members.values():
        draw = rng.random()
        if draw < shape.order:
            for rank, i in enumerate(held, start=1):
                found[i] = replace(found[i], order=rank)
        elif draw < shape.order + shape.positions:
            found[held[0]] = replace(found[held[0]], position=1)
            if len(held) > 2:
                found[held[-1]] = replace(found[held[-1]], position=-1)
                opens = [i for i in held[1:-1] if making.talks[i][3] == 0]
                if opens:
                    opener = rng.choice(opens)
                    found[opener] = replace(found[opener], session_position=1)
    return tuple(found)


def _similar(making: Making) -> tuple[SimilarTracks, ...]:
    """Pairs of tracks, a few of which are on at once."""
    rng, count = making.rng, len(making.tracks)
    prices = (1, 100, 10_000, 100_000) if making.shape.steep else (1, 10, 100)
    found: dict[tuple[int, int], int] = {}
    for _ in range(count):
        a, b = sorted(rng.sample(range(count), 2))
        at_once = any(
            _at_once(making, s, x) for s, _ in making.tracks[a] for x, _ in making.tracks[b]
        )
        if not at_once:
            found[a, b] = rng.choice(prices)
        elif rng.random() < KEPT:
            found[a, b] = 1
    return tuple(SimilarTracks(f"t{a:02}", f"t{b:02}", cost) for (a, b), cost in found.items())


def _preferences(making: Making) -> tuple[Preference, ...]:
    """Slots and rooms that tracks are to avoid, and the plan mostly does."""
    rng = making.rng
    price = 1000 if making.shape.steep else 10
    found = []
    for t, cells in enumerate(making.tracks):
        met = {s for s, _ in cells}
        for s in rng.sample(range(len(making.slots)), min(3, len(making.slots))):
            if s not in met or rng.random() < KEPT / 4:
                slot = making.slots[s].id
                found.append(Preference(price, track=f"t{t:02}", slot=slot))
        r = rng.randrange(making.rooms)
        if r != cells[0][1] or rng.random() < KEPT:
            found.append(Preference(price // 10, track=f"t{t:02}", room=f"r{r}"))
    return tuple(found)


def _wishes(making: Making) -> tuple[Wish, ...]:
    """Pairs that delegates want to hear, a few of which are on at once in the plan."""
    rng = making.rng
    found: list[Wish] = []
    count = len(making.talks)
    while len(found) < making.shape.wishes:
        i, j = sorted(rng.sample(range(count), 2))
        (s, r), (x, y) = making.talks[i][2], making.talks[j][2]
        if r == y or not _at_once(making, s, x) or rng.random() < KEPT:
            found.append(Wish((f"c{i:03}", f"c{j:03}")))
    return tuple(found)

"""Why there is no programme, where two contributions show it.

Each contribution has the slots that the rules about it alone leave; each rule about two says which
slots of one go with which of the other. Where none do, the rules that are needed for that are the
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from planning.programme import rules
from planning.programme.compiled import Compiled, Near
from planning.programme.reasons import Key


@dataclass(frozen=True)
class Pair:
    """Two contributions, the rule about them, and per slot of a a mask of slots that b may have."""

    key: Key
    a: int
    b: int
    open: Sequence[int]


class Slots:
    """The slots that the rules about one contribution leave it."""

    def __init__(self, c: Compiled) -> None:
        self.c = c
        self.all = (1 << len(c.slots)) - 1
        self._session = {
            place: names for place, units in c.session_units.items() if (names := _hard(c, units))
        }
        self._suited: dict[tuple[int, bool], list[tuple[int, int]]] = {}
        self.of = [self._mask(i) for i in range(len(c.size))]

    def _cells(self, i: int) -> list[tuple[int, int]]:
        given = self.c.given(i)
        kind = (given.minutes, given.poster)
        if kind not in self._suited:
            self._suited[kind] = [cell for cell in self.c.cells if self.c.suits(i, *cell)]
        return self._suited[kind]

    def _names(self, i: int) -> tuple[list[set[str]], list[set[str]]]:
        """Hard rules that contribution i breaks by slot, and by room."""
        c = self.c
        of_room = [_hard(c, c.room_units(i, r)) for r in range(len(c.problem.rooms))]
        of_slot: list[set[str]] = [set() for _ in c.slots]
        if c.is_limited(i):
            for s in range(len(c.slots)):
                of_slot[s] = _hard(c, c.slot_units(i, s))
                if not c.minds_offset:
                    of_slot[s] |= _hard(c, c.time_units(i, s, 0))
        return of_slot, of_room

    def _mask(self, i: int) -> int:
        of_slot, of_room = self._names(i)
        t, found = self.c.track_of[i], 0
        for s, r in self._cells(i):
            if not of_slot[s] and not of_room[r] and (t, s, r) not in self._session:
                found |= 1 << s
        return found

    def blocked(self, i: int) -> list[tuple[int, set[Key]]]:
        """Per cell that could hold it, its slot and the rules that forbid it there; beside them the
        slots in which there is no room for it, be it because of these rules or of its length."""
        of_slot, of_room = self._names(i)
        t, given, c = self.c.track_of[i], self.c.given(i), self.c
        track = c.problem.tracks[t].id
        found = []
        for s, r in self._cells(i):
            keys: set[Key] = {(rule, (given.id,)) for rule in of_slot[s] | of_room[r]}
            for rule in self._session.get((t, s, r), ()):
                keys.add((rule, (track, c.slots[s].id)))
            found.append((s, keys))
        own = c.room_index[given.room] if given.room else None
        for s in range(len(c.slots)):
            if not any(x == s and own in (None, r) for x, r in self._cells(i)):
                names = of_slot[s] | (of_room[own] if own is not None else set())
                found.append((s, {(rule, (given.id,)) for rule in names | {rules.ROOM_ONLY}}))
        return found

    def needed(self, i: int, mask: int = 0) -> list[Key]:
        """Rules of which none can be left out that together keep it out of all other slots."""
        blocked = [keys for s, keys in self.blocked(i) if not mask >> s & 1]
        needed = sorted({key for keys in blocked for key in keys})
        for key in list(needed):
            rest = [other for other in needed if other != key]
            if all(keys & set(rest) for keys in blocked):
                needed = rest
        return needed


def _hard(c: Compiled, units: dict[str, int]) -> set[str]:
    return {rule for rule, count in units.items() if count and c.hard(rule)}


def of_pairs(c: Compiled, slots: Slots) -> list[Key]:
    """The rules that leave two contributions no slots that go together; none where all have."""
    for pair in _pairs(c, slots):
        if not _goes(pair, slots.of[pair.a], slots.of[pair.b]):
            return [*_needed(pair, slots), pair.key]
    return []


def _goes(pair: Pair, of_a: int, of_b: int) -> bool:
    return any(of_a >> s & 1 and of_b & held for s, held in enumerate(pair.open))


def _needed(pair: Pair, slots: Slots) -> list[Key]:
    """The rules about each of the two that are needed for the contradiction."""
    cells_a, cells_b = slots.blocked(pair.a), slots.blocked(pair.b)
    needed = sorted({key for _, keys in (*cells_a, *cells_b) for key in keys})
    for key in list(needed):
        rest = {other for other in needed if other != key}
        left = [_left(cells, rest) for cells in (cells_a, cells_b)]
        if not _goes(pair, *left):
            needed = sorted(rest)
    return needed


def _left(cells: Iterable[tuple[int, set[Key]]], keys: set[Key]) -> int:
    """The slots that only these rules leave."""
    found = 0
    for s, held in cells:
        if not held & keys:
            found |= 1 << s
    return found


def _pairs(c: Compiled, slots: Slots) -> Iterator[Pair]:
    """All pairs of contributions that a hard rule keeps apart or together. Of a plenary one, and
    of tracks, only those that are bound to some slots."""
    count = range(len(c.slots))
    disjoint = [slots.all & ~c.time.over[s] for s in count]
    stay = c.problem.people_stay

    def name(i: int) -> str:
        return c.given(i).id

    if c.hard(rules.PERSON_TWICE) and stay:
        for a, b in c.shared:
            together = c.track_of[a] == c.track_of[b]
            held = [disjoint[s] | together << s for s in count]
            yield Pair((rules.PERSON_TWICE, (name(a), name(b))), a, b, held)
    for near in c.near:
        if c.hard(near.rule):
            key: Key = (near.rule, (name(near.a), name(near.b)))
            yield Pair(key, near.a, near.b, _far_enough(c, near))
    if c.hard(rules.NEXT_TO):
        for a, b in c.adjacent:
            size = c.size[a] + c.size[b]
            wide = {
                s
                for s, r in c.cells
                if c.suits(a, s, r) and c.suits(b, s, r) and c.holds(s, r) >= size
            }
            held = [(s in wide) << s for s in count]
            yield Pair((rules.NEXT_TO, (name(a), name(b))), a, b, held)
    bound = [i for i, mask in enumerate(slots.of) if mask != slots.all]
    if c.hard(rules.PLENARY):
        for a in (i for i in bound if c.given(i).plenary):
            for b in (i for i in bound if i != a):
                together = c.track_of[a] == c.track_of[b]
                held = [disjoint[s] | together << s for s in count] if together else disjoint
                yield Pair((rules.PLENARY, (name(a),)), a, b, held)
    for key, a_track, b_track in _tracks(c):
        for a, b in combinations(bound, 2):
            if {c.track_of[a], c.track_of[b]} == {a_track, b_track}:
                yield Pair(key, a, b, disjoint)


def _tracks(c: Compiled) -> Iterator[tuple[Key, int, int]]:
    """Two tracks that must not have sessions at once."""
    names = [track.id for track in c.problem.tracks]
    if c.hard(rules.SIMILAR):
        for a, b, _ in c.similar:
            yield (rules.SIMILAR, (names[a], names[b])), a, b
    if c.hard(rules.CHAIR_TWICE):
        for chair, tracks in c.chaired.items():
            for a, b in combinations(tracks, 2):
                yield (rules.CHAIR_TWICE, (chair, "")), a, b


def _far_enough(c: Compiled, near: Near) -> list[int]:
    """Per slot of a, the slots in which b can be far enough from it; where people come and go,
    wherever that may be so for some time within the slots."""
    count = range(len(c.slots))
    begin, end = c.time.begin, c.time.end
    together = near.together and c.track_of[near.a] == c.track_of[near.b]
    a, b = c.given(near.a).minutes, c.given(near.b).minutes
    found = []
    for s in count:
        held = together << s
        for x in count:
            if c.problem.people_stay:
                between = c.time.between(s, x)
            else:
                between = max(end[x] - b - begin[s] - a, end[s] - a - begin[x] - b)
            held |= (between >= near.minutes) << x
        found.append(held)
    return found

"""What sessions cost in the local search: cells, tracks, and what is on in one stretch of time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from planning.programme import rules

if TYPE_CHECKING:
    from planning.programme.state import State

MOST_KEPT = 200_000  # answers remembered before they are forgotten


class Structure:
    """Costs of the rules between sessions, of a state that is being changed."""

    def __init__(self, state: State) -> None:
        self.state, self.c = state, state.c
        c = self.c
        tracks = range(len(c.problem.tracks))
        self.chairs = [tuple(dict.fromkeys(track.chairs)) for track in c.problem.tracks]
        everyone = {name for names in self.chairs for name in names}
        if c.cost[rules.CHAIR_TWICE] == 0:
            everyone = set()
        self.gives = [
            tuple(name for name in given.people if name in everyone)
            for given in c.problem.contributions
        ]
        self.plenary = [
            given.plenary and c.cost[rules.PLENARY] != 0 for given in c.problem.contributions
        ]
        self.slot_only = any(self.gives) or any(self.plenary)
        self.similar = [[0 for _ in tracks] for _ in tracks]
        for a, b, units in c.similar:
            cost = units * c.weighted(rules.SIMILAR)
            self.similar[a][b] += cost
            self.similar[b][a] += cost
        self.chaired = any(self.chairs) and c.cost[rules.CHAIR_TWICE] != 0
        self.between = bool(c.similar) or self.chaired or self.slot_only
        self.clusters = self._clusters()
        self.cluster_of = {s: k for k, held in enumerate(self.clusters) for s in held}
        self.cells_of_cluster: list[list[int]] = [[] for _ in self.clusters]
        for n, (s, _) in enumerate(c.cells):
            self.cells_of_cluster[self.cluster_of[s]].append(n)
        self.lines = [self._has_line(t) for t in tracks]
        self.beside_of: list[list[tuple[int, int]]] = [[] for _ in tracks]
        for a, b in c.adjacent:
            self.beside_of[c.track_of[a]].append((a, b))
        talks = range(len(c.problem.contributions))
        self.order = [c.order(i) for i in talks]
        self.position = [c.position(i) for i in talks]
        self.in_session = [c.session_position(i) for i in talks]
        self.any_position = [any(self.position[i] for i in held) for held in c.members]
        self.any_in_session = [any(self.in_session[i] for i in held) for held in c.members]
        self._shapes: dict[tuple[int, ...], int] = {}
        self._mixes: dict[tuple[int, ...], int] = {}

    def _has_line(self, t: int) -> bool:
        c = self.c
        paired = {i for pair in c.adjacent for i in pair}
        return any(
            c.order(i) or c.position(i) or c.session_position(i) or i in paired
            for i in c.members[t]
        )

    def _clusters(self) -> list[list[int]]:
        """Slots that overlap, together with those that overlap them and so on."""
        found: list[list[int]] = []
        end = -1
        for s in range(len(self.c.slots)):
            if found and self.c.begin[s] < end:
                found[-1].append(s)
            else:
                found.append([s])
            end = max(end, self.c.time.end[s])
        return found

    def chairs_somewhere(self, i: int) -> bool:
        """Whether somebody who gives contribution i chairs a track."""
        return bool(self.gives[i])

    # -- tracks --------------------------------------------------------------------------------

    def tracks_cost(self, tracks: Iterable[int]) -> int:
        """Cost of the rules of these tracks' own sessions: cells, rooms, parallels, gaps, order,
        positions."""
        return sum(self.track_cost(track) for track in tracks if track >= 0)

    def track_cost(self, track: int) -> int:
        """The same of one track."""
        cells = sorted(self.state.cells_of_track[track])
        if not cells:
            return 0
        cost = self.shape_cost(track, cells)
        if self.lines[track]:
            cost += self.line_cost(track, [self.state.sessions[n].held for n in cells])
        return cost

    def shape_cost(self, track: int, cells: list[int]) -> int:
        """What it costs that the track meets in these cells (sorted)."""
        key = (track, *cells)
        known = self._shapes.get(key)
        if known is not None:
            return known
        c = self.c
        places = [c.cells[n] for n in cells]
        cost = (len({r for _, r in places}) - 1) * c.weighted(rules.TRACK_ROOMS)
        cost += c.time.parallels(s for s, _ in places) * c.weighted(rules.TRACK_PARALLEL)
        met = 0
        for s, _ in places:
            met |= 1 << s
        if c.cost[rules.TRACK_GAP] != 0 and c.time.gap(met):
            cost += c.weighted(rules.TRACK_GAP)
        for s, r in places:
            units = c.session_units.get((track, s, r))
            if units:
                cost += c.price(units)
        if len(self._shapes) > MOST_KEPT:
            self._shapes.clear()
        self._shapes[key] = cost
        return cost

    def line_cost(self, track: int, sessions: list[list[int]]) -> int:
        """Order, positions and neighbours of a track's sessions in their order."""
        c = self.c
        line = [i for held in sessions for i in held]
        ranks = [rank for i in line if (rank := self.order[i])]
        cost = 0
        if any(a > b for a, b in pairwise(ranks)):
            cost += c.weighted(rules.ORDER) * sum(a > b for a, b in combinations(ranks, 2))
        if self.any_position[track]:
            wrong = sum(self.position[i] not in (0, n) for n, i in enumerate(line, start=1))
            cost += wrong * c.weighted(rules.POSITION) if wrong else 0
        if self.any_in_session[track]:
            cost += sum(self.session_cost(held) for held in sessions)
        for a, b in self.beside_of[track]:
            home = next((held for held in sessions if a in held), [])
            if b not in home or abs(home.index(a) - home.index(b)) != 1:
                cost += c.weighted(rules.NEXT_TO)
        return cost

    def session_cost(self, held: list[int]) -> int:
        """Positions within one session."""
        count = len(held)
        wrong = sum(self.in_session[i] not in (0, n + 1, n - count) for n, i in enumerate(held))
        return wrong * self.c.weighted(rules.SESSION_POSITION) if wrong else 0

    # -- stretches of time ---------------------------------------------------------------------

    def slots_cost(self, slots: Iterable[int]) -> int:
        """Cost of the rules between sessions that are on at once: similar tracks, chairs,
        plenaries. Slots that overlap are counted together."""
        if not self.between:
            return 0
        return sum(self._cluster_cost(k) for k in sorted({self.cluster_of[s] for s in slots}))

    def _cluster_cost(self, k: int) -> int:
        sessions = self.state.sessions
        cells = [n for n in self.cells_of_cluster[k] if sessions[n].held]
        alone = len(self.clusters[k]) == 1
        if alone:
            key = (k, *sorted([sessions[n].track for n in cells]))
        else:
            key = (-1 - k, *(part for n in cells for part in (n, sessions[n].track)))
        cost = self._mixes.get(key)
        if cost is None:
            cost = self._mixed(cells)
            if len(self._mixes) > MOST_KEPT:
                self._mixes.clear()
            self._mixes[key] = cost
        return cost + (self._people(cells) if self.slot_only else 0)

    def _mixed(self, cells: list[int]) -> int:
        """What depends on the tracks alone."""
        c, sessions = self.c, self.state.sessions
        cost = 0
        for a, b in combinations(cells, 2):
            if c.time.over[c.cells[a][0]] >> c.cells[b][0] & 1:
                cost += self.similar[sessions[a].track][sessions[b].track]
        if self.chaired:
            chaired: dict[str, list[int]] = {}
            for n in cells:
                for name in self.chairs[sessions[n].track]:
                    chaired.setdefault(name, []).append(c.cells[n][0])
            twice = sum(c.time.parallels(held) for held in chaired.values())
            cost += twice * c.weighted(rules.CHAIR_TWICE) if twice else 0
        return cost

    def _people(self, cells: list[int]) -> int:
        """Plenaries, and chairs who give a contribution elsewhere."""
        c, sessions = self.c, self.state.sessions
        cost = 0
        for n in cells:
            s = c.cells[n][0]
            for i in sessions[n].held:
                if self.plenary[i]:
                    beside = sum(c.time.over[s] >> c.cells[m][0] & 1 for m in cells) - 1
                    cost += beside * c.weighted(rules.PLENARY)
                for name in self.gives[i]:
                    elsewhere = sum(
                        m != n
                        and name in self.chairs[sessions[m].track]
                        and c.time.over[s] >> c.cells[m][0] & 1
                        for m in cells
                    )
                    cost += elsewhere * c.weighted(rules.CHAIR_TWICE)
        return cost

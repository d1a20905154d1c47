"""Moves of whole sessions and tracks, for the local search.

Two cells change their sessions; two tracks change all their cells; a track goes on by so many
slots and rooms; what follows on in a room comes first; a session is given up.
"""

from __future__ import annotations

from planning.programme.state import Laid
from planning.programme.talk_moves import Allowed, TalkMoves


class Moves(TalkMoves):
    """A state that can be changed: each method answers the change of cost, 0 if refused."""

    def swap_sessions(self, a: int, b: int, heat: float, may_swap: Allowed) -> int:
        """Two cells change their tracks (one may be empty): sessions as they are, lines cut
        anew."""
        first, second = self.sessions[a].track, self.sessions[b].track
        if first == second or not may_swap(a, b):
            return 0
        cells = {t: set(self.cells_of_track[t]) for t in (first, second) if t >= 0}
        for t, gives, takes in ((first, a, b), (second, b, a)):
            if t >= 0:
                cells[t] = (cells[t] - {gives}) | {takes}
        return self._resettle(cells, {a: b, b: a}, heat)

    def swap_tracks(self, a: int, b: int, heat: float, may_swap: Allowed) -> int:
        """Two tracks change all their cells, in order of time."""
        first, second = sorted(self.cells_of_track[a]), sorted(self.cells_of_track[b])
        if a == b or not first or not second:
            return 0
        lines = self.structure.lines
        if len(first) != len(second) and not (lines[a] and lines[b]):
            return 0
        if not all(may_swap(m, n) for m, n in zip(first, second, strict=False)):
            return 0
        goes = dict(zip(first, second, strict=False)) | dict(zip(second, first, strict=False))
        return self._resettle({a: set(second), b: set(first)}, goes, heat)

    def shift_track(self, t: int, by: tuple[int, int], heat: float, may_swap: Allowed) -> int:
        """All sessions of a track go so many slots and rooms on; what was there takes their
        cells."""
        old = sorted(self.cells_of_track[t])
        goes: dict[int, int] = {}
        for n in old:
            s, r = self.c.cells[n]
            m = self.cell_of_place.get((s + by[0], r + by[1]), -1)
            if m < 0 or not may_swap(n, m):
                return 0
            goes[n] = m
        left = [n for n in old if n not in set(goes.values())]
        new = [m for m in goes.values() if m not in set(old)]
        for m, n in zip(new, left, strict=True):
            goes[m] = n
        cells: dict[int, set[int]] = {t: {goes[n] for n in old}} if old else {}
        for m in new:
            u = self.sessions[m].track
            if u >= 0:
                cells.setdefault(u, set(self.cells_of_track[u]))
                cells[u] = (cells[u] - {m}) | {goes[m]}
        return self._resettle(cells, goes, heat) if old else 0

    def permute(self, goes: dict[int, int], heat: float, may_swap: Allowed) -> int:
        """What is in each of these cells goes to another of them."""
        goes = {n: m for n, m in goes.items() if n != m}
        cells: dict[int, set[int]] = {}
        for n, m in goes.items():
            t = self.sessions[n].track
            if not may_swap(n, m):
                return 0
            if t >= 0:
                cells.setdefault(t, set(self.cells_of_track[t]))
        for t, own in cells.items():
            here = self.cells_of_track[t]
            cells[t] = {goes.get(n, n) for n in own if n in here}
        return self._resettle(cells, goes, heat) if cells else 0

    def segment(self, n: int) -> tuple[int, int, int]:
        """Room, first and behind the last index in it of the sessions of one track (or of the
        empty cells) in a row around cell n."""
        r = self.c.cells[n][1]
        row = self.cells_of_room[r]
        track = self.sessions[n].track
        first = last = row.index(n)
        while first and self.sessions[row[first - 1]].track == track:
            first -= 1
        while last + 1 < len(row) and self.sessions[row[last + 1]].track == track:
            last += 1
        return r, first, last + 1

    def turn_over(self, n: int, heat: float, may_swap: Allowed) -> int:
        """What follows on in a room comes before what it followed."""
        r, first, behind = self.segment(n)
        row = self.cells_of_room[r]
        if behind >= len(row):
            return 0
        _, _, end = self.segment(row[behind])
        old = row[first:end]
        size = behind - first
        return self.permute(dict(zip([*old[size:], *old[:size]], old, strict=True)), heat, may_swap)

    def exchange_rows(self, n: int, m: int, heat: float, may_swap: Allowed) -> int:
        """All sessions of a track in a row change places with what is in as many cells of a
        room, from cell m on."""
        r, first, behind = self.segment(n)
        row, other = self.cells_of_room[r], self.cells_of_room[self.c.cells[m][1]]
        start = other.index(m)
        old, new = row[first:behind], other[start : start + behind - first]
        if len(old) != len(new) or set(old) & set(new):
            return 0
        goes = dict(zip(old, new, strict=True)) | dict(zip(new, old, strict=True))
        return self.permute(goes, heat, may_swap)

    def merge(self, a: int, heat: float) -> int:
        """Give up a session: its contributions go where there is room in the others of the
        track."""
        t = self.sessions[a].track
        cells = sorted(self.cells_of_track[t] - {a}) if t >= 0 else []
        if not cells:
            return 0
        if self.structure.lines[t]:
            line = [i for n in sorted([*cells, a]) for i in self.sessions[n].held]
            if not self._could_hold(t, line, cells):
                return 0
            return self.replace([*cells, a], lambda: self._dealt(t, line, cells), heat)
        new = {n: list(self.sessions[n].held) for n in cells}
        for i in sorted(self.sessions[a].held, key=lambda i: -self.size[i]):
            target = next((n for n in cells if self.fits(n, [*new[n], i])), -1)
            if target < 0:
                return 0
            new[target].append(i)
        return self.replace(
            [*cells, a], self._carried({n: (t, held) for n, held in new.items()}), heat
        )

    def _resettle(self, cells: dict[int, set[int]], goes: dict[int, int], heat: float) -> int:
        """Give tracks other cells: a line is cut anew, else each session goes as it is."""
        lines = self.structure.lines
        touched: set[int] = set()
        carried: Laid = {}
        recut: dict[int, list[int]] = {}
        for t in sorted(cells):
            own = sorted(self.cells_of_track[t])
            if lines[t]:
                recut[t] = [i for n in own for i in self.sessions[n].held]
                if not self._could_hold(t, recut[t], sorted(cells[t])):
                    return 0
                touched |= set(own) | cells[t]
                continue
            for n in own:
                m = goes.get(n, n)
                if m != n:
                    held = self.sessions[n].held
                    if not self.fits(m, held):
                        return 0
                    carried[m] = (t, list(held))
                    touched |= {n, m}

        def make() -> Laid | None:
            """`replace` puts back what is entered here for the cuts that follow."""
            new = dict(carried)
            for n, (t, held) in carried.items() if recut else ():
                self.lay(n, t, held)
            for place, (t, line) in enumerate(recut.items(), start=1):
                dealt = self._dealt(t, line, sorted(cells[t]))
                if dealt is None:
                    return None
                new |= dealt
                for n, (_, held) in dealt.items() if place < len(recut) else ():
                    self.lay(n, t, held)
            return new

        return self.replace(touched, make, heat) if touched else 0

"""Puts the contributions of each session in their order, and says when each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planning.programme.compiled import Compiled
from planning.programme.problem import Place

BEHIND = 1_000_000_000  # contributions of free order come after those with a rank


def arranged(
    c: Compiled,
    cells: Mapping[tuple[int, int], Sequence[int]],
    rank: Mapping[int, int],
) -> list[Place]:
    """The programme of these sessions, in the order of the problem's contributions. rank: which
    contributions come first where that was decided, equal where it was not."""
    found: dict[int, Place] = {}
    before: dict[int, int] = {}  # per track, contributions placed in earlier sessions
    for (s, r), held in sorted(cells.items()):
        if not held:
            continue
        t = c.track_of[held[0]]
        by_rank = sorted(held, key=lambda i: (rank.get(i, 0), c.order(i) or BEHIND, i))
        decided = len({rank.get(i, 0) for i in held}) == len(held)
        line = by_rank if decided else pinned(c, by_rank, before.get(t, 0))
        before[t] = before.get(t, 0) + len(line)
        clock = 0
        boards = c.problem.rooms[r].boards
        for i in sorted(held) if boards else line:
            found[i] = Place(c.given(i).id, c.slots[s].id, c.problem.rooms[r].id, clock)
            clock += 0 if boards else c.given(i).minutes
    return [found[i] for i in sorted(found)]


def pinned(c: Compiled, line: Sequence[int], before: int) -> list[int]:
    """The same contributions, with those that have a position in the track put there, as far as
    it lies in this session; `before`: contributions of the track in earlier sessions."""
    spots: dict[int, int] = {}
    for i in line:
        spot = c.position(i) - before - 1
        if c.position(i) and 0 <= spot < len(line):
            spots.setdefault(spot, i)
    placed = set(spots.values())
    rest = iter(i for i in line if i not in placed)
    return [spots[k] if k in spots else next(rest) for k in range(len(line))]

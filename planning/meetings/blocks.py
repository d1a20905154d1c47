"""Where a participant's meetings can stand without an idle break.

A participant with k meetings and no idle break is taken for k slots in a row: a *block*. A block
is possible only if the meetings can be matched to its slots, and where it is, some meetings can
stand only in some of its slots: those in some perfect matching (J.-C. Régin, "A filtering algorithm
for constraints of difference in CSPs", AAAI 1994). Telling the solver both beforehand is what makes
crowded days solvable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """first: its first slot; ruled_out: (position of the meeting, slot) that no matching uses."""

    first: int
    ruled_out: tuple[tuple[int, int], ...]


def blocks(windows: Sequence[Sequence[int]], slots: int) -> list[Block]:
    """All blocks for meetings that may stand in these slots each, of a day of `slots` slots."""
    length = len(windows)
    reachable = {slot for window in windows for slot in window}
    found = []
    for first in range(slots - length + 1):
        wanted = range(first, first + length)
        if not all(slot in reachable for slot in wanted):
            continue
        inside = [[slot for slot in window if slot in wanted] for window in windows]
        holder = matching(inside)
        if len(holder) == length:
            found.append(Block(first, tuple(_ruled_out(inside, holder))))
    return found


def matching(windows: Sequence[Sequence[int]]) -> dict[int, int]:
    """A largest matching of meetings to slots: slot -> position of the meeting that holds it."""
    holder: dict[int, int] = {}

    def place(meeting: int, tried: set[int]) -> bool:
        for slot in windows[meeting]:
            if slot in tried:
                continue
            tried.add(slot)
            if slot not in holder or place(holder[slot], tried):
                holder[slot] = meeting
                return True
        return False

    for meeting in range(len(windows)):
        place(meeting, set())
    return holder


def _ruled_out(windows: Sequence[Sequence[int]], holder: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs outside every perfect matching: those whose ends lie in different strong components
    of "could take the slot of"."""
    component = _components([[holder[slot] for slot in window] for window in windows])
    return [
        (meeting, slot)
        for meeting, window in enumerate(windows)
        for slot in window
        if component[meeting] != component[holder[slot]]
    ]


def _components(links: Sequence[Sequence[int]]) -> list[int]:
    """The strong component of each node; by reachability, as there are few nodes."""
    reach = [0] * len(links)
    for node, targets in enumerate(links):
        reach[node] = 1 << node
        for target in targets:
            reach[node] |= 1 << target
    for middle in range(len(links)):
        for node in range(len(links)):
            if reach[node] >> middle & 1:
                reach[node] |= reach[middle]
    return [
        min(other for other in range(len(links)) if reach[node] >> other & reach[other] >> node & 1)
        for node in range(len(links))
    ]

"""The slots that precedences leave to meetings."""

from __future__ import annotations

from collections.abc import Sequence

from planning.meetings.compiled import Day


def windows(day: Day) -> list[tuple[int, ...]]:
    """`day.domain`, narrowed by precedences until nothing changes or a needed one has no slot.

    A meeting comes after all that must come before it; those of them that share a participant need
    a slot each. Only meetings that must be held push others. An empty window of a meeting that
    must be held means that there is no plan.
    """
    found = [tuple(domain) for domain in day.domain]
    firsts: list[list[int]] = [[] for _ in found]
    thens: list[list[int]] = [[] for _ in found]
    for first, then in day.before:
        if day.meetings[first].required:
            firsts[then].append(first)
        if day.meetings[then].required:
            thens[first].append(then)
    linked = [meeting for meeting in range(len(found)) if firsts[meeting] or thens[meeting]]
    changed = True
    while changed:
        changed = False
        for meeting in linked:
            low = _free_after(day, firsts[meeting], {m: found[m][0] for m in firsts[meeting]})
            high = -_free_after(day, thens[meeting], {m: -found[m][-1] for m in thens[meeting]})
            kept = tuple(slot for slot in found[meeting] if low <= slot <= high)
            if kept != found[meeting]:
                found[meeting] = kept
                changed = True
                if not kept and day.meetings[meeting].required:
                    return found
    return found


def _free_after(day: Day, meetings: Sequence[int], releases: dict[int, int]) -> int:
    """The first slot after all `meetings`, none of which starts before its release."""
    free = -(10**6)
    for person in sorted({person for meeting in meetings for person in day.ends[meeting]}):
        end = -(10**6)
        for meeting in sorted(meetings, key=lambda m: releases[m]):
            if person in day.ends[meeting]:
                end = max(end, releases[meeting]) + 1
        free = max(free, end)
    return free

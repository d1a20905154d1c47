"""How the meetings of a slot are counted with few literals.

Somebody holds at most one meeting at a time, so all of one participant's meetings count as one
literal: whether that participant is taken. The meetings are shared out among as few participants
as a greedy choice finds, those with the most first; counting the hosts then counts every meeting
once, by a fraction of the literals that there are meetings.
"""

from __future__ import annotations

from planning.meetings.compiled import Day


def hosts(day: Day) -> list[tuple[int, tuple[int, ...]]]:
    """(participant, meetings counted there), every meeting with exactly one of its two."""
    left = {person: set(day.of[person]) for person in day.people}
    found: list[tuple[int, tuple[int, ...]]] = []
    while True:
        person = max(day.people, key=lambda each: (len(left[each]), -each), default=None)
        if person is None or not left[person]:
            return found
        taken = sorted(left[person])
        found.append((person, tuple(taken)))
        for meeting in taken:
            for end in day.ends[meeting]:
                left[end].discard(meeting)

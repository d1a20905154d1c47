"""How slots lie in time: which overlap, which come before which; sets of slots are bit masks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Timeline:
    """Slots by index, sorted by their start.

    beside  per slot, the slots that overlap it, itself among them
    over    the same as a mask
    before  per slot, a mask of the slots that are over when it begins
    after   per slot, a mask of those that begin when it is over or later
    mixed   whether any two slots overlap
    """

    def __init__(self, begin: Sequence[int], long: Sequence[int]) -> None:
        slots = range(len(begin))
        end = [b + n for b, n in zip(begin, long, strict=True)]
        self.begin, self.end = list(begin), end
        self.beside = [[x for x in slots if begin[x] < end[s] and begin[s] < end[x]] for s in slots]
        self.over = [_mask(held) for held in self.beside]
        self.before = [_mask(x for x in slots if end[x] <= begin[s]) for s in slots]
        self.after = [_mask(x for x in slots if begin[x] >= end[s]) for s in slots]
        self.mixed = any(len(held) > 1 for held in self.beside)

    def gap(self, met: int) -> bool:
        """Whether a track that meets in these slots (a mask) leaves one out in between."""
        return any(
            not met & over and met & before and met & after
            for over, before, after in zip(self.over, self.before, self.after, strict=True)
        )

    def parallels(self, slots: Iterable[int]) -> int:
        """How many of these sessions (slots in order, repeated where several rooms) are beside
        one that begins before them or with them."""
        met = count = 0
        for s in slots:
            count += bool(met & self.over[s])
            met |= 1 << s
        return count

    def between(self, s: int, x: int) -> int:
        """Minutes from the end of one of two slots to the start of the other; negative where they
        overlap."""
        return max(self.begin[x] - self.end[s], self.begin[s] - self.end[x])


def _mask(slots: Iterable[int]) -> int:
    total = 0
    for s in slots:
        total |= 1 << s
    return total

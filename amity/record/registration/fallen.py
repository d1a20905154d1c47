"""What rooms above do where confirmations fall away: they tell the sides that had given them.

They register here when Django starts, and are called once for each write, in its transaction,
however many records it changed.
"""

from collections.abc import Callable, Sequence

from amity.record.acting import Acting

Tell = Callable[[Acting, Sequence[int]], None]
"""Called with whoever made the change, and the numbers of the standings that are void by it."""

_tellers: list[Tell] = []


def register(tell: Tell) -> None:
    """Call `tell` where confirmations fall away; called from `AppConfig.ready`."""
    if tell not in _tellers:
        _tellers.append(tell)


def tell(acting: Acting, numbers: Sequence[int]) -> None:
    """Tell of these standings, if there are any."""
    if numbers:
        for one in _tellers:
            one(acting, numbers)

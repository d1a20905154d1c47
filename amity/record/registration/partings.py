"""What rooms above hold on a record of the register, when it is removed and when it comes back.

Removing takes the rows that refer to a record with it, and the history brings back what people
wrote of the record alone. A room that holds more (who is asked about a promise, and by which link)
registers here what it does then, within the same transaction, and says beforehand what will go.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from amity.record.acting import Acting
from amity.record.models import Recorded


@dataclass(frozen=True, slots=True)
class Parting:
    """What a room does with what it holds on records of a kind.

    `leave` is called with their numbers before they are removed, `come_back` with each that the
    history has brought back, `told` with one that somebody is about to remove: what of it goes
    too, in words, as far as they may know it.
    """

    leave: Callable[[Sequence[int]], None]
    come_back: Callable[[Recorded], None]
    told: Callable[[Acting, Recorded], Sequence[str]]


_partings: dict[str, list[Parting]] = defaultdict(list)


def register(kind: str, parting: Parting) -> None:
    """Do so with records of this kind; called from `AppConfig.ready`."""
    if parting not in _partings[kind]:
        _partings[kind].append(parting)


def leave(kind: str, numbers: Sequence[int]) -> None:
    """Let rooms put aside what they hold on records that are about to be removed."""
    for parting in _partings[kind]:
        parting.leave(numbers)


def come_back(kind: str, record: Recorded) -> None:
    """Let rooms bring back what they put aside."""
    for parting in _partings[kind]:
        parting.come_back(record)


def told(kind: str, acting: Acting, record: Recorded) -> Iterator[str]:
    """What goes with a record, in words."""
    for parting in _partings[kind]:
        yield from parting.told(acting, record)

"""What rooms above put on a joint record that its sides confirm with it: files.

What a side confirms is bound to these too, so nobody exchanges one of them alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Enclosed:
    """A file that is confirmed with a record: what it is called and said to be, and its content.

    `public`: everybody reads it where everybody reads the record.
    """

    name: str
    sha256: str
    description: str
    language: str
    public: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A file that others read on a record, and whether it is `confirmed` with that or beside it."""

    file: Enclosed
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """What the room that holds the files answers and does.

    `on`: what is confirmed with the records of a kind that have these identifiers. `find`: the
    file of a number that others read on the record of a kind and identifier, None where there is
    none. `mark`: from now on the file of a number is confirmed with its record, or beside it.
    """

    on: Callable[[str, Sequence[str]], Mapping[str, Sequence[Enclosed]]]
    find: Callable[[str, str, int], Held | None]
    mark: Callable[[int, bool], None]


_holders: list[Holder] = []


def register(holder: Holder) -> None:
    """Let a room hold the files of records; called from `AppConfig.ready`. There is one."""
    _holders[:] = [holder]


def on(kind: str, keys: Sequence[str]) -> Mapping[str, Sequence[Enclosed]]:
    """What is confirmed with these records, by identifier, always in the same order."""
    return {key: sorted(some) for holder in _holders for key, some in holder.on(kind, keys).items()}


def find(kind: str, key: str, number: int) -> Held | None:
    """The file of a number that others read on a record; None where there is none."""
    return next((holder.find(kind, key, number) for holder in _holders), None)


def mark(number: int, confirmed: bool) -> None:
    """Say of a file that it is confirmed with its record from now on, or stands beside it."""
    for holder in _holders:
        holder.mark(number, confirmed)

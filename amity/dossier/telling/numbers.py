"""Numbers such as P-2026-007, which people give and which may be given once."""

import re
from collections.abc import Iterable

from amity.record.kinds import Kind
from amity.record.models import Entry

NUMBERED = re.compile(r"([A-Z]-[0-9]{4})-([0-9]{3,6})\Z")


def following(keys: Iterable[str]) -> list[str]:
    """The next number of each letter and year among these identifiers."""
    highest: dict[str, int] = {}
    for key in keys:
        if found := NUMBERED.match(key):
            highest[found[1]] = max(highest.get(found[1], 0), int(found[2]))
    return [f"{series}-{number + 1:03d}" for series, number in sorted(highest.items())]


def free_here(kind: Kind, key: str) -> str:
    """The next number of the letter and year of `key` that no record here has or had; empty where
    it is no such number."""
    found = NUMBERED.match(key)
    if found is None:
        return ""
    taken = Entry.everything.filter(kind=kind.kind, key__startswith=f"{found[1]}-")
    return following([*taken.values_list("key", flat=True), key])[0]

"""Numbers such as P-2026-007, which people give once in each dossier."""

from collections.abc import Iterable

from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.numbered import NUMBER, number_of


def following(keys: Iterable[str]) -> list[str]:
    """The next number of each letter and year among these identifiers."""
    highest: dict[str, int] = {}
    for key in keys:
        if NUMBER.match(key):
            series, _hyphen, place = number_of(key).rpartition("-")
            highest[series] = max(highest.get(series, 0), int(place))
    return [f"{series}-{number + 1:03d}" for series, number in sorted(highest.items())]


def of_this_dossier(kind: Kind, key: str, dossier: str) -> str:
    """An identifier with the number of `key` that names the dossier, where nothing has or had it.

    Where `key` is no number, or that is taken too, empty.
    """
    if not NUMBER.match(key):
        return ""
    own = f"{number_of(key).lower()}-{dossier}"
    taken = own == key or Entry.everything.filter(kind=kind.kind, key=own).exists()
    return "" if taken or len(own) > 80 else own

"""Areas, organizations and persons that are likely one, though the record has them twice."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from amity.languages.names import THRESHOLD, Found, Kind, explain, keys
from amity.network.models import Area
from amity.network.names import KINDS, Named, names_of

COMMON = 500
"""A key that more names have says too little to compare all of them by it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records that are likely one: the names by which, and what was found of them."""

    one: Named
    other: Named
    one_name: str
    other_name: str
    found: Found


def alike(
    records: Sequence[Named],
    among: Sequence[Named] = (),
    progress: Callable[[], object] = lambda: None,
) -> Iterator[Alike]:
    """Pairs of `records`, or of them and `among`, that are likely one; the surest first.

    All are of one model. What is known to be different (another country, kind, or number of
    GeoNames or Wikidata) is left out. `progress` is called for each record.
    """
    if not records:
        return
    kind = KINDS[type(records[0])]
    everything = [*records, *among]
    by_key: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(everything):
        for key in _keys(record, kind):
            by_key[key].append(at)
    found = []
    for at, record in enumerate(records):
        for near in sorted(_near(record, kind, by_key)):
            if near > at and not _different(record, everything[near]):
                best = _best(record, everything[near], kind)
                if best.found.score >= THRESHOLD:
                    found.append(best)
        progress()
    yield from sorted(found, key=lambda pair: (-pair.found.score, pair.one.key, pair.other.key))


def _keys(record: Named, kind: Kind) -> set[str]:
    return {key for name in names_of(record) for key in keys(name.words, kind)}


def _near(record: Named, kind: Kind, by_key: dict[str, list[int]]) -> set[int]:
    near: set[int] = set()
    for name in names_of(record):
        lists = sorted((by_key[key] for key in keys(name.words, kind)), key=len)
        for position, numbers in enumerate(lists):
            if position == 0 or len(numbers) <= COMMON:
                near.update(numbers)
    return near


def _different(one: Named, other: Named) -> bool:
    if one.key == other.key:
        return True
    if not (isinstance(one, Area) and isinstance(other, Area)):
        return False
    pairs = (
        (one.kind, other.kind),
        (one.country_code, other.country_code),
        (one.geonames_id, other.geonames_id),
        (one.wikidata_id, other.wikidata_id),
    )
    return any(a and b and a != b for a, b in pairs)


def _best(one: Named, other: Named, kind: Kind) -> Alike:
    pairs = (
        Alike(one, other, a, b, explain(a, b, kind)) for a in _words(one) for b in _words(other)
    )
    return max(pairs, key=lambda pair: pair.found.score)


def _words(record: Named) -> Iterable[str]:
    return dict.fromkeys(name.words for name in names_of(record))

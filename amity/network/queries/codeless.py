"""Partnerships of places without a country code, by the countries that the record puts them in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from amity.languages.text import Text
from amity.network.choices import AreaKind
from amity.network.geography import project
from amity.network.models import Area, Side

from .lists import Wanted, partnerships

HIGHEST = 6
"""So many steps up from a place a country is looked for."""


@dataclass(frozen=True, slots=True)
class Between:
    """Two countries, by code or identifier, and how many partnerships there are between them."""

    first: str
    second: str
    number: int
    real: bool


Placed = tuple[tuple[float, float], Text]
"""A point on the map, and the name of what lies there."""


def between_without_codes(wanted: Wanted) -> tuple[list[Between], dict[str, Placed]]:
    """What is between whole countries, or the outermost areas that are known, and where these lie.

    Where they have no position of their own, they stand in the middle of their places. One
    statement while everything has a code; else two, and one for each step up.
    """
    rows = Side.objects.filter(partnership__in=partnerships(wanted).filter(pair="").values("pk"))
    sides = list(
        rows.order_by("partnership", "position").values_list(
            "partnership", "area", "partnership__dossier__fictional"
        )
    )
    areas = _with_what_is_above({area for _, area, _ in sides})
    of_partnership: dict[int, list[str]] = defaultdict(list)
    real: dict[int, bool] = {}
    for partnership, area, fictional in sides:
        if area in areas:
            of_partnership[partnership].append(_outermost(area, areas).key)
        real[partnership] = not fictional
    numbers: Counter[tuple[str, str]] = Counter()
    real_between: set[tuple[str, str]] = set()
    for partnership, ends in of_partnership.items():
        if len(ends) > 1:
            pair = (min(ends[:2]), max(ends[:2]))
            numbers[pair] += 1
            if real[partnership]:
                real_between.add(pair)
    found = [Between(*pair, number, pair in real_between) for pair, number in numbers.items()]
    return found, _positions(areas)


def _with_what_is_above(wanted: Iterable[int]) -> dict[int, Area]:
    found: dict[int, Area] = {}
    missing = {*wanted}
    for _ in range(HIGHEST):
        if not missing:
            break
        rows = Area.objects.filter(pk__in=missing).only(
            "key", "name", "kind", "parent_id", "longitude", "latitude"
        )
        found |= {one.pk: one for one in rows}
        above = {one.parent_id for one in found.values() if one.kind != AreaKind.COUNTRY}
        missing = {pk for pk in above if pk is not None and pk not in found}
    return found


def _outermost(number: int, areas: dict[int, Area]) -> Area:
    """The country of an area; the last that is known above it where none is."""
    area = areas[number]
    seen = {number}
    while area.kind != AreaKind.COUNTRY and area.parent_id in areas and area.parent_id not in seen:
        seen.add(area.parent_id)
        area = areas[area.parent_id]
    return area


def _positions(areas: dict[int, Area]) -> dict[str, Placed]:
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    outermost: dict[str, Area] = {}
    for number, area in areas.items():
        country = _outermost(number, areas)
        outermost[country.key] = country
        if area.longitude is not None and area.latitude is not None:
            places[country.key].append((area.longitude, area.latitude))
    found: dict[str, Placed] = {}
    for key, country in outermost.items():
        if country.longitude is not None and country.latitude is not None:
            places[key] = [(country.longitude, country.latitude)]
        if listed := places[key]:
            longitude = sum(place[0] for place in listed) / len(listed)
            latitude = sum(place[1] for place in listed) / len(listed)
            found[key] = (project(longitude, latitude), country.name)
    return found

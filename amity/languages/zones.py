"""Time zones as people know them: by the name of a place, in the reader's language and alphabet."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import get_timezone_location
from django import forms
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates.fields import known_zones
from amity.foundation.dates.zones import offset_at
from amity.foundation.pages.formatting import offset_words, zone_place
from amity.foundation.pages.speaking import page_language
from amity.languages.collation import sort_key

NOWHERE = "UTC"
OF_PLACES = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)
"""How the names of zones of places begin; what begins otherwise is another name of one of them."""


def zone_choices() -> list[tuple[str, str]]:
    """The zones to choose from, each place once, with how far its clocks are from UTC now."""
    return list(_choices(page_language(), datetime.now(UTC).date()))


@lru_cache(maxsize=16)
def _choices(language: str, today: date) -> tuple[tuple[str, str], ...]:
    now = datetime.combine(today, datetime.min.time(), UTC)
    named = [(zone, zone_place(zone).rpartition("/")[2]) for zone in set(_listed().values())]
    named.sort(key=lambda one: (sort_key(one[1], language), one[0]))
    return (
        (NOWHERE, NOWHERE),
        *((zone, f"{place} ({offset_words(now, zone)})") for zone, place in named),
    )


def listed(zone: str) -> str:
    """The name under which the list has the zone of a place: Asia/Ho_Chi_Minh for Asia/Saigon."""
    return _listed().get(zone, zone)


def zone_of_country(country: str) -> str:
    """The zone by whose clocks all of a country (ISO 3166-1) goes; empty where it has several."""
    zones = get_global("territory_zones").get(country, [])
    year = datetime.now(UTC).year
    shown = {
        tuple(offset_at(datetime(year, month, 15, tzinfo=UTC), zone) for month in range(1, 13))
        for zone in zones
    }
    return listed(zones[0]) if len(shown) == 1 else ""


def other_names() -> Mapping[str, str]:
    """Zones under other names than those of the list, as some browsers know them."""
    return {zone: name for zone, name in _listed().items() if zone != name}


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, str]:
    """Every zone of a place, and the name that the list has for it."""
    places: dict[str, list[str]] = {}
    for zone in known_zones():
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            place = get_timezone_location(ZoneInfo(zone), locale="en", return_city=True)
            places.setdefault(place, []).append(zone)
    return {
        zone: min(zones, key=lambda one: _preferred(one, place))
        for place, zones in places.items()
        for zone in zones
    }


def _preferred(zone: str, place: str) -> tuple[bool, bool, bool, str]:
    """Before others: the name of today, of a continent, that says the place itself."""
    said = zone.rpartition("/")[2].replace("_", " ")
    return (
        zone in get_global("zone_aliases"),
        zone.partition("/")[0] not in OF_PLACES,
        said != place,
        zone,
    )


class ZoneField(forms.ChoiceField):
    """One of the time zones, by whatever of its names."""

    def __init__(self) -> None:
        super().__init__(label=_("Time zone"), choices=zone_choices)

    def prepare_value(self, value: object) -> object:
        return listed(value) if isinstance(value, str) else value

    def valid_value(self, value: object) -> bool:
        return value in known_zones()

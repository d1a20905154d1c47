"""Every name that the record has for an area, an organization or a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from amity.languages.names import Kind
from amity.languages.names.places import place_names
from amity.languages.names.readings import script_of
from amity.network.choices import NameKind
from amity.network.models import Area, Organization, Partnership, Person, Side
from amity.record.managers import PUBLIC

ALL_SIDES = "all_sides"
Named = Area | Organization | Person
KINDS: dict[type, Kind] = {Area: Kind.AREA, Organization: Kind.ORGANIZATION, Person: Kind.PERSON}
"""Model → what its names are names of."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of a record.

    `script`: ISO 15924, of most of its letters. `since`, `until`: a year, a month or a day, or
    empty where that is not known.
    """

    words: str
    language: str
    script: str
    kind: NameKind
    since: str = ""
    until: str = ""


def other_names(record: Named) -> list[str]:
    """Other names of a record, and of a place all that the table of places knows of it."""
    found = [other["words"] for other in record.other_names]
    if isinstance(record, Area) and record.geonames_id is not None:
        found += place_names(record.geonames_id)
    return found


def side_names(partnership: Partnership) -> list[str]:
    """The names of a partnership's sides, as those by which it is found, too."""
    found = []
    for side in getattr(partnership, ALL_SIDES):
        if side.readers in (PUBLIC, partnership.readers):
            found += side.area.name.all_words()
            found += [other["words"] for other in side.area.other_names]
    return found


def all_sides() -> "Prefetch[str]":
    """What `side_names` needs of many partnerships."""
    return Prefetch("sides", Side.everything.select_related("area"), to_attr=ALL_SIDES)


def names_of(record: Named) -> Iterator[KnownName]:
    """The names of a record: its versions, which are official, then its other names."""
    for tag, version in record.name.versions.items():
        yield KnownName(version.words, tag, script_of(version.words), NameKind.OFFICIAL)
    for other in record.other_names:
        yield KnownName(
            other["words"],
            other["lang"],
            script_of(other["words"]),
            NameKind(other["kind"]),
            other.get("since", ""),
            other.get("until", ""),
        )

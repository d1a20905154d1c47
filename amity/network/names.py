"""Every name that the record has for an area, an organization or a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from amity.languages.names import Kind
from amity.languages.names.readings import script_of
from amity.network.choices import NameKind
from amity.network.models import Area, Organization, Person

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

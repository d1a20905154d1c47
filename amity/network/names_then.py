"""What a place, an organization or a person was called on a day of the past."""

from datetime import date
from typing import NamedTuple

from amity.foundation.dates.as_said import DateAsSaid
from amity.network.choices import NameKind
from amity.network.models import Area, Organization, Person


class NameThen(NamedTuple):
    """A name, and the language it is in."""

    words: str
    lang: str


def name_then(
    record: Area | Organization | Person, when: DateAsSaid | date | None, language: str
) -> NameThen | None:
    """The former name that was in use on the first day of `when`, if the record says so.

    In `language` where there is one, else in the language of the name now, else the first.
    """
    day = when.start if isinstance(when, DateAsSaid) else when
    if day is None:
        return None
    found = [
        NameThen(str(name["words"]), str(name["lang"]))
        for name in record.other_names or ()
        if name.get("kind") == NameKind.FORMER and _in_use(name, day.isoformat())
    ]
    for wanted in (language, record.name.original):
        for name in found:
            if name.lang == wanted:
                return name
    return found[0] if found else None


def _in_use(name: dict[str, str], day: str) -> bool:
    """Whether the day is within what is known of when it was used; not where nothing is."""
    since, until = name.get("since"), name.get("until")
    if not (since or until):
        return False
    return (not since or since <= day[: len(since)]) and (not until or day[: len(until)] <= until)

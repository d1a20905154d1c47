"""A city of 1977 under its name of then."""

from datetime import date

import pytest

from amity.foundation.dates.as_said import DateAsSaid
from amity.network.models import Area
from amity.network.names_then import name_then

from .factory import words

LENINGRAD = [
    {
        "words": "Petrograd",
        "lang": "en",
        "kind": "former",
        "since": "1914-08-31",
        "until": "1924-01",
    },
    {
        "words": "Ленинград",
        "lang": "ru",
        "kind": "former",
        "since": "1924-01-26",
        "until": "1991-09",
    },
    {
        "words": "Leningrad",
        "lang": "en",
        "kind": "former",
        "since": "1924-01-26",
        "until": "1991-09",
    },
    {"words": "Piter", "lang": "en", "kind": "former"},
]


@pytest.mark.parametrize(
    ("when", "language", "name"),
    [
        (DateAsSaid.parse("1977"), "en", "Leningrad"),
        (DateAsSaid.parse("1977"), "ru", "Ленинград"),
        (DateAsSaid.parse("1977"), "vi", "Leningrad"),
        (date(1991, 9, 6), "en", "Leningrad"),
        (date(1991, 10, 1), "en", None),
        (date(1920, 1, 1), "ru", "Petrograd"),
        (date(1924, 1, 20), "en", "Petrograd"),
        (DateAsSaid.parse("../1977"), "en", None),
        (DateAsSaid.parse(said=("en", "long ago")), "en", None),
        (None, "en", None),
    ],
)
def test_a_former_name_is_found_by_the_day(
    when: DateAsSaid | date | None, language: str, name: str | None
) -> None:
    area = Area(name=words("Saint Petersburg"), other_names=LENINGRAD)
    found = name_then(area, when, language)
    assert (found.words if found else None) == name

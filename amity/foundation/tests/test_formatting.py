"""Days, times and numbers in each language."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from django.utils import translation

from amity.foundation.pages import formatting

DAY = date(2025, 10, 1)


def clock(value: datetime, zone: str) -> str:
    """What a template writes for a time of day."""
    template = engines["pages"].from_string("{{ clock(value, zone) }}")
    return template.render({"value": value, "zone": zone})


def test_a_moment_says_its_day_and_time() -> None:
    template = engines["pages"].from_string("{{ moment(value, 'Asia/Ho_Chi_Minh') }}")
    with translation.override("fr"):
        assert template.render({"value": datetime(2025, 9, 30, 18, 5, tzinfo=UTC)}) == (
            '<time class="moment" datetime="2025-10-01T01:05+07:00">1<sup>er</sup> octobre 2025, '
            "01:05</time>"
        )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 October 2025"),
        ("vi", "1/10/2025"),
        ("ru", "1 октября 2025\u202fг."),
        ("fr", "1er octobre 2025"),
        ("id", "1 Oktober 2025"),
    ],
)
def test_a_day(language: str, words: str) -> None:
    with translation.override(language):
        assert formatting.day(DAY) == words
        assert formatting.day(datetime(2025, 10, 1, 23, 59, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "26,000.5"), ("vi", "26.000,5"), ("ru", "26\xa0000,5"), ("fr", "26\u202f000,5")],
)
def test_a_number(language: str, words: str) -> None:
    with translation.override(language):
        assert formatting.number(26_000.5) == words


def test_a_number_with_so_many_digits() -> None:
    with translation.override("fr"):
        assert (formatting.number(4.6, 2), formatting.number(4.6, 0)) == ("4,60", "5")


def test_the_clock_is_that_of_the_venue_on_that_day() -> None:
    moment = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert clock(moment, "Europe/Stockholm") == (
        '<time class="clock num" datetime="2025-10-26T02:30+02:00">02:30</time>'
        ' <span class="offset">(UTC+2)</span>'
    )
    an_hour_later = moment + timedelta(hours=1)
    assert clock(an_hour_later, "Europe/Stockholm") == (
        '<time class="clock num" datetime="2025-10-26T02:30+01:00">02:30</time>'
        ' <span class="offset">(UTC+1)</span>'
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "UTC+0"), (420, "UTC+7"), (345, "UTC+5:45"), (-210, "UTC−3:30")],
)
def test_the_distance_from_utc(minutes: int, words: str) -> None:
    assert formatting.utc_offset(timedelta(minutes=minutes)) == words


def test_the_venues_time_zone_has_a_name() -> None:
    with translation.override("en"):
        named = formatting.zone_name("Asia/Ho_Chi_Minh", datetime(2025, 10, 1, tzinfo=UTC))
    assert named == "Vietnam Time (UTC+7)"


def test_the_name_says_until_when_the_clocks_are_so() -> None:
    first = datetime(2027, 10, 30, 7, tzinfo=UTC)
    with translation.override("en"):
        named = formatting.zone_name("Europe/Paris", first, first + timedelta(days=2))
        same = formatting.zone_name("Europe/Paris", first + timedelta(days=1))
    assert named == "Central European Time (UTC+2 until 31 October 2027, 03:00, then UTC+1)"
    assert same == "Central European Time (UTC+1)"


@pytest.mark.parametrize(
    ("zone", "language", "place"),
    [
        ("Atlantic/Azores", "ru", "Азорские о-ва"),
        ("Europe/Stockholm", "ru", "Стокгольм"),
        ("Europe/Moscow", "fr", "Moscou"),
        ("UTC", "vi", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_place_in_the_readers_language(zone, language, place):
    with translation.override(language):
        assert formatting.zone_place(zone) == place

"""Query parameters: any input gives values or a named refusal, and one spelling per meaning."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.foundation.pages.query import (
    BadQuery,
    calendar_day,
    choice,
    flag,
    key,
    phrase,
    read,
    spell,
    whole,
)

KNOWN = {
    "page": whole(),
    "side": key(),
    "state": choice(["open", "kept"]),
    "overdue": flag(),
    "on": calendar_day(),
    "words": phrase(),
}
plausible = st.one_of(st.text(max_size=210), st.sampled_from(["1", "2", "open", "2025-09-30", "a"]))


def read_or_refuse(query: dict[str, str]) -> dict[str, Any] | None:
    try:
        return read(KNOWN, query)
    except BadQuery as refused:
        if not query[refused.parameter].strip():
            raise
        return None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from([*KNOWN, "junk"]), plausible))
def test_any_query_is_read_or_refused_and_spelt_in_one_way(given_query: dict[str, str]) -> None:
    values = read_or_refuse(given_query)
    if values is None:
        return
    spelt = spell(KNOWN, values)
    again = read(KNOWN, dict(parse_qsl(spelt)))
    assert again == values
    assert spell(KNOWN, again) == spelt


def test_defaults_are_not_spelt() -> None:
    assert spell(KNOWN, read(KNOWN, {"page": "1", "side": " "})) == ""


@pytest.mark.parametrize("words", ["0", "-1", "100001", "1.5", "٣", "1e3", "+2"])
def test_page_numbers_are_plain_digits_within_bounds(words: str) -> None:
    with pytest.raises(BadQuery):
        read(KNOWN, {"page": words})


def test_values_have_their_types() -> None:
    values = read(KNOWN, {"page": "3", "overdue": "1", "on": "2025-09-30"})
    assert (values["page"], values["overdue"], str(values["on"])) == (3, True, "2025-09-30")

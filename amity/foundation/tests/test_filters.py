"""Query parameters: any input gives a form or a named refusal, and one spelling per meaning."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from amity.foundation.pages.filters import (
    BadQuery,
    ChoiceField,
    DayField,
    Filters,
    FlagField,
    KeyField,
    PageField,
)

IMPORT = '{% import "foundation/parts.html" as parts %}'


class Known(Filters):
    aside = frozenset({"page", "view"})

    side = KeyField(label="Side")
    state = ChoiceField([("open", "still open"), ("kept", "kept")], label="State")
    on = DayField(label="Day")
    overdue = FlagField(label="Overdue only")
    view = ChoiceField([("list", ""), ("grid", "")], label="", default="list", hidden=True)
    page = PageField()


plausible = st.one_of(
    st.text(max_size=210),
    st.sampled_from(["1", "2", "0", "true", "open", "grid", "list", "2025-09-30", "a", " a "]),
)


def read(query: dict[str, str]) -> tuple[Known | None, Mapping[str, str]]:
    """The form, or what it cannot mean."""
    try:
        return Known.read(query), {}
    except BadQuery as refused:
        return None, refused.faults


@given(st.dictionaries(st.sampled_from([*Known.base_fields, "junk"]), plausible))
def test_any_query_is_read_or_refused_and_spelt_in_one_way(query: dict[str, str]) -> None:
    form, faults = read(query)
    if form is None:
        assert faults
        assert faults.keys() <= {name for name, words in query.items() if words.strip()}
        assert all(faults.values())
        return
    again = Known.read(dict(parse_qsl(form.spelt())))
    assert again.cleaned_data == form.cleaned_data
    assert again.spelt() == form.spelt()


def test_the_address_says_things_in_one_order_and_no_defaults() -> None:
    given_query = {"page": "2", "overdue": "true", "view": "list", "side": " hue ", "junk": "1"}
    assert Known.read(given_query).spelt() == "side=hue&overdue=1&page=2"
    assert Known.read({"page": "1", "side": " ", "overdue": "0"}).spelt() == ""


@pytest.mark.parametrize("words", ["0", "-1", "100001", "1.5", "٣", "1e3", "+2"])
def test_page_numbers_are_plain_digits_within_bounds(words: str) -> None:
    with pytest.raises(BadQuery) as refused:
        Known.read({"page": words})
    assert list(refused.value.faults) == ["page"]


def test_every_fault_is_named() -> None:
    with pytest.raises(BadQuery) as refused:
        Known.read({"page": "x", "state": "shut", "overdue": "yes", "on": "31", "side": "\0"})
    assert list(refused.value.faults) == ["side", "state", "on", "overdue", "page"]
    assert refused.value.parameter == "side"


def test_values_have_their_types() -> None:
    form = Known.read({"page": "3", "overdue": "1", "on": "2025-09-30", "side": "hue"})
    assert form.cleaned_data == {
        "side": "hue",
        "state": None,
        "on": date(2025, 9, 30),
        "overdue": True,
        "view": "list",
        "page": 3,
    }
    assert form.number == 3


@pytest.mark.parametrize(
    ("query", "narrows"),
    [
        ({}, False),
        ({"page": "2", "view": "grid"}, False),
        ({"side": "hue"}, True),
        ({"overdue": "1"}, True),
    ],
)
def test_what_is_left_out_by_choice_narrows(query: dict[str, str], narrows: bool) -> None:
    assert Known.read(query).narrows is narrows


def drawn(query: dict[str, str]) -> str:
    form = Known.read(query)
    form.offer("on", [("2025-09-30", "30 September"), ("2025-10-01", "1 <October>")])
    template = engines["pages"].from_string(IMPORT + "{{ parts.filters(request, form, 'All') }}")
    with translation.override("en"):
        made: str = template.render({"form": form}, RequestFactory().get("/en/list/"))
    return made


def test_a_form_is_drawn_with_what_was_chosen() -> None:
    page = drawn({"on": "2025-10-01", "overdue": "1", "page": "4"})
    assert '<option value="2025-10-01" selected>1 &lt;October&gt;</option>' in page
    assert page.count(" selected") == 1
    assert '<input type="checkbox" name="overdue" value="1" checked> Overdue only' in page
    assert '<option value="open">still open</option>' in page
    assert 'href="/en/list/"' in page  # clear all choices
    assert 'name="page"' not in page


def test_what_is_not_offered_stays_as_it_was_chosen() -> None:
    page = drawn({"side": "hue", "view": "grid"})
    assert '<input type="hidden" name="side" value="hue">' in page
    assert '<input type="hidden" name="view" value="grid">' in page
    assert "hidden" not in drawn({})


def test_forms_do_not_share_what_they_offer() -> None:
    Known.read({}).offer("side", [("hue", "Huế")])
    assert "Huế" not in drawn({})

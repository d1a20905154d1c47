"""Dates as people write them: exact both ways, and every fault with its place."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given

from amity.foundation.dates import edtf
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.written import date_from_form, date_to_form
from amity.foundation.faults import FormError
from amity.foundation.tests.dates import dates_as_said


@given(dates_as_said())
def test_a_date_comes_back_as_it_was(value: DateAsSaid) -> None:
    form = date_to_form(value)
    assert date_from_form(form) == value
    assert date_from_form(json.loads(json.dumps(form))) == value
    assert date_to_form(date_from_form(form)) == form


@pytest.mark.parametrize(
    "form",
    [
        "2026-10",
        "2025-09-30/2025-10-01",
        {"said": {"fr": "prochainement"}},
        {"said": {"fr": "prochainement", "en": "soon", "vi": "sắp tới"}},
        {"edtf": "2026-10", "said": {"id": "pada bulan Oktober 2026"}},
        {"edtf": "2026-04~", "every": "P6M", "until": "2029-12-31"},
    ],
)
def test_the_shortest_form_comes_back_as_it_was(form: object) -> None:
    assert json.dumps(date_to_form(date_from_form(form))) == json.dumps(form)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2025-10-01", DateAsSaid.parse("2025-10-01")),
        ("2025", DateAsSaid.parse("2025")),
        ("{edtf: 2025-10-01}", DateAsSaid.parse("2025-10-01")),
        (
            "{edtf: 2026-10, every: P1Y, until: 2029-12-31}",
            DateAsSaid.parse("2026-10", every="P1Y", until=date(2029, 12, 31)),
        ),
    ],
)
def test_yaml_may_read_dates_and_years_itself(written: str, value: DateAsSaid) -> None:
    assert date_from_form(yaml.safe_load(written)) == value


FORM = "expected an EDTF date such as 2026-10, or a mapping of edtf, said, every, until"


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        (None, [f"nothing is not a date; {FORM}"]),
        (True, [f"“True” is not a date; {FORM}"]),
        ("soon", [f"“soon” is not a date; expected {edtf.EXPECTED}"]),
        ({}, ["no date; expected an EDTF expression, the words said, or both"]),
        ({"when": "2025"}, [f"when: unknown field; {FORM}"]),
        (
            {"edtf": "2025-13", "said": "soon", "every": "P1Y2M", "until": "2029"},
            [
                "edtf: there is no 2025-13 in the calendar",
                "said: expected the language and the words said in it, and our translations after "
                "it: {fr: prochainement, en: soon}",
                "every: “P1Y2M” is not a period; expected an ISO 8601 duration of one unit, "
                "such as P6M, P1Y, P2W or P10D",
                "until: “2029” is not a day; expected one such as 2029-12-31",
            ],
        ),
        (
            {"said": {"xx": "soon"}},
            [
                "said: “xx” is not a registered language tag; "
                "expected a BCP 47 tag such as vi, ru or pt-BR"
            ],
        ),
        (
            {"said": {"fr": "\x00"}},
            [
                "said: character U+0000 at position 1 is a control character; "
                "expected readable Unicode text"
            ],
        ),
        (
            {"edtf": "2025/..", "every": "P1Y"},
            ["a recurrence needs to know when it is first; expected a closed interval"],
        ),
    ],
)
def test_every_fault_with_its_place(form: object, faults: list[str]) -> None:
    with pytest.raises(FormError) as caught:
        date_from_form(form)
    assert [str(fault) for fault in caught.value.faults] == faults

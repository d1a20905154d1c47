"""When a partnership is dormant by rule, and when an agreement is to be renewed."""

from dataclasses import replace
from datetime import date

import pytest

from amity.health.rule import Recorded, health, lapses, years_after

TODAY = date(2026, 11, 27)
QUIET = Recorded(
    kind="twinning",
    stage="twinning",
    contacts=(date(2019, 5, 1), date(2023, 11, 26)),
    coming=None,
    open=0,
    late=0,
    kept=2,
)
CASES = {
    "three years and a day": ({}, True),
    "three years": ({"contacts": (date(2023, 11, 27),)}, False),
    "a contact that is still to come": ({"contacts": (date(2023, 1, 1), date(2027, 1, 1))}, True),
    "nothing recorded": ({"contacts": ()}, False),
    "something open": ({"open": 1}, False),
    "a gathering announced": ({"coming": date(2027, 1, 1)}, False),
    "a friendship": ({"kind": "friendship"}, True),
    "diplomatic relations": ({"kind": "relations"}, False),
    "said to be dormant": ({"stage": "dormant"}, False),
    "said to have ended": ({"stage": "ended"}, False),
}


@pytest.mark.parametrize(("said", "dormant"), CASES.values(), ids=CASES)
def test_dormant_by_rule(said, dormant):
    assert health(replace(QUIET, **said), TODAY).dormant is dormant


def test_the_last_contact_is_the_last_that_has_been():
    recorded = replace(QUIET, contacts=(date(2020, 1, 1), date(2024, 1, 1), date(2027, 1, 1)))
    assert health(recorded, TODAY).last_contact == date(2024, 1, 1)


def test_a_leap_day_has_its_years_too():
    assert years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


ENDS = {
    "in half a year": (date(2027, 5, 26), [], True),
    "later": (date(2027, 5, 27), [], False),
    "today": (TODAY, [], True),
    "yesterday": (date(2026, 11, 26), [], False),
    "renewed already": (date(2027, 1, 1), [date(2030, 1, 1)], False),
    "another that ends before": (date(2027, 1, 1), [date(2026, 12, 1)], True),
}


@pytest.mark.parametrize(("ends", "later", "to_renew"), ENDS.values(), ids=ENDS)
def test_an_agreement_is_to_be_renewed(ends, later, to_renew):
    assert lapses(ends, TODAY, later) is to_renew

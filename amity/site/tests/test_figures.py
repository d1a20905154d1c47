"""Figures of what was promised: counted right, real apart from invented, public alone."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amity.followup.choices import Completion
from amity.followup.models import Commitment
from amity.followup.tests.factory import Record, said, words
from amity.record.models import Dossier
from amity.site.queries.figures import BECAME, Became

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<tr><th scope="row">(.*?)</th>.*?</tr>', re.DOTALL)
CELL = re.compile(r'<td class="num"[^>]*>(\d+)</td>')
TAG = re.compile(r"<[^>]*>")


def rows(page: str) -> dict[str, list[int]]:
    """What the tables say: all, and how many became what."""
    return {
        TAG.sub("", found[1]).strip(): [int(one) for one in CELL.findall(found[0])]
        for found in ROW.finditer(page)
    }


@pytest.fixture
def record() -> Record:
    made = Record()
    kept, differing = made.commitment(1), made.commitment(2, made=said("2024-03-01"))
    made.commitment(3, made=None)
    for side in (0, 1):
        made.report(kept, side, "complete")
    made.report(differing, 0, "complete")
    made.report(differing, 1, "limited")
    made.tell()
    return made


def test_every_state_is_counted_as_something():
    states = {*Completion.values, "silent", "one_sided", "differ"}
    assert set(BECAME) == states
    assert set(BECAME.values()) == set(Became)


def test_what_became_of_them_by_year_theme_and_side(record):
    assert rows(Client().get("/en/figures/").text) == {
        "2024": [1, 0, 0, 1, 0, 0, 0],
        "2025": [1, 1, 0, 0, 0, 0, 0],
        "no date said": [1, 0, 0, 0, 0, 1, 0],
        "Transport fictional": [3, 1, 0, 1, 0, 1, 0],
        "Southtown fictional": [3, 1, 0, 1, 0, 1, 0],
    }


def test_the_bars_are_as_long_as_the_numbers_say(record):
    page = Client().get("/en/figures/").text
    bars = re.findall(r'<rect class="(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"', page)
    assert bars[-3:] == [
        ("kept", "0.0", "333.33"),
        ("late", "333.33", "333.33"),
        ("silent", "666.67", "333.33"),
    ]


def test_what_is_invented_is_not_added_to_what_is_real(record):
    real = Dossier.objects.create(key="real", title=words("Real"), languages=["en"])
    Commitment.objects.filter(key="C-2025-001").update(dossier=real)
    record.tell()
    page = Client().get("/en/figures/").text
    assert rows(page)["2025"] == [1, 1, 0, 0, 0, 0, 0]
    assert "2024" not in rows(page)
    assert "Invented examples are not counted" in page
    assert '<a href="/en/commitments/?real=1&amp;year=2025">2025</a>' in page
    assert "Fictional example." not in page
    invented = Client().get("/en/figures/?dossier=sample").text
    assert "2025" not in rows(invented)
    assert '<a href="/en/commitments/?dossier=sample&amp;year=2024">2024</a>' in invented
    assert rows(invented)["2024"] == [1, 0, 0, 1, 0, 0, 0]
    assert "Fictional example." in invented


def test_what_is_kept_to_the_circle_counts_nowhere(record):
    before = rows(Client().get("/en/figures/").text)
    record.commitment(9, title=words("Kept among us"), readers="partnership:north-south")
    record.tell()
    page = Client().get("/en/figures/").text
    assert rows(page) == before
    assert "Kept among us" not in page


@pytest.mark.parametrize("language", ["en", "vi", "ru", "fr", "id"])
def test_it_takes_eight_statements_at_most_and_no_cookie(record, language):
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(f"/{language}/figures/")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert len(captured) <= 8
    assert "<script>" not in answer.text


def test_a_record_without_promises_says_so(db):
    assert "No commitment is recorded yet." in Client().get("/en/figures/").text

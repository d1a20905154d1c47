"""Lists stand in the order that a reader or program chose, on pages, in tables and interface."""

import csv
from io import StringIO

import pytest
from django.test import Client
from lxml import html

from amity.followup.models import Commitment
from amity.followup.tests.factory import Record, said
from amity.gatherings.models import Gathering
from amity.network.models import Person
from amity.network.tests.factory import words

pytestmark = pytest.mark.django_db

DUE = ("2027-05", "2026-10", None, "2026-10-31")
"""Deadlines of the commitments C-2025-001 to C-2025-004."""
BY_DAY = ["C-2025-002", "C-2025-004", "C-2025-001", "C-2025-003"]
"""Two of one day by identifier, and last what has none."""


@pytest.fixture
def record() -> Record:
    record = Record()
    for number, deadline in enumerate(DUE, 1):
        record.commitment(number, deadline)
    own = {"dossier": record.dossier, "readers": "public"}
    for key, day in {"later": "2026-05-01", "sooner": "2024-05-01", "unknown": None}.items():
        when = said(day) if day else None
        Gathering.objects.create(
            **own, key=key, kind="forum", status="held", title=words(key), when=when
        )
    for key in ("zoe", "anna", "minh"):
        Person.objects.create(**own, key=key, name=words(key.capitalize()))
    record.tell()
    return record


def on_page(address: str) -> list[str]:
    tree = html.fromstring(Client().get(address).content)
    links = tree.xpath("//main//li/h2/a/@href | //main//li/h3/a/@href")
    return [one.strip("/").rsplit("/", 1)[-1] for one in links]


def in_table(address: str) -> list[str]:
    answer = Client().get(address)
    text = b"".join(answer).decode("utf-8-sig")
    return [row[0] for row in list(csv.reader(StringIO(text)))[1:]]


def by_interface(address: str, limit: int) -> list[str]:
    """The identifiers of all pages, each by the link of the one before."""
    found: list[str] = []
    following = f"{address}&limit={limit}"
    while following:
        page = Client().get(following).json()
        found += [one["id"] for one in page["items"]]
        following = page["next"]
    return found


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_commitments_stand_by_the_day_on_which_they_are_due(record, limit):
    assert on_page("/en/commitments/?sort=due") == BY_DAY
    assert in_table("/en/commitments.csv?sort=due") == BY_DAY
    assert by_interface("/api/v1/commitments?sort=due", limit) == BY_DAY


def test_the_oldest_stand_first_where_somebody_wants_that(record):
    keys = sorted(BY_DAY)
    assert on_page("/en/commitments/") == keys[::-1]
    assert on_page("/en/commitments/?sort=oldest") == keys
    assert in_table("/en/commitments.csv?sort=oldest") == keys
    dated = [one.key for one in Gathering.objects.exclude(starts_on=None).order_by("starts_on")]
    undated = [one.key for one in Gathering.objects.filter(starts_on=None).order_by("key")]
    assert len(dated) > 2
    assert undated == ["unknown"]
    assert on_page("/en/gatherings/?sort=oldest") == dated + undated
    assert in_table("/en/gatherings.csv?sort=oldest") == dated + undated
    assert by_interface("/api/v1/gatherings?sort=oldest", 1) == dated + undated


def test_people_stand_by_when_they_were_added_without_letters(record):
    added = [one.key for one in Person.objects.order_by("-pk")]
    assert added[:3] == ["minh", "anna", "zoe"]
    assert on_page("/en/persons/?sort=added") == added
    assert in_table("/en/persons.csv?sort=added") == added
    assert by_interface("/api/v1/persons?sort=added", 2) == added
    page = Client().get("/en/persons/?sort=added").text
    assert 'class="letters' not in page


def test_an_order_leaves_nothing_out_and_stays_with_the_choices(record):
    tree = html.fromstring(Client().get("/en/commitments/?sort=due").content)
    chosen = tree.xpath("//select[@name='sort']/option[@selected]/@value")
    assert chosen == ["due"]
    assert tree.xpath("//select[@name='sort']/option[1]/text()") == ["newest first"]
    assert "Clear all choices" not in Client().get("/en/commitments/?sort=due").text
    assert tree.xpath("//a[@type='text/csv']/@href") == ["/en/commitments.csv?sort=due"]


def test_what_is_no_order_is_refused(record):
    assert Client().get("/en/commitments/?sort=title").status_code == 400
    assert Client().get("/api/v1/commitments?sort=title").status_code == 400
    assert Client().get("/api/v1/areas?sort=oldest").status_code == 400


def test_a_page_that_begins_after_what_is_no_more_is_refused_in_words(record):
    first = Client().get("/api/v1/commitments?sort=due&limit=1").json()
    assert first["items"][0]["id"] == "C-2025-002"
    Commitment.everything.filter(key="C-2025-002").update(readers="organization:nobody")
    record.tell()
    answer = Client().get(first["next"])
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "begin with the first page" in answer.text

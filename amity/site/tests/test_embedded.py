"""The box and the badge for other sites: script-free, cookie-free, of what is public alone."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amity.followup.models import Commitment
from amity.followup.tests.factory import Record, words
from amity.foundation.pages import public
from amity.record import derived

pytestmark = pytest.mark.django_db
THINGS = {
    "commitment/C-2025-001": "commitments/C-2025-001",
    "partnership/north-south": "partnerships/north-south",
    "area/south": "areas/south",
}
LANGUAGES = ("en", "vi", "ru", "fr", "id")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def record() -> Record:
    made = Record()
    first = made.commitment(1)
    made.commitment(2)
    for side in (0, 1):
        made.report(first, side, "complete")
    made.tell()
    return made


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_may_be_framed_and_runs_nothing(record, thing, language):
    answer = Client().get(f"/{language}/embed/{thing}/")
    assert answer.status_code == 200
    policy = dict(one.split(" ", 1) for one in answer["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "*"
    assert policy["script-src"] == "'none'"
    assert "<script" not in answer.text
    assert dict(answer.cookies) == {}
    assert f'href="http://testserver/{language}/{THINGS[thing]}/"' in answer.text
    assert 'class="invented"' in answer.text


def test_nothing_else_may_be_framed(record):
    for thing in THINGS.values():
        answer = Client().get(f"/en/{thing}/")
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_badge_is_a_picture_as_wide_as_its_words(record, thing, language):
    answer = Client().get(f"/{language}/badge/{thing}.svg")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Content-Type"] == "image/svg+xml"
    drawn = ET.fromstring(answer.content)  # noqa: S314 - our own
    words_of_it = drawn.findall(f"{SVG}text")[1]
    assert 52 + 16 + int(words_of_it.attrib["textLength"]) == int(drawn.attrib["width"])
    assert int(drawn.attrib["width"]) < 600


def test_what_stands_in_them(record):
    box = Client().get("/en/embed/commitment/C-2025-001/").text
    assert "Both sides: complete" in box
    assert "Northtown: complete" in box
    both = Client().get("/en/embed/partnership/north-south/").text
    assert "Commitments (2)" in both
    assert "Both sides: complete (1)" in both
    badge = Client().get("/en/badge/area/south.svg").text
    assert "Commitments: 2 · kept: 1 (fictional)</text>" in badge


def test_hostile_words_stay_words(record):
    hostile = '"><script>alert(1)</script>&<b>'
    Commitment.objects.filter(key="C-2025-001").update(title=words(hostile))
    derived.write_entries("commitment", [Commitment.objects.get(key="C-2025-001").pk])
    public._cache().clear()
    for address in ("embed/commitment/C-2025-001/", "badge/commitment/C-2025-001.svg"):
        answer = Client().get(f"/en/{address}")
        assert "<script>" not in answer.text
        assert "alert(1)" in answer.text
    ET.fromstring(Client().get("/en/badge/commitment/C-2025-001.svg").content)  # noqa: S314
    page = Client().get("/en/commitments/C-2025-001/").text
    code = re.search(r'<textarea id="embed-box"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert code is not None
    assert "<" not in code[1]
    assert "&lt;script" not in code[1]
    assert "&amp;lt;script" in code[1]


def test_what_is_not_public_is_not_there_and_counts_nowhere(record):
    secret = record.commitment(4, title=words("Kept among us"), readers="partnership:north-south")
    record.tell()
    assert Client().get(f"/en/embed/commitment/{secret.key}/").status_code == 404
    assert Client().get(f"/en/badge/commitment/{secret.key}.svg").status_code == 404
    for thing in ("partnership/north-south", "area/south"):
        box = Client().get(f"/en/embed/{thing}/").text
        assert "Commitments (2)" in box
        assert "Kept among us" not in box
        assert "Commitments: 2 ·" in Client().get(f"/en/badge/{thing}.svg").text


@pytest.mark.parametrize("thing", ["commitment/none", "person/anna", "gathering/forum-1"])
def test_what_is_not_there_or_not_shown_so_is_no_page(record, thing):
    assert Client().get(f"/en/embed/{thing}/").status_code == 404
    assert Client().get(f"/en/badge/{thing}.svg").status_code == 404


@pytest.mark.parametrize("thing", THINGS)
def test_who_has_the_current_one_is_told_so_and_few_statements_make_it(record, thing):
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(f"/en/embed/{thing}/")
    assert len(captured) <= 5
    again = Client().get(f"/en/embed/{thing}/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    page = Client().get(f"/en/{THINGS[thing]}/").text
    assert "Show this on your own site" in page

"""What changed is what changed in the record: page, front page, feed and interface alike."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from amity.dossier.tests.folder import RECORDS, loaded, write_data
from amity.followup.models import Commitment, Report
from amity.foundation.models import Change
from tests.rooms import ROOT

pytestmark = pytest.mark.django_db

HEAD = """\
id: sample
title: {en: A sample, vi: Mẫu}
fictional: false
languages: [en, vi]
office: bureau
"""
FIELD = ROOT.parent / "shared" / "review" / "field"


class Folder:
    """A folder that is loaded, changed and loaded again."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.records: dict[str, list[dict[str, Any]]] = yaml.safe_load(
            RECORDS.replace("country_code: NO", "country_code: SE")
        )
        self.records["commitments"][0]["deadline"] = "2026-10"
        for session in self.records["sessions"]:
            session |= {name: session[name].isoformat() for name in ("starts_at", "ends_at")}

    def load(self, head: str = HEAD) -> None:
        loaded(write_data(self.place, self.records, head))

    def __getitem__(self, name: tuple[str, str]) -> dict[str, Any]:
        plural, key = name
        return next(one for one in self.records[plural] if one["id"] == key)


@pytest.fixture
def folder(tmp_path) -> Folder:
    made = Folder(tmp_path / "folder")
    made.load()
    return made


def entries(client, address: str = "/en/changes/") -> list[str]:
    """The entries of the page, each in words."""
    tree = html.fromstring(client.get(address).content.decode())
    return [
        " ".join(" ".join(one.itertext()).split()) for one in tree.xpath("//ol[@class]/li[@id]")
    ]


def feed(client, address: str = "/en/feed.atom") -> Any:
    return feedparser.parse(client.get(address).content)


def told(client, query: str = "") -> list[dict[str, Any]]:
    return json.loads(client.get(f"/api/v1/changes{query}").content)["items"]


def test_a_load_is_one_entry_that_unfolds(client, folder):
    (entry,) = entries(client)
    assert " Bureau A sample 20 added Commitment: added 1 Open a school" in entry
    assert "Report: added 1 Open a school 2 January 2026" in entry
    (one,) = feed(client).entries
    assert (one.title, one.summary.splitlines()[0]) == ("A sample", "20 added")
    (one,) = told(client)
    assert (one["dossier"], one["office"], one["counts"]) == ("sample", "Bureau", {"added": 20})
    assert len(one["records"]) == 20
    tree = html.fromstring(client.get("/en/changes/").content.decode())
    assert [one.get("open") for one in tree.xpath("//ol//details")] == [None]


def test_what_happened_long_ago_and_is_recorded_today_comes_first_with_its_day(client, folder):
    before = timezone.now()
    report = dict(folder["reports", "of-a"], id="of-b", side="side-b", completion="complete")
    report |= {"submitted_on": "2024-12-20", "accepted_on": "2024-12-20"}
    folder.records["reports"].append(report)
    folder.load()
    first, _load = entries(client)
    assert "B-town reports: complete Open a school 20 December 2024" in first
    entry, older = feed(client).entries
    assert entry.title == "B-town reports: complete: Open a school"
    assert entry.summary == "20 December 2024\nBegun"
    assert entry.link == "http://testserver/en/commitments/C-2025-001/"
    updated = datetime.fromisoformat(entry.updated)
    assert before <= updated
    assert datetime.fromisoformat(older.updated) < updated
    assert datetime.fromisoformat(feed(client).feed.updated) == updated
    assert "B-town reports: complete" in entries(client, "/en/")[0]
    assert told(client)[0]["records"] == [
        {
            "effect": "added",
            "kind": "report",
            "id": "of-b",
            "title": "Open a school",
            "fictional": False,
            "page": "http://testserver/commitments/C-2025-001/",
        }
    ]


@pytest.mark.parametrize(
    ("status", "words"),
    [("postponed", "status: postponed"), ("cancelled", "status: called off")],
)
def test_a_gathering_that_is_postponed_or_cancelled_is_a_change(client, folder, status, words):
    folder["gatherings", "forum-1"]["status"] = status
    folder.load()
    first, _load = entries(client)
    assert "Gathering: changed Forum 30 September – 1 October 2025" in first
    assert words in first
    entry, _load = feed(client, "/en/gatherings/forum-1/feed.atom").entries
    assert words in entry.summary
    assert told(client)[0]["records"][0]["fields"] == ["status"]


def test_what_was_corrected_renamed_and_removed_is_told(client, folder):
    folder["persons", "ana"]["name"] = {"en": "Anna"}
    folder.records["reports"] = []
    folder.records["indicators"] = []
    folder.load()
    first, _load = entries(client)
    assert "1 changed, 2 removed" in first
    assert "Person: changed 1 Anna name" in first
    assert "Report: removed 1 Open a school" in first
    assert "Indicator: removed 1 Trade" in first
    assert told(client)[0]["counts"] == {"changed": 1, "removed": 2}
    (entry, _load) = feed(client).entries
    assert re.search(
        r"Report: removed:\n– “Open a school” was removed on \d+ \w+ \d{4} by Bureau\.",
        entry.summary,
    )


def test_a_report_that_was_not_accepted_is_in_no_change(client, folder):
    hidden = dict(folder["reports", "of-a"], id="of-b", side="side-b", state="submitted")
    del hidden["accepted_on"]
    folder.records["reports"].append(hidden)
    folder["persons", "ana"]["name"] = {"en": "Anna"}
    folder.load()
    assert "Person: changed Anna" in entries(client)[0]
    assert [one["id"] for one in told(client)[0]["records"]] == ["ana"]
    assert "of-b" not in client.get("/api/v1/changes").content.decode()
    folder.records["reports"].pop()
    folder.load()
    assert "of-b" not in client.get("/api/v1/changes").content.decode()
    assert "removed" not in " ".join(entries(client))


def test_the_interface_gives_what_changed_since(client, folder):
    later = timezone.now() + timedelta(microseconds=1)
    folder["persons", "ana"]["name"] = {"en": "Anna"}
    folder.records["reports"][0]["text"] = {"en": "Well begun"}
    folder.load()

    def since(plural: str, moment: datetime) -> list[str]:
        asked = moment.isoformat().replace("+00:00", "Z")
        answer = client.get(f"/api/v1/{plural}?changed_since={asked}")
        return [one["id"] for one in json.loads(answer.content)["items"]]

    assert since("persons", later) == ["ana"]
    assert since("areas", later) == []
    assert since("areas", later - timedelta(days=1)) == ["a", "b"]
    assert since("reports", later) == ["of-a"]
    assert since("commitments", later) == ["C-2025-001"]  # its joint state follows from reports
    one = json.loads(client.get("/api/v1/persons/ana").content)
    assert datetime.fromisoformat(one["changed_at"]) >= later
    assert one["changed_at"] == Change.objects.get(key="ana", effect="changed").at.isoformat(
        timespec="microseconds"
    )
    assert [
        one["counts"] for one in told(client, f"?changed_since={later:%Y-%m-%dT%H:%M:%S.%fZ}")
    ] == [{"changed": 2}]


@pytest.mark.parametrize("moment", ["soon", "2026-13-01", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_is_refused_by_its_name(client, folder, moment):
    for address in ("changes", "commitments"):
        answer = client.get(f"/api/v1/{address}", {"changed_since": moment})
        assert answer.status_code == 400
        assert [one["name"] for one in answer.json()["parameters"]] == ["changed_since"]


def test_changes_come_in_pages_for_programs(client, folder):
    for name in ("Anna", "Anne", "Anja"):
        folder["persons", "ana"]["name"] = {"en": name}
        folder.load()
    answer = client.get("/api/v1/changes?limit=3").json()
    following = client.get(answer["next"].removeprefix("http://testserver")).json()
    numbers = [one["id"] for one in answer["items"] + following["items"]]
    assert (len(numbers), numbers, following["next"]) == (
        4,
        sorted(set(numbers), reverse=True),
        None,
    )


def test_one_change_has_its_page(client, folder):
    whole = Change.objects.get(part_of=None, verb="load")
    (address,) = [one.id for one in feed(client).entries]
    assert address == f"http://testserver/en/changes/{whole.at:%Y%m%dT%H%M%S%fZ}/"
    tree = html.fromstring(client.get(address.removeprefix("http://testserver")).content.decode())
    assert tree.xpath("//details/@open")
    step = whole.steps.first()
    for name in (f"{step.at:%Y%m%dT%H%M%S%fZ}", "1", "20260231T000000000000Z", "x" * 90):
        assert client.get(f"/en/changes/{name}/").status_code == 404


def test_what_changed_can_be_had_without_what_is_invented(client, folder, tmp_path):
    other = Folder(tmp_path / "other")
    other.records = {"organizations": [{"id": "desk", "kind": "other", "name": {"en": "Desk"}}]}
    other.load(
        HEAD.replace("sample", "invented").replace("false", "true").replace("bureau", "desk")
    )
    assert len(entries(client)) == 2
    assert "Desk" in entries(client)[0]
    for query in ("?real=1", "?dossier=sample"):
        (only,) = entries(client, f"/en/changes/{query}")
        assert "A sample" in only
        assert len(feed(client, f"/en/feed.atom{query}").entries) == 1
        assert [one["dossier"] for one in told(client, query)] == ["sample"]
    titles = [one.title for one in feed(client).entries]
    assert titles[0].endswith(" (fictional)")
    assert "A sample" in " ".join(entries(client, "/en/"))
    assert "Desk" not in " ".join(entries(client, "/en/"))


@pytest.mark.parametrize("address", ["/en/changes/", "/en/feed.atom", "/api/v1/changes"])
def test_what_changed_asks_as_often_for_one_change_as_for_many(client, folder, address):
    asked = []
    for name in ("Anna", "Anne", "Anja"):
        folder["persons", "ana"]["name"] = {"en": name}
        folder.records["reports"][0]["text"] = {"en": name}
        folder.load()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        asked.append(len(captured))
    assert len(set(asked)) == 1
    assert asked[0] <= 8


def test_the_field_case_of_a_late_entry_reaches_subscribers(client, tmp_path):
    case = FIELD / "atom-backdated" / "dossier"
    if not case.is_dir():
        pytest.skip("the inputs of the field are not here")
    records = yaml.safe_load((case / "records.yaml").read_text())
    records["organizations"] = [{"id": "bureau", "kind": "other", "name": {"en": "Bureau"}}]
    head = (case / "dossier.yaml").read_text() + "\noffice: bureau\n"
    loaded(write_data(tmp_path / "case", records, head))
    (entry,) = feed(client).entries
    assert datetime.now(UTC) - datetime.fromisoformat(entry.updated) < timedelta(minutes=5)
    assert "A promise entered late (fictional) · 20 December 2024" in entry.summary


@pytest.mark.usefixtures("demonstrations")
def test_the_feed_of_commitments_is_dated_by_the_trail(client):
    entries = feed(client, "/en/commitments/feed.atom").entries
    assert len(entries) == Commitment.objects.count()
    for entry in entries:
        assert datetime.now(UTC) - datetime.fromisoformat(entry.updated) < timedelta(hours=1)
    late = Report.objects.filter(state="accepted").order_by("accepted_on").first()
    assert late.commitment.key not in entries[0].link
    told = {"command": "test", "verb": "save", "effect": "changed", "public": True}
    at = datetime.now(UTC) + timedelta(minutes=1)
    Change.objects.create(kind="report", key=late.key, at=at, **told)
    (first, *_) = feed(client, "/en/commitments/feed.atom").entries
    assert first.link.endswith(f"/{late.commitment.key}/")
    assert datetime.fromisoformat(first.updated) == at

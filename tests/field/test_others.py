"""Cases whose mending stands elsewhere: what changed, the order of networks, checks, planning."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import lxml.html
import pytest
from django.test import Client

from amity.dossier.telling.notices import notice
from amity.dossier.tests.folder import checked
from tests.rooms import ROOT

from .conftest import Case, Loaded

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


def test_atom_backdated(load_case: Loaded, client: Client) -> None:
    load_case("atom-backdated")
    feed = feedparser.parse(client.get("/en/feed.atom").content)
    today = datetime.now(UTC).date()
    told = [one for one in feed.entries if one.updated.startswith(str(today)[:8])]
    words = " ".join(f"{one.title} {one.get('summary', '')}" for one in told)
    assert "20 December 2024" in words
    assert datetime.fromisoformat(feed.feed.updated) > datetime.now(UTC) - timedelta(days=1)


def test_postponed_in_the_feed(load_case: Loaded, client: Client) -> None:
    load_case("postponed")
    feed = feedparser.parse(client.get("/en/gatherings/h2pp-1/feed.atom").content)
    assert len(feed.entries) >= 1


def test_api_changed_since(client: Client) -> None:
    described = json.loads(client.get("/api/v1/openapi.json").content)
    parameters = {
        parameter["name"]
        for path in described["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
    }
    assert "changed_since" in parameters
    assert "changed_at" in json.dumps(described["components"])


def test_network_order(load_case: Loaded, client: Client) -> None:
    load_case("network-order")
    page = lxml.html.fromstring(client.get("/en/network/").content.decode())
    names = [one.text_content() for one in page.xpath("//ul[@class='records']//h2/a")]
    assert [name.split()[0] for name in names] == ["Alpha", "Zeta"]


def test_twin_twice(case: Case) -> None:
    told = notice(checked(case("twin-twice"))).lines()
    assert [line for line in told if "partnerships" in line or "twin" in line] != []


def planned(problem: Path) -> dict[str, object]:
    """What the planner answers."""
    done = subprocess.run(
        [sys.executable, "-m", "planning", "solve", "--limit", "20", str(problem)],
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_planning_nfd(case: Case) -> None:
    answer = planned(case("planning-nfd", "problem.json"))
    assert [one["meeting"] for one in answer["assignments"]] == ["Đà Nẵng+Hải Phòng"]


def test_planning_pause(case: Case) -> None:
    answer = planned(case("planning-pause", "problem-weighted.json"))
    slots = {one["contribution"]: one["slot"] for one in answer["assignments"]}
    assert (slots["c1"], slots["c2"]) == ("s1", "s3")

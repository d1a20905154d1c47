"""The Atom feeds, read by a library of others."""

from datetime import date

import feedparser
import pytest
from django.conf import settings

from amity.followup.choices import Completion, Outcome, ReportState
from amity.followup.models import Disposition, Report
from amity.followup.tests.factory import Record, said, words
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]
HIDDEN = [ReportState.SUBMITTED, ReportState.RETURNED]
ADDRESSES = ["feed.atom", "commitments/feed.atom", "gatherings/forum-1/feed.atom"]


@pytest.fixture
def record():
    return Record()


def feed(client, address: str):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def other_forum(record) -> Gathering:
    return Gathering.objects.create(
        dossier=record.dossier,
        readers="public",
        key="forum-2",
        kind=GatheringKind.FORUM,
        title=words("Second forum"),
        status=GatheringStatus.ANNOUNCED,
        when=said("2027-10"),
        timezone="Europe/Moscow",
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_feed_reads_back_in_every_language(client, record, language, address):
    record.report(record.commitment(), 0, Completion.LIMITED)
    record.tell()
    parsed = feed(client, f"/{language}/{address}")
    assert parsed.feed.id == f"{settings.BASE_URL}/{language}/{address}"
    assert parsed.feed.language == language
    about = [one for one in parsed.entries if "/commitments/C-2025-001/" in one.link]
    # The feed of commitments has one entry for each, the others one for each change.
    assert len(about) == (1 if "commitments" in address else 2)
    assert len({one.id for one in parsed.entries}) == len(parsed.entries)
    assert about[0].link.startswith(f"{settings.BASE_URL}/{language}/commitments/C-2025-001/")


def test_a_report_says_who_reports_what(client, record):
    record.report(record.commitment(), 0, Completion.LIMITED, text="Half of the stops stand")
    record.tell()
    promise, entry, *_others = feed(client, "/en/feed.atom").entries
    assert entry.title == "Northtown reports: limited: Promise 1 (fictional)"
    assert entry.summary == "12 September 2026\nHalf of the stops stand"
    assert promise.title == "Commitment: added: Promise 1 (fictional)"


def test_the_words_of_an_entry_are_no_markup(client, record):
    text = "Cost <5 million for R&D; write <city>.\n\nSecond: a&lt;b stays."
    record.report(record.commitment(), 0, Completion.LIMITED, text=text)
    record.tell()
    (entry,) = (one for one in feed(client, "/en/feed.atom").entries if "reports" in one.title)
    assert entry.summary == f"12 September 2026\n{text}"
    body = client.get("/en/feed.atom").content
    assert b'<summary type="text">12 September 2026\nCost &lt;5 million' in body


def test_what_has_one_identifier_in_two_kinds_is_two_entries(client, record):
    made = record.commitment()
    report = record.report(made, 0, Completion.LIMITED)
    Report.everything.filter(pk=report.pk).update(key=made.key)
    record.tell()
    entries = feed(client, "/en/feed.atom").entries
    about = [one.id for one in entries if f"/commitments/{made.key}/" in one.link]
    assert len(about) == len(set(about)) == 2


def test_a_gathering_has_only_what_was_made_decided_or_carried_there(client, record):
    second = other_forum(record)
    here, there = record.commitment(1), record.commitment(2, gathering=second)
    record.report(here, 0, Completion.LIMITED, on=date(2026, 1, 1))
    record.report(there, 0, Completion.COMPLETE, on=date(2026, 1, 2))
    Disposition.objects.create(
        dossier=record.dossier,
        readers="public",
        key="carried",
        gathering=record.forum,
        commitment=here,
        outcome=Outcome.CARRIED,
        into=second,
        decided_on=date(2026, 1, 3),
    )
    record.tell()

    def told(key: str) -> list[str]:
        entries = feed(client, f"/en/gatherings/{key}/feed.atom").entries
        return sorted(one.title.removesuffix(" (fictional)") for one in entries)

    promise = [
        "Commitment: added: Promise 1",
        "Decision: carried into the next edition: Promise 1",
        "Northtown reports: limited: Promise 1",
    ]
    assert told("forum-1") == sorted([*promise, "Gathering: added: First forum"])
    assert told("forum-2") == sorted(
        [
            *promise,
            "Commitment: added: Promise 2",
            "Northtown reports: complete: Promise 2",
            "Gathering: added: Second forum",
        ]
    )


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("address", ADDRESSES)
def test_reports_that_are_not_accepted_are_in_no_feed(client, record, state, address):
    record.report(record.commitment(), 1, Completion.COMPLETE, text="Not to be read", state=state)
    record.tell()
    assert b"Not to be read" not in client.get(f"/en/{address}").content
    assert all("reports" not in one.title for one in feed(client, f"/en/{address}").entries)


def test_the_feed_of_no_gathering_is_not_found(client, record):
    assert client.get("/en/gatherings/none/feed.atom").status_code == 404


@pytest.mark.parametrize(
    ("address", "statements"), [("feed.atom", 5), ("gatherings/forum-1/feed.atom", 6)]
)
@pytest.mark.parametrize("number", [1, 30])
def test_a_feed_asks_the_database_as_often_for_one_as_for_thirty(
    client, record, number, address, statements, django_assert_num_queries
):
    for i in range(1, number + 1):
        record.report(record.commitment(i), 0, Completion.LIMITED)
    record.tell()
    with django_assert_num_queries(statements):
        assert len(feed(client, f"/en/{address}").entries) >= min(2 * number, 50)


def test_pages_lead_to_their_feeds(client, record):
    assert 'href="http://testserver/en/feed.atom"' in client.get("/en/").content.decode()
    page = client.get("/en/gatherings/forum-1/").content.decode()
    assert page.count('/en/gatherings/forum-1/feed.atom"') == 2

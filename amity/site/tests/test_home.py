"""The front page and the page on how to read the record."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from lxml import html

from amity.followup.choices import Completion, Outcome, ReportState, Verdict
from amity.followup.models import Answer, Disposition, Review
from amity.followup.tests.factory import Record, said, words
from amity.foundation.models import Change
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering
from amity.network.models import Organization
from amity.network.tests.factory import placed
from amity.record.models import Dossier

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.fixture
def record():
    return Record()


def page(client, address: str = "/en/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def said_of(tree, heading: str) -> str:
    """The words of the section with this heading."""
    (section,) = tree.xpath(f"//section[@aria-labelledby='{heading}']")
    return " ".join(section.text_content().split())


def changes(tree) -> list[tuple[str, str]]:
    return [
        (" ".join(item.findtext("h3").split()), item.xpath("string(./p[not(@class)]//a)"))
        for item in tree.xpath("//ol[@class='thread changes']/li")
    ]


def forum(record, key: str, when: str | None, status=GatheringStatus.ANNOUNCED) -> Gathering:
    return Gathering.objects.create(
        dossier=record.dossier,
        readers="public",
        key=key,
        kind=GatheringKind.FORUM,
        title=words(f"Forum {key}"),
        status=status,
        when=said(when) if when else None,
        timezone="Europe/Moscow",
    )


def test_an_empty_record_says_so_and_what_will_stand_there(client, db):
    tree = page(client)
    assert "No gathering is announced." in said_of(tree, "next")
    assert said_of(tree, "held") == "Recent No gathering is recorded yet."
    assert "No commitment is recorded yet." in said_of(tree, "state")
    assert said_of(tree, "changed") == ("What changed Nothing has changed yet.")


def test_the_next_gathering_is_the_one_that_comes_first(client, record):
    forum(record, "far", "2099-10")
    forum(record, "near", "2098-10")
    forum(record, "undated", None)
    forum(record, "gone", "2020-10")
    forum(record, "off", "2097-10", GatheringStatus.CANCELLED)
    tree = page(client)
    assert tree.xpath("//section[@aria-labelledby='next']//a/@href") == ["/en/gatherings/near/"]
    assert "has passed" not in said_of(tree, "next")
    assert tree.xpath("//section[@aria-labelledby='held']//a/@href") == [
        "/en/gatherings/forum-1/",
        "/en/gatherings/gone/",
    ]


def test_a_gathering_that_was_due_is_shown_until_the_record_says_whether_it_was_held(
    client, record
):
    forum(record, "older", "2019-10")
    gone = forum(record, "gone", "2020-10")
    tree = page(client)
    assert "No gathering is announced." in said_of(tree, "next")
    assert tree.xpath("//section[@aria-labelledby='held']//a/@href") == [
        "/en/gatherings/forum-1/",
        "/en/gatherings/gone/",
    ]
    assert "date passed, no report known" in said_of(tree, "held")
    Gathering.objects.exclude(key="forum-1").update(status=GatheringStatus.HELD)
    Change.objects.create(at=datetime.now(UTC), command="test", verb="held")
    tree = page(client)
    assert "No gathering is announced." in said_of(tree, "next")
    assert tree.xpath("//section[@aria-labelledby='held']//a/@href") == [
        "/en/gatherings/forum-1/",
        f"/en/gatherings/{gone.key}/",
        "/en/gatherings/older/",
    ]


def test_what_is_next_is_in_the_future_and_what_is_recent_in_order_of_date(client, record):
    forum(record, "invented", "2098-10")
    due = forum(record, "due", "2020-10")
    due.dossier = real(record)
    due.save()
    tree = page(client)
    assert tree.xpath("//section[@aria-labelledby='next']//a/@href") == [
        "/en/gatherings/invented/",
    ]
    recent = tree.xpath("//section[@aria-labelledby='held']//a/@href")
    assert recent == ["/en/gatherings/forum-1/", "/en/gatherings/due/"]


def test_the_state_of_all_commitments_is_counted(client, record):
    late = record.commitment(1, deadline="2025-12")
    record.report(late, 0, Completion.LIMITED)
    for number in (2, 3):
        kept = record.commitment(number, deadline=None)
        record.report(kept, 0, Completion.COMPLETE)
        record.report(kept, 1, Completion.COMPLETE)
    words_of_state = said_of(page(client), "state")
    assert "Reported by one side only (1)" in words_of_state
    assert "Both sides: complete (2)" in words_of_state
    assert "See all 3 commitments" in words_of_state
    assert "1 past its date" in words_of_state
    assert "They all belong to fictional examples." in words_of_state


def real(record, key: str = "real") -> Dossier:
    """A second dossier, of two real peoples."""
    return Dossier.objects.create(
        key=key, title=words("Real"), fictional=False, languages=["en", "vi"]
    )


def test_real_commitments_are_counted_apart_from_fictional_ones(client, record):
    record.report(record.commitment(1, deadline=None), 0, Completion.LIMITED)
    record.commitment(2, deadline="2025-12", dossier=real(record))
    (section,) = page(client).xpath("//section[@aria-labelledby='state']")
    assert [" ".join(link.text_content().split()) for link in section.xpath(".//a")] == [
        "See the 1 commitment",
        "1 past its date",
        "See the 1 commitment",
        "By year, by theme and by side",
        "Themes and goals",
    ]
    assert section.xpath(".//a/@href") == [
        "/en/commitments/?dossier=real",
        "/en/commitments/?overdue=1&dossier=real",
        "/en/commitments/?dossier=sample",
        "/en/figures/",
        "/en/themes/",
    ]
    for address, title in (("dossier=real", "Promise 2"), ("dossier=sample", "Promise 1")):
        listed = page(client, f"/en/commitments/?{address}")
        assert listed.xpath("//li[@class='line']/*[@class='h3']/a/text()") == [title]


def test_what_is_invented_is_told_on_the_front_page_only_where_nothing_is_real(client, record):
    invented = record.commitment(1)
    record.report(invented, 0, Completion.LIMITED, on=date(2026, 3, 1))
    record.tell()
    assert ("Northtown reports: limited", "Promise 1") in changes(page(client))
    record.commitment(2, dossier=real(record))
    record.tell()
    for number in range(3, 20):
        record.report(record.commitment(number), 0, Completion.LIMITED)
    record.tell()
    assert changes(page(client)) == [("Commitment: added", "Promise 2")]


def test_what_is_real_is_not_called_fictional(client, record):
    record.dossier.fictional = False
    record.dossier.save()
    record.report(record.commitment(), 0, Completion.LIMITED)
    assert "fictional" not in page(client).text_content()


def test_what_changed_is_told_with_the_newest_change_first(client, record):
    made, asked = record.commitment(), record.proposal()
    record.report(made, 0, Completion.LIMITED, on=date(2026, 1, 1))
    own = {"dossier": record.dossier, "readers": "public"}
    Answer.objects.create(
        **own,
        key="answer",
        proposal=asked,
        side=record.sides[1],
        verdict=Verdict.NOTED,
        reasons=words("Heard"),
        given=said("2026-01-02"),
    )
    Review.objects.create(
        **own,
        key="review",
        commitment=made,
        organization=placed(
            Organization.objects.create(
                **own, key="institute", kind="university", name=words("Institute")
            )
        ),
        reviewed_on=date(2026, 1, 3),
        verifiable=True,
        ambition="modest",
        completion=Completion.LIMITED,
        early_results="none",
        text=words("Read"),
    )
    Disposition.objects.create(
        **own,
        key="dropped",
        gathering=record.forum,
        proposal=asked,
        outcome=Outcome.DROPPED,
        reason=words("No longer wanted"),
        decided_on=date(2026, 1, 4),
    )
    record.tell()
    told = changes(page(client, "/en/changes/"))
    assert told[:6] == [
        ("Proposal: added", "Idea 1"),
        ("Southtown answers: noted", "Idea 1"),
        ("Commitment: added", "Promise 1"),
        ("Northtown reports: limited", "Promise 1"),
        ("Institute reviews: limited", "Promise 1"),
        ("Decision: dropped", "Idea 1"),
    ]
    assert changes(page(client)) == told[:5]


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.RETURNED])
def test_reports_that_are_not_accepted_change_nothing(client, record, state):
    made = record.commitment()
    record.tell()
    before = client.get("/en/").content
    record.report(made, 1, Completion.COMPLETE, text="Nobody may read this yet", state=state)
    record.tell()
    assert client.get("/en/").content == before


@pytest.mark.parametrize("number", [1, 30])
def test_the_front_page_takes_eight_statements(client, record, number, django_assert_num_queries):
    for i in range(1, number + 1):
        record.report(record.commitment(i), i % 2, Completion.LIMITED)
    record.tell()
    with django_assert_num_queries(8):
        tree = page(client)
    assert len(changes(tree)) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_speaks_the_readers_language(client, record, language):
    record.report(record.commitment(), 0, Completion.LIMITED)
    tree = page(client, f"/{language}/")
    assert tree.get("lang") == language
    heading = " ".join(tree.findtext(".//h1").split())
    assert (heading == "What was promised, and what became of it") == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_read_explains_every_state_once(client, db, language, django_assert_num_queries):
    with django_assert_num_queries(1):
        tree = page(client, f"/{language}/about/")
    terms = [" ".join(term.text_content().split()) for term in tree.xpath("//dl/div/dt")]
    assert len(terms) == len(set(terms)) == 11
    assert f"/{language}/api/v1/docs" in tree.xpath("//main//a/@href")

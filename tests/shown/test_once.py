"""A page says everything once."""

import pytest
from django.db.models import Q
from lxml import html

from amity.followup.models import Commitment, Disposition, Proposal
from amity.gatherings.models import Gathering
from amity.languages.text import Text

pytestmark = pytest.mark.usefixtures("demonstrations")


def squeezed(words: str) -> str:
    return " ".join(words.split())


def read(client, address: str) -> tuple[html.HtmlElement, str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = html.fromstring(answer.content.decode()).find(".//main")
    for crumbs in main.xpath(".//nav"):
        crumbs.getparent().remove(crumbs)
    return main, squeezed(main.text_content())


def english(text: Text) -> str:
    return squeezed(text.versions["en"].words)


@pytest.fixture(params=["vr-forum-1", "lpc-forum-1", "lpc-forum-2"])
def gathering(request, db) -> Gathering:
    return Gathering.objects.get(key=request.param)


def test_what_was_asked_and_promised_stands_once_with_what_came_of_it(client, gathering):
    main, words = read(client, f"/en/gatherings/{gathering.key}/")
    items = [*gathering.proposals.all(), *gathering.commitments.all()]
    assert items
    for one in items:
        linked = main.xpath(f".//a[contains(@href, '/{one.key}/')]")
        assert [squeezed(link.text_content()) for link in linked] == [english(one.title)]
    told = gathering.statements.filter(
        Q(proposals__gathering=gathering) | Q(commitments__gathering=gathering)
    ).distinct()
    assert told
    for statement in told:
        assert english(statement.text) not in words
        assert not main.xpath(f".//*[@id='{statement.key}']")


def test_what_nothing_came_of_stands_among_what_was_said(client, gathering):
    main, words = read(client, f"/en/gatherings/{gathering.key}/")
    said = gathering.statements.exclude(proposals__gathering=gathering)
    said = said.exclude(commitments__gathering=gathering)
    for statement in said:
        assert words.count(english(statement.text)) == 1
        assert main.xpath(f".//*[@id='{statement.key}']")


def test_who_asked_stands_beside_what_was_asked(client):
    main, _ = read(client, "/en/gatherings/vr-forum-1/")
    for one in Proposal.objects.filter(gathering__key="vr-forum-1"):
        (row,) = main.xpath(f".//li[.//a[contains(@href, '/{one.key}/')]]")
        by = one.proposer.name if one.proposer else one.proposer_words
        assert by is None or english(by) in squeezed(row.text_content())


@pytest.mark.parametrize("model", [Proposal, Commitment])
def test_a_thread_does_not_repeat_the_title_above_it(client, model):
    for one in model.objects.order_by("key"):
        plural = "proposals" if model is Proposal else "commitments"
        main, _ = read(client, f"/en/{plural}/{one.key}/")
        pieces = main.xpath(".//ol[@class='thread']//*[self::p or self::li or self::a]")
        assert english(one.title) not in {squeezed(piece.text_content()) for piece in pieces}
        links = main.xpath(f".//a[contains(@href, '/{one.key}/')][not(../@data-share)]")
        elsewhere = ("/api/", "/follow/", "/feed.atom", "/deadlines.ics")
        assert [
            link.get("href")
            for link in links
            if not any(beside in link.get("href") for beside in elsewhere)
        ] == []


def test_the_reasons_of_an_answer_stand_once_on_the_page_of_the_proposal(client):
    for one in Proposal.objects.exclude(answers=None).order_by("key"):
        _, words = read(client, f"/en/proposals/{one.key}/")
        for answer in one.answers.all():
            assert words.count(english(answer.reasons)) == 1, answer.key


def test_what_a_closing_decided_is_the_first_badge_of_an_item(client):
    closing = Disposition.objects.exclude(outcome__in=["carried", "completed"])
    assert {one.outcome for one in closing} == {"merged", "split", "replaced", "dropped"}
    for one in closing:
        item, plural = (
            (one.commitment, "commitments") if one.commitment else (one.proposal, "proposals")
        )
        assert item.decided == one.outcome
        assert client.get(f"/api/v1/{plural}/{item.key}").json()["decided"] == one.outcome
        main, _ = read(client, f"/en/gatherings/{item.gathering.key}/")
        (row,) = main.xpath(f".//li[.//a[contains(@href, '/{item.key}/')]]")
        badges = row.xpath(".//*[contains(@class, 'state')]//*[contains(@class, 'chip')]")
        said = [squeezed(badge.text_content()) for badge in badges]
        assert said[0] == one.get_outcome_display()
        assert len(said) == (2 if one.commitment else 1)  # and what both sides report of it


def test_what_was_carried_keeps_its_state(client):
    for one in Disposition.objects.filter(outcome="carried"):
        item = one.commitment or one.proposal
        later = Disposition.objects.filter(commitment=one.commitment, proposal=one.proposal)
        closed = [other.outcome for other in later if other.outcome != "carried"]
        assert item.decided == "".join(closed)

"""What a page says of another record is what that record says of itself."""

import pytest
from lxml import html

from amity.followup.models import Commitment
from amity.followup.queries.lists import CommitmentLine
from amity.followup.queries.timeline import Point

pytestmark = pytest.mark.usefixtures("demonstrations")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_signed_at_a_gathering_is_what_was_signed_on_its_days(client):
    """The forum of 2026 celebrates the twinning of 2001; the agreement on data was signed at it."""
    page = html.fromstring(client.get("/en/gatherings/lpc-forum-2/").content.decode())
    assert [words(one) for one in page.xpath("//li[a[contains(@href, '/agreements/')]]")] == [
        "Agreement on sharing sea data signed at this gathering",
        "Twinning agreement between Lindholm and Porto Claro Signed: 15 June 2001",
    ]


@pytest.mark.parametrize(("key", "marked"), [("lpc-twinning-2001", 0), ("lpc-sea-data-2026", 2)])
def test_and_the_page_of_an_agreement_says_so_of_the_same(client, key, marked):
    page = html.fromstring(client.get(f"/en/agreements/{key}/").content.decode())
    listed = page.xpath("//section[@aria-labelledby='gatherings']//li")
    assert len(listed) == 2
    assert sum("signed at this gathering" in words(one) for one in listed) == marked


def test_what_is_less_than_a_promise_is_not_called_promised(client):
    """In the thread of a proposal, which led to an assurance, and on a time line."""
    page = html.fromstring(client.get("/en/proposals/P-2026-105/").content.decode())
    steps = [words(one) for one in page.xpath("//ol[contains(@class, 'thread')]/li/h3")]
    assert steps == [
        "Recommendation · Lídia Montalvar",
        "Recommendation",
        "Answered · Lindholm",
        "Answered · Porto Claro",
        "Assurance",
    ]
    said = [CommitmentLine(Commitment(kind=kind), ()) for kind in ("position", "assurance")]
    assert Point(None, promises=tuple(said)).kinds == (
        ("assurance", "assurance"),
        ("position", "joint position"),
    )


@pytest.mark.parametrize(("language", "said"), [("id", "mendukung"), ("ru", "поддержка")])
def test_beside_a_side_stands_what_it_did_and_not_what_was_done_to_it(client, language, said):
    """“Lindholm didukung” said that Lindholm was supported."""
    page = html.fromstring(client.get(f"/{language}/proposals/").content.decode())
    asked = page.xpath("//ul[contains(@class, 'sides')]/li[span]")
    answers = {words(one).split(" ", 1)[1] for one in asked}
    assert said in answers
    assert {"didukung", "поддержано"}.isdisjoint(answers)


def test_an_edition_to_come_has_no_outcome_yet(client):
    """What was carried into it is called that."""
    for key, heading in (
        ("lpc-forum-3", "Taken up from an earlier edition"),
        ("lpc-forum-2", "What came of it"),
    ):
        page = html.fromstring(client.get(f"/en/gatherings/{key}/").content.decode())
        assert words(page.get_element_by_id("outcome")) == heading


def test_an_article_tells_how_many_of_its_passages_are_quoted(client):
    page = html.fromstring(client.get("/en/coverage/").content.decode())
    counts = [
        (words(one.find("summary")), len(one.xpath(".//blockquote")))
        for one in page.xpath("//details[@class='versions'][summary]")
    ]
    told = [(said, shown) for said, shown in counts if "passage" in said]
    assert told
    for said, shown in told:
        number = said.split(" · ")[-1].split(" ")[0]
        assert int(number) == shown, said

"""What delegations add to the pages of a gathering."""

import csv
import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amity.delegations.models import Delegate, Delegation, Group
from amity.delegations.sections import delegates, summary
from amity.foundation.pages.public import Page
from amity.gatherings.choices import GatheringKind
from amity.gatherings.tests.factory import Edition, words
from amity.record.models import Entry
from amity.sources.models import Article, Claim, Passage, Source

pytestmark = pytest.mark.django_db

PAGE = Page(1, datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), "")


class Sent(Edition):
    """A forum to which the north sends people."""

    def group(self, number: int = 1, **fields) -> Group:
        """A group of the north."""
        values = {"name": words(f"Group {number}"), "side": self.side} | fields
        return Group.objects.create(
            **self.own,
            gathering=self.gathering,
            key=f"group-{number}",
            position=number,
            **values,
        )

    def delegation(self, *people: str, group: Group | None = None) -> Delegation:
        """The delegation of the north; its last person leads it."""
        made = Delegation.objects.create(
            **self.own,
            gathering=self.gathering,
            side=self.side,
            key="delegation-north",
            name=words("Delegation of Northtown"),
        )
        for number, name in enumerate(people, 1):
            person = self.person(number)
            person.name = words(name)
            person.save()
            Delegate.objects.create(
                **self.own, key=f"delegate-{number}", delegation=made, person=person, group=group
            )
            made.head = person
        made.save()
        return made

    def published(self, group: Group) -> None:
        """An article that names the group."""
        source = Source.objects.create(**self.own, key="paper", name=words("The Paper"))
        article = Article.objects.create(
            **self.own, key="article", source=source, title=words("Piece"), language="en"
        )
        passage = Passage.objects.create(
            **self.own, key="passage", article=article, language="en", quotation="a group"
        )
        about = Entry.objects.create(
            kind="group", key=group.key, dossier=self.dossier, readers="public", title=group.name
        )
        Claim.objects.create(passage=passage, position=1, about=about)


@pytest.fixture
def sent() -> Sent:
    return Sent()


def section(client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.partition('aria-labelledby="delegations"')[2].partition("</section>\n")[0]


def test_a_gathering_without_delegations_says_nothing_of_them(client, sent):
    assert section(client, "/en/gatherings/forum-1/") == ""
    assert section(client, "/en/gatherings/forum-1/people/") == ""


def test_groups_are_shown_as_preliminary_and_open_until_that_is_settled(client, sent):
    sent.group(1)
    sent.group(2, preliminary=False, quota=40)
    shown = section(client, "/en/gatherings/forum-1/")
    cards = re.findall(r"<li class=\"card.*?</li>", shown, re.DOTALL)
    assert [("preliminary" in card, "number of places open" in card) for card in cards] == [
        (True, True),
        (False, False),
    ]
    assert "40 places" in cards[1]


def test_a_delegation_is_summed_up_and_its_people_are_on_their_own_page(client, sent):
    group = sent.group(1)
    sent.delegation("Cecilia", "Bertil", "Anna", group=group)
    summary = section(client, "/en/gatherings/forum-1/")
    assert "3 delegates named" in summary
    assert "Anna" in summary  # she leads
    assert "Bertil" not in summary
    everybody = section(client, "/en/gatherings/forum-1/people/")
    assert re.findall(r"<h4><a [^>]*>(\w+)</a>", everybody) == ["Anna", "Bertil", "Cecilia"]
    assert everybody.count("Head of delegation") == 1


def test_sources_of_the_groups_are_named(client, sent):
    sent.published(sent.group(1))
    assert "The Paper" in section(client, "/en/gatherings/forum-1/")


@pytest.mark.parametrize("number", [1, 30])
def test_the_sections_ask_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    sent = full(GatheringKind.FORUM, number)
    with django_assert_num_queries(3):
        assert summary(sent.gathering, PAGE)
    with django_assert_num_queries(2):
        assert delegates(sent.gathering, PAGE)


@pytest.mark.parametrize("kind", [GatheringKind.FORUM, GatheringKind.EXHIBITION])
def test_a_page_with_everything_asks_at_most_twenty_times(client, kind):
    full(kind, 30)
    for address in ("", "people/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/gatherings/forum-1/{address}").status_code == 200
        assert len(asked) <= 20


def full(kind: GatheringKind, number: int) -> Sent:
    """A gathering with `number` of everything."""
    sent = Sent(kind=kind)
    group = None
    for i in range(1, number + 1):
        group = sent.group(i)
        sent.session(i, after=5 * i)
        sent.statement(i)
        sent.work(i)
    sent.delegation(*(f"Name {i}" for i in range(number)), group=group)
    return sent


def test_everybody_in_the_delegations_is_had_as_a_table(client, sent):
    sent.delegation("Cecilia", "=Bertil", group=sent.group(1))
    page = client.get("/en/gatherings/forum-1/people/").text
    assert page.count('href="/en/gatherings/forum-1/delegates.csv"') == 1
    table = client.get("/en/gatherings/forum-1/delegates.csv").getvalue().decode("utf-8-sig")
    found = [
        (row["Delegation"], row["Side"], row["Person"], row["Group"])
        for row in csv.DictReader(StringIO(table, newline=""))
    ]
    own = ("Delegation of Northtown", "Northtown")
    assert found == [(*own, "'=Bertil", "Group 1"), (*own, "Cecilia", "Group 1")]
    assert client.get("/en/gatherings/nowhere/delegates.csv").status_code == 404


def test_whom_the_sides_alone_read_stands_in_no_table(client, sent):
    sent.delegation("Cecilia", "Bertil")
    Delegate.objects.filter(key="delegate-1").update(readers="partnership:north-south")
    table = client.get("/en/gatherings/forum-1/delegates.csv").getvalue().decode()
    assert "Bertil" in table
    assert "Cecilia" not in table

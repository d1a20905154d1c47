"""Something published, named by a holder: in the record once its report counts, and not before."""

import pytest
from django.test import Client

from amity.followup.models import Commitment, Report
from amity.record.actions import remove, save, undo
from amity.record.choices import Audience
from amity.sources.models import Article, Passage, Source
from amity.turns.models import GivenPassage
from tests.write.world import words

from .world import REPORT, Thread, at, link, thread

pytestmark = pytest.mark.django_db
PIECE = {
    "publisher": "Báo Miền Nam",
    "piece": "Mười hai con thuyền ra khơi",
    "published": "2026-11-20",
    "address": "mien-nam.example.org/thuyen",
    "quoted": "“mười hai thuyền” đã hạ thủy",
    "written_in": "vi",
}
PUBLIC = "/en/commitments/C-2026-001/"


@pytest.fixture
def there():
    return thread()


def ask(there: Thread) -> str:
    there.charge()
    there.south.post(at("desk_turn_ask", there.turn.pk))
    return link().replace("/vi/", "/en/")


def accept(there: Thread, **said: str):
    report = Report.everything.get()
    values = {"revision": report.revision} | said
    return there.south.post(at("desk_report", report.key), values)


def test_what_was_published_becomes_source_article_and_passage_as_the_report_counts(there):
    address = ask(there)
    assert Client().post(address, REPORT | PIECE).status_code == 200
    report = Report.everything.get()
    page = there.south.get(at("desk_report", report.key)).text
    assert "The record does not know Báo Miền Nam yet" in page
    assert there.north.get(at("desk_report", report.key)).status_code == 404
    assert not Source.everything.exists()
    answer = accept(there)
    assert answer.status_code == 422
    assert "Say what kind of publisher it is" in answer.text
    wrong = accept(there, publisher="unknown")
    assert (wrong.status_code, "selected" in wrong.text) == (422, False)
    assert (Report.everything.get().state, Source.everything.count()) == ("submitted", 0)
    assert accept(there, publisher="newspaper").status_code == 302
    article, passage = Article.objects.get(), Passage.objects.get()
    assert (article.source.kind, article.url, article.language) == (
        "newspaper",
        "https://mien-nam.example.org/thuyen",
        "vi",
    )
    assert article.published is not None
    assert article.published.edtf == "2026-11-20"
    assert (passage.article, passage.quotation, passage.keeper) == (
        article,
        PIECE["quoted"],
        "organization:south-office",
    )
    assert [one.about.key for one in passage.claims.all()] == ["C-2026-001"]
    assert [one.article for one in Report.objects.get().evidence.all()] == [None, article]
    assert not GivenPassage.objects.exists()
    page = Client().get(PUBLIC).text
    assert PIECE["publisher"] in page
    assert f"/en/articles/{article.key}/" in page


def test_it_is_tied_to_an_article_or_a_publisher_that_the_record_knows(there):
    dossier = there.world.dossier
    source = Source(
        dossier=dossier, key="paper", kind="portal", name=words("South", vi="báo  miền nam")
    )
    save(there.world.north, source)
    Client().post(ask(there), REPORT | PIECE)
    assert accept(there).status_code == 302
    article = Article.objects.get()
    assert (article.source, Source.objects.count()) == (source, 1)
    report = Report.objects.get()
    assert [one.article for one in report.evidence.all()] == [None, article]


def test_an_article_at_the_same_address_is_the_same_article(there):
    dossier = there.world.dossier
    source = Source(dossier=dossier, key="other", kind="portal", name=words("Another"))
    save(there.world.north, source)
    known = Article(
        dossier=dossier,
        key="known",
        source=source,
        language="vi",
        title=words("Boats"),
        url="https://mien-nam.example.org/thuyen",
    )
    save(there.world.north, known)
    Client().post(ask(there), REPORT | PIECE)
    assert accept(there).status_code == 302
    assert (Article.objects.get(), Source.objects.get()) == (known, source)
    assert Passage.objects.get().article == known


def test_in_the_circle_its_words_stand_in_the_report_alone():
    there = thread(audience=Audience.CIRCLE)
    Client().post(ask(there), REPORT | PIECE)
    assert accept(there).status_code == 302
    assert (Source.everything.count(), Passage.everything.count()) == (0, 0)
    _link, last = Report.everything.get().evidence.all()
    assert last.url == "https://mien-nam.example.org/thuyen"
    assert PIECE["quoted"] in last.label.versions["vi"].words


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quoted": "one two three four five six seven eight nine"}, "Eight words are enough."),
        ({"publisher": ""}, "Say who published it, and what it is about."),
        ({"piece": ""}, "Say who published it, and what it is about."),
        ({"address": "javascript://x"}, "Its address"),
        ({"published": "soon"}, "On which day"),
        ({"written_in": "xx"}, "It is written in"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(there, wrong, said):
    address = ask(there)
    answer = Client().post(address, REPORT | PIECE | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert REPORT["words"] in answer.text
    assert not Report.everything.exists()
    assert not GivenPassage.objects.exists()


def test_it_is_in_the_draft_alone_and_comes_back_with_a_report_that_is_given_back(there):
    address = ask(there)
    assert '<details class="more">' in Client().get(address).text
    Client().post(address, REPORT | PIECE | {"act": "keep"})
    assert PIECE["piece"] in Client().get(address).text
    assert '<details class="more" open>' in Client().get(address).text
    assert not GivenPassage.objects.exists()
    Client().post(address, REPORT | PIECE)
    accept(there, act="give_back", words="Which paper?")
    again = link().replace("/vi/", "/en/")
    assert PIECE["piece"] in Client().get(again).text
    Client().post(again, REPORT)
    assert not GivenPassage.objects.exists()
    assert accept(there).status_code == 302
    assert not Source.everything.exists()


def test_it_comes_back_with_a_promise_that_was_removed(there):
    Client().post(ask(there), REPORT | PIECE)
    Commitment.everything.update(begun_by="organization:south-office")
    promise = remove(there.world.south, Commitment.everything.get(), reason="By mistake")
    assert not GivenPassage.objects.exists()
    undo(there.world.south, promise)
    assert GivenPassage.objects.get().quoted == PIECE["quoted"]
    assert accept(there, publisher="newspaper").status_code == 302
    assert Passage.objects.get().quotation == PIECE["quoted"]


def test_what_the_editors_found_themselves_is_no_publisher(there):
    source = Source(
        dossier=there.world.dossier, key="ours", kind="editors", name=words("Báo Miền Nam")
    )
    save(there.world.north, source)
    Client().post(ask(there), REPORT | PIECE)
    assert accept(there).status_code == 422
    assert accept(there, publisher="newspaper").status_code == 302
    assert Article.objects.get().source != source

"""The coverage as everybody sees it."""

import json
import re

import pytest
from django.db import IntegrityError, transaction
from lxml import html

from amity.sources.choices import SourceKind
from amity.sources.jinja import property_label
from amity.sources.models import Claim, Source
from amity.sources.queries import evidence_about, list_differences
from amity.sources.tests.factory import Coverage, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def coverage():
    return Coverage()


@pytest.mark.parametrize(
    ("address", "statements"),
    [("coverage/", 7), ("articles/paper/", 6), ("differences/", 4)],
)
@pytest.mark.parametrize("number", [1, 30])
def test_every_page_asks_as_often_for_one_thing_as_for_thirty(
    client, coverage, django_assert_num_queries, address, statements, number
):
    for i in range(number):
        about = coverage.entry(f"forum-{i}")
        coverage.claim(coverage.paper, "24", about)
        coverage.claim(coverage.agency, "25", about)
        coverage.article(f"more-{i}", "fr", translation_of=coverage.paper)
    with django_assert_num_queries(statements):
        assert client.get(f"/en/{address}").status_code == 200


def test_voices_that_differ_are_both_shown(client, coverage):
    coverage.claim(coverage.agency, "25", quotation="hai mươi lăm tham luận")
    coverage.claim(coverage.paper, "24")
    coverage.claim(coverage.portal, "24", quotation="24 presentasi")
    page = client.get("/en/differences/").content.decode()
    assert page.count('<p class="lead">25</p>') == 1
    assert page.count('<p class="lead">24</p>') == 1
    assert page.count("1 independent source<") == 2


def test_a_translation_that_departs_from_its_original_is_no_second_voice(client, coverage):
    coverage.claim(coverage.paper, "24")
    coverage.claim(coverage.portal, "25")
    page = client.get("/en/differences/").content.decode()
    assert page.count("No sources differ.") == 1


def test_voices_that_agree_do_not_differ(client, coverage):
    coverage.claim(coverage.paper, "24")
    coverage.claim(coverage.agency, "24")
    assert client.get("/en/differences/").content.decode().count("No sources differ.") == 1
    found = evidence_about({"gathering": ["forum"]}).value("gathering", "forum", "presentations")
    assert found is not None
    assert [(reading.value, reading.voices) for reading in found.readings] == [("24", 2)]
    assert not found.differs


def test_an_article_says_whose_voice_it_is_and_what_it_is_cited_for(client, coverage):
    coverage.claim(coverage.portal, "24", quotation="24 presentasi")
    page = client.get("/en/articles/portal/").content.decode()
    assert page.count("A translation.") == 1
    assert page.count('<blockquote>“<span lang="id">24\u00a0presentasi</span>”</blockquote>') == 1
    assert page.count("The forum") == 1
    assert client.get("/en/articles/paper/").content.decode().count("It was translated.") == 1


def test_a_long_statement_is_cited_in_full_once_and_then_by_its_first_words(client, coverage):
    said = "The speaker said that " + "both sides are to go on with what they began, " * 3
    about = coverage.entry("statement")
    about.title = words(said.strip())
    about.save()
    first = coverage.claim(coverage.paper, "24", about, quotation="what they began")
    again = Claim.objects.create(
        passage=first.passage, position=2, about=about, property="when", value="2025"
    )
    coverage.claim(coverage.paper, about=about, quotation="gladly")
    tree = html.fromstring(client.get("/en/articles/paper/").content.decode())
    cited = [" ".join(one.text_content().split()) for one in tree.xpath("//main//ol//li//li")]
    labels = [property_label(claim.property) for claim in (first, again)]
    assert cited == [
        f"{said.strip()} · {labels[0]}: 24 · {labels[1]}: 2025",
        "The speaker said that both sides are to go on with what…",
    ]


def test_an_article_is_described_for_programs(client, coverage):
    page = client.get("/en/articles/portal/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(block)
    assert (data["@type"], data["inLanguage"], data["publisher"]["name"]) == (
        "NewsArticle",
        "id",
        "The Portal",
    )
    assert data["translationOfWork"]["publisher"]["name"] == "The Paper"


def test_filters_leave_out_what_does_not_fit(client, coverage):
    page = client.get("/en/coverage/?language=id").content.decode()
    shown = [key for key in ("agency", "paper", "portal") if f"/articles/{key}/" in page]
    assert shown == ["portal"]
    page = client.get("/en/coverage/?source=source-paper").content.decode()
    assert page.count("What the paper wrote") == 1
    assert page.count("What the agency wrote") == 0


def test_what_is_not_there_is_not_found(client, coverage):
    assert client.get("/en/articles/nothing/").status_code == 404


def test_the_database_refuses_an_article_that_translates_itself(coverage):
    coverage.paper.translation_of = coverage.paper
    with pytest.raises(IntegrityError), transaction.atomic():
        coverage.paper.save()


def test_hostile_quotations_stay_words(client, coverage):
    coverage.claim(coverage.paper, quotation="<script>alert(1)</script>")
    page = client.get("/en/articles/paper/").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("kind", [SourceKind.UNKNOWN, SourceKind.EDITORS])
def test_what_nobody_published_is_no_voice(client, coverage, kind):
    coverage.claim(coverage.paper, "24")
    coverage.claim(coverage.agency, "25")
    coverage.agency.note = words("The copy does not say who published it.")
    coverage.agency.save()
    assert list_differences(1).total == 1
    Source.objects.filter(key="source-agency").update(kind=kind)
    assert list_differences(1).total == 0
    found = evidence_about({"gathering": ["forum"]}).value("gathering", "forum", "presentations")
    assert found is not None
    assert [(reading.value, reading.voices) for reading in found.readings] == [("24", 1), ("25", 0)]
    page = client.get("/en/articles/agency/").content.decode()
    assert page.count("The copy does not say who published it.") == 1
    shown = client.get("/en/coverage/").content.decode().count("/en/articles/agency/")
    assert shown == (kind == SourceKind.UNKNOWN)


def test_ways_of_writing_a_name_are_no_difference(coverage):
    coverage.claim(coverage.paper, "Saint Peterburg", of="name")
    coverage.claim(coverage.agency, "Sankt Peterburg", of="name")
    assert list_differences(1).total == 0


def test_a_voice_that_gives_both_values_agrees_with_either(coverage):
    coverage.claim(coverage.paper, "chair", of="post")
    coverage.claim(coverage.portal, "president", of="post")
    coverage.claim(coverage.agency, "president", of="post")
    assert list_differences(1).total == 0


def test_who_cannot_read_a_quotation_reads_our_translation_without_marks(client, coverage):
    claim = coverage.claim(coverage.portal, "24", quotation="24 presentasi")
    claim.passage.translation = words("24 presentations", ru="24 доклада")
    claim.passage.save()
    said = '<span lang="id">24\u00a0presentasi</span>'
    for language, quoted, translation in [
        ("en", f"“{said}”", "24 presentations"),
        ("ru", f"«{said}»", "24\u00a0доклада"),
    ]:
        page = client.get(f"/{language}/articles/portal/").content.decode()
        assert (page.count(quoted), page.count(f" {translation}</span>")) == (1, 1)
    # theirs, and one in which there is no translation
    for language, quoted in (("id", "“24\u00a0presentasi”"), ("fr", f"«\u202f{said}\u202f»")):
        page = client.get(f"/{language}/articles/portal/").content.decode()
        assert (page.count(quoted), page.count("gloss")) == (1, 0)

"""Parts of pages: what they say, and what they never let through."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.jinja import side_class
from amity.foundation.pages.paging import ListPage

IMPORT = '{% import "foundation/parts.html" as parts %}'


def render(source: str, language: str = "en", **context: object) -> str:
    template = engines["pages"].from_string(IMPORT + source)
    with translation.override(language):
        return " ".join(template.render(context).split())


def test_the_flow_bar_says_in_words_what_it_shows() -> None:
    bar = render(
        "{{ parts.flow_bar(parts_of, 'Of 9 proposals') }}",
        parts_of=[
            (2, "kept", "complete"),
            (0, "late", "overdue"),
            (7, "silent", "unanswered"),
        ],
    )
    assert 'aria-label="Of 9 proposals: complete (2), unanswered (7)"' in bar
    assert '</span>Complete (<b class="num">2</b>)</li>' in bar.replace("> Complete", ">Complete")
    assert '<rect class="kept" x="0.0" y="0" width="219.22" height="14"/>' in bar
    assert '<rect class="silent" x="222.22" y="0" width="777.78" height="14"/>' in bar
    assert "overdue" not in bar


def test_nothing_has_no_flow_bar() -> None:
    assert render("{{ parts.flow_bar([(0, 'kept', 'complete')], 'Of 0') }}") == ""


def test_the_pager_keeps_the_filters() -> None:
    request = RequestFactory().get("/en/commitments/")
    request.page = type("Page", (), {"query": "side=lindholm&page=2"})()  # type: ignore[attr-defined]
    pager = render("{{ parts.pager(request, page) }}", request=request, page=ListPage([], 2, 412))
    assert '<a rel="prev" href="/en/commitments/?side=lindholm">' in pager
    assert '<a rel="next" href="/en/commitments/?side=lindholm&amp;page=3">' in pager
    assert "51–100 of 412" in pager


def test_one_page_needs_no_pager() -> None:
    assert render("{{ parts.pager(none, page) }}", page=ListPage([1], 1, 1)) == ""


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("ru", 1, "1 независимый источник"),
        ("ru", 3, "3 независимых источника"),
        ("ru", 11, "11 независимых источников"),
        ("fr", 2, "2 sources indépendantes"),
        ("vi", 2, "2 nguồn độc lập"),
    ],
)
def test_voices_are_counted_by_the_rules_of_the_language(
    language: str, count: int, words: str
) -> None:
    assert words in render("{{ parts.sources([], count) }}", language, count=count)


def test_words_of_others_are_never_markup() -> None:
    evil = '"><script>alert(1)</script>'
    said = dict.fromkeys(("language", "words", "translation"), evil)
    names = ("publisher", "title", "address", "original", "language_name", "translation_of")
    line = dict.fromkeys((*names, "reason"), evil) | {
        "date": DateAsSaid.parse(said=("en", evil)),
        "found": False,
        "quotations": [said],
    }
    page = render(
        "{{ parts.chip('', evil, evil) }}{{ parts.state_chip('complete', evil) }}"
        "{{ parts.crumbs([(evil, evil)]) }}{{ parts.facts([(evil, evil, evil)]) }}"
        "{{ parts.empty(evil, evil) }}{{ parts.sources([line]) }}{{ parts.evidence([line]) }}"
        "{{ parts.words_used([words]) }}",
        evil=evil,
        line=line,
        words={"said": said, "published": [line], "noted_by": [evil]},
    )
    assert "<script" not in page


def test_data_in_the_page_cannot_end_its_block() -> None:
    written = render("{{ json_ld(data) }}", data={"name": "</script><!-- & Hà Nội \u2028"})
    assert written == ('{"name":"\\u003C/script\\u003E\\u003C!-- \\u0026 Hà Nội \\u2028"}')


def test_each_of_two_sides_has_its_colour() -> None:
    assert [side_class(position) for position in (1, 2, 3, None)] == ["a", "b", "", ""]

"""Quotation marks, labels and ordinals as the page's language sets them."""

from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from amity.foundation.words.typography import (
    in_quotes,
    kept_to_the_line,
    labelled,
    raised,
    semicolon,
)

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("language", "words", "written"),
    [
        ("en", "will host", "“will host”"),
        ("vi", "sẽ đăng cai", "“sẽ đăng cai”"),
        ("id", "akan menjadi", "“akan menjadi”"),
        ("ru", "примет у себя", "«примет у себя»"),
        ("fr", "accueillera", f"«{NARROW}accueillera{NARROW}»"),
        # a foreign quotation stands in the marks of the page
        ("ru", '"Tradisi dan Persahabatan" Federasi', "«„Tradisi dan Persahabatan“ Federasi»"),
        ("fr", 'Dana "Tradisi dan"', f"«{NARROW}Dana “Tradisi dan”{NARROW}»"),
        ("en", "the fund «Традиции и дружба»", "“the fund ‘Традиции и дружба’”"),
        ("vi", "Quỹ “Truyền thống và hữu nghị”", "“Quỹ ‘Truyền thống và hữu nghị’”"),
        ("ru", "фонд «Традиции и „Дружба“»", "«фонд „Традиции и «Дружба»“»"),
        ("en", "le fonds « Tradition » de", "“le fonds ‘Tradition’ de”"),
        # what is cut out of a quotation may close what it did not open
        ("en", "of friendship” and", "“of friendship’ and”"),
        ("en", "don't", "“don’t”"),
    ],
)
def test_quotations_stand_in_the_marks_of_the_page(language, words, written):
    with translation.override(language):
        assert in_quotes(words) == written


@pytest.mark.parametrize(
    ("language", "written"), [("en", "Due: soon"), ("fr", "Due\u00a0: soon"), ("ru", "Due: soon")]
)
def test_a_label_has_the_space_of_its_language(language, written):
    with translation.override(language):
        assert labelled("Due", "soon") == written


@pytest.mark.parametrize(("language", "written"), [("en", "; "), ("fr", f"{NARROW}; ")])
def test_entries_are_divided_as_the_language_does(language, written):
    with translation.override(language):
        assert semicolon() == written


def drawn(language: str, template: str, **known: object) -> str:
    with translation.override(language):
        return engines["pages"].from_string(template).render(known)


def test_ordinals_are_raised_in_french_alone():
    template = "{{ raised(words) }}"
    words = "le 75e anniversaire & le XXIe siècle, 1er & 2 mai"
    assert drawn("fr", template, words=words) == (
        "le 75<sup>e</sup> anniversaire &amp; le XXI<sup>e</sup> siècle, 1<sup>er</sup>"
        " &amp; 2\u00a0mai"
    )
    assert drawn("fr", template, words="Le Vers Ces Les Xi") == "Le Vers Ces Les Xi"
    assert drawn("ru", template, words="75e <b>") == "75e &lt;b&gt;"
    assert raised("75e") == []


def test_words_said_are_never_markup_and_keep_their_language():
    template = "{{ quoted(words, 'id') }}"
    assert drawn("ru", template, words="<b>") == '«<span lang="id">&lt;b&gt;</span>»'
    assert drawn("id", template, words="a & b") == "“a &amp; b”"


def test_a_point_between_facts_never_begins_a_line():
    source = "{{ day }}{% if place %} · {{ place }}{% endif %}{{ ' · ' }}{{ _('press · none') }}"
    written = engines["pages"].from_string(source).render({"day": "8 May", "place": "Porto"})
    assert written == "8 May\u00a0· Porto · press · none"


def test_what_is_raised_in_a_label_stays_raised():
    shown = engines["pages"].from_string("{{ labelled(label, day(when)) }}")
    with translation.override("fr"):
        written = shown.render({"label": "<Reste>", "when": date(2027, 9, 1)})
        plain = shown.render({"label": "<Reste>", "when": date(2027, 9, 2)})
    assert written == "&lt;Reste&gt;\u00a0: 1<sup>er</sup> septembre 2027"
    assert plain == "&lt;Reste&gt;\u00a0: 2\u00a0septembre 2027"


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [
        ("vi", "Việt Nam – Nga – Lào", "Việt Nam\u00a0– Nga\u00a0– Lào"),
        ("ru", "Дьенбьен — побратим —", "Дьенбьен\u00a0— побратим\u00a0—"),
        ("en", "30 September\u2009–\u20091 October", "30 September\u00a0–\u20091 October"),
        # what joins without spaces, or begins the words, stays as it is
        ("ru", "2025–2029, Порту-Клару, — сказал", "2025–2029, Порту-Клару,\u00a0— сказал"),
        ("vi", "– một – hai", "– một\u00a0– hai"),
        # French marks have a space before them, in French alone
        ("fr", "Qui ? Lui : « oui » ; à 10 :30", f"Qui{NARROW}? Lui\u00a0: «{NARROW}oui{NARROW}»"
         f"{NARROW}; à 10 :30"),
        ("en", "Who ?", "Who ?"),
        # a number stands on the line of what it counts; a year counts nothing
        ("vi", "24 bài năm 2025 tại 4 phiên", "24\u00a0bài năm 2025 tại 4\u00a0phiên"),
        ("vi-VN", "1.200 người", "1.200\u00a0người"),
        ("fr", "%(shown)s engagements", "%(shown)s\u00a0engagements"),
        ("id", "<b>%(shown)s</b> janji", "<b>%(shown)s</b>\u00a0janji"),
        ("en", "2 of 30 commitments", "2 of 30 commitments"),
        # a Russian preposition stands with its word, a year with its letters
        ("ru", "И не в Ханое: до 2025 года, 2025 г. у 24 домов", "И\u00a0не\u00a0в\u00a0Ханое: "
         "до\u00a02025\u00a0года, 2025\u00a0г. у\u00a024\u00a0домов"),
        ("ru", "г. Ханой, № 5, кое-что за-, перед сном", "г.\u00a0Ханой, №\u00a05, кое-что за-, "
         "перед сном"),
        ("vi", "và у là", "và у là"),
    ],
)  # fmt: skip
def test_what_ends_a_line_never_begins_one(language, typed, written):
    assert kept_to_the_line(typed, language) == written
    assert kept_to_the_line(written, language) == written


@pytest.mark.parametrize(
    "template",
    [
        "{{ raised(words) }}",
        "{{ words|kept_to_the_line }}",
        '{% import "foundation/parts.html" as parts %}{{ parts.crumbs([(words, none)]) }}',
    ],
)
def test_pages_set_what_people_typed(template):
    typed = "Việt Nam – Nga"
    page = drawn("vi", template, words=typed)
    assert "Việt Nam\u00a0– Nga" in page
    assert typed not in page


@pytest.mark.parametrize(
    ("template", "set_so"),
    [
        ("{{ _('Follow in your calendar') }}", "Подписаться в\u00a0своём календаре"),
        (
            "{% trans count=24, shown=24 %}{{ shown }} independent source{% pluralize %}"
            "{{ shown }} independent sources{% endtrans %}",
            "24\u00a0независимых источника",
        ),
    ],
)
def test_pages_set_what_the_catalogs_say(template, set_so):
    assert drawn("ru", template) == set_so

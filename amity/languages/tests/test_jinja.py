"""Texts on a page: the reader's version, and a mark where it is not simply theirs."""

import pytest
from django.template import engines
from django.utils import translation

from amity.languages.jinja import language_name, plain
from amity.languages.text import Text
from amity.languages.version import Origin

FIRST = Text.of("Một <b>lời hứa</b>", "vi")


def t(text: Text | None) -> str:
    """What a template writes for a text."""
    return engines["pages"].from_string("{{ t(text) }}").render({"text": text})


def prose(text: Text | None) -> str:
    """What it writes for paragraphs."""
    return engines["pages"].from_string("{{ prose(text) }}").render({"text": text})


def versions(text: Text | None) -> str:
    """What it writes for the other versions."""
    return engines["pages"].from_string("{{ versions(text) }}").render({"text": text})


def test_the_readers_own_version_needs_no_mark() -> None:
    with translation.override("vi"):
        assert t(FIRST) == "Một &lt;b&gt;lời hứa&lt;/b&gt;"


def test_the_original_in_another_language_says_which_it_is() -> None:
    with translation.override("fr"):
        assert t(FIRST) == (
            '<span lang="vi" dir="ltr">Một &lt;b&gt;lời hứa&lt;/b&gt;</span> '
            '<span class="mark-version" title="Ce texte n’existe pas encore en français.">'
            "vietnamien</span>"
        )


def test_a_fallback_comes_before_the_original() -> None:
    with translation.override("ru"):
        assert plain(FIRST.with_translation("en", "A promise")) == "A promise"


def test_a_machine_translation_says_so_until_a_person_reviews_it() -> None:
    machine = FIRST.with_translation("ru", "Обещание", origin=Origin.MACHINE)
    reviewed = FIRST.with_translation("ru", "Обещание", origin=Origin.MACHINE, reviewed_by="Anna")
    with translation.override("ru"):
        assert t(machine) == (
            'Обещание <span class="mark-version" '
            'title="Этот перевод ещё никто не проверял.">машинный перевод</span>'
        )
        assert t(reviewed) == "Обещание"


def test_a_translation_of_what_has_changed_says_so() -> None:
    text = FIRST.with_translation("id", "Sebuah janji")
    changed = text.with_version("vi", Text.of("Lời hứa khác", "vi").versions["vi"])
    with translation.override("id"):
        assert "terjemahan belum diperbarui" in t(changed)
        assert "terjemahan belum diperbarui" not in t(text)


def test_a_regional_version_is_the_readers_own() -> None:
    with translation.override("en"):
        assert t(Text.of("The programme", "en-GB")) == (
            '<span lang="en-GB" dir="ltr">The programme</span>'
        )


def test_right_to_left_runs_right_to_left() -> None:
    with translation.override("en"):
        assert t(Text.of("وعد", "ar")).startswith('<span lang="ar" dir="rtl">وعد</span>')


def test_paragraphs_are_divided_at_blank_lines() -> None:
    with translation.override("vi"):
        assert prose(Text.of("Một\n\nHai & ba", "vi")) == "<p>Một</p><p>Hai &amp; ba</p>"


def test_the_original_and_the_others_can_be_seen() -> None:
    text = FIRST.with_translation("en", "A promise").with_translation("fr", "Une promesse")
    with translation.override("fr"):
        fold = versions(text)
    assert fold == (
        '<details class="versions"><summary>'
        "Autres versions de ce texte (rédigé d’abord en vietnamien)"
        '</summary><dl><dt>vietnamien, rédigé d’abord</dt><dd lang="vi">'
        'Một &lt;b&gt;lời hứa&lt;/b&gt;</dd><dt>anglais</dt><dd lang="en">A promise</dd></dl>'
        "</details>"
    )


def test_one_version_has_nothing_to_unfold() -> None:
    assert versions(FIRST) == ""


def test_no_text_is_nothing() -> None:
    assert (t(None), plain(None), prose(None), versions(None)) == ("", "", "", "")


@pytest.mark.parametrize(
    ("language", "name"),
    [("vi", "tiếng Pháp"), ("ru", "французский"), ("id", "bahasa Prancis"), ("en", "French")],
)
def test_a_language_is_called_what_it_is_within_a_line(language: str, name: str) -> None:
    with translation.override(language):
        assert language_name("fr") == name


def test_each_version_is_set_as_its_language_is() -> None:
    text = Text.of("Việt – Nga", "vi").with_translation("fr", "Qui ? — lui")
    with translation.override("vi"):
        assert t(text) == "Việt\u00a0– Nga"
        assert "Qui\u202f?\u00a0— lui" in versions(text)
    with translation.override("ru"):
        assert prose(Text.of("Qui ? — lui", "fr")).startswith(
            '<p><span lang="fr" dir="ltr">Qui\u202f?\u00a0— lui</span></p>'
        )

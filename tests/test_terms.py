"""One word for one thing: the list of terms holds against the catalogs, and marks are each
language's own, in the catalogs and in the texts of both demonstrations."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tools import catalogs, terms, translations, typography

GLOSSARY = """
area, organization, person, membership, partnership, side, mandate, agreement, gathering, series,
edition, session, contribution, exhibition, panel, work, delegation, group, delegate, statement,
proposal, commitment, answer, report, completion, review, disposition, act, source, article,
passage, claim, text, office, keeper, voice, standing, circle, audience, draft, proposed change,
silence procedure, dispute, desk, portal
"""
DEMONSTRATIONS = sorted((catalogs.ROOT / "dossier/demonstrations").glob("*/*.yaml"))
TAGS = {"en", "sv", "pt", *catalogs.LANGUAGES}
LIST = """
| term | in English pages | vi | ru | fr | id |
| --- | --- | --- | --- | --- | --- |
| thread | | mạch | нить | fil | benang |

## Not used

| language | not | but |
| --- | --- | --- |
| ru | верёвк… | нить |
| en | rope | thread |
| fr | les deux : | les deux parties : |
"""


def test_the_catalogs_say_what_the_list_says():
    assert terms.check(terms.read()) == []


def test_the_list_has_every_term_of_the_glossary_in_every_language():
    words = terms.read().words
    assert [term for term in re.findall(r"[^,\n]+", GLOSSARY) if term.strip() not in words] == []
    assert {frozenset(row) for row in words.values()} == {frozenset(catalogs.LANGUAGES)}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A package of one room that says two things, translated as the list wants."""
    (tmp_path / "one/templates/one").mkdir(parents=True)
    (tmp_path / "one/apps.py").touch()
    (tmp_path / "one/templates/one/page.html").write_text("{{ _('thread') }} {{ _('Both') }}")
    translations.update(tmp_path)
    said = {"vi": "mạch", "ru": "нить", "fr": "fil", "id": "benang"}
    for language, word in said.items():
        say(tmp_path, language, "thread", word)
        say(tmp_path, language, "Both", f"{word} x")
    return tmp_path


def say(root: Path, language: str, message: str, words: str) -> None:
    room = root / "one"
    catalog = translations.read(room, language)
    catalog[message].string = words
    translations._write(catalog, translations.path_of(room, language))


@pytest.fixture
def listed(tmp_path: Path) -> terms.Terms:
    path = tmp_path / "terms.md"
    path.write_text(LIST)
    return terms.read(path)


def test_another_word_for_a_term_is_found(room, listed):
    assert terms.check(listed, room) == []
    say(room, "id", "thread", "tali")
    assert terms.check(listed, room) == [
        "amity/one/locale/id: 'thread' is 'tali'; expected 'benang'"
    ]


def test_a_word_that_is_not_used_is_found_wherever_it_stands(room, listed):
    say(room, "ru", "Both", "Две верёвки")
    say(room, "fr", "Both", "Les deux\u00a0: non")
    (room / "one/templates/one/new.html").write_text("{{ _('A rope') }} {{ _('Europe') }}")
    assert terms.check(listed, room) == [
        "amity/one/locale/ru: 'Две верёвки' says 'верёвк…', which docs/terms.md does not use",
        "amity/one/locale/fr: 'Les deux\\xa0: non' says 'les deux :', which docs/terms.md does "
        "not use",
        "amity/one: 'A rope' says 'rope', which docs/terms.md does not use",
    ]


def test_a_term_without_a_word_in_a_language_is_found(tmp_path):
    path = tmp_path / "terms.md"
    path.write_text(LIST.replace("| fil |", "| |"))
    assert terms.check(terms.read(path), tmp_path) == ["thread: docs/terms.md has no word in fr"]


@pytest.mark.parametrize(
    ("language", "words", "faults"),
    [
        ("en", "Don't", ["straight quotation marks"]),
        ("en", "Don’t say “no” - never...", ["three points for “…”", "a hyphen for a dash"]),
        ("fr", "Qui\u202f? Lui\u00a0: «\u202foui\u202f», à 10:30", []),
        ("fr", "Qui ?", ["no narrow space (U+202F) before ; ! ? »"]),
        ("fr", "Lui: oui", ["no space (U+00A0) before a colon"]),
        ("fr", "« oui\u202f»", ["no narrow space (U+202F) after «"]),
        ("ru", "Он — «друг „Волги“»", []),
        ("ru", "Он – “друг”", ["“ ” in place of « »", "a short dash between words"]),
        ("vi", "«bạn»", ["« » in place of “ ”"]),
        ("id", '<a href="%(link)s">x</a> {name}', []),
    ],
)
def test_marks_of_another_language_are_found(language, words, faults):
    assert list(typography.faults(language, words)) == faults


def test_updating_sets_french_spaces(room):
    say(room, "fr", "Both", "« Fil » : oui ; non ?")
    translations.update(room)
    assert translations.read(room / "one", "fr")["Both"].string == (
        "«\u202fFil\u202f»\u00a0: oui\u202f; non\u202f?"
    )


def texts(node: object, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Place, language and words of each version of each text in a file of a dossier."""
    if isinstance(node, list):
        for item in node:
            yield from texts(item, path)
    elif isinstance(node, dict) and node and set(node) <= TAGS:
        for language, version in node.items():
            words = version["words"] if isinstance(version, dict) else version
            yield path, language, words
    elif isinstance(node, dict):
        here = str(node.get("id", path))
        for key, value in node.items():
            yield from texts(value, f"{here}.{key}")


@pytest.mark.parametrize("path", DEMONSTRATIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_demonstrations_have_the_marks_of_each_language(path: Path):
    read = list(texts(yaml.safe_load(path.read_text())))
    assert read
    assert [
        f"{place}: {language}: {words}: {fault}"
        for place, language, words in read
        for fault in typography.faults(language, words)
    ] == []

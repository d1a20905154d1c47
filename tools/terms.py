"""The list of terms (docs/terms.md), held against the catalogs: one word for one thing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import translations
from tools.catalogs import LANGUAGES, ROOT, SOURCE

LIST = ROOT.parent / "docs" / "terms.md"
NOT_USED = "## Not used"


@dataclass(frozen=True, slots=True)
class Terms:
    """words: term -> language -> its word there. forbidden: language -> what to say -> pattern."""

    words: Mapping[str, Mapping[str, str]]
    forbidden: Mapping[str, Mapping[str, re.Pattern[str]]]


def read(path: Path = LIST) -> Terms:
    """The list at `path`."""
    given, _, not_used = path.read_text().partition(NOT_USED)
    head, *rows = _rows(given)
    words = {row[0]: dict(zip(head[2:], row[2:], strict=True)) for row in rows}
    forbidden: dict[str, dict[str, re.Pattern[str]]] = {}
    for language, word, _better in _rows(not_used)[1:]:
        forbidden.setdefault(language, {})[word] = pattern(word)
    return Terms(words, forbidden)


def check(terms: Terms, root: Path = ROOT) -> list[str]:
    """What the catalogs say otherwise than the list, one line each."""
    wrong = []
    for language in LANGUAGES:
        wrong += [
            f"{term}: docs/terms.md has no word in {language}"
            for term, words in terms.words.items()
            if not words.get(language)
        ]
    for room in translations.rooms(root):
        for language in LANGUAGES:
            catalog = translations.read(room, language)
            place = f"amity/{room.name}/locale/{language}"
            for (context, forms), message in translations.by_key(catalog).items():
                said = translations.forms_of(message.string)
                wrong += _against_terms(place, terms, language, context, forms[0], said[0])
                wrong += _against_forbidden(place, terms, language, said)
        place = f"amity/{room.name}"
        for _context, forms in translations.by_key(translations.extract(room)):
            wrong += _against_forbidden(place, terms, SOURCE, forms)
    return wrong


def _against_terms(
    place: str, terms: Terms, language: str, context: str | None, message: str, said: str
) -> Iterator[str]:
    term = terms.words.get(message)
    if context is None and term is not None and said != term.get(language):
        yield f"{place}: {message!r} is {said!r}; expected {term.get(language)!r}"


def _against_forbidden(
    place: str, terms: Terms, language: str, said: tuple[str, ...]
) -> Iterator[str]:
    for word, pattern in terms.forbidden.get(language, {}).items():
        for words in said:
            if pattern.search(words):
                yield f"{place}: {words!r} says {word!r}, which docs/terms.md does not use"


def _rows(markdown: str) -> list[list[str]]:
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= {"-"}]


def pattern(word: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """What finds `word` in a text, in small letters or capitals; … stands for any ending."""
    stem = re.escape(word.removesuffix("…")).replace(r"\ ", r"[\s\u00a0\u202f]")
    return re.compile(rf"\b{stem}" + ("" if word.endswith("…") else r"(?!\w)"), flags)

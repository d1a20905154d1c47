"""Marks and spaces as the page's language sets them: quotations, labels, ordinals.

Quotation marks are those of the page, whatever language the words in them are in, and they are in
the catalogs: “{words}” and, for quotations within, ‘{words}’. So a new language needs nothing here.
"""

import re

from django.utils.translation import gettext as _

from amity.foundation.pages.speaking import page_language

OPENING, CLOSING, EITHER = "«„", "»”", '"“'
"""Marks that always open, always close, or do either. A “ closes what „ opened, or else opens."""
MARK = re.compile(f"[{OPENING}{CLOSING}{EITHER}]")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
DASH = re.compile(r"(?<=\S)[ \u2009](?=[–—](?:\s|$))")
COUNT = re.compile(
    r"(?<!\d)(\d{1,3}|%\((?:count|shown|recorded|number|total)\)s(?:</b>)?) (?=[^\W\d_])"
)
"""What counts the word after it: a number, or the end of one, or the place where one is put in.
Four digits are nearly always a year, which counts nothing."""
COUNTING_FREELY = frozenset({"en"})
"""Languages whose editors let a line end between a number and what it counts."""
SMALL_WORDS = {
    "ru": re.compile(
        r"(?<![\w-])((?:[вксоуиа]|[вкс]о|об|на|за|от|до|из|по|не|ни|но|для|при|без|№) "
        r"|(?-i:г\. (?=[А-ЯЁ]))|\d{4} (?=гг?\.|год))",
        re.IGNORECASE,
    )
}
"""What belongs to the word after it so closely that no line ends between them, by language."""
FRENCH_MARK = re.compile("(?<=\\S) (?=[;!?»])|(?<=«) ")
FRENCH_COLON = re.compile(r"(?<=\S) (?=:(?:\s|$))")
BEFORE_OPENING = re.compile(r"(?:^|[\s(\[{«„“‘—–-])$")
ORDINALS = {"fr": re.compile(r"\b(\d+(?=[er])|I(?=er\b)|[IVX]+(?=e\b))(er|re|es?)\b")}
"""Ordinals of which the ending is raised, by language: 1er, 75e, XXIe."""


def in_quotes(words: str) -> str:
    """`words` in quotation marks; quotations within them get the inner ones."""
    return _("“{words}”").format(words=within_quotes(words))


def within_quotes(words: str) -> str:
    """`words` as they stand inside quotation marks: their own marks are the inner ones.

    Of quotations within quotations within them every second is set in the outer marks again. A
    straight apostrophe within a word is set as it should be.
    """
    words = APOSTROPHE.sub("’", words)
    if not MARK.search(words):
        return words
    pairs = [_pair(_("‘{words}’")), _pair(_("“{words}”"))]
    opened: list[str] = []
    out, read = "", 0
    for mark in MARK.finditer(words):
        out += words[read : mark.start()]
        read = mark.end()
        if _opens(mark[0], words[max(0, mark.start() - 1) : mark.start()], opened):
            out += pairs[len(opened) % 2][0]
            opened.append(mark[0])
            while words[read : read + 1].isspace():
                read += 1
        else:
            del opened[-1:]
            out = out.rstrip() + pairs[len(opened) % 2][1]
    return out + words[read:]


def kept_to_the_line(words: str, language: str) -> str:
    """`words` in `language` (a tag) as they run on a page: what ends a line does not begin one.

    That is a dash between words, and in French the marks that have a space before them. Nor does a
    line end between a number and what it counts, but in English, or in Russian after a preposition.
    What people typed with usual spaces stays so in the record.
    """
    if "–" in words or "—" in words:
        words = DASH.sub("\u00a0", words)
    base = language.partition("-")[0]
    if base not in COUNTING_FREELY:
        words = COUNT.sub("\\1\u00a0", words)
    if small := SMALL_WORDS.get(base):
        words = small.sub(lambda found: found[1][:-1] + "\u00a0", words)
    if language == "fr":
        words = FRENCH_MARK.sub("\u202f", words)
        words = FRENCH_COLON.sub("\u00a0", words)
    return words


def labelled(label: str, words: str) -> str:
    """A label and what it stands for, on one line: the space before the colon is the language's."""
    return _("%(label)s: %(words)s") % {"label": label, "words": words}


def semicolon() -> str:
    """What stands between entries of a list that have commas: the mark with its spaces."""
    words = _("%(one)s; %(more)s")
    return words.removeprefix("%(one)s").removesuffix("%(more)s")


def quotation_marks() -> tuple[str, str]:
    """The opening and the closing mark, with the spaces that belong to them."""
    return _pair(_("“{words}”"))


def raised(words: str) -> list[tuple[str, str]]:
    """`words` cut after each ordinal, each piece with the ending to raise; [] if there is none."""
    pattern = ORDINALS.get(page_language())
    if pattern is None:
        return []
    pieces, read = [], 0
    for ordinal in pattern.finditer(words):
        pieces.append((words[read : ordinal.end(1)], ordinal[2]))
        read = ordinal.end()
    return [*pieces, (words[read:], "")] if pieces else []


def _opens(mark: str, before: str, opened: list[str]) -> bool:
    if mark in OPENING:
        return True
    if mark in CLOSING:
        return False
    if mark == "“" and opened and opened[-1] == "„":
        return False
    if mark == "“":
        return True
    return bool(BEFORE_OPENING.search(before))


def _pair(pattern: str) -> tuple[str, str]:
    opening, _words, closing = pattern.partition("{words}")
    return opening, closing

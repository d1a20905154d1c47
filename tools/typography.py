"""Marks and spaces as each language sets them: what is wrong with a piece of writing.

For the catalogs, and for the texts of the demonstrations. A language without rules of its own has
those of all.
"""

import re
from collections.abc import Iterator

SILENT = re.compile(r"<[^>]*>|https?://\S+|\{[^}]*\}|%\(\w+\)[a-z]|%[sd]|\[\{\{.*\}\}\]")
"""Markup, addresses and placeholders."""
FOR_ALL = (
    (re.compile(r"[\"']"), "straight quotation marks"),
    (re.compile(r"\.\.\.(?!/)"), "three points for “…”"),
    (re.compile(r"\s-\s"), "a hyphen for a dash"),
    (re.compile(r"[ \u00a0]{2}"), "two spaces"),
    (re.compile(r"[^\W\d_] [,.](?:\s|$)"), "a space before a comma or full stop"),
)
DASH = re.compile(r"(?<=\S) (?=[–—](?:\s|$))")
"""The space before a dash between words, at which a line would break and the next begin with it."""
OWN = {
    "fr": (
        (re.compile(r"(?<![\u202f;!?])[;!?»](?!\w)"), "no narrow space (U+202F) before ; ! ? »"),
        (re.compile(r"«(?!\u202f)"), "no narrow space (U+202F) after «"),
        (re.compile(r"(?<![\u00a0\d:]):(?=\s|$)"), "no space (U+00A0) before a colon"),
    ),
    "ru": (
        (re.compile(r"”"), "“ ” in place of « »"),
        (re.compile(r"\s–\s"), "a short dash between words"),
    ),
    "vi": ((re.compile(r"[«»]"), "« » in place of “ ”"),),
    "id": ((re.compile(r"[«»]"), "« » in place of “ ”"),),
    "en": ((re.compile(r"[«»]"), "« » in place of “ ”"),),
}


def faults(language: str, words: str) -> Iterator[str]:
    """What `words` in `language` have that an editor would mend."""
    said = SILENT.sub("x", words)
    for pattern, fault in (*FOR_ALL, *OWN.get(language, ())):
        if pattern.search(said):
            yield fault


def kept_to_the_line(words: str) -> str:
    """`words` as they run: a dash between words stands at the end of a line, and begins none.

    The same is done to texts of the record, by `amity.foundation.words.typography`.
    """
    return DASH.sub("\u00a0", words)


def spaced(language: str, words: str) -> str:
    """`words` with the spaces before marks that the language asks for, where there are any."""
    if language != "fr":
        return words
    words = re.sub("[ \u00a0\u202f](?=[;!?»])|(?<=«)[ \u00a0\u202f]", "\u202f", words)
    return re.sub("[ \u00a0\u202f](?=:(?:\\s|$))", "\u00a0", words)

"""Words brought to tokens: without case, marks and signs, and in Latin letters beside others."""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import combining, normalize

from amity.languages.names.readings import has_cyrillic, readings

EXTRA = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "ı": "i"}
    | {"ŀ": "l", "ħ": "h", "ŋ": "ng", "ə": "e"}
)
"""Letters that Unicode does not take apart."""
WHOLE = "q8"
"""Begins a token that is a whole name without its spaces."""
LATIN_FORM = "q9"
"""Begins a token that is the sound of a Cyrillic word; no word of any language begins so."""
SOUNDS = str.maketrans({"S": "w", "Z": "x", "Q": "q", "J": "j"})
"""The hushing sounds as letters that readings do not have otherwise, since all tokens are small."""
RUN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\b([a-z])-(\d{4})-(\d{1,6})\b")
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)
"""Marks of Latin, Greek and Cyrillic letters and of kana; those of other scripts are letters."""
HAN = re.compile("[\u3400-\u9fff]")
LONGEST = 60
"""Characters of a token that count."""


def fold(words: str) -> str:
    """Words without case and marks (NFKD), in letters that all keyboards of a script have."""
    if words.isascii():
        return words.casefold()
    plain = MARKS.sub("", normalize("NFKD", words.casefold().translate(EXTRA)))
    if plain.isascii():
        return plain.casefold()
    return MARKS.sub("", normalize("NFKD", plain.casefold().translate(EXTRA)))


def runs(words: str) -> "list[tuple[int, int]]":
    """Where the words of a text begin and end, as they are written, marks and all."""
    found, start = [], -1
    for at, sign in enumerate(words):
        if sign.isalnum() or (combining(sign) and start >= 0):
            if start < 0:
                start = at
        elif start >= 0:
            found.append((start, at))
            start = -1
    if start >= 0:
        found.append((start, len(words)))
    return found


def tokens(words: str) -> list[str]:
    """The tokens of a text in their order; a number such as C-2025-007 is one more of its own."""
    folded = fold(words)
    found: list[str] = []
    for run in RUN.findall(folded):
        if run.isascii() or not HAN.search(run):
            found.append(run[:LONGEST])
        else:
            found += [part for part in re.split("([\u3400-\u9fff])", run) if part]
    if "-" in folded:
        found += ["".join(parts) for parts in NUMBER.findall(folded)]
    return found


def whole(split: Sequence[str]) -> str:
    """The token of a whole name, or of a whole query, that was split into these tokens."""
    return WHOLE + "".join(split)[:LONGEST]


@lru_cache(maxsize=65_536)
def sounds(token: str) -> tuple[str, ...]:
    """Tokens for the sound of a Cyrillic token; none for another."""
    if not has_cyrillic(token):
        return ()
    return sounded(readings(token))


def sounded(some: "frozenset[str]") -> tuple[str, ...]:
    """Readings as tokens, in a fixed order."""
    return tuple(LATIN_FORM + one.translate(SOUNDS) for one in sorted(some, key=_likely) if one)


def _likely(reading: str) -> tuple[int, str]:
    return len(reading), reading

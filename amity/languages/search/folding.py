"""Words brought to tokens: without case, marks and signs, and in Latin letters beside others."""

import re
from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase, digits
from unicodedata import combining, normalize
from zlib import crc32

from amity.languages.names.readings import DOUBLED, has_cyrillic, readings

EXTRA = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "ı": "i"}
    | {"ŀ": "l", "ħ": "h", "ŋ": "ng", "ə": "e"}
)
"""Letters that Unicode does not take apart."""
LENGTH = "q8"
"""Begins a token that says of how many tokens a name is."""
LATIN_FORM = "q9"
"""Begins a token that is the sound of a Cyrillic word; no word of any language begins so."""
SOUNDS = str.maketrans({"S": "w", "Z": "x", "Q": "q", "J": "j"})
"""The hushing sounds as letters that readings do not have otherwise, since all tokens are small."""
HUSHING = frozenset("wxqj")
LONG_SOUND = 6
"""Readings of so many letters are told apart by fewer sounds; shorter ones would find too much."""
ALIKE = str.maketrans({"z": "s", "Z": "S", "Q": "k", "J": "i"})
"""What one letter may be read as in different languages: one sound, so that a word has few."""
RUN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\b([a-z])-(\d{4})-(\d{1,6})\b")
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)
"""Marks of Latin, Greek and Cyrillic letters and of kana; those of other scripts are letters."""
HAN = re.compile("[\u3400-\u9fff]")
SIGNS = ascii_lowercase + digits
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


def length(split: Sequence[str]) -> str:
    """The token of names that are split into so many tokens."""
    return f"{LENGTH}{len(split)}"


def sign(split: Sequence[str]) -> str:
    """Two signs for a whole name, its words in their order; another name may have the same two.

    Which two must never change, for they are kept.
    """
    number = crc32(" ".join(split).encode()) % len(SIGNS) ** 2
    return SIGNS[number // len(SIGNS)] + SIGNS[number % len(SIGNS)]


@lru_cache(maxsize=65_536)
def sounds(token: str) -> tuple[str, ...]:
    """Tokens for the sound of a Cyrillic token; none for another."""
    if not has_cyrillic(token):
        return ()
    return sounded(readings(token))


def sounded(some: "frozenset[str]") -> tuple[str, ...]:
    """The sounds of readings as tokens, each once, in a fixed order."""
    found = {_sound(reading) for reading in some if reading}
    return tuple(LATIN_FORM + one.translate(SOUNDS) for one in sorted(found, key=_likely))


def as_written(sound: str) -> str:
    """The word that is written as this token of a sound sounds; empty for a hushing sound.

    A name with that word has no token for the sound, which would say nothing more.
    """
    word = sound.removeprefix(LATIN_FORM)
    return "" if HUSHING.intersection(word) else word


def _sound(reading: str) -> str:
    """A reading, if long without what languages read differently: the c of coopération is k."""
    if len(reading) < LONG_SOUND:
        return reading
    return DOUBLED.sub(r"\1", reading.replace("ts", "k").translate(ALIKE))


def _likely(sound: str) -> tuple[int, str]:
    return len(sound), sound

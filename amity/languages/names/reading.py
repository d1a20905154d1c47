"""A name taken apart: its tokens, how each may be read, and the keys by which it is found."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

from anyascii import anyascii

from amity.languages.names import vietnamese
from amity.languages.names.places import places_called
from amity.languages.names.readings import beside_pinyin, has_cyrillic, readings, skeleton
from amity.languages.names.vietnamese import Syllable
from amity.languages.names.words import (
    HONORIFICS,
    OF_AREAS,
    OF_AREAS_IN_TWO,
    OF_ORGANIZATIONS,
    SAINT,
    SAINTS,
    listed,
)

PATRONYMIC = re.compile(r".+(?:[oe]viQ|[oe]vna|iniQna|[lmkt]iQ)")
"""As readings: Иванович, Андреевна, Ильинична, Ильич, Кузьмич, Лукич, Никитич."""
INITIALS_IN_TWO = listed("yu ya ye yo zh kh ts ch sh th ph tr ng nh ju ja je iu ia ou")
SPLIT = re.compile(r"[\s.,;:/()\[\]\"«»“”„\-‐‑–—_·]+")
MARKS = re.compile(r"['’‘`ʹʺʼʻ´]+")
HAN = re.compile("[\u4e00-\u9fff]{2,4}")
REMEMBERED = 65_536
LONGEST = 400
"""Characters of a name that are looked at."""


class Kind(StrEnum):
    """What a name is of."""

    PERSON = "person"
    AREA = "area"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a name.

    `forms`: its readings. `spoken`: of pinyin, those but the Russian ones. `latin`: the Vietnamese
    syllable that it is, in Latin letters. `russian`: the syllables that it may be, in Cyrillic.
    `initial`: whether it stands for a longer one; then `forms` are what that may begin with.
    `starts`: what its own initial may be. `patronymic`: whether it looks like a Russian one.
    """

    words: str
    forms: frozenset[str]
    spoken: frozenset[str] | None
    latin: Syllable | None
    russian: frozenset[str]
    initial: bool
    starts: frozenset[str]
    patronymic: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    `vietnamese`: whether each token may be a Vietnamese syllable. `in_full`: whether enough of it
    bears marks to say that all that has any does. `whole`: readings and plain letters without
    spaces. `places`: numbers of the places that are called so. `keys`: two names that match have
    one in common.
    """

    tokens: tuple[Token, ...]
    cyrillic: bool
    vietnamese: bool
    in_full: bool
    whole: frozenset[str]
    places: frozenset[int]
    keys: frozenset[str]


@lru_cache(maxsize=REMEMBERED)
def read(words: str, kind: Kind) -> Name:
    """The name, taken apart."""
    normal = MARKS.sub("", normalize("NFC", words[:LONGEST]).casefold())
    parts = [piece for part in SPLIT.split(normal) if part for piece in _surname_first(part)]
    dotted = set(re.findall(r"\w+(?=\.)", normal))
    parts = _without_words(parts, kind)
    tokens = tuple(_token(part, part in dotted) for part in parts)
    places = places_called(words) if kind == Kind.AREA else frozenset()
    cyrillic = any(has_cyrillic(token.words) for token in tokens)
    full = [token for token in tokens if not token.initial]
    vietnamese_ = bool(full) and all(token.latin or token.russian for token in full)
    in_full = any(
        token.latin and not token.latin.bare and not token.latin.as_typed_in_french
        for token in full
    )
    whole = _whole(tokens, kind)
    keys = {f"@{number}" for number in places} | {f"={one}" for one in whole}
    for token in full:
        keys |= _keys(token)
    return Name(tokens, cyrillic, vietnamese_, in_full, whole, places, frozenset(keys))


def _surname_first(part: str) -> tuple[str, ...]:
    """A name in Han characters: the first is the surname, read as pinyin."""
    if not HAN.fullmatch(part):
        return (part,)
    return tuple(anyascii(piece).lower() for piece in (part[:1], part[1:]))


def _without_words(parts: list[str], kind: Kind) -> list[str]:
    """The parts that name something; all of them where none would be left."""
    if kind == Kind.PERSON:
        left = [part for part in parts if part not in HONORIFICS]
    elif kind == Kind.AREA:
        left = parts
        for first, second in OF_AREAS_IN_TWO:
            if left[:1] == [first] and (not second or left[1:2] == [second]):
                left = left[2 if second else 1 :]
        left = [SAINT if part in SAINTS else part for part in left if part not in OF_AREAS]
    else:
        left = [part for part in parts if part not in OF_ORGANIZATIONS]
    return left or parts


@lru_cache(maxsize=REMEMBERED)
def _token(part: str, dotted: bool) -> Token:
    initial = len(part) == 1 or (dotted and part in INITIALS_IN_TWO)
    forms = readings(part)
    if initial:
        return Token(part, _of_an_initial(part, forms), None, None, frozenset(), True, forms, False)
    cyrillic = has_cyrillic(part)
    latin = None if cyrillic else vietnamese.syllable(part)
    russian = vietnamese.from_russian(part) if cyrillic else frozenset()
    starts = set(forms)
    if latin is not None:
        for letter in vietnamese.initials_in_russian(latin.plain):
            starts |= readings(letter)
    for syllable in russian:
        starts.add(vietnamese.without_marks(syllable))
    patronymic = any(PATRONYMIC.fullmatch(form) for form in forms) and latin is None
    spoken = beside_pinyin(part)
    return Token(part, forms, spoken, latin, russian, False, frozenset(starts), patronymic)


def _of_an_initial(part: str, forms: frozenset[str]) -> frozenset[str]:
    more = {"y": {"i", "e"}, "c": {"k", "ts", "Q"}, "e": {"e"}}.get(part, set())
    return frozenset(one for one in (forms | more | {part}) if one)


def _whole(tokens: tuple[Token, ...], kind: Kind) -> frozenset[str]:
    """What the name may be when spaces count for nothing (Đà Nẵng, Danang, Дананг)."""
    if any(token.initial for token in tokens) or not tokens:
        return frozenset()
    found = set()
    if not any(has_cyrillic(token.words) for token in tokens):
        found.add("".join(_ascii(token.words) for token in tokens))
    elif len(tokens) == 1:
        found |= vietnamese.joined_from_russian(tokens[0].words)
    if kind == Kind.AREA and all(token.russian for token in tokens):
        ways = [""]
        for token in tokens:
            plain = {vietnamese.without_marks(one) for one in token.russian}
            ways = [way + one for way in ways for one in plain][:32]
        found |= set(ways)
    return frozenset(one for one in found if len(one) >= 4)


@lru_cache(maxsize=REMEMBERED)
def _ascii(words: str) -> str:
    bare = vietnamese.without_marks(words)
    return bare if bare.isascii() else anyascii(bare).lower().replace(" ", "")


def _keys(token: Token) -> set[str]:
    if token.latin is not None:
        found = {token.latin.plain}
    else:
        found = {vietnamese.without_marks(one) for one in token.russian}
    if token.patronymic:
        return set()
    return {f"v:{one}" for one in found} | {f"s:{skeleton(form)}" for form in token.forms}

"""Languages: how they are written, what they are called, what stands in for them.

Likely scripts and names come from Unicode CLDR (through `babel`). Every answer is remembered,
because a page asks about the same few tags hundreds of times.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf import settings

from amity.foundation.words.language_tags import LanguageCodeError, canonical, is_valid

__all__ = [
    "Direction",
    "LanguageCodeError",
    "base",
    "canonical",
    "direction",
    "display_name",
    "fallback_chain",
    "is_valid",
    "named",
    "script",
]

Direction = Literal["ltr", "rtl"]

# Scripts written from right to left: Unicode Character Database, Bidi_Class R or AL.
RTL_SCRIPTS = frozenset(
    re.findall(
        "[A-Z][a-z]{3}",
        "Adlm Arab Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc "
        "Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc "
        "Thaa Todr Yezi",
    )
)


@lru_cache(maxsize=1024)
def base(tag: str) -> str:
    """The language alone: `zh` of `zh-Hant-TW`."""
    return tag.split("-", 1)[0]


@lru_cache(maxsize=1024)
def fallback_chain(tag: str) -> tuple[str, ...]:
    """`tag` and what is less and less exact (RFC 4647, lookup): zh-Hant-TW, zh-Hant, zh."""
    parts = tag.split("-")
    chain = []
    while parts:
        if len(parts[-1]) > 1:  # a singleton such as x announces a subtag and says nothing alone
            chain.append("-".join(parts))
        parts.pop()
    return tuple(chain)


@lru_cache(maxsize=1024)
def script(tag: str) -> str:
    """The script `tag` is written in, where it does not say so the likely one: Cyrl of ru."""
    language, *rest = takewhile(lambda part: len(part) > 1, tag.split("-"))
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return part
    likely = get_global("likely_subtags")
    for known in (*(f"{language}_{part}" for part in rest), language):
        if known in likely:
            return str(likely[known].split("_")[1])
    return "Zyyy"


@lru_cache(maxsize=1024)
def direction(tag: str) -> Direction:
    """`rtl` where the script of `tag` runs from right to left, else `ltr`; for HTML's `dir`."""
    return "rtl" if script(tag) in RTL_SCRIPTS else "ltr"


@lru_cache(maxsize=1024)
def display_name(tag: str, language: str) -> str:
    """What `language` calls the language `tag`: русский, Vietnamien; `tag` where CLDR is silent.

    As CLDR writes it, which in many languages is without a capital.
    """
    namer = _locale(language)
    named = namer.languages.get(tag.replace("-", "_"))
    if named:
        return str(named)
    try:
        name = Locale.parse(tag, sep="-").get_display_name(namer)
    except (UnknownLocaleError, ValueError):
        name = namer.languages.get(base(tag))
    return str(name) if name else tag


def named(words: str, language: str) -> str:
    """The tag of the language that is called so, in `language`, English or its own; else `words`.

    A tag stays what it is.
    """
    if is_valid(words):
        return words
    return _tags_by_name(language).get(words.strip().casefold(), words)


@lru_cache(maxsize=16)
def _tags_by_name(language: str) -> Mapping[str, str]:
    by_name = {own.casefold(): tag for tag, own in settings.LANGUAGES}
    for reader in ("en", language):
        for tag, name in _locale(reader).languages.items():
            by_name[str(name).casefold()] = tag.replace("_", "-")
    return by_name


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    for tag in fallback_chain(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")

"""Language tags (BCP 47): which are valid, how they are written, what they are called.

Validity and canonical form come from the IANA registry (through `langcodes`), likely scripts and
display names from Unicode CLDR (through `langcodes` and `babel`). Every answer is remembered,
because a page asks about the same few tags hundreds of times.
"""

import re
from functools import lru_cache
from typing import Literal

import langcodes
from babel import Locale, UnknownLocaleError
from langcodes.tag_parser import LanguageTagError

Direction = Literal["ltr", "rtl"]

LONGEST_TAG = 35
"""Room that RFC 5646, 4.4.1, recommends to have for a tag."""

# Scripts written from right to left: Unicode Character Database, Bidi_Class R or AL.
RTL_SCRIPTS = frozenset(
    re.findall(
        "[A-Z][a-z]{3}",
        "Adlm Arab Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc "
        "Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc "
        "Thaa Todr Yezi",
    )
)


class LanguageCodeError(ValueError):
    """Not a language tag; the message says what was given and what is expected."""


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """`tag` in its one canonical spelling (`VI-vn` → `vi-VN`, `iw` → `he`, `in` → `id`).

    Raises LanguageCodeError when it is not a well-formed tag of registered subtags, or when it
    names no language (`und`, `mul`, `zxx`).
    """
    expected = "expected a BCP 47 tag such as vi, ru or pt-BR"
    if not isinstance(tag, str) or not tag or len(tag) > LONGEST_TAG or not tag.isascii():
        raise LanguageCodeError(f"{_quoted(tag)} is not a language tag; {expected}")
    if "_" in tag or tag != tag.strip():
        raise LanguageCodeError(f"{_quoted(tag)} is not a language tag; {expected}")
    try:
        known = langcodes.tag_is_valid(tag)
        standard = langcodes.standardize_tag(tag) if known else ""
    except LanguageTagError:
        known, standard = False, ""
    if not known:
        raise LanguageCodeError(f"{_quoted(tag)} is not a registered language tag; {expected}")
    if standard.split("-")[0] in ("und", "mul", "zxx", "mis"):
        raise LanguageCodeError(f"{_quoted(tag)} names no language; {expected}")
    return standard


def is_valid(tag: str) -> bool:
    """Whether `tag` is a language tag, in whatever spelling."""
    try:
        canonical(tag)
    except LanguageCodeError:
        return False
    return True


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
    return langcodes.Language.get(tag).maximize().script or "Zyyy"


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


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    for tag in fallback_chain(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _quoted(tag: object) -> str:
    words = tag if isinstance(tag, str) else repr(tag)
    return f"“{words[:40]}…”" if len(words) > 40 else f"“{words}”"

"""Language tags (BCP 47): which are valid, and their one spelling.

What languages are called and how they are written is `amity.languages.codes`.
"""

from functools import lru_cache

import langcodes
from langcodes.tag_parser import LanguageTagError

LONGEST_TAG = 35
"""Room that RFC 5646, 4.4.1, recommends to have for a tag."""
NO_LANGUAGE = ("und", "mul", "zxx", "mis")
EXPECTED = "a BCP 47 tag such as vi, ru or pt-BR"
LONGEST_QUOTE = 40


class LanguageCodeError(ValueError):
    """Not a language tag; the message says what was given and what is expected."""


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """`tag` in its one canonical spelling (`VI-vn` → `vi-VN`, `iw` → `he`, `in` → `id`).

    By the IANA registry. Raises LanguageCodeError when it is not a well-formed tag of registered
    subtags, or when it names no language (`und`, `mul`, `zxx`).
    """
    if not isinstance(tag, str) or not 0 < len(tag) <= LONGEST_TAG or not _may_be_a_tag(tag):
        raise LanguageCodeError(f"{_quoted(tag)} is not a language tag; expected {EXPECTED}")
    try:
        standard = langcodes.standardize_tag(tag) if langcodes.tag_is_valid(tag) else ""
    except LanguageTagError:
        standard = ""
    if not standard:
        raise LanguageCodeError(
            f"{_quoted(tag)} is not a registered language tag; expected {EXPECTED}"
        )
    if standard.split("-")[0] in NO_LANGUAGE:
        raise LanguageCodeError(f"{_quoted(tag)} names no language; expected {EXPECTED}")
    return standard


def is_valid(tag: str) -> bool:
    """Whether `tag` is a language tag, in whatever spelling."""
    try:
        canonical(tag)
    except LanguageCodeError:
        return False
    return True


def _may_be_a_tag(tag: str) -> bool:
    return tag.isascii() and tag.replace("-", "").isalnum()


def _quoted(tag: object) -> str:
    words = tag if isinstance(tag, str) else repr(tag)
    return f"“{words[:LONGEST_QUOTE]}…”" if len(words) > LONGEST_QUOTE else f"“{words}”"

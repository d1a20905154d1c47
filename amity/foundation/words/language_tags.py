"""Language tags (BCP 47): which are valid, and their one spelling.

What languages are called and how they are written is `amity.languages.codes`.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import quoted

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_TAG = 35
"""Room that RFC 5646, 4.4.1, recommends to have for a tag."""
NO_LANGUAGE = ("und", "mul", "zxx", "mis")


class LanguageCodeError(ValueError):
    """Not a language tag; the message says what was given and what is expected."""


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """`tag` in its one canonical spelling (`VI-vn` → `vi-VN`, `iw` → `he`, `in` → `id`).

    By the IANA registry. Raises LanguageCodeError when it is not a well-formed tag of registered
    subtags, or when it names no language (`und`, `mul`, `zxx`).
    """
    if not isinstance(tag, str) or not 0 < len(tag) <= LONGEST_TAG or not _may_be_a_tag(tag):
        raise _error(
            _("{value} is not a language tag; expected a BCP 47 tag such as vi, ru or pt-BR"), tag
        )
    # Here and not above: only who writes a tag needs the 5 MB of the registry.
    import langcodes
    from langcodes.tag_parser import LanguageTagError

    try:
        standard = langcodes.standardize_tag(tag) if langcodes.tag_is_valid(tag) else ""
    except LanguageTagError:
        standard = ""
    if not standard:
        raise _error(
            _(
                "{value} is not a registered language tag; "
                "expected a BCP 47 tag such as vi, ru or pt-BR"
            ),
            tag,
        )
    if standard.split("-")[0] in NO_LANGUAGE:
        raise _error(
            _("{value} names no language; expected a BCP 47 tag such as vi, ru or pt-BR"), tag
        )
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


def _error(message: "StrOrPromise", tag: object) -> LanguageCodeError:
    return LanguageCodeError(format_lazy(message, value=quoted(tag)))

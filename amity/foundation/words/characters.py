"""What may stand in a text: Unicode in one normal form, with one kind of line break."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates of Unicode's bidirectional algorithm: with them words show
otherwise than they are, and leak into what follows. The marks U+200E and U+200F may stand."""
# Control characters other than tab and line feed, halves of surrogate pairs, non-characters.
NON_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{DIRECTIONS}{NON_CHARACTERS}]")
COMMANDING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What commands a terminal, or turns the direction in which it writes."""
LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\\s]+"
)
"""White space, and what shows nothing though it is none: Unicode's Default_Ignorable_Code_Point
(DerivedCoreProperties.txt), and the blank pattern of Braille."""
WHITE_SPACE = re.compile(r"\s+")
UNBROKEN = ("\u00a0", "\u202f")
"""Spaces at which no line breaks; French sets them before marks and within quotation marks."""
LONGEST_QUOTE = 40


class WordsError(ValueError):
    """Words that cannot be stored; the message says what stands where and what is expected."""


def normal(words: object) -> str:
    """`words` in Unicode NFC, with line feeds only and without white space around them.

    Raises WordsError for anything but a str, for nothing that anybody sees, and for control
    characters, `DIRECTIONS`, lone surrogates and non-characters.
    """
    if not isinstance(words, str):
        raise WordsError(
            format_lazy(_("expected words, got {value}; put it in quotes"), value=quoted(words))
        )
    if not words.isprintable():  # what is printable has nothing to be replaced or refused
        words = LINE_BREAKS.sub("\n", words)
        _refuse_forbidden(words)
    words = unicodedata.normalize("NFC", words.strip())
    if is_blank(words):
        raise WordsError(_("no words; expected at least one character that is not white space"))
    return words


def in_a_line(words: str) -> str:
    """`words` in one line, without white space around them and with one space between them.

    A space that does not break stays what it is.
    """
    return WHITE_SPACE.sub(_one_space, words).strip()


def _one_space(found: re.Match[str]) -> str:
    return found[0] if found[0] in UNBROKEN else " "


def is_blank(words: str) -> bool:
    """Whether nobody sees anything of `words`: they are white space or characters like it."""
    return not words or INVISIBLE.fullmatch(words) is not None


def _refuse_forbidden(words: str) -> None:
    if bad := FORBIDDEN.search(words):
        code = ord(bad.group())
        raise WordsError(format_lazy(_what(code), code=f"{code:04X}", position=bad.start() + 1))


def _what(code: int) -> "StrOrPromise":
    if 0xD800 <= code <= 0xDFFF:
        return _(
            "character U+{code} at position {position} is half of a surrogate pair; "
            "expected readable Unicode text"
        )
    if code < 0xA0:
        return _(
            "character U+{code} at position {position} is a control character; "
            "expected readable Unicode text"
        )
    if re.match(f"[{DIRECTIONS}]", chr(code)):
        return _(
            "character U+{code} at position {position} changes the direction of the words after "
            "it; expected text without it"
        )
    return _(
        "character U+{code} at position {position} is not a character; "
        "expected readable Unicode text"
    )


def shown(words: str) -> str:
    """`words` for a terminal: what would command it is written out, as \\x1b."""
    return COMMANDING.sub(lambda found: ascii(found.group())[1:-1], words)


def quoted(value: object) -> "StrOrPromise":
    """What was written, in quotation marks and short enough for a message."""
    if isinstance(value, dict):
        return pgettext_lazy("written in place of a value", "a mapping")
    if isinstance(value, list):
        return pgettext_lazy("written in place of a value", "a list")
    if value is None:
        return pgettext_lazy("written in place of a value", "nothing")
    words = " ".join(shown(str(value)).split())
    if len(words) > LONGEST_QUOTE:
        words = f"{words[:LONGEST_QUOTE]}…"
    return format_lazy(_("“{words}”"), words=words)

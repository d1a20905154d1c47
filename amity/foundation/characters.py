"""What may stand in a text: Unicode in one normal form, with one kind of line break."""

import re
import unicodedata

# Control characters other than tab and line feed, halves of surrogate pairs, non-characters.
NON_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{NON_CHARACTERS}]")
LINE_BREAKS = re.compile("\r\n?")


class WordsError(ValueError):
    """Words that cannot be stored; the message says what stands where and what is expected."""


def normal(words: str) -> str:
    """`words` in Unicode NFC, with line feeds only and without white space around them.

    Raises WordsError for anything but a str, for nothing but white space, and for control
    characters, lone surrogates and non-characters.
    """
    if not isinstance(words, str):
        raise WordsError(f"expected words, got “{str(words)[:40]}”; put it in quotes")
    if not words.isprintable():  # what is printable has nothing to be replaced or refused
        words = LINE_BREAKS.sub("\n", words)
        _refuse_forbidden(words)
    words = unicodedata.normalize("NFC", words.strip())
    if not words:
        raise WordsError("no words; expected at least one character that is not white space")
    return words


def _refuse_forbidden(words: str) -> None:
    if bad := FORBIDDEN.search(words):
        code = ord(bad.group())
        raise WordsError(
            f"character U+{code:04X} at position {bad.start() + 1} is {_what(code)}; "
            "expected readable Unicode text"
        )


def _what(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF:
        return "half of a surrogate pair"
    return "a control character" if code < 0xA0 else "not a character"

"""The order of names in the reader's alphabet.

A short stand-in for the Unicode Collation Algorithm (UTS #10) with what the Unicode CLDR says of
the interface's languages; the libraries that have all of it need ICU, which is no Python package.
Letters come first, then their marks, then the words as they are, so that the order is the same
each time. In Vietnamese ă, â, đ, ê, ô, ơ and ư are letters of their own and the five tones are
marks; in Russian й is a letter of its own, ё stands with е, and Cyrillic comes before Latin.
"""

from functools import cache, lru_cache
from unicodedata import category, combining, normalize

REMEMBERED = 4_096
STROKE, CIRCUMFLEX, BREVE, HORN = "\u0335", "\u0302", "\u0306", "\u031b"
WITHOUT_DECOMPOSITION = {"đ": "d" + STROKE, "ø": "o" + STROKE, "ł": "l" + STROKE} | {
    "æ": "ae",
    "œ": "oe",
}
EVERYWHERE = {"и" + BREVE: "1"}
OWN_LETTERS = {
    "vi": {"a" + BREVE: "1", "a" + CIRCUMFLEX: "2", "d" + STROKE: "1", "e" + CIRCUMFLEX: "1"}
    | {"o" + CIRCUMFLEX: "1", "o" + HORN: "2", "u" + HORN: "1"}
}
"""Language → letter with its mark → its place after the letter without."""
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""The Vietnamese tones in the order of dictionaries: huyền, hỏi, ngã, sắc, nặng."""
QUOTATION_MARKS = ("Pi", "Pf")
"""Unicode categories: what only stands around a name has no letters."""
SIGN, DIGIT, FIRST_SCRIPT, LETTER = "0123"
FIRST_SCRIPTS = {"ru": ("\u0400", "\u04ff")}


@lru_cache(maxsize=REMEMBERED)
def sort_key(words: str, language: str) -> tuple[str, str, str]:
    """What to sort `words`, which are in NFC, by in `language` (a code of the interface's)."""
    folded = words.casefold()
    letters, marks = _tables(language)
    return folded.translate(letters), folded.translate(marks), words


def initial(words: str, language: str) -> str:
    """The letter under which `words` stand in the alphabet of `language`; "#" for what has none.

    Its mark is left out where the language counts it for no letter of its own: "É" stands under
    E, "Đ" under Đ in Vietnamese and under D elsewhere.
    """
    letters, _ = _tables(language)
    for char in words.casefold():
        weight = char.translate(letters)
        if not weight:
            continue
        if weight[0] not in (FIRST_SCRIPT, LETTER):
            return "#"
        if weight[2] == "0":
            return weight[1].upper()
        return normalize("NFC", char if char in WITHOUT_DECOMPOSITION else _own(char)).upper()
    return "#"


def _own(char: str) -> str:
    """A letter without its tones."""
    return "".join(part for part in normalize("NFD", char) if part not in TONES)


class _Weights(dict[int, str]):
    """Code of a character → its weight, reckoned when it is first met (for `str.translate`)."""

    def __init__(self, language: str, level: int) -> None:
        super().__init__()
        self._language, self._level = language, level

    def __missing__(self, code: int) -> str:
        found = self[code] = _weights(chr(code), self._language)[self._level]
        return found


@cache
def _tables(language: str) -> tuple[_Weights, _Weights]:
    return _Weights(language, 0), _Weights(language, 1)


def _weights(char: str, language: str) -> tuple[str, str]:
    """Weights of a character on the first and the second level.

    On the first a letter has three signs: its class, itself, and its place among its likes.
    """
    own = OWN_LETTERS.get(language, {}) | EVERYWHERE
    letters: list[str] = []
    marks = ""
    for part in normalize("NFD", WITHOUT_DECOMPOSITION.get(char, char)):
        if category(part) in QUOTATION_MARKS or part in "\"'":
            marks += part
        elif not combining(part):
            letters.append(_class(part, language) + part + "0")
            marks += "0"
        elif letters and (place := own.get(letters[-1][1] + part)):
            letters[-1] = letters[-1][:2] + place
        else:
            marks += TONES.get(part, part)
    return "".join(letters), marks


def _class(char: str, language: str) -> str:
    if char.isdigit():
        return DIGIT
    if not char.isalpha():
        return SIGN
    first, last = FIRST_SCRIPTS.get(language, ("", ""))
    return FIRST_SCRIPT if first <= char <= last else LETTER

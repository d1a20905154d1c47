"""Vietnamese syllables: which there are, what their marks say, how Russian writes them.

A syllable has an initial, a rime and a tone. Letters with a circumflex, breve, horn or stroke are
letters of their own (*quality*); the tone is a mark above or below. The Russian forms are those
of the practical transcription (Инструкция по передаче на картах географических названий
Вьетнама, 1973; Д. И. Ермолович, Имена собственные) with the spellings that newspapers use beside
it. They are made from the table of initials and the table of rimes, so every syllable has them.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from unicodedata import combining, normalize

from amity.languages.names.words import listed

STROKE = "\u0335"
GRAVE, ACUTE = "\u0300", "\u0301"
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
INITIALS = {
    "": ("",),
    "b": ("б",),
    "c": ("к",),
    "ch": ("ть", "ч"),
    "d": ("з",),
    "đ": ("д",),
    "g": ("г",),
    "gh": ("г",),
    "gi": ("з", "зь", "ж"),
    "h": ("х",),
    "k": ("к",),
    "kh": ("кх", "х"),
    "l": ("л",),
    "m": ("м",),
    "n": ("н",),
    "ng": ("нг",),
    "ngh": ("нг",),
    "nh": ("нь",),
    "ph": ("ф",),
    "q": ("к",),
    "r": ("р", "з"),
    "s": ("ш", "с"),
    "t": ("т",),
    "th": ("тх",),
    "tr": ("ч", "тр"),
    "v": ("в",),
    "x": ("с",),
}
NUCLEI = {
    "a": ("а",),
    "ă": ("а",),
    "â": ("а", "е"),
    "e": ("е",),
    "ê": ("е",),
    "i": ("и",),
    "y": ("и",),
    "ia": ("иа", "ья", "ия"),
    "iê": ("ие", "ье"),
    "yê": ("ие", "ье", "йе"),
    "o": ("о",),
    "oo": ("о", "оо"),
    "ô": ("о",),
    "ơ": ("о", "ы"),
    "oa": ("оа", "уа"),
    "oă": ("оа", "уа"),
    "oe": ("ое", "уе"),
    "u": ("у",),
    "ua": ("уа",),
    "uâ": ("уа", "уе"),
    "uê": ("уе", "юе"),
    "uô": ("уо",),
    "uơ": ("уо",),
    "uy": ("уи", "юи", "уй"),
    "uya": ("уиа", "уя"),
    "uyê": ("уие", "уье", "уе", "юе", "юйе"),
    "ư": ("ы",),
    "ưa": ("ыа",),
    "ươ": ("ыо",),
}
ENDINGS = {
    "": ("",),
    "c": ("к",),
    "ch": ("ть", "т", "ч", "к"),
    "i": ("й",),
    "y": ("й",),
    "m": ("м",),
    "n": ("н",),
    "ng": ("нг",),
    "nh": ("нь",),
    "o": ("о",),
    "u": ("у",),
    "p": ("п",),
    "t": ("т",),
}
RIMES = {
    "a": "- c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- ch m n nh p t u",
    "ia": "-",
    "iê": "c m n ng p t u",
    "o": "- c i m n ng p t",
    "oo": "c ng",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": "- n o t",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- c i m n ng p t",
    "ua": "-",
    "uâ": "n ng t y",
    "uê": "- ch nh",
    "uô": "c i m n ng t",
    "uơ": "-",
    "uy": "- ch n nh p t u",
    "uya": "-",
    "uyê": "n t",
    "ư": "- c i m n ng t u",
    "ưa": "-",
    "ươ": "c i m n ng p t u",
    "y": "-",
    "yê": "m n ng t u",
}
AFTER_Q = {
    "ua": "- c ch i n ng nh o t u y",
    "uă": "n ng t",
    "uâ": "n ng t y",
    "ue": "- n o t",
    "uê": "- ch n",
    "ui": "-",
    "uơ": "- n",
    "uô": "c",
    "uy": "- ch nh t",
    "uyê": "n t",
}
"""The u of qu belongs to the initial, so that there are other rimes after it."""
SOFTENED = {"ьа": ("ьа", "я", "ья"), "ьу": ("ьу", "ю"), "ьо": ("ьо", "е"), "ье": ("ье", "е")} | {
    "ьи": ("и", "ьи")
}
CUSTOMARY = {
    "ши": ("chi",),
    "мин": ("minh",),
    "фон": ("phong",),
    "хюе": ("huê",),
    "зяп": ("giap",),
    "зиап": ("giap",),
}
"""What Russian has written since before there was a rule: Хо Ши Мин, Хайфон, Хюэ."""
LONGEST_FORM = 8
LONGEST_JOINED = 24
"""Letters of a Russian form of a syllable, and of a word of several."""
LEVEL_NAMES = listed(
    "an anh chi chung dung duy giang hoa huy khang khoa kim lan linh loan long mai minh nam nga "
    "nhi nhung oanh phi phong quang sang tam thanh thi thu trang trinh trung vinh vy"
)
"""Usual names that have no mark at all: in a name that is otherwise fully written they are these
names, and not others whose marks were left out (Thanh is not Thành)."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A token as a Vietnamese syllable.

    `plain`: without marks. `quality`: with all marks but the tone. `tone`: its mark, or empty.
    """

    plain: str
    quality: str
    tone: str

    @property
    def bare(self) -> bool:
        """Whether it has no mark at all."""
        return not self.tone and self.quality == self.plain

    @property
    def as_typed_in_french(self) -> bool:
        """Whether all its marks are on a French keyboard, which lacks most: â ê ô, à è ù, é."""
        if not all(letter.isascii() or letter in "âêô" for letter in self.quality):
            return False
        vowels = {letter for letter in self.quality if letter in "aeiouy" or not letter.isascii()}
        return (
            not self.tone
            or (self.tone == GRAVE and bool(vowels & set("aeu")))
            or (self.tone == ACUTE and "e" in vowels)
        )


@lru_cache(maxsize=65_536)
def syllable(token: str) -> Syllable | None:
    """The syllable that a small Latin `token` writes, with or without marks; None for another.

    A token with marks that is no syllable (Huynh with ñ) is none either.
    """
    letters, tone = "", ""
    for sign in normalize("NFD", token.replace("đ", "d" + STROKE)):
        if sign in TONES:
            if tone:
                return None
            tone = sign
        else:
            letters += sign
    quality = normalize("NFC", letters).replace("d" + STROKE, "đ")
    plain = without_marks(quality)
    known = _by_plain().get(plain)
    if known is None:
        return None
    if quality != plain and quality not in known and not _fits(quality, known):
        return None
    return Syllable(plain, quality, tone)


def _fits(quality: str, known: frozenset[str]) -> bool:
    """Whether some marks of a real syllable were kept and others left out."""
    return any(
        all(a in (b, without_marks(b)) for a, b in zip(quality, other, strict=True))
        for other in known
    )


def without_marks(words: str) -> str:
    """Letters alone: no marks, đ as d."""
    return "".join(
        sign for sign in normalize("NFD", words.replace("đ", "d")) if not combining(sign)
    ).replace(STROKE, "")


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    """Syllable without tone → its Russian forms."""
    found: dict[str, tuple[str, ...]] = {}
    for initial, sounds in INITIALS.items():
        rimes = AFTER_Q if initial == "q" else RIMES
        for nucleus, endings in rimes.items():
            vowels = NUCLEI.get(nucleus) or tuple(
                "у" + one for one in NUCLEI[nucleus.removeprefix("u")]
            )
            for ending in endings.replace("-", "").split(" "):
                forms = (
                    form
                    for parts in product(sounds, vowels, ENDINGS[ending])
                    for form in _softened("".join(parts))
                )
                written = initial + nucleus + ending
                if initial == "gi" and nucleus.startswith("i"):
                    written = "g" + nucleus + ending
                found[written] = (*found.get(written, ()), *forms)
    return found


def _softened(form: str) -> tuple[str, ...]:
    for hard, soft in SOFTENED.items():
        if hard in form:
            return tuple(form.replace(hard, one) for one in soft)
    return (form,)


@cache
def _by_plain() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quality in _syllables():
        found.setdefault(without_marks(quality), set()).add(quality)
    return {plain: frozenset(all_of_it) for plain, all_of_it in found.items()}


@cache
def _by_russian() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quality, forms in _syllables().items():
        for form in forms:
            found.setdefault(form, set()).add(quality)
    for form, customary in CUSTOMARY.items():
        found.setdefault(form, set()).update(customary)
    return {form: frozenset(all_of_it) for form, all_of_it in found.items()}


def from_russian(token: str) -> frozenset[str]:
    """The syllables, with quality and without tone, that small Cyrillic letters may stand for."""
    return _by_russian().get(_simple(token), frozenset())


def _simple(token: str) -> str:
    return token.replace("ё", "е").replace("э", "е")


def joined_from_russian(token: str, longest: int = 4) -> frozenset[str]:
    """What a Cyrillic word of several syllables may be without marks and spaces (Дьенбьен)."""
    whole = _simple(token)
    table = _by_russian()
    ways: list[dict[str, int]] = [{"": 0}, *({} for _ in whole)]
    if len(whole) > LONGEST_JOINED:
        return frozenset()
    for start in range(len(whole)):
        if not any(ways[start : start + LONGEST_FORM]):
            return frozenset()
        for before, count in list(ways[start].items())[:16]:
            if count == longest:
                continue
            for end in range(start + 1, min(len(whole), start + LONGEST_FORM) + 1):
                for quality in table.get(whole[start:end], ()):
                    ways[end].setdefault(before + without_marks(quality), count + 1)
    return frozenset(way for way, count in ways[-1].items() if count > 1)


def initials_in_russian(plain: str) -> frozenset[str]:
    """The first Cyrillic letters of the Russian forms of a syllable without marks."""
    return frozenset(
        form[0] for quality in _by_plain().get(plain, ()) for form in _syllables()[quality]
    )


def agree(one: Syllable, other: Syllable, one_in_full: bool, other_in_full: bool) -> bool:
    """Whether two syllables of the same letters may be one.

    A mark that one lacks was left out, if it is bare or typed in French; `…_in_full` says that
    the rest of its name is fully written, which speaks against that. Marks that differ keep two
    syllables apart.
    """
    if one.tone and other.tone and one.tone != other.tone:
        return False
    for a, b in zip(one.quality, other.quality, strict=True):
        if a != b and not a.isascii() and not b.isascii():
            return False
    return _only_lacks(one, other, one_in_full) and _only_lacks(other, one, other_in_full)


def _only_lacks(one: Syllable, other: Syllable, in_full: bool) -> bool:
    """Whether `one` may be `other` with some marks left out, so far as it lacks any."""
    lacks = (other.tone and not one.tone) or any(
        a != b and a.isascii() for a, b in zip(one.quality, other.quality, strict=True)
    )
    if not lacks:
        return True
    if one.bare:
        return not (in_full and one.plain in LEVEL_NAMES)
    return one.as_typed_in_french and not in_full


def agrees_with_russian(one: Syllable, qualities: frozenset[str]) -> bool:
    """Whether one of the syllables that a Russian form may stand for is `one`."""
    if one.quality in qualities:
        return True
    if one.bare or one.as_typed_in_french:
        return any(
            len(other) == len(one.quality)
            and all(a in (b, without_marks(b)) for a, b in zip(one.quality, other, strict=True))
            for other in qualities
        )
    return False


def russian_forms(plain: str) -> frozenset[str]:
    """All Russian forms of a syllable without marks."""
    known = _by_plain().get(plain, frozenset())
    return frozenset(form for quality in known for form in _syllables()[quality])

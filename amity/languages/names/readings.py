"""How a token may be read: transcriptions of one sound brought to one sign.

A reading is written in small Latin letters for what most systems agree upon, and capitals for
the hushing sounds: S ш, Z ж, Q ч, J дж (щ is SQ, ц is ts). A Cyrillic token has one reading or
few; a Latin one has those of every system in which it may have been written: English
(BGN/PCGN, ALA-LC, and what newspapers write), French (Russian embassies and newspapers), German
(Duden, and the sh of older maps), Slavic and scholarly (ISO 9, GOST, Czech), Dutch (Indonesian
before 1972), Indonesian, and pinyin as Russian writes it (Palladius). What the systems themselves
cannot keep apart (ий, ый, и; е, ё, э; doubled letters) is one here, too.
"""

import re
from functools import lru_cache
from itertools import islice, product
from unicodedata import combining, name, normalize

from anyascii import anyascii

from amity.languages.names.chinese import in_russian

MOST_READINGS = 96
CYRILLIC = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "є": "e",
    "ж": "Z",
    "з": "z",
    "и": "i",
    "і": "i",
    "ї": "i",
    "й": "i",
    "ј": "i",
    "к": "k",
    "л": "l",
    "љ": "li",
    "м": "m",
    "н": "n",
    "њ": "ni",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "ћ": "Q",
    "у": "u",
    "ў": "v",
    "ф": "f",
    "х": "h",
    "ц": "ts",
    "ч": "Q",
    "џ": "J",
    "ш": "S",
    "щ": "SQ",
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ю": "iu",
    "я": "ia",
    "ђ": "J",
}
MARKED = {
    "č": ("Q",),
    "ć": ("Q",),
    "ĉ": ("Q",),
    "š": ("S",),
    "ś": ("S", "s"),
    "ş": ("S",),
    "ŝ": ("SQ",),
    "ž": ("Z",),
    "ż": ("Z",),
    "ź": ("z",),
    "ě": ("ie",),
    "ë": ("e", "io"),
    "ä": ("e", "a"),
    "ö": ("e", "o"),
    "ü": ("iu", "u"),
    "â": ("ia", "a"),
    "û": ("iu", "u"),
    "ł": ("l",),
    "ñ": ("ni", "n"),
    "ç": ("s",),
    "ß": ("s",),
    "æ": ("e", "ae"),
    "œ": ("e",),
    "ø": ("e", "o"),
    "å": ("o", "a"),
    "đ": ("d",),
    "ı": ("i",),
}
"""Letters with a mark that says more than the letter without it: Slavic, ISO 9, Turkish, Nordic."""
GROUPS = {
    "schtsch": ("SQ",),  # German щ
    "chtch": ("SQ",),  # French щ
    "shch": ("SQ",),  # English щ
    "stch": ("SQ",),
    "tsch": ("Q",),  # German ч
    "dsch": ("J",),  # German дж
    "dzh": ("J",),  # English дж
    "tch": ("Q",),  # French ч
    "sch": ("S", "Z"),  # German ш and ж
    "sh": ("S", "Z"),  # English ш, German ж on older maps
    "ch": ("Q", "S", "h"),  # English ч, French ш, German and Slavic х
    "zh": ("Z",),  # English ж
    "kh": ("h",),  # English, French and Indonesian х
    "gh": ("g", "gh"),
    "th": ("t", "th"),
    "dh": ("d", "dh"),
    "bh": ("b",),
    "ph": ("f",),
    "ts": ("ts",),
    "tz": ("ts",),
    "cz": ("Q",),  # Polish ч
    "sz": ("S",),  # Polish ш
    "rz": ("rz", "rts", "Z"),
    "dj": ("J", "di"),  # Dutch and French дж, Slavic дй
    "tj": ("Q", "ti"),  # Dutch Indonesian ч
    "sj": ("S", "si", "zi"),  # Dutch ш; German ся, зя
    "ck": ("k",),
    "qu": ("kv", "k"),
    "ou": ("u", "ou"),  # French у
    "ae": ("ae", "e"),  # German ä, ö, ü without their dots
    "ue": ("ue", "iu", "u"),
    "ei": ("ei", "ai"),  # German, as it is spoken
    "oo": ("o", "u"),
    "oe": ("u", "oe"),  # Dutch у
}
AS_THEY_ARE = frozenset("abdefgiklmnoprtuv")
SOFT_VOWELS = frozenset("eiyéèêëïîě")


def has_cyrillic(token: str) -> bool:
    """Whether some letter is Cyrillic."""
    return any("\u0400" <= sign <= "\u052f" for sign in token)


SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "CJK": "Hani", "GREEK": "Grek"} | {
    "ARABIC": "Arab",
    "HANGUL": "Hang",
    "LAO": "Laoo",
    "KHMER": "Khmr",
    "THAI": "Thai",
}


def script_of(words: str) -> str:
    """The script of most letters as ISO 15924 has it; `Zyyy` where there are none it knows."""
    scripts = [
        SCRIPTS.get(name(sign, "").split(" ")[0], "Zyyy") for sign in words if sign.isalpha()
    ]
    return max(sorted(set(scripts)), key=scripts.count, default="Zyyy")


@lru_cache(maxsize=65_536)
def readings(token: str) -> frozenset[str]:
    """Every reading of a token in small letters; never empty for a token with letters."""
    if has_cyrillic(token):
        return _of_cyrillic(token)
    if not token.isascii():
        token = "".join(sign if _is_latin(sign) else anyascii(sign).lower() for sign in token)
    return _of_latin(token)


def _is_latin(sign: str) -> bool:
    return sign in MARKED or normalize("NFD", sign)[0].isascii()


def _of_cyrillic(token: str) -> frozenset[str]:
    spelt = "".join(
        CYRILLIC[sign] if sign in CYRILLIC else _plain(anyascii(sign).lower()) for sign in token
    )
    found = {smooth(spelt)}
    if "\u0433" in token[:1]:
        found.add(smooth("h" + spelt[1:]))  # Гамбург is Hamburg
    return frozenset(found)


@lru_cache(maxsize=65_536)
def beside_pinyin(token: str) -> frozenset[str] | None:
    """The readings of a token of pinyin but those that it has in Russian; None for another token.

    Russian writes Yan as Янь and Yang as Ян: in Latin letters the two are not one.
    """
    if has_cyrillic(token) or not in_russian(_plain(token)):
        return None
    return _as_written(token)


def _of_latin(token: str) -> frozenset[str]:
    chinese = in_russian(_plain(token))
    russian = {smooth("".join(CYRILLIC[sign] for sign in form)) for form in chinese}
    return _as_written(token) | russian


def _as_written(token: str) -> frozenset[str]:
    choices = list(_graphemes(token))
    found = set()
    for parts in islice(product(*choices), MOST_READINGS):
        spelt = "".join(parts)
        for form in _endings(spelt):
            found.add(smooth(form))
    return frozenset(found)


def _graphemes(token: str) -> list[tuple[str, ...]]:
    """For each group of letters the sounds that it may have."""
    choices: list[tuple[str, ...]] = []
    at = 0
    while at < len(token):
        for length in (7, 5, 4, 3, 2):
            group = token[at : at + length]
            if len(group) == length and group in GROUPS:
                choices.append(GROUPS[group])
                at += length
                break
        else:
            if token[at : at + 2] == "gu" and token[at + 2 : at + 3] in SOFT_VOWELS:
                choices.append(("g", "gu"))
                at += 2
                continue
            choices.append(_letter(token, at))
            at += 1
    return [choice for choice in choices if choice != ("",)]


def _letter(token: str, at: int) -> tuple[str, ...]:
    letter, before, after = token[at], token[at - 1 : at], token[at + 1 : at + 2]
    if letter in AS_THEY_ARE:
        return (letter,)
    if letter in MARKED:
        return MARKED[letter]
    match letter:
        case "s":  # German writes з so, and says ш before t and p where a stem begins
            if (at == 0 and after in ("t", "p")) or token[at : at + 5] == "stein":
                return ("s", "S")
            return ("s", "z") if "s" not in (before, after) else ("s",)
        case "z":  # German ц
            return ("z", "ts")
        case "c":  # Slavic ц, Indonesian ч
            return ("ts", "s", "Q") if after in SOFT_VOWELS else ("k", "ts", "Q")
        case "j":  # Slavic and German й, French ж, English and Indonesian дж
            return ("i", "Z", "J")
        case "x":  # scholarly х
            return ("ks", "h")
        case "h":  # Russian writes a foreign initial h as х or г
            return ("h", "g") if at == 0 else ("h",)
        case "w":
            return ("v",)
        case "y":
            return ("i",)
        case "q":
            return ("k",)
    return (_plain(letter),)


def _plain(words: str) -> str:
    bare = "".join(sign for sign in normalize("NFD", words) if not combining(sign))
    return "".join(sign for sign in bare if sign.isascii() and sign.isalnum())


MUTE_E = re.compile(r"(?:in|[bdfgkptv][rl])e$")


def _endings(spelt: str) -> list[str]:
    """The reading, and those with an ending that only one language writes.

    French writes an e after the -in of Russian names, lest it be spoken otherwise (Poutine), and
    after r and l that follow a consonant (Alexandre); elsewhere an e tells Louise from Louis. -off
    and -eff are -ов and -ев; an English or German -er stands for -р after a consonant (Alexander);
    the s of -sburg is not always written.
    """
    forms = [spelt]
    if len(spelt) > 4 and MUTE_E.search(spelt):
        forms.append(spelt[:-1])
    if spelt.endswith(("off", "eff")):
        forms.append(spelt[:-2] + "v")
    if len(spelt) > 3 and spelt.endswith("er") and spelt[-3] not in "aeiou":
        forms.append(spelt[:-2] + "r")
    if spelt.endswith("sburg"):
        forms.append(spelt[:-5] + "burg")
    return forms


DOUBLED = re.compile(r"(.)\1+")
OF_I = re.compile(r"i+[eo]")
AFTER_HUSHING = re.compile(r"([QSZJ])o(v|va|n|nok)$")


def smooth(spelt: str) -> str:
    """A reading without what the systems cannot keep apart."""
    short = DOUBLED.sub(r"\1", OF_I.sub("e", spelt)).replace("dZ", "J")
    return AFTER_HUSHING.sub(r"\1e\2", short)


def skeleton(reading: str) -> str:
    """The consonants of a reading, with its first letter: what is left when vowels are mistaken."""
    return reading[:1] + "".join(sign for sign in reading[1:] if sign not in "aeiou")

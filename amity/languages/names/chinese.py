"""Pinyin as Russian writes it (Palladius' system, used since 1839 and by ГУГК today)."""

from functools import cache, lru_cache

INITIALS = {"b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л"} | {
    "g": "г",
    "k": "к",
    "h": "х",
    "j": "цз",
    "q": "ц",
    "x": "с",
    "zh": "чж",
    "ch": "ч",
    "sh": "ш",
    "r": "ж",
    "z": "цз",
    "c": "ц",
    "s": "с",
}
OPEN = {
    "a": "а",
    "o": "о",
    "e": "э",
    "ai": "ай",
    "ei": "эй",
    "ao": "ао",
    "ou": "оу",
    "an": "ань",
    "en": "энь",
    "ang": "ан",
    "eng": "эн",
    "ong": "ун",
    "u": "у",
    "ua": "уа",
    "uo": "о",
    "uai": "уай",
    "ui": "уй",
    "uan": "уань",
    "un": "унь",
    "uang": "уан",
}
NARROW = {
    "i": "и",
    "ia": "я",
    "ie": "е",
    "iao": "яо",
    "iu": "ю",
    "ian": "янь",
    "in": "инь",
    "iang": "ян",
    "ing": "ин",
    "iong": "юн",
}
ROUNDED = {"u": "юй", "ue": "юэ", "uan": "юань", "un": "юнь"}
ALONE = {
    "a": "а",
    "ai": "ай",
    "an": "ань",
    "ang": "ан",
    "ao": "ао",
    "e": "э",
    "en": "энь",
    "er": "эр",
    "ou": "оу",
    "yi": "и",
    "ya": "я",
    "ye": "е",
    "yao": "яо",
    "you": "ю",
    "yan": "янь",
    "yin": "инь",
    "yang": "ян",
    "ying": "ин",
    "yong": "юн",
    "yu": "юй",
    "yue": "юэ",
    "yuan": "юань",
    "yun": "юнь",
    "wu": "у",
    "wa": "ва",
    "wo": "во",
    "wai": "вай",
    "wei": "вэй",
    "wan": "вань",
    "wen": "вэнь",
    "wang": "ван",
    "weng": "вэн",
}
HISSING = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"})
PALATAL = frozenset({"j", "q", "x"})
LONGEST = 6


@cache
def _table() -> dict[str, str]:
    found = dict(ALONE)
    for initial, sound in INITIALS.items():
        if initial in PALATAL:
            finals = NARROW | ROUNDED
        elif initial in HISSING:
            finals = OPEN | {"i": "и" if initial in ("zh", "ch", "sh", "r") else "ы"}
        else:
            finals = NARROW | OPEN
        for final, vowel in finals.items():
            found[initial + final] = sound + vowel
    found["hui"] = "хой"
    return found


@lru_cache(maxsize=16_384)
def in_russian(token: str) -> frozenset[str]:
    """The Russian forms of a token of one to three pinyin syllables; empty for another."""
    table = _table()
    ways: list[set[tuple[str, int]]] = [{("", 0)}, *(set() for _ in token)]
    if len(token) > 3 * LONGEST:
        return frozenset()
    for start in range(len(token)):
        for form, count in ways[start]:
            for end in range(start + 1, min(len(token), start + LONGEST) + 1):
                sound = table.get(token[start:end])
                if sound is not None and count < 3:
                    ways[end].add((form + sound, count + 1))
    return frozenset(form for form, count in ways[-1] if count)

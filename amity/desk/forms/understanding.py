"""What people mean by a date, as they say it in the five languages; pure.

    understand("end of next year", "en", date(2026, 11, 26))   # 2027-10/2027-12
    understand("tháng 10/2026", "vi", …)                       # 2026-10
    understand("в начале 2027 года", "ru", …)                  # 2027-01/2027-03
    understand("every two years until 2029", "en", …)          # every P2Y, until 2029-12-31

Only what is certain is understood. The beginning, middle and end of a year are its first three,
middle four and last three months; of a month its first ten days, the ten after, and the rest.
What says no date that can be reckoned ("soon") has no interval, and nothing is guessed.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

from amity.foundation.dates import edtf
from amity.foundation.dates.edtf import DateError

LANGUAGES = ("en", "vi", "ru", "fr", "id")


@dataclass(frozen=True, slots=True)
class Meaning:
    """An interval (EDTF, None for none), how often it comes back, until when.

    `is_plain`: what was typed is a day, a month, a year or a range of them and nothing else, so
    that no words need be kept.
    """

    edtf: str | None
    every: str | None = None
    until: date | None = None
    is_plain: bool = False


NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10,
    "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "десять": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six_": 6, "dix": 10,
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "sepuluh": 10,
}  # fmt: skip
UNITS = {
    "year": "Y", "years": "Y", "month": "M", "months": "M", "week": "W", "weeks": "W",
    "năm": "Y", "tháng": "M", "tuần": "W",
    "год": "Y", "года": "Y", "лет": "Y", "месяц": "M", "месяца": "M", "месяцев": "M",
    "неделю": "W", "недели": "W",
    "an": "Y", "ans": "Y", "année": "Y", "années": "Y", "mois": "M", "semaine": "W",
    "semaines": "W",
    "tahun": "Y", "bulan": "M", "minggu": "W", "pekan": "W",
}  # fmt: skip


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


EVERY = _any(
    "every", "mỗi", "cứ mỗi", "cứ", "раз в", "кажды[йе]", "каждую", "tous les", "toutes les",
    "chaque", "setiap",
)  # fmt: skip
EVERY_WORDS = {
    "annually": "P1Y", "yearly": "P1Y", "biannually": "P6M", "biennially": "P2Y",
    "quarterly": "P3M", "monthly": "P1M", "hằng năm": "P1Y", "hàng năm": "P1Y",
    "thường niên": "P1Y", "hằng quý": "P3M", "hằng tháng": "P1M", "ежегодно": "P1Y",
    "ежеквартально": "P3M", "ежемесячно": "P1M", "annuellement": "P1Y", "tahunan": "P1Y",
    "setiap tahun": "P1Y", "chaque année": "P1Y", "tous les ans": "P1Y",
}  # fmt: skip
UNTIL = _any(
    "until", "till", "through", "đến hết", "cho đến", "đến", "до конца", "до",
    "jusqu['’]à la fin de", "jusqu['’]en", "jusqu['’]à", "hingga", "sampai",
)  # fmt: skip
BEGINNING = _any(
    "early in", "early", "the beginning of", "at the beginning of", "beginning of", "start of",
    "đầu", "в начале", "к началу", "начало", "au début de", "au début d['’]", "début", "awal",
)  # fmt: skip
MIDDLE = _any(
    "in the middle of", "the middle of", "middle of", "mid", "giữa", "в середине", "к середине",
    "середина", "au milieu de", "mi", "pertengahan",
)  # fmt: skip
END = _any(
    "by the end of", "at the end of", "the end of", "end of", "late in", "late", "cuối",
    "в конце", "к концу", "конец", "à la fin de", "fin de", "fin", "akhir",
)  # fmt: skip
AT = _any(
    "in", "on", "by", "vào", "ngày", "trong", "от", "в", "во", "к", "le", "en", "au", "pada",
    "tanggal", "bulan",
)  # fmt: skip
PARTS = ((BEGINNING, 0), (MIDDLE, 1), (END, 2))
RELATIVE = {
    "this year": 0, "next year": 1, "last year": -1, "năm nay": 0, "năm sau": 1, "năm tới": 1,
    "sang năm": 1, "năm ngoái": -1, "этого года": 0, "в этом году": 0, "в следующем году": 1,
    "следующего года": 1, "в прошлом году": -1, "cette année": 0, "l'année prochaine": 1,
    "l’année prochaine": 1, "l'an prochain": 1, "l’an prochain": 1, "l'année dernière": -1,
    "tahun ini": 0, "tahun depan": 1, "tahun lalu": -1,
}  # fmt: skip


IN_RUSSIAN = "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"
"""Months after “в”, a case that the tables of CLDR do not have."""


def understand(words: str, language: str, today: date) -> Meaning:
    """What `words`, said in `language` on the day `today`, mean. Never raises."""
    typed = unicodedata.normalize("NFC", words).strip()
    if (plain := _plain(typed)) is not None:
        return Meaning(plain, is_plain=True)
    said = " ".join(typed.casefold().replace("–", "-").replace("—", "-").split())
    said = re.sub(r"\s*\b(?:г\.|гг\.|года|году|год)(?=$|[\s,-])", " года", said)
    every, said = _recurrence(said)
    until, said = _until(said, today) if every else (None, said)
    rest = said.strip(" ,")
    found = _span(rest, today)
    return Meaning(found, every, until, is_plain=found is not None and _is_exact(rest, today))


def _is_exact(said: str, today: date) -> bool:
    """Whether the words mean the same on any other day, and no part of a year or month."""
    whole = _without_at(said)
    exact = _range(whole, today) or _whole(whole, today)
    return exact is not None and exact == _span(said, today.replace(year=today.year + 1, day=1))


def _plain(typed: str) -> str | None:
    """The EDTF of what is itself a date in figures; days first, as all five languages write."""
    try:
        return edtf.parse(typed).expression or None
    except DateError:
        pass
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", typed):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})[./](\d{4})", typed):
        return _month(int(match[2]), int(match[1]))
    return None


def _recurrence(said: str) -> tuple[str | None, str]:
    """How often, and what is left of the words."""
    for words, period in EVERY_WORDS.items():
        if re.search(rf"(?:^|\s){re.escape(words)}(?:\s|$|,)", said):
            return period, said.replace(words, " ", 1).strip()
    units = "|".join(sorted(UNITS, key=len, reverse=True))
    match = re.search(
        rf"(?:^|\s){EVERY} (?:(\S+) )?({units})(?:\s+một lần)?(?=$|[\s,])", said
    ) or re.search(rf"(?:^|\s)(\S+) ({units}) (?:một lần|sekali)(?=$|[\s,])", said)
    if match is None:
        return None, said
    count = _number(match[1]) if match[1] else 1
    if count is None:
        return None, said
    return f"P{count}{UNITS[match[2]]}", (said[: match.start()] + " " + said[match.end() :]).strip()


def _until(said: str, today: date) -> tuple[date | None, str]:
    match = re.search(rf"(?:^|\s){UNTIL} (.+)$", said)
    if match is None:
        return None, said
    found = _span(match[1].strip(), today)
    last = edtf.parse(found).end if found else None
    return last, said[: match.start()].strip() if last else said


def _span(said: str, today: date) -> str | None:
    if not said:
        return None
    said = re.sub(rf"^(?:(?:pada|vào|on) )?(?={'|'.join(p for p, _ in PARTS)})", "", said)
    for pattern, part in PARTS:
        if match := re.fullmatch(rf"{pattern}[\s-]*(.+)", said):
            return _part(_whole(_without_at(match[1].strip()), today), part)
    said = _without_at(said)
    return _range(said, today) or _whole(said, today)


def _without_at(said: str) -> str:
    return re.sub(rf"^(?:{AT}\s+)+", "", said) or said


def _range(said: str, today: date) -> str | None:
    """From one day to another: 30 September - 1 October 2025; 30/9-1/10/2025; 5-7 May 2026."""
    first, dash, last = said.partition("-")
    if not dash:
        return None
    end = _whole(last.strip(), today)
    if end is None:
        return None
    tail = last.strip()
    for borrowed in ("", *(tail[at:] for at in range(1, len(tail)) if not tail[at - 1].isdigit())):
        begin = _whole(f"{first.strip()}{borrowed and ' '}{borrowed}".strip(), today) or _whole(
            f"{first.strip()}/{borrowed}", today
        )
        if begin is not None and len(begin) == len(end) and begin < end:
            return f"{begin}/{end}"
    return None


def _whole(said: str, today: date) -> str | None:
    said = re.sub(r"\s+года$", "", said.strip())
    said = re.sub(r"(?<=\d)(?:st|nd|rd|th|er)\b", "", said)
    if said in RELATIVE:
        return f"{today.year + RELATIVE[said]:04}"
    if f"{said} года" in RELATIVE:
        return f"{today.year + RELATIVE[f'{said} года']:04}"
    if (plain := _plain(said)) is not None and re.match(r"\d", said):
        return plain
    if match := re.fullmatch(r"(?:year |năm |tahun |l['’]année |année )?(\d{4})", said):
        return match[1]
    if match := re.fullmatch(
        r"(?:(?:ngày )?(\d{1,2}) )?tháng (\d{1,2})(?:\s*/\s*|,? năm |\s)(\d{4})", said
    ):
        year, month = int(match[3]), int(match[2])
        return _day(year, month, int(match[1])) if match[1] else _month(year, month)
    names = _months()
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    if match := re.fullmatch(rf"(?:(\d{{1,2}}) (?:de )?)?({listed}),? (?:de )?(\d{{4}})", said):
        year, month = int(match[3]), names[match[2]]
        return _day(year, month, int(match[1])) if match[1] else _month(year, month)
    if match := re.fullmatch(rf"({listed}) (\d{{1,2}}),? (\d{{4}})", said):
        return _day(int(match[3]), names[match[1]], int(match[2]))
    return None


def _part(whole: str | None, part: int) -> str | None:
    if whole is None:
        return None
    if len(whole) == 4:
        first, last = ((1, 3), (5, 8), (10, 12))[part]
        return f"{whole}-{first:02}/{whole}-{last:02}"
    if len(whole) == 7:
        year, month = int(whole[:4]), int(whole[5:])
        end = calendar.monthrange(year, month)[1]
        first, last = ((1, 10), (11, 20), (21, end))[part]
        return f"{whole}-{first:02}/{whole}-{last:02}"
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if 1 <= month <= 12 and year else None


def _number(words: str) -> int | None:
    if words.isascii() and words.isdigit() and 0 < int(words) < 100:
        return int(words)
    return NUMBERS.get(words)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The names of months in all five languages, long and short, as people write them."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    names.setdefault(name.casefold().rstrip("."), number)
    for number, name in enumerate(IN_RUSSIAN.split(), 1):
        names[name] = number
    return names

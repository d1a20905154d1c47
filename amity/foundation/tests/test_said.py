"""Dates as said, in the reader's words."""

from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words


def said(value: DateAsSaid | None) -> str:
    """What a template writes for a date."""
    return engines["pages"].from_string("{{ said(value) }}").render({"value": value})


def read(language: str, *arguments: str, **options: object) -> str:
    with translation.override(language):
        words = in_words(DateAsSaid.parse(*arguments, **options))  # type: ignore[arg-type]
    return words.replace("\u202f", " ").replace("\u2009", " ")


@pytest.mark.parametrize(
    ("language", "expression", "words"),
    [
        ("en", "2025-10-01", "1 October 2025"),
        ("ru", "2025-10-01", "1 октября 2025 г."),
        ("vi", "2026-10", "tháng 10/2026"),
        ("ru", "2026-10", "октябрь 2026 г."),
        ("fr", "2026-10", "octobre 2026"),
        ("id", "2026-10", "Oktober 2026"),
        ("en", "2026", "2026"),
        ("en", "2026-36", "4th quarter 2026"),
        ("fr", "2026-40", "premier semestre 2026"),
        ("vi", "2026-41", "nửa cuối năm 2026"),
        ("en", "2025-09-30/2025-10-01", "30 September – 1 October 2025"),
        ("id", "2021-09-25/2021-09-28", "25–28 September 2021"),
        ("fr", "2024-12-31/2025-01-01", "31 décembre 2024 – 1er janvier 2025"),
        ("en", "../2025-06-30", "until 30 June 2025"),
        ("ru", "../2025", "до конца 2025 года"),
        ("vi", "2025-06-30/..", "từ 30/6/2025"),
        ("en", "2029~", "about 2029"),
        ("ru", "2026-10~", "около октября 2026 г."),
        ("ru", "2025-10-02~", "около 2 октября 2025 г."),
        ("ru", "2026-36~", "около 4-го квартала 2026 г."),
        ("ru", "2026-40~", "около первого полугодия 2026 года"),
        ("ru", "2027-09/2027-11~", "около сентября — ноября 2027 г."),
        ("fr", "2026-10~", "vers octobre 2026"),
        ("fr", "2025-10-01~", "vers le 1er octobre 2025"),
        ("vi", "2027", "năm 2027"),
        ("vi", "2025-09-30/2025-10-01", "30/9–1/10/2025"),
        ("vi", "2027-09/2027-11", "tháng 9–11/2027"),
        ("en", "2025/..", "since 2025"),
        ("en", "2925/..", "from 2925"),
        ("fr", "2925-10-01/..", "à partir du 1er octobre 2925"),
        ("ru", "2026-10/..", "с октября 2026 г."),
        ("fr", "2026-10/..", "depuis octobre 2026"),
        ("fr", "2926-10/..", "dès octobre 2926"),
        ("fr", "2025-10-01/..", "depuis le 1er octobre 2025"),
        ("fr", "../2026-10", "jusqu’en octobre 2026"),
        ("ru", "../2026-10", "до конца октября 2026 г."),
        ("en", "1970?", "1970 (uncertain)"),
        ("en", "2004-02-01%", "about 1 February 2004 (uncertain)"),
        ("ru", "1970?", "1970 (предположительно)"),
        ("en", "198X", "1980s"),
        ("vi", "198X", "thập niên 1980"),
        ("ru", "198X~", "около 1980-х годов"),
        ("fr", "198X~", "vers les années 1980"),
        ("id", "198X", "tahun 1980-an"),
        ("en", "19XX", "1900–1999"),
        ("en", "2004-06-XX", "June 2004"),
        ("en", "1985/", "from 1985, end not known"),
        ("en", "/1985", "until the end of 1985, beginning not known"),
        ("en", "198X/199X", "1980–1999"),
        ("en", "2001-21", "spring 2001"),
        ("ru", "2001-21~", "около весны 2001 г."),
        ("vi", "2001-23", "mùa thu năm 2001"),
        ("fr", "2001-24", "hiver 2001/2002"),
        ("en", "2001-37", "January – April 2001"),
        ("en", "2001-21/2001-22", "March – August 2001"),
    ],
)
def test_an_interval_is_said_in_each_language(language: str, expression: str, words: str) -> None:
    assert read(language, expression) == words


@pytest.mark.parametrize(
    ("language", "every", "until", "words"),
    [
        ("en", "P6M", date(2029, 12, 31), "every 6 months, until the end of 2029"),
        ("ru", "P6M", date(2029, 12, 31), "раз в 6 месяцев, до конца 2029 года"),
        ("fr", "P1Y", date(2029, 6, 30), "tous les ans, jusqu’au 30 juin 2029"),
        ("vi", "P2W", None, "2 tuần một lần"),
        ("id", "P10D", None, "setiap 10 hari"),
        ("ru", "P24M", None, "раз в 2 года"),
        ("en", "P1M", None, "every month"),
        ("en", "P7D", None, "every week"),
        ("fr", "P1D", None, "tous les jours"),
    ],
)
def test_what_comes_back_says_how_often(
    language: str, every: str, until: date | None, words: str
) -> None:
    assert read(language, said=("en", "as we said"), every=every, until=until) == words


def test_a_recurrence_names_its_first_time() -> None:
    assert read("en", "2026-04", every="P6M") == "every 6 months, first: April 2026"


def test_words_without_an_interval_stand_as_they_were_said() -> None:
    value = DateAsSaid.parse(said=("fr", "prochainement"))
    with translation.override("en"):
        assert said(value) == '“<span lang="fr">prochainement</span>”'


def test_our_translation_of_words_without_an_interval_has_no_quotation_marks() -> None:
    value = DateAsSaid.parse(said=("fr", "prochainement"), translations={"en": "soon <now>"})
    with translation.override("en"):
        assert said(value) == "<span>soon &lt;now&gt;</span>"
    with translation.override("fr"):
        assert said(value) == "«\u202fprochainement\u202f»"


def test_where_an_interval_follows_it_stands_alone() -> None:
    value = DateAsSaid.parse("2026-10", said=("id", "Oktober"), translations={"en": "in October"})
    with translation.override("en"):
        assert said(value) == '<time datetime="2026-10">October 2026</time>'


def test_no_date_is_nothing() -> None:
    assert said(None) == ""


def test_what_comes_back_may_take_several_lines() -> None:
    value = DateAsSaid.parse("2026-03-31", every="P6M", until=date(2029, 12, 31))
    assert said(value).startswith('<time datetime="2026-03-31" class="long">every 6 months')

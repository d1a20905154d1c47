"""Dates in words, as a careful writer of each language puts them."""

import pytest

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.words import format_date_as_said

LANGUAGES = ("en", "vi", "ru", "fr", "id")
THIN, NARROW = "\u2009", "\u202f"
DASH = f"{THIN}–{THIN}"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (
            "2025-10-01",
            (
                "1 October 2025",
                "1/10/2025",
                f"1 октября 2025{NARROW}г.",
                "1er octobre 2025",
                "1 Oktober 2025",
            ),
        ),
        (
            "2026-10",
            (
                "October 2026",
                "tháng 10/2026",
                f"октябрь 2026{NARROW}г.",
                "octobre 2026",
                "Oktober 2026",
            ),
        ),
        (
            "2026-05~",
            ("May 2026", "tháng 5/2026", f"май 2026{NARROW}г.", "mai 2026", "Mei 2026"),
        ),
        (
            "2026-36",
            (
                "4th quarter 2026",
                "quý 4/2026",
                f"4-й квартал 2026{NARROW}г.",
                "4e trimestre 2026",
                "Kuartal ke-4 2026",
            ),
        ),
        (
            "2026-40",
            (
                f"January{DASH}June 2026",
                "tháng 1–6/2026",
                f"январь — июнь 2026{NARROW}г.",
                f"janvier{DASH}juin 2026",
                "Januari–Juni 2026",
            ),
        ),
        ("2026", ("2026", "năm 2026", "2026", "2026", "2026")),
        (
            "2025-09-30/2025-10-01",
            (
                f"30 September{DASH}1 October 2025",
                "30/9–1/10/2025",
                f"30 сентября — 1 октября 2025{NARROW}г.",
                f"30 septembre{DASH}1er octobre 2025",
                "30 September–1 Oktober 2025",
            ),
        ),
        (
            "2025-10-11/2025-10-21",
            (
                "11–21 October 2025",
                "11–21/10/2025",
                f"11–21 октября 2025{NARROW}г.",
                "11–21 octobre 2025",
                "11–21 Oktober 2025",
            ),
        ),
        (
            "2025-12-31/2026-01-01",
            (
                f"31 December 2025{DASH}1 January 2026",
                "31/12/2025–1/1/2026",
                f"31 декабря 2025{NARROW}г. — 1 января 2026{NARROW}г.",
                f"31 décembre 2025{DASH}1er janvier 2026",
                "31 Desember 2025–1 Januari 2026",
            ),
        ),
        (
            "2025-09/2025-11",
            (
                f"September{DASH}November 2025",
                "tháng 9–11/2025",
                f"сентябрь — ноябрь 2025{NARROW}г.",
                f"septembre{DASH}novembre 2025",
                "September–November 2025",
            ),
        ),
        ("2025/2029", ("2025–2029", "năm 2025–2029", "2025–2029", "2025–2029", "2025–2029")),
        (
            "2027-11/2028-02",
            (
                f"November 2027{DASH}February 2028",
                "tháng 11/2027 – tháng 2/2028",
                f"ноябрь 2027{NARROW}г. — февраль 2028{NARROW}г.",
                f"novembre 2027{DASH}février 2028",
                "November 2027–Februari 2028",
            ),
        ),
        ("2025/..", ("", "", "", "", "")),
        ("../2025", ("", "", "", "", "")),
    ],
)
def test_dates_in_words(expression: str, words: tuple[str, ...]) -> None:
    """In English, Vietnamese, Russian, French and Indonesian."""
    value = DateAsSaid.parse(expression)
    assert tuple(format_date_as_said(value, language) for language in LANGUAGES) == words


def test_words_alone_have_no_date() -> None:
    assert format_date_as_said(DateAsSaid.parse(said=("fr", "prochainement")), "fr") == ""

"""Which language a reader gets."""

import pytest
from django.test import RequestFactory

from amity.languages.negotiation import choose, preferences, start

OFFERED = ["vi", "ru", "fr", "id", "en"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("RU", "ru"),
        ("de-DE, fr;q=0.5, id;q=0.7", "id"),
        ("in-ID", "id"),
        ("fr;q=0.5, ru;q=0.5", "fr"),
        ("fr;q=0, ru;q=0.1", "ru"),
        ("", "en"),
        ("*", "en"),
        ("de, es", "en"),
        ("vi;q=high", "en"),
        ("en-GB;q=nan, vi;q=0.2", "vi"),
        ("x" * 10_000, "en"),
    ],
)
def test_the_language_liked_best_is_chosen(header: str, language: str) -> None:
    assert choose(header, OFFERED, "en") == language


def test_the_first_page_leads_to_the_readers_language(rf: RequestFactory) -> None:
    answer = start(rf.get("/", headers={"Accept-Language": "id"}))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/id/")
    assert answer.headers["Vary"] == "Accept-Language"


def test_texts_are_tried_in_the_pages_language_then_in_the_bridge() -> None:
    assert preferences("ru") == ("ru", "en")
    assert preferences("en") == ("en",)

"""Cards: every letter has a glyph, long titles are wrapped, and nothing of the words is markup."""

from io import BytesIO

import pytest
import typst
from PIL import Image, ImageChops

from amity.foundation.formats import cards
from amity.foundation.formats.cards import HEIGHT, LONGEST_TITLE, WIDTH, Card, png

PAPER = (251, 250, 246)
MARGIN = 76
"""Pixels at the sides that stay empty."""
VIETNAMESE = "Diễn đàn Nhân dân Việt Nam – Liên bang Nga: hợp tác, giao lưu và hữu nghị "
RUSSIAN = "Народный форум «Вьетнам — Россия»: сотрудничество, обмены и дружба народов "
ODD = '#read("/etc/passwd") *a* $x$ @b <w:t> & \\ `raw` // [link] = Heading'


def drawn(card: Card) -> Image.Image:
    with Image.open(BytesIO(png(card))) as image:
        return image.convert("RGB")


def empty(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, PAPER)).getbbox() is None


@pytest.mark.parametrize("title", [VIETNAMESE, RUSSIAN, ODD, "Œuvres de l’amitié : 1er – 2e"])
def test_each_letter_has_a_glyph_and_no_word_is_markup(title, monkeypatch):
    warned = []

    def compiled(*given, **options):
        made, warnings = typst.compile_with_warnings(*given, **options)
        warned.extend(warnings)
        return made

    monkeypatch.setattr(cards.typst, "compile", compiled)
    card = Card(language="fr", title=title, facts=(title[:30],), state="x", notice="y")
    made = png.__wrapped__(card)
    assert (warned, made) == ([], png.__wrapped__(card))


@pytest.mark.parametrize(
    "title",
    [
        VIETNAMESE,
        VIETNAMESE * 3,
        RUSSIAN * 3,
        RUSSIAN * 20,
        "Ф" * 40,
        "Donaudampfschifffahrtsgesellschaft" * 5,
    ],
)
def test_a_long_title_is_wrapped_and_stays_within_the_card(title):
    image = drawn(Card(language="vi", title=title, sides=("A", "B"), facts=("2026",)))
    assert image.size == (WIDTH, HEIGHT)
    assert empty(image, (0, 20, MARGIN, HEIGHT))
    assert empty(image, (WIDTH - MARGIN, 20, WIDTH, HEIGHT))
    assert not empty(image, (MARGIN, 200, WIDTH - MARGIN, 460))


def test_a_title_that_is_too_long_ends_after_a_whole_word():
    short = cards._shortened(RUSSIAN * 20)
    assert len(short) <= LONGEST_TITLE
    assert short.endswith("…")
    assert (RUSSIAN * 20).startswith(short.removesuffix("…") + " ")
    assert cards._shortened(RUSSIAN) == RUSSIAN


@pytest.mark.parametrize("title", ["中文 漢字" * 60, "ขอบคุณ", "Trams 🎉", "\U000e0fff"])
def test_letters_that_no_font_here_has_are_no_reason_to_draw_no_card(title):
    assert drawn(Card(language="en", title=title)).size == (WIDTH, HEIGHT)

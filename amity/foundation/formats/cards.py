"""Cards: pictures of words that messengers show beside a link (1200 × 630 pixels, PNG).

The same words give the same bytes, and are drawn once: by `typst`, whose own letters have what the
languages of the interface need.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import shorten

import typst

from amity.foundation.words.typography import kept_to_the_line, raised

LAYOUT = Path(__file__).with_name("card.typ")
MEDIA_TYPE = "image/png"
WIDTH, HEIGHT = 1200, 630
"""Pixels; what messengers show whole, and ask for."""
PIXELS_PER_INCH = 144.0
LONGEST_TITLE = 260
"""Letters of a title, which the smallest size has room for; it ends after a whole word."""
REMEMBERED = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card says, in the language of the page, which is `language`.

    `sides`: the names of those whom it concerns, in their order. `facts`: what stands below the
    title, as days and place. `state`: what has become of it, and `notice`: how it is to be taken
    (invented); nothing where there is nothing to say.
    """

    language: str
    title: str
    sides: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    state: str = ""
    notice: str = ""


@lru_cache(maxsize=REMEMBERED)
def png(card: Card) -> bytes:
    """The card as a picture.

    Letters that `typst` has no glyph for (Chinese, Thai) are taken from the fonts of the system.
    """
    said = {
        "language": card.language.partition("-")[0],
        "title": _pieces(_shortened(card.title), card.language),
        "sides": card.sides,
        "facts": [_pieces(fact, card.language) for fact in card.facts],
        "state": card.state,
        "notice": card.notice,
    }
    return typst.compile(
        LAYOUT,
        root=LAYOUT.parent,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"card": json.dumps(said)},
    )


def _shortened(title: str) -> str:
    """A title that the card has room for; one in words ends after a whole word."""
    if len(title) <= LONGEST_TITLE:
        return title
    return shorten(title, LONGEST_TITLE, placeholder="…").removeprefix("…") or title


def _pieces(words: str, language: str) -> list[tuple[str, str]]:
    """The words cut after each ordinal, each piece with the ending to raise."""
    words = kept_to_the_line(words, language)
    return raised(words) or [(words, "")]

"""Texts of every sort, for property tests."""

import datetime as dt

from hypothesis import strategies as st

from amity.foundation.words.characters import FORBIDDEN, is_blank
from amity.languages.staleness import words_digest
from amity.languages.text import Text
from amity.languages.version import MadeFrom, Origin, Version

TAGS = ("vi", "ru", "fr", "id", "en", "pt", "pt-BR", "zh-Hans", "zh-Hant-TW", "ar", "sr-Latn", "de")

readable = st.characters(exclude_categories=("Cs", "Cc")).filter(
    lambda letter: not FORBIDDEN.search(letter)
)
letters = readable | st.sampled_from("\u0301\u0323\u0308eoạ́Й \n\t\r")
words = st.text(letters, min_size=1, max_size=12).filter(lambda given: not is_blank(given))
tags = st.sampled_from(TAGS)
digests = st.sampled_from([words_digest("once"), "0" * 64])


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text with one to five versions, some made from another as it is or as it was."""
    chosen = draw(st.lists(tags, min_size=1, max_size=5, unique=True))
    plain = {tag: Version(draw(words)) for tag in chosen}
    versions = {}
    for tag in chosen:
        source = draw(st.none() | st.sampled_from([other for other in TAGS if other != tag]))
        link = None
        if source is not None:
            current = source in plain and draw(st.booleans())
            link = MadeFrom(source, plain[source].digest if current else draw(digests))
        versions[tag] = Version(
            plain[tag].words,
            draw(st.sampled_from(Origin)),
            draw(st.none() | words),
            link,
            draw(st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))),
        )
    return Text(chosen[0], versions)

"""Names across scripts: whether two names are one, and keys to find what may be.

    >>> from amity.languages.names import THRESHOLD, match
    >>> match("Trần Quốc Cường", "Чан Куок Кыонг") >= THRESHOLD
    True

It is pure: it knows neither Django nor the record. See docs/names.md for its rules.
"""

from amity.languages.names.matching import (
    THRESHOLD,
    Found,
    Rule,
    explain,
    keys,
    match,
)
from amity.languages.names.reading import Kind

__all__ = ["THRESHOLD", "Found", "Kind", "Rule", "explain", "keys", "match"]

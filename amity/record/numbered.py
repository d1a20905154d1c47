"""Numbers such as C-2026-007, which people give, within the identifiers of records.

Each dossier has its own series, so two dossiers may both have a C-2026-007. The identifier names
the dossier, `c-2026-007-lindholm-porto-claro`, and is one record's alone; folders may say the
number bare.
"""

import re

NUMBER = re.compile(r"([A-Za-z])-([0-9]{4})-([0-9]{3,6})(?:-[a-z0-9-]+)?\Z")
BARE = re.compile(r"([A-Za-z])-([0-9]{4})-([0-9]{3,6})\Z")
"""A number without its dossier, as people say it."""
WITHOUT = "unnumbered-"
"""Begins the identifier of a record that nobody but the office that wrote it has read yet."""


def number_of(key: str) -> str:
    """The number that people say; of an identifier without one, itself."""
    found = NUMBER.match(key)
    return f"{found[1].upper()}-{found[2]}-{found[3]}" if found else key


def is_number(letter: str, words: str) -> bool:
    """Whether this is a bare number of the series with a letter, such as P-2026-001."""
    found = BARE.match(words)
    return bool(letter) and found is not None and found[1].upper() == letter


def place_in(series: str, key: str) -> int:
    """The place of an identifier in a series such as `C-2026`; 0 where it is not of it."""
    found = NUMBER.match(key)
    same = found is not None and f"{found[1].upper()}-{found[2]}" == series
    return int(found[3]) if found is not None and same else 0

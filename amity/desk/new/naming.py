"""Identifiers of new records, made from the name; one that has numbers waits for its number."""

import re
import unicodedata
from collections.abc import Collection

from anyascii import anyascii

from amity.languages.text import Text
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.numbered import WITHOUT

LONGEST = 60


def new_key(
    kind: Kind, record: Recorded, office: str, promised: Collection[str] = frozenset()
) -> str:
    """An identifier that no record of the kind has or had; `office` begins a nameless one's.

    `promised`: identifiers of others of the kind that are to be written with it.
    """
    slug = _slug(_name(kind, record)) or f"{office}-{kind.kind}"
    if kind.numbered:
        slug = WITHOUT + slug
    taken = set(
        Entry.everything.filter(kind=kind.kind, key__startswith=slug).values_list("key", flat=True)
    )
    taken |= set(kind.model.everything.filter(key__startswith=slug).values_list("key", flat=True))
    taken |= set(promised)
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _name(kind: Kind, record: Recorded) -> str:
    for path in kind.name:
        value: object = record
        for step in path.split("."):
            value = getattr(value, step, None)
        if isinstance(value, Text):
            return str(value.best(("en",)).words)
    return ""


def _slug(words: str) -> str:
    plain = anyascii(unicodedata.normalize("NFC", words)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")

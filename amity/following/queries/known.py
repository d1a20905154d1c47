"""What is told of the records that a change names: what the register says, and what they say."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Expression, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from amity.following.events import Known
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.text import Text
from amity.record import kinds
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded

Name = tuple[str, str]
"""Kind and identifier of a record."""

Row = tuple[str, str, str | None, str | None, str | None, str | None]
"""Kind, identifier, day, whom, state and words of a record, as the database writes them."""

Paths = tuple[str, ...]
COLUMNS: Mapping[str, tuple[Paths, Paths, Paths]] = {
    "answer": (("side__area__name",), ("verdict",), ("reasons",)),
    "commitment": ((), (), ("text",)),
    "disposition": ((), ("outcome",), ("reason",)),
    "report": (("side__area__name",), ("completion",), ("text",)),
    "review": (("reviewer__name", "organization__name"), ("completion",), ("text",)),
    "statement": ((), (), ("text",)),
}
"""Kind → where it says who, which state and in which words; the first that is filled counts."""


def entries_of(names: Iterable[Name]) -> dict[Name, Entry]:
    """What the register says of records that everybody may read or could read. One statement."""
    if not names:
        return {}
    rows = Entry.everything.filter(naming(names), readers=PUBLIC)
    found: dict[Name, Entry] = {}
    for entry in rows.select_related("dossier", "moved_to__dossier"):
        now = entry.moved_to or entry
        if now.readers == PUBLIC:
            found[entry.kind, entry.key] = now
    return found


def known_of(names: Iterable[Name]) -> dict[Name, Known]:
    """What the records tell of. One statement, none where they tell of nothing."""
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in names:
        if kinds.get(kind).happened:
            keys[kind].add(key)
    rows = [_columns(kinds.get(kind), some) for kind, some in sorted(keys.items())]
    if not rows:
        return {}
    found: dict[Name, Known] = {}
    for kind, key, day, whom, state, words in rows[0].union(*rows[1:], all=True):
        found[kind, key] = Known(_day(day), _text(whom), state or "", _text(words))
    return found


def _columns(kind: kinds.Kind, keys: Iterable[str]) -> "QuerySet[Recorded, Row]":
    whom, state, words = COLUMNS.get(kind.kind, ((), (), ()))
    paths = {"day": (kind.happened,), "whom": whom, "state": state, "words": words}
    told: dict[str, Expression] = {
        f"its_{name}": _first([Cast(path, TextField()) for path in some])
        for name, some in paths.items()
    }
    rows = kind.model.objects.filter(key__in=keys).order_by()
    return rows.annotate(its_kind=Value(kind.kind, TextField()), **told).values_list(
        "its_kind", "key", *told
    )


def _first(filled: Sequence[Expression]) -> Expression:
    if len(filled) > 1:
        return Coalesce(*filled)
    return filled[0] if filled else Value(None, TextField())


def _day(stored: str | None) -> DateAsSaid | date | None:
    if not stored:
        return None
    if stored.startswith("{"):
        return DateAsSaid.from_json(json.loads(stored))
    return date.fromisoformat(stored[:10])


def _text(stored: str | None) -> Text | None:
    return Text.from_json(json.loads(stored)) if stored else None


def naming(names: Iterable[Name]) -> Q:
    """The condition that a row names one of these records; `names` are not empty."""
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in names:
        keys[kind].add(key)
    return reduce(or_, [Q(kind=kind, key__in=some) for kind, some in sorted(keys.items())])

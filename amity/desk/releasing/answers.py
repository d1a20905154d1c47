"""What whoever releases a record should know before: what goes along, and what it still lacks."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import Value

from amity.foundation.database.batches import batched
from amity.languages.fields import TextColumn
from amity.languages.text import Text
from amity.record import kinds, references
from amity.record.derived import ALONE, target
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Recorded
from amity.record.plain.layout import field_label, layout

Find = Callable[[Text, Sequence[str]], list[str]]
"""Finds the languages in which a text lacks something."""

Pair = TypeVar("Pair", bound=tuple[object, ...])

WAYS_AT_A_TIME = 20
"""So many ways of naming others are asked for in one statement."""
MOST_PEOPLE = 60
"""Names of people that are written out; of more only their number is said."""


@dataclass(frozen=True, slots=True)
class Along:
    """Records of a `kind` that are read by whoever reads the record: how many."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """Texts without a version in a language, or with one that is outdated.

    `label`: of the field, or of the kind whose records these are; `count`: of such records, 0 for
    a field of the record itself. `tags`: the languages.
    """

    label: str
    count: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """`along`: what goes with the record. `first`: what it or that names, by kind and key, and
    not everybody reads yet. `missing` and `outdated`: its texts, then those of what
    goes along, kind by kind. `people`: whose names are read, `more` of them not written out."""

    along: tuple[Along, ...]
    first: tuple[tuple[str, str], ...]
    missing: tuple[Lacking, ...]
    outdated: tuple[Lacking, ...]
    people: tuple[Text, ...]
    more: int


def answers_for(kind: Kind, record: Recorded) -> Answers:
    """What to know before others read the record.

    A statement for each kind that goes along, and for each list in which people are named.
    """
    going = [(kind, [record]), *_along(kind, [record])]
    wanted = record.dossier.languages
    missing: list[Lacking] = []
    outdated: list[Lacking] = []
    for other, rows in going:
        own = other is kind
        missing += _told(other, rows, _missing, wanted, own=own)
        outdated += _told(other, rows, _outdated, wanted, own=own)
    names = _people(going)
    return Answers(
        along=tuple(Along(other, len(rows)) for other, rows in going[1:] if rows),
        first=tuple(_in_the_way(going)),
        missing=tuple(missing),
        outdated=tuple(outdated),
        people=tuple(names[:MOST_PEOPLE]),
        more=max(0, len(names) - MOST_PEOPLE),
    )


def answers_for_all(records: Sequence[Recorded]) -> Answers:
    """The same for several records that are released together, in a line for each kind."""
    chosen = {kinds.of_model(type(one)).kind for one in records}
    going = _going(records)
    wanted = records[0].dossier.languages if records else []
    names = _people(going)
    return Answers(
        along=tuple(Along(kind, len(rows)) for kind, rows in going if kind.kind not in chosen),
        first=tuple(_in_the_way(going)),
        missing=tuple(
            one for kind, rows in going for one in _told(kind, rows, _missing, wanted, own=False)
        ),
        outdated=tuple(
            one for kind, rows in going for one in _told(kind, rows, _outdated, wanted, own=False)
        ),
        people=tuple(names[:MOST_PEOPLE]),
        more=max(0, len(names) - MOST_PEOPLE),
    )


def in_the_way_of(records: Sequence[Recorded]) -> list[tuple[str, str]]:
    """What these records, and what goes along with them, name that not everybody reads yet."""
    return _in_the_way(_going(records))


def _going(records: Sequence[Recorded]) -> list[tuple[Kind, list[Recorded]]]:
    """The records and what goes along with them, by kind, each once."""
    own: dict[str, list[Recorded]] = {}
    for one in records:
        own.setdefault(kinds.of_model(type(one)).kind, []).append(one)
    found: dict[str, dict[int, Recorded]] = {}
    for name, rows in own.items():
        for kind, going in ((kinds.get(name), rows), *_along(kinds.get(name), rows)):
            found.setdefault(kind.kind, {}).update({one.pk: one for one in going})
    return [(kinds.get(name), list(rows.values())) for name, rows in found.items() if rows]


def _along(kind: Kind, rows: Sequence[Recorded]) -> Iterator[tuple[Kind, list[Recorded]]]:
    """What hangs on records, and what hangs on that, but for what a side keeps to itself."""
    numbers = [row.pk for row in rows]
    for other in kinds.kinds():
        for name in other.keeping.part_of:
            if target(other, name) is not kind or not numbers:
                continue
            found: list[Recorded] = []
            for few in batched(numbers):
                hanging = other.model.everything.filter(**{f"{name}__in": few})
                found += [one for one in hanging if not _kept_alone(other, one)]
            yield other, found
            yield from _along(other, found)


def _kept_alone(kind: Kind, record: Recorded) -> bool:
    return kind.keeping.kept_by in ALONE and record.readers == record.keeper


def _texts(kind: Kind, record: Recorded) -> Iterator[tuple[str, Text]]:
    for column in layout(kind.model).columns:
        if isinstance(column, TextColumn):
            text = getattr(record, column.name)
            if isinstance(text, Text):
                yield column.name, text


def _missing(text: Text, wanted: Sequence[str]) -> list[str]:
    return [tag for tag in wanted if tag not in text.tags]


def _outdated(text: Text, _wanted: Sequence[str]) -> list[str]:
    return [tag for tag in text.tags if text.is_stale(tag)]


def _told(
    kind: Kind, rows: Sequence[Recorded], found: Find, wanted: Sequence[str], *, own: bool
) -> Iterator[Lacking]:
    """Field by field for the record itself, in one line for all records of another kind."""
    if own:
        for name, text in _texts(kind, rows[0]):
            if tags := found(text, wanted):
                yield Lacking(field_label(kind.model, name), 0, tuple(tags))
        return
    lacking: Counter[int] = Counter()
    languages: set[str] = set()
    for row in rows:
        for _name, text in _texts(kind, row):
            if tags := found(text, wanted):
                lacking[row.pk] += 1
                languages.update(tags)
    if lacking:
        yield Lacking(str(kind.plural_label), len(lacking), tuple(sorted(languages)))


def _in_the_way(going: Sequence[tuple[Kind, Sequence[Recorded]]]) -> list[tuple[str, str]]:
    """What these records name that not everybody reads, unless it goes along; each once."""
    goes = {(kind.kind, row.key) for kind, rows in going for row in rows}
    hidden = [
        named.exclude(**{f"{way.target}__readers": PUBLIC}).values_list(
            f"{way.target}__kind"
            if not way.named_kind
            else Value(way.named_kind, models.CharField()),
            f"{way.target}__key",
        )
        for way, named in _named_by(going)
    ]
    found = dict.fromkeys((str(name), str(key)) for name, key in _together(hidden))
    return [one for one in found if one not in goes]


def _people(going: Sequence[tuple[Kind, Sequence[Recorded]]]) -> list[Text]:
    """The names of people whom these records name, each once, in the order of their keys."""
    named = [
        rows.values_list(f"{way.target}__key", f"{way.target}__name")
        for way, rows in _named_by(going)
        if way.named_kind == "person"
    ]
    names: dict[str, Text] = dict(_together(named))
    return [names[key] for key in sorted(names)]


def _named_by(
    going: Sequence[tuple[Kind, Sequence[Recorded]]],
) -> Iterator[tuple[references.Way, models.QuerySet[models.Model]]]:
    """Each way in which these records name others, with its rows, some hundreds at a time."""
    for kind, rows in going:
        for few in batched([row.pk for row in rows]):
            for way in references.ways_of(kind.kind):
                named = way.everything().filter(**{f"{way.of_owner}pk__in": few})
                yield way, named.order_by()


def _together(rows: Sequence[models.QuerySet[models.Model, Pair]]) -> Iterator[Pair]:
    """The rows of all these, so many in a statement as each database takes."""
    for few in batched(rows, WAYS_AT_A_TIME):
        first, *others = few
        yield from first.union(*others, all=True)

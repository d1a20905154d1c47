"""Writing the index: with the records, in their transaction, and all of it anew."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models import prefetch_related_objects

from amity.foundation.database.batches import batched
from amity.foundation.database.planner import analyze
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.search.errors import head_of, tail_of
from amity.languages.search.folding import LENGTH
from amity.languages.search.shadow import Shadow, shadow_of
from amity.languages.text import Text
from amity.record import derived, kinds
from amity.record.acting import key_of
from amity.record.derived import Touched
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded, SearchDocument, SearchTerm
from amity.record.numbered import number_of
from amity.record.registration.searched import Searched

from .engines import Indexed, engine, unique_tokens

LONGEST_TERM = 80
TERMS_AT_A_TIME = 300
"""Fewer than a thousand values a statement, as each database takes them."""


def write(touched: Touched) -> None:
    """Bring the index up to these records, and to those that are found by their names.

    Needs the register to be up to date. Once what they belong to, or the year, has changed, what
    hangs on them follows.
    """
    wanted = Touched()
    wanted.update(touched)
    for kind in _found():
        for other, path in kind.searched.follows.items() if kind.searched else ():
            for few in batched(touched.of(other)):
                rows = kind.model.everything.filter(**{f"{path}__in": few})
                wanted.add(kind.kind, rows.values_list("pk", flat=True))
    for kind in _found():
        if numbers := wanted.of(kind.kind):
            _write_with_what_hangs_on(kind, numbers)


def _write_with_what_hangs_on(kind: Kind, numbers: Sequence[int]) -> None:
    moved = [number for few in batched(numbers) for number in _write(kind, few)]
    if not moved:
        return
    for other in _found():
        for name in other.keeping.part_of:
            if derived.target(other, name).kind == kind.kind:
                for few in batched(moved):
                    rows = other.model.everything.filter(**{f"{name}__in": few})
                    if below := sorted(rows.values_list("pk", flat=True)):
                        _write_with_what_hangs_on(other, below)


def forget(kind: Kind, keys: Sequence[str]) -> None:
    """Take removed records out of the index."""
    if kind.searched is None:
        return
    entries = Entry.everything.filter(kind=kind.kind, key__in=keys)
    numbers = list(entries.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        engine(DEFAULT_DB_ALIAS).forget(cursor, numbers)


def forget_words(words: Sequence[str]) -> None:
    """Forget the terms of words that no record says any more, and what the index keeps of them.

    For what somebody may have forgotten; otherwise terms stay, and do no harm.
    """
    terms = sorted(unique_tokens([shadow_of((), words, "")]))
    if not terms:
        return
    one = engine(DEFAULT_DB_ALIAS)
    pairs = [value for term in terms for value in (term, one.asked_for(term))]
    with connection.cursor() as cursor:
        cursor.execute(one.counts(len(terms), "1 = 1", 1), pairs)
        gone = [term for term, count in cursor.fetchall() if not count]
        SearchTerm.objects.filter(term__in=gone).delete()
        one.purge(cursor)


def rebuild(progress: Callable[[int], object] = lambda count: None) -> int:
    """Write all of the index anew; gives how many records are in it.

    Some at a time, each in a transaction of its own: whoever searches meanwhile finds each record
    as it was or as it is. `progress` is told how many more are done.
    """
    count = 0
    known: set[str] = set()
    for kind in _found():
        numbers = sorted(kind.model.everything.values_list("pk", flat=True))
        for few in batched(numbers):
            with transaction.atomic():
                _write(kind, few, known)
            count += len(few)
            progress(len(few))
    with transaction.atomic():
        there = Entry.everything.filter(removed_at=None, moved_to=None)
        stray = list(SearchDocument.objects.exclude(entry__in=there).values_list("pk", flat=True))
        with connection.cursor() as cursor:
            engine(DEFAULT_DB_ALIAS).forget(cursor, stray)
    analyze()
    return count


def found_count() -> int:
    """How many records the index should hold."""
    return sum(kind.model.everything.count() for kind in _found())


def _found() -> list[Kind]:
    return [kind for kind in kinds.kinds() if kind.searched is not None]


def _write(kind: Kind, numbers: Sequence[int], known: set[str] | None = None) -> list[int]:
    """Index some records of one kind; gives those whose partnership or year was another.

    `known`: terms that are there; those of these records are added to it.
    """
    searched = kind.searched
    if searched is None:
        return []
    beside = {path.rpartition(".")[0].replace(".", "__") for path in searched.day} - {""}
    rows = kind.model.everything.filter(pk__in=numbers).select_related(*sorted(beside))
    records: list[Recorded] = list(rows)
    if searched.reads:
        prefetch_related_objects(records, *searched.reads)
    keys = [record.key for record in records]
    entries = Entry.everything.filter(kind=kind.kind, key__in=keys)
    before = {entry.key: entry for entry in entries.select_related("searchdocument")}
    circles = circles_of(kind, [record.pk for record in records])
    written, moved = [], []
    for record in records:
        entry = before[record.key]
        shadow = _shadow(record, searched)
        document = SearchDocument(
            pk=entry.pk,
            names="" if searched.proper is None else shadow.names,
            whole=shadow.whole,
            partnership=circles.get(record.pk, ""),
            year=_year(record, searched),
        )
        was = getattr(entry, "searchdocument", None)
        below = (document.partnership, document.year)
        known_so = was is not None and (was.names, was.whole, was.partnership, was.year) == (
            document.names,
            document.whole,
            *below,
        )
        if was is not None and (was.partnership, was.year) != below:
            moved.append(record.pk)
        written.append(Indexed(document, not known_so, shadow))
    with connection.cursor() as cursor:
        engine(DEFAULT_DB_ALIAS).put(cursor, written)
    _add_terms([one.shadow for one in written], set() if known is None else known)
    return moved


def _add_terms(shadows: Sequence[Shadow], known: set[str]) -> None:
    """Add the terms that are not `known` to be there."""
    fresh = sorted(unique_tokens(shadows) - known)
    known.update(fresh)
    terms = [
        (token, head_of(token), tail_of(token))
        for token in fresh
        if 1 < len(token) <= LONGEST_TERM and not token.isdigit() and not token.startswith(LENGTH)
    ]
    for few in batched(terms, TERMS_AT_A_TIME):
        rows = ", ".join(["(%s, %s, %s)"] * len(few))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {SearchTerm._meta.db_table} (term, head, tail) "  # noqa: S608
                f"VALUES {rows} ON CONFLICT (term) DO NOTHING",
                [value for term in few for value in term],
            )


def circles_of(kind: Kind, numbers: Sequence[int]) -> dict[int, str]:
    """Identifier of the partnership whose sides are concerned by each record that has one."""
    if kind.kind == "partnership":
        return dict(kind.model.everything.filter(pk__in=numbers).values_list("pk", "key"))
    if kind.keeping.circle:
        found = derived.circle_of(kind, numbers)
        return {number: key_of(key) for number, key in found.items()}
    for name in kind.keeping.part_of:
        rows: models.QuerySet[models.Model] = kind.model.everything.filter(pk__in=numbers)
        owners = dict(rows.exclude(**{name: None}).values_list("pk", f"{name}_id"))
        above = circles_of(derived.target(kind, name), sorted(set(owners.values())))
        if above:
            return {number: above[owner] for number, owner in owners.items() if owner in above}
    return {}


def _shadow(record: Recorded, searched: Searched) -> Shadow:
    names = [words for name in searched.names for words in _words(record, name)]
    more = searched.more(record) if searched.more is not None else []
    texts = (words for name in searched.texts for words in _words(record, name))
    beside = searched.beside(record) if searched.beside is not None else []
    return shadow_of(names, texts, number_of(record.key), searched.proper, more, beside)


def _words(record: Recorded, name: str) -> list[str]:
    text = getattr(record, name)
    return text.all_words() if isinstance(text, Text) else []


def _year(record: Recorded, searched: Searched) -> int | None:
    for path in searched.day:
        value: object = record
        for name in path.split("."):
            value = getattr(value, name, None)
        if isinstance(value, DateAsSaid):
            value = value.start or value.end
        if isinstance(value, date | datetime):
            return value.year
    return None

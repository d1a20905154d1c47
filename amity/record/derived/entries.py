"""Entries of the register: what each record is called, and on which page it is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from amity.foundation.database.batches import batched
from amity.languages.text import Text
from amity.record import kinds
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.models import Entry

from .hanging import target
from .touched import Touched


@dataclass(frozen=True, slots=True)
class _Naming:
    """The paths by which a kind's entries are made: to its title, and to the page it is read on.

    `pages`: for each way to a page, the path to the record there and its kind; the first that
    leads somewhere counts.
    """

    titles: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]


@cache
def _naming(kind: str) -> _Naming:
    one = kinds.get(kind)
    return _Naming(
        tuple(path.replace(".", "__") for path in one.name), tuple(_ways_to_a_page(one, ""))
    )


def _ways_to_a_page(kind: Kind, before: str) -> Iterator[tuple[str, str]]:
    if kind.page is not None:
        yield before, kind.kind
        return
    for name in kind.shown_on:
        yield from _ways_to_a_page(target(kind, name), f"{before}{name}__")


@cache
def _references_that_name(kind: str) -> tuple[tuple[str, str], ...]:
    """Kinds whose entries follow from records of `kind`, with the path from them to it."""
    found: set[tuple[str, str]] = set()
    for other in kinds.kinds():
        naming = _naming(other.kind)
        steps = [*naming.titles, *(f"{path}key" for path, _ in naming.pages)]
        for path in steps:
            walked, at = "", other
            for step in path.split("__")[:-1]:
                walked, at = f"{walked}__{step}".lstrip("_"), target(at, step)
                if at.kind == kind:
                    found.add((other.kind, walked))
    return tuple(sorted(found))


def dependents_of_names(kind: str, numbers: Sequence[int]) -> Touched:
    """Records whose entries may follow from these, such as posts from the names of persons."""
    touched = Touched()
    for other, path in _references_that_name(kind):
        for few in batched(numbers):
            rows = kinds.get(other).model.everything.filter(**{f"{path}__in": few})
            touched.add(other, rows.values_list("pk", flat=True))
    return touched


def write_entries(kind: str, numbers: Sequence[int]) -> int:
    """Bring the register into agreement with these records; says how many entries differed."""
    written = 0
    for few in batched(numbers):
        wanted = {entry.key: entry for entry in entries_of(kind, few)}
        known = {entry.key: entry for entry in Entry.everything.filter(kind=kind, key__in=wanted)}
        fresh = [entry for key, entry in wanted.items() if key not in known]
        Entry.everything.bulk_create(fresh)
        changed = []
        for key, before in known.items():
            entry = wanted[key]
            if _said(entry) != _said(before):
                entry.pk = before.pk
                changed.append(entry)
        if changed:
            Entry.everything.bulk_update(changed, ENTRY_FIELDS)
        written += len(fresh) + len(changed)
    return written


ENTRY_FIELDS = (
    "dossier",
    "title",
    "page_kind",
    "page_key",
    "readers",
    "joint",
    "begun_by",
    "removed_at",
    "removed_by",
    "removed_why",
    "moved_to",
)


def _said(entry: Entry) -> tuple[object, ...]:
    columns = [column for column in Entry._meta.concrete_fields if column.name in ENTRY_FIELDS]
    return tuple(getattr(entry, column.attname) for column in columns)


def entries_of(kind: str, numbers: Sequence[int]) -> Iterator[Entry]:
    """The entries that these records should have; they have no numbers of their own yet.

    Raises LookupError where a record has nothing to be called by.
    """
    naming = _naming(kind)
    confirmed = kinds.get(kind).keeping.kept_by == KeptBy.PARTNERSHIP
    page_paths = [f"{path}key" for path, _ in naming.pages]
    rows = kinds.get(kind).model.everything.filter(pk__in=numbers).order_by("pk")
    for key, dossier, readers, keeper, begun_by, *values in rows.values_list(
        "key", "dossier_id", "readers", "keeper", "begun_by", *naming.titles, *page_paths
    ):
        titles, pages = values[: len(naming.titles)], values[len(naming.titles) :]
        title = next((one for one in titles if one is not None), None)
        if not isinstance(title, Text):
            raise LookupError(f"{kind} {key} has nothing to be called by")
        at = next((place for place, found in enumerate(pages) if found is not None), None)
        joint = confirmed and keeper.startswith("partnership:")
        yield Entry(
            kind=kind,
            key=key,
            dossier_id=dossier,
            title=title,
            page_kind="" if at is None else naming.pages[at][1],
            page_key="" if at is None else pages[at],
            readers=readers,
            joint=keeper if joint else "",
            begun_by=begun_by if joint else "",
        )

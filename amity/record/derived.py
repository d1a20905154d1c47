"""What follows from records and is written beside them: register entries, readers, derived columns.

Everything here is for many records of one kind at a time, and says which rows it wrote. A record
that changes may change what follows of others: `dependents` finds those, by the paths that the
kinds declare. `record rebuild` reckons all of it from nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import QuerySet, prefetch_related_objects

from amity.foundation.database.batches import batched
from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import RegisterKey
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded

ALONE = frozenset({KeptBy.SIDE, KeptBy.OFFICE})
"""What these keep of something that others read may be for themselves."""


def register_key(kind: str, key: str) -> RegisterKey:
    """How keeper and readers name a record."""
    return f"{kind}:{key}"


@dataclass
class Touched:
    """Numbers of records by kind."""

    by_kind: dict[str, set[int]] = field(default_factory=dict)

    def add(self, kind: str, numbers: Iterable[int]) -> None:
        """Add records of one kind."""
        self.by_kind.setdefault(kind, set()).update(numbers)

    def update(self, other: "Touched") -> None:
        """Add all of another's."""
        for kind, numbers in other.by_kind.items():
            self.add(kind, numbers)

    def of(self, kind: str) -> list[int]:
        """The records of one kind, in the order of their numbers."""
        return sorted(self.by_kind.get(kind, ()))


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


def target(kind: Kind, name: str) -> Kind:
    """The kind that a reference of `kind` names."""
    model = kind.model._meta.get_field(name).related_model
    if not isinstance(model, type):
        raise TypeError(f"{kind.kind} has no reference {name}")
    return kinds.of_model(model)


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


def spread_readers(kind: str, numbers: Sequence[int]) -> Touched:
    """Let what hangs on these records be read and kept as they are; gives those that changed.

    Goes on to what hangs on the changed ones. `revision` does not rise: nobody wrote them.
    """
    changed = Touched()
    for other in kinds.kinds():
        moved: list[Recorded] = []
        for name in other.keeping.part_of:
            if target(other, name).kind == kind:
                for few in batched(numbers):
                    rows = other.model.everything.filter(**{f"{name}__in": few})
                    moved += _moved(other, rows.select_related(*other.keeping.part_of))
        if moved:
            other.model.everything.bulk_update(moved, ["readers", "keeper", "begun_by"])
            found = [record.pk for record in moved]
            changed.add(other.kind, found)
            changed.update(spread_readers(other.kind, found))
    return changed


def _moved(kind: Kind, rows: "QuerySet[models.Model]") -> Iterator[Recorded]:
    """Those of `rows` whose readers or keeper are not as they should be, with the right ones."""
    for record in rows:
        if isinstance(record, Recorded) and follow_owner(kind, record, owner_of(kind, record)):
            yield record


def follow_owner(kind: Kind, record: Recorded, owner: Recorded | None) -> bool:
    """Let a record that hangs on `owner` be kept and read like it; says whether that changed it.

    A side or an office may keep to itself what it keeps of something that others read.
    """
    if owner is None:
        return False
    before = (record.readers, record.keeper, record.begun_by)
    if kind.keeping.kept_by == KeptBy.OWNER:
        record.keeper, record.begun_by = owner.keeper, owner.begun_by
    alone = record.readers == record.keeper and kind.keeping.kept_by in ALONE
    if not alone:
        record.readers = owner.readers
    return (record.readers, record.keeper, record.begun_by) != before


def read_beside(records: Sequence[Recorded], names: Sequence[str]) -> None:
    """Read what these references of many records name, as it stands in the database."""
    for few in batched(records):
        prefetch_related_objects(few, *names)


def owner_now(kind: Kind, record: Recorded) -> Recorded | None:
    """What a record hangs on, as it stands in the database; None for one that stands by itself.

    What the record itself holds was read some time ago, or put together by somebody else.
    """
    owner = owner_of(kind, record)
    return type(owner).everything.get(pk=owner.pk) if owner is not None else None


def owner_of(kind: Kind, record: Recorded) -> Recorded | None:
    """What a record hangs on, as it was read; None for one that stands by itself."""
    for name in kind.keeping.part_of:
        owner = getattr(record, name)
        if isinstance(owner, Recorded):
            return owner
    return None


def derive(touched: Touched) -> None:
    """Reckon the derived columns of these records, so far as their kinds have any."""
    for kind in kinds.kinds():
        if kind.derive is not None and (numbers := touched.of(kind.kind)):
            kind.derive(numbers)


def dependents_of_columns(kind: str, numbers: Sequence[int]) -> Touched:
    """Records whose derived columns follow from these; ask before and after a change."""
    touched = Touched()
    for other in kinds.kinds():
        path = other.derived_from.get(kind)
        if path is not None:
            for few in batched(numbers):
                rows = other.model.everything.filter(**{f"{path}__in": few})
                touched.add(other.kind, rows.values_list("pk", flat=True))
    return touched


def circle_of(kind: Kind, numbers: Sequence[int]) -> dict[int, RegisterKey]:
    """The partnership of each joint record that has one, by number."""
    found: dict[int, RegisterKey] = {}
    for path in kind.keeping.circle:
        missing = [number for number in numbers if number not in found]
        for few in batched(missing):
            rows: QuerySet[models.Model] = kind.model.everything.filter(pk__in=few)
            for number, key in rows.order_by(path).values_list("pk", path):
                if key is not None:
                    found.setdefault(number, register_key("partnership", key))
    return found


def in_circle(kind: Kind, number: int, circle: RegisterKey) -> bool:
    """Whether a record names this partnership, by any of the ways in which it may."""
    key = circle.removeprefix("partnership:")
    row = kind.model.everything.filter(pk=number)
    return any(row.filter(**{path: key}).exists() for path in kind.keeping.circle)


def analyze(using: str = DEFAULT_DB_ALIAS) -> None:
    """Let the database's planner know new sizes and indexes: it guesses from what was there."""
    with connections[using].cursor() as cursor:
        cursor.execute("ANALYZE")

"""Records of a folder and of the database in the one plain form, with who reads them."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from amity.dossier.shapes.records import as_written
from amity.dossier.staging.folder import Staged
from amity.foundation.differences import JSON, Plain
from amity.record.choices import Audience, KeptBy
from amity.record.derived import owner_of
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Recorded
from amity.record.plain.layout import layout
from amity.record.plain.states import plain_rows


def in_folder(staged: Staged, kind: str, keys: list[str]) -> Iterator[tuple[str, Plain]]:
    """Keys and states of these records as the folder holds them."""
    for key, record in staged.spool.picked(kind, keys):
        yield key, {"key": key, **{name: value for name, value in record.items() if name != "id"}}


def beside(staged: Staged, kind: str, key: str) -> dict[str, JSON]:
    """What the folder says of a record beside its fields."""
    return staged.beside.get((kind, key), {})


def head_of(dossier: Dossier) -> Plain:
    """What `dossier.yaml` says of a dossier. One statement."""
    ((_, state),) = plain_rows(Dossier.objects.filter(pk=dossier.pk))
    return as_written(state)


def audience_of(kind: Kind, record: Recorded) -> str:
    """Who reads a record, as a folder says it; empty for what goes without saying.

    That is everybody, and of what hangs on others whoever reads those.
    """
    if kind.keeping.kept_by == KeptBy.OWNER or record.readers == PUBLIC:
        return ""
    owner = owner_of(kind, record)
    if owner is not None:
        return "" if record.readers == owner.readers else str(Audience.KEEPER)
    joint = record.readers.startswith("partnership:")
    return str(Audience.CIRCLE if joint else Audience.KEEPER)


def audience_wanted(kind: Kind, said: str, before: str | None) -> Audience | None:
    """What is asked of the one write so that what a folder says of the readers holds.

    `before`: as it is now, None for a new record. None leaves it as it is or as it follows.
    """
    if said == before or kind.keeping.kept_by == KeptBy.OWNER:
        return None
    if said:
        return Audience(said)
    follows = before is None and kind.keeping.part_of
    return None if follows else Audience.PUBLIC


def by_number(kind: Kind, rows: "QuerySet[Recorded]") -> dict[int, Recorded]:
    """Records by number, each with what it hangs on."""
    return {record.pk: record for record in rows.select_related(*kind.keeping.part_of)}


def parents_first(kind: Kind, states: Iterable[tuple[str, Plain]]) -> list[str]:
    """The keys of new records, each after what it is part of among them."""
    columns = [
        column for column in layout(kind.model).columns if column.related_model is kind.model
    ]
    above = {
        key: [str(state[column.name]) for column in columns if column.name in state]
        for key, state in states
    }
    ordered: dict[str, None] = {}
    for start in above:
        way, pending = set[str](), [start]
        while pending:
            key = pending[-1]
            waiting = [
                one for one in above[key] if one in above and one not in ordered and one not in way
            ]
            way.add(key)
            if waiting:
                pending += waiting
            else:
                ordered.setdefault(pending.pop())
    return list(ordered)

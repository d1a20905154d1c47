"""What was renamed in the record since a folder was written goes by its new name in the folder."""

from amity.dossier.staging.folder import Staged
from amity.dossier.staging.spool import Spool
from amity.foundation.differences import JSON
from amity.record import kinds, references
from amity.record.models import Entry


def follow_renames(staged: Staged) -> None:
    """Let the folder's records, and what refers to them, have the keys that they have now."""
    moved = Entry.everything.filter(moved_to__isnull=False)
    now: dict[str, dict[str, str]] = {}
    for named, old, new in moved.values_list("kind", "key", "moved_to__key").iterator():
        if staged.spool.has(named, old) and not staged.spool.has(named, new):
            now.setdefault(named, {})[old] = new
    if not now:
        return
    spool = Spool()
    for kind in kinds.kinds():
        renamed = now.get(kind.kind, {})
        for key, record in staged.spool.records(kind.kind):
            for way in references.ways_of(kind.kind):
                _rename(record, way.field.split("."), now.get(way.named_kind, {}), now)
            record["id"] = renamed.get(key, key)
            spool.add(kind.kind, record["id"], record, staged.spool.place(kind.kind, key))
            if (said := staged.beside.pop((kind.kind, key), None)) is not None:
                staged.beside[kind.kind, record["id"]] = said
    staged.spool = spool


def _rename(
    record: dict[str, JSON],
    steps: list[str],
    now: dict[str, str],
    all_of: dict[str, dict[str, str]],
) -> None:
    name, *rest = steps
    value = record.get(name)
    if rest and isinstance(value, list):
        for row in value:
            if isinstance(row, dict):
                _rename(row, rest, now, all_of)
    elif isinstance(value, list):
        record[name] = sorted(now.get(str(key), str(key)) for key in value)
    elif isinstance(value, str) and "/" in value:
        kind, _slash, key = value.partition("/")
        record[name] = f"{kind}/{all_of.get(kind, {}).get(key, key)}"
    elif isinstance(value, str):
        record[name] = now.get(value, value)

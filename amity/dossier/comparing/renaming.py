"""What was renamed or merged in the record since a folder was written goes by its name of now."""

from amity.dossier.staging.folder import Staged
from amity.dossier.staging.spool import Spool
from amity.foundation.differences import JSON
from amity.record import kinds, references
from amity.record.models import Entry


def follow_renames(staged: Staged) -> list[str]:
    """Let the folder's records, and what refers to them, have the keys that they have now.

    Of two that were merged here the folder's words for the one that stayed are taken; gives the
    others in words, since what the folder says of those is left.
    """
    moved = Entry.everything.filter(moved_to__isnull=False)
    now: dict[str, dict[str, str]] = {}
    merged: dict[str, set[str]] = {}
    left = []
    for named, old, new, removed_at in moved.values_list(
        "kind", "key", "moved_to__key", "removed_at"
    ).iterator():
        if not staged.spool.has(named, old):
            continue
        if not staged.spool.has(named, new):
            now.setdefault(named, {})[old] = new
        elif removed_at is not None:
            now.setdefault(named, {})[old] = new
            merged.setdefault(named, set()).add(old)
            left.append(f"{named} {old}: was merged with {new} here")
    if now:
        staged.spool = _renamed(staged, now, merged)
    return left


def _renamed(staged: Staged, now: dict[str, dict[str, str]], merged: dict[str, set[str]]) -> Spool:
    """The folder's records under their keys of now, without those that were `merged`."""
    spool = Spool()
    for kind in kinds.kinds():
        renamed = now.get(kind.kind, {})
        for key, record in staged.spool.records(kind.kind):
            said = staged.beside.pop((kind.kind, key), None)
            if key in merged.get(kind.kind, ()):
                continue
            for way in references.ways_of(kind.kind):
                _rename(record, way.field.split("."), now.get(way.named_kind, {}), now)
            record["id"] = renamed.get(key, key)
            spool.add(kind.kind, record["id"], record, staged.spool.place(kind.kind, key))
            if said is not None:
                staged.beside[kind.kind, record["id"]] = said
    return spool


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
        record[name] = [row for place, row in enumerate(value) if row not in value[:place]]
    elif isinstance(value, list):
        record[name] = sorted({now.get(str(key), str(key)) for key in value})
    elif isinstance(value, str) and "/" in value:
        kind, _slash, key = value.partition("/")
        record[name] = f"{kind}/{all_of.get(kind, {}).get(key, key)}"
    elif isinstance(value, str):
        record[name] = now.get(value, value)

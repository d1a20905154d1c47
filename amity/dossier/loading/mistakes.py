"""What stops a load, told at its place in the folder."""

from pathlib import Path

from amity.dossier.problems import DossierError
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.placing import Unplaced, placed, way
from amity.record.actions.write import Faulty
from amity.record.refusals import Hidden


def in_head(staged: Staged, field: str, message: str) -> DossierError:
    """A mistake at a field of the head, or where that should be; at none where `field` is empty."""
    found = Unplaced()
    found.add_to_head((field,) if field else (), message)
    return DossierError(placed(staged, found))


def in_file(staged: Staged, path: Path, message: str) -> DossierError:
    """A mistake of a file, by its path in the folder."""
    inside = path.is_relative_to(staged.root)
    name = path.relative_to(staged.root).as_posix() if inside else path.name
    return DossierError.about(name, message)


def faulty_in(staged: Staged, faulty: Faulty) -> DossierError:
    """What the record refuses, at the fields that say it."""
    found = Unplaced()
    for fault in faulty.faults:
        message = f"{fault.kind} {fault.key}: {fault.message}"
        _put(staged, found, (fault.kind, fault.key), fault.field, message)
    return DossierError(placed(staged, found))


def hidden_in(staged: Staged, hidden: Hidden) -> DossierError:
    """What is named and may not be read by all who would, at the fields that name it."""
    found = Unplaced()
    for one in dict.fromkeys(hidden.references):
        message = f"{one.kind} {one.key} names {one.other}, which not all its readers may read"
        _put(staged, found, (one.kind, one.key), one.field, message)
    return DossierError(placed(staged, found))


def _put(
    staged: Staged, found: Unplaced, record: tuple[str, str], field: str, message: str
) -> None:
    """Take note of a mistake; of one that is in no record of the folder, at no field."""
    if staged.spool.has(*record):
        found.add(staged.spool.place(*record), way(field), message)
    else:
        found.add_to_head((), message)

"""Loading a dossier: all of it or nothing, for an office, and nothing when it is there already."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from amity.accounts.queries import acting_by_command
from amity.dossier.comparing.differences import (
    Comparing,
    Difference,
    Told,
    belonging,
    parts_of,
    whole_of,
)
from amity.dossier.comparing.marks import forget_marks, write_marks
from amity.dossier.comparing.merging import Prefer
from amity.dossier.comparing.renaming import follow_renames
from amity.dossier.comparing.states import (
    audience_wanted,
    beside,
    by_number,
    head_of,
    in_folder,
    parents_first,
)
from amity.dossier.comparing.staying import keep_what_is_named
from amity.dossier.loading.restore import Restoring
from amity.dossier.models import FolderMark
from amity.dossier.problems import DossierError
from amity.dossier.progress import Progress
from amity.dossier.reading.files import HEAD
from amity.dossier.shapes.catalogue import PICTURE, head_shape
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.placing import Unplaced, placed, way
from amity.foundation.actions import take_turn
from amity.foundation.database.batches import batched
from amity.languages.text import Text
from amity.network.models import Office, Organization
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions import Removed, Saved, Wanted, save_many
from amity.record.actions.remove import in_order_of_hanging
from amity.record.actions.write import Faulty
from amity.record.bulk.numbers import Numbers
from amity.record.bulk.order import in_order_of_reference
from amity.record.kinds import Kind
from amity.record.models import Dossier, Picture
from amity.record.pictures import media
from amity.record.plain.states import plain_rows
from amity.record.refusals import Hidden

COMMAND = "dossier load"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a load: for which office (empty: the one that the folder names), who is
    right where both have changed, whether the administrator brings the dossier back."""

    office: str = ""
    prefer: Prefer | None = None
    restore: bool = False


def load(staged: Staged, progress: Progress, asked: Asked = Asked()) -> Difference:
    """Bring what the folder says into the record, in one transaction.

    `staged` must have been checked. Raises DossierError where somebody has to decide something or
    the record refuses something; then nothing is written.
    """
    with transaction.atomic():
        loading = _Loading(staged, progress, asked)
        gone = loading.write()
    for sha256, media_type in gone:
        if not Picture.everything.filter(sha256=sha256).exists():
            media.forget(media.name_of(sha256, media_type))
    return loading.difference


def preview(staged: Staged, progress: Progress, told: Told, asked: Asked = Asked()) -> Difference:
    """What `load` would change; changes nothing."""
    with transaction.atomic():
        difference = _Loading(staged, progress, asked, told).difference
        transaction.set_rollback(True)
    return difference


class _Loading:
    """One load, in its transaction: compared when it is made."""

    def __init__(
        self, staged: Staged, progress: Progress, asked: Asked, told: Told | None = None
    ) -> None:
        take_turn()
        self._staged, self._progress = staged, progress
        dossier = Dossier.objects.filter(key=staged.head["id"]).first()
        if asked.restore:
            _refuse_what_stands(staged, dossier)
        self._restoring = Restoring(staged) if asked.restore else None
        self._acting = self._restoring.acting if self._restoring else _acting(staged, asked)
        head = dossier is None or head_of(dossier) != staged.head
        strange = head and self._of_another(dossier)
        head = head and not strange
        self._dossier = _write_head(staged, dossier) if head else dossier or Dossier()
        merged = follow_renames(staged)
        comparing = Comparing(staged, self._dossier, asked.prefer, progress, told)
        self.difference = comparing.compare()
        self.difference.head = head
        self._left = merged + keep_what_is_named(staged, self.difference)
        if strange:
            self._left.append(f"{HEAD}: {strange}")

    def _of_another(self, dossier: Dossier | None) -> str:
        """Why whoever loads may not say what a dossier is called; empty where they may."""
        kept_by = dossier.office if dossier is not None else ""
        if not kept_by or f"organization:{kept_by}" == self._acting.office:
            return ""
        return f"the dossier is kept by {kept_by}, which alone says what it is called"

    def write(self) -> list[tuple[str, str]]:
        """Write what differs; gives the pictures whose bytes may be needed no more."""
        difference, numbers = self.difference, Numbers()
        _keep_pictures(self._staged)
        gone = self._pictures()
        self._progress.start("writing", difference.added + difference.changed)
        self._belonging = belonging.dossiers(self._staged, self._dossier)
        for kind in kinds.kinds():
            numbers.give(kind, difference.kinds[kind.kind].added)
        try:
            saved = save_many(
                self._acting,
                self._wanted(),
                numbers,
                about=("dossier", self._dossier.key),
                removed=self._removed(),
                restoring=self._restoring is not None,
            )
        except Faulty as faulty:
            raise _faulty(self._staged, faulty) from faulty
        except Hidden as hidden:
            raise _hidden(self._staged, hidden) from hidden
        if self._restoring is not None:
            self._restoring.open_offices()
            self._restoring.confirm()
        self._note(saved)
        self._mark(saved)
        return gone

    def _wanted(self) -> Iterator[Wanted]:
        for kind in in_order_of_reference():
            found = self.difference.kinds[kind.kind]
            yield from self._changed(kind, found.changed)
            yield from self._added(kind, found.added)

    def _changed(self, kind: Kind, keys: list[str]) -> Iterator[Wanted]:
        for key, kept in self.difference.merged.picked(kind.kind, keys):
            audience = audience_wanted(kind, kept["audience"], kept["had"])
            yield Wanted(kind, key, kept["after"], kept["before"], audience=audience)
            self._progress.step()

    def _added(self, kind: Kind, keys: list[str]) -> Iterator[Wanted]:
        ordered = parents_first(kind, in_folder(self._staged, kind.kind, keys))
        for key, state in in_folder(self._staged, kind.kind, ordered):
            said = beside(self._staged, kind.kind, key)
            yield Wanted(
                kind,
                key,
                state,
                dossier=self._belonging[str(said.get("belongs_to", self._dossier.key))],
                audience=audience_wanted(kind, str(said.get("audience", "")), None),
                kept=self._restoring.kept(kind, key, state) if self._restoring else None,
            )
            self._progress.step()

    def _removed(self) -> Iterator[Removed]:
        for kind in reversed(in_order_of_hanging()):
            for numbers in batched(list(self.difference.kinds[kind.kind].removed.values())):
                rows = kind.model.everything.filter(pk__in=numbers)
                records = by_number(kind, rows)
                for number, state in plain_rows(rows):
                    yield Removed(kind, records[number], state)

    def _pictures(self) -> list[tuple[str, str]]:
        found = self.difference.kinds[PICTURE]
        keys = [*found.removed, *found.changed]
        rows = Picture.everything.filter(key__in=keys)
        return list(rows.values_list("sha256", "media_type"))

    def _note(self, saved: Saved) -> None:
        """Take from the difference what was left, and say why."""
        for left in saved.left:
            found = self.difference.kinds[left.kind]
            if left.key in found.removed:
                del found.removed[left.key]
                found.gone.remove(left.key)
            else:
                (found.added if left.key in found.added else found.changed).remove(left.key)
                found.marked.remove(left.key)
            office = self._acting.office.partition(":")[2]
            name = f"{left.kind} {left.key}"
            why = left.why or f"{office} may not write it"
            self._left.append(f"{name}: {why}")
        self.difference.left = self._left

    def _mark(self, saved: Saved) -> None:
        """Keep what the folder says now."""
        for kind in kinds.kinds():
            found = self.difference.kinds[kind.kind]
            for keys in batched(found.gone):
                forget_marks(self._dossier, kind.kind, keys)
            for keys in batched(found.marked):
                write_marks(
                    self._dossier,
                    kind.kind,
                    (
                        (
                            key,
                            whole_of(self._staged, kind.kind, key, state),
                            parts_of(self._staged, kind, key, state),
                        )
                        for key, state in in_folder(self._staged, kind.kind, keys)
                    ),
                )


def _acting(staged: Staged, asked: Asked) -> Acting:
    """Who loads: the office that was named, or the folder's. Raises DossierError."""
    key = asked.office or str(staged.head.get("office", ""))
    if not key:
        raise _wrong(
            staged, "office", "is missing; it says who keeps the dossier (or say --for OFFICE)"
        )
    office = Office.objects.filter(organization__key=key).select_related("organization").first()
    if office is None or office.vouched_at is None:
        why = (
            f"nobody vouches for {key} here; an administrator may with `amity office vouch {key}`"
            if Organization.everything.filter(key=key).exists()
            else f"there is no organization {key} here; say --for OFFICE for another"
        )
        raise _wrong(
            staged,
            "" if asked.office else "office",
            f"{why}, or bring back a whole dossier with --restore",
        )
    return acting_by_command(COMMAND, office)


def _refuse_what_stands(staged: Staged, dossier: Dossier | None) -> None:
    """Raise DossierError where the dossier is here already, not carried along with another."""
    if dossier is None:
        return
    brought = FolderMark.objects.filter(dossier=dossier).exists()
    carried = FolderMark.objects.exclude(dossier=dossier).values("entry__key")
    own = any(
        kind.model.everything.filter(dossier=dossier).exclude(key__in=carried).exists()
        for kind in kinds.kinds()
    )
    if brought or own:
        raise _wrong(
            staged, "id", f"the dossier {dossier.key} is here already; load it without --restore"
        )


def _wrong(staged: Staged, field: str, message: str) -> DossierError:
    """A mistake at a field of the head, or where that should be; at none where `field` is empty."""
    found = Unplaced()
    found.add_to_head((field,) if field else (), message)
    return DossierError(placed(staged, found))


def _write_head(staged: Staged, dossier: Dossier | None) -> Dossier:
    values = {
        one.column.name: staged.head.get(name, one.default)
        for name, one in head_shape().fields.items()
    }
    for name in ("title", "summary"):
        values[name] = Text.from_json(values[name]) if values[name] else None
    if dossier is None:
        return Dossier.objects.create(**values)
    Dossier.objects.filter(pk=dossier.pk).update(**values)
    return Dossier.objects.get(pk=dossier.pk)


def _keep_pictures(staged: Staged) -> None:
    for _, record in staged.spool.records(PICTURE):
        path = staged.pictures[record["sha256"]]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _wrong_in(staged, path, f"cannot be read: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() != record["sha256"]:
            raise _wrong_in(staged, path, "changed while it was loaded; load it again")
        media.keep(content, media.name_of(record["sha256"], record["media_type"]))


def _wrong_in(staged: Staged, path: Path, message: str) -> DossierError:
    inside = path.is_relative_to(staged.root)
    name = path.relative_to(staged.root).as_posix() if inside else path.name
    return DossierError.about(name, message)


def _faulty(staged: Staged, faulty: Faulty) -> DossierError:
    found = Unplaced()
    for fault in faulty.faults:
        message = f"{fault.kind} {fault.key}: {fault.message}"
        _put(staged, found, (fault.kind, fault.key), fault.field, message)
    return DossierError(placed(staged, found))


def _hidden(staged: Staged, hidden: Hidden) -> DossierError:
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

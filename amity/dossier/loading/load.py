"""Loading a dossier: all of it or nothing, for an office, and nothing when it is there already."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

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
from amity.dossier.loading.mistakes import faulty_in, hidden_in, in_file
from amity.dossier.loading.opening import acting_for, refuse_what_stands, write_head
from amity.dossier.loading.restore import Restoring
from amity.dossier.progress import Progress
from amity.dossier.reading.files import HEAD
from amity.dossier.shapes.catalogue import PICTURE
from amity.dossier.staging.folder import Staged
from amity.foundation.actions import take_turn
from amity.foundation.database.batches import batched
from amity.record import kinds
from amity.record.acting import office_named
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
            refuse_what_stands(staged, dossier)
        self._restoring = Restoring(staged) if asked.restore else None
        self._acting = (
            self._restoring.acting if self._restoring else acting_for(staged, asked.office)
        )
        head = dossier is None or head_of(dossier) != staged.head
        strange = head and self._of_another(dossier)
        head = head and not strange
        self._dossier = write_head(staged, dossier) if head else dossier or Dossier()
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
        if not kept_by or office_named(kept_by) == self._acting.office:
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
            raise faulty_in(self._staged, faulty) from faulty
        except Hidden as hidden:
            raise hidden_in(self._staged, hidden) from hidden
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
            office = self._acting.organization
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


def _keep_pictures(staged: Staged) -> None:
    for _, record in staged.spool.records(PICTURE):
        path = staged.pictures[record["sha256"]]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise in_file(staged, path, f"cannot be read: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() != record["sha256"]:
            raise in_file(staged, path, "changed while it was loaded; load it again")
        media.keep(content, media.name_of(record["sha256"], record["media_type"]))

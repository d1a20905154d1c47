"""Who keeps and who reads records as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.record import derived, rules
from amity.record.acting import Acting
from amity.record.choices import Audience, KeptBy
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed

from . import permission
from .write import KEPT, Write


@dataclass(frozen=True, slots=True)
class Custody:
    """What follows for keeper and readers from who writes. `restoring`: they are as they were."""

    acting: Acting
    restoring: bool

    def keep_all(self, kind: Kind, fresh: Sequence[Write]) -> None:
        """Say of new records who keeps and who reads them."""
        names = [*kind.keeping.part_of, *filter(None, [kind.keeping.side])]
        unsaid = [write for write in fresh if write.kept is None]
        derived.read_beside([write.record for write in unsaid], names)
        for write in fresh:
            if write.kept is None:
                self._keep(write)
            else:
                for name in KEPT:
                    setattr(write.record, name, getattr(write.kept, name))
                derived.follow_owner(kind, write.record, write.owner)

    def _keep(self, write: Write) -> None:
        """Say who keeps and who reads a new record, as far as it can be said before it is there."""
        record, keeping, acting = write.record, write.kind.keeping, self.acting
        record.begun_by = acting.office
        record.keeper = acting.office
        if keeping.kept_by == KeptBy.NOBODY:
            record.keeper = ""
        elif keeping.kept_by == KeptBy.SIDE:
            record.keeper = permission.side_that_keeps(acting, write) or acting.office
        record.readers = record.keeper or PUBLIC
        follows = write.audience in (None, Audience.CIRCLE) and bool(keeping.part_of)
        if follows and keeping.kept_by in derived.ALONE and not self._speaks(record):
            if write.audience is not None:
                raise NotAllowed(f"{write.kind.kind} {record.key}")
        elif follows:
            record.readers = ""  # so that it follows its owner and does not stay alone
            derived.follow_owner(write.kind, record, write.owner)
        if write.audience == Audience.PUBLIC:
            self._release(record)
        record.readers = record.readers or record.keeper or PUBLIC

    def _speaks(self, record: Recorded) -> bool:
        """Whether others may read at once what whoever acts writes for a side or an office."""
        return self.restoring or rules.speaks(self.acting, record.keeper)

    def _release(self, record: Recorded) -> None:
        if not self.restoring and not rules.may_release(self.acting, record):
            raise NotAllowed(record.key)
        record.readers = PUBLIC

    def find_circles(self, kind: Kind, fresh: Sequence[Write]) -> None:
        """Let new records of a partnership that the office is a side of be joint."""
        if kind.keeping.kept_by != KeptBy.PARTNERSHIP or not fresh:
            return
        circles = derived.circle_of(kind, [write.record.pk for write in fresh])
        moved = []
        for write in fresh:
            circle = circles.get(write.record.pk, "")
            if circle in self.acting.partnerships:
                alone = write.record.readers == write.record.keeper
                write.record.keeper = circle
                if alone:
                    write.record.readers = circle
                elif write.audience == Audience.PUBLIC:
                    self._release(write.record)
                moved.append(write.record)
        kind.model.everything.bulk_update(moved, ["keeper", "readers"])

    def stay(self, write: Write) -> Recorded:
        """Let a record be kept and read as it is, so far as it is not said otherwise."""
        record, stored = write.record, write.stored
        if stored is None:
            raise TypeError("a record that is not there cannot be updated")
        for name in KEPT:
            setattr(record, name, getattr(stored, name))
        if write.audience is not None:
            readers = {Audience.PUBLIC: PUBLIC}.get(write.audience, stored.keeper)
            if write.audience == Audience.CIRCLE and write.kind.keeping.part_of:
                readers = ""  # so that it follows its owner and does not stay alone
            record.readers = readers or PUBLIC
        record.dossier_id = stored.dossier_id
        if write.kind.keeping.side in write.changed_fields:
            record.keeper = permission.side_that_keeps(self.acting, write) or stored.keeper
        if write.kind.keeping.part_of:
            derived.follow_owner(write.kind, record, write.owner)
        return stored

"""How a dossier's folder differs from what the record holds, and from what it said last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amity.dossier.comparing import belonging, clashing
from amity.dossier.comparing.marks import Marked, digest, digests_by_number, marked, parts
from amity.dossier.comparing.merging import Merged, Prefer, Sides, merge, unchanged
from amity.dossier.comparing.states import audience_of, beside, by_number, in_folder
from amity.dossier.progress import Progress
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.spool import Spool
from amity.foundation.database.batches import batched
from amity.foundation.differences import Plain
from amity.foundation.models import Change
from amity.record.bulk.order import in_order_of_reference
from amity.record.kinds import Kind
from amity.record.models import Dossier, Entry, Recorded
from amity.record.plain.states import plain_rows

DOSSIER = "dossier"

Told = Callable[[str, str, Plain | None, Plain | None], None]
"""Called with kind, key, the record as it is (None when new) and as it will be (None when gone)."""


@dataclass
class KindDifference:
    """Keys of the records of one kind that a load touches. `marked`: what the folder says anew."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: dict[str, int] = field(default_factory=dict)
    marked: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """What the folder named before and names no more."""


@dataclass
class Difference:
    """What a load changes. `merged`: states of the changed, before and after."""

    head: bool = False
    kinds: dict[str, KindDifference] = field(default_factory=dict)
    unchanged: int = 0
    merged: Spool = field(default_factory=Spool)
    left: list[str] = field(default_factory=list)
    """What could not be written, in words, with the reason."""

    @property
    def added(self) -> int:
        """How many records are new."""
        return sum(len(one.added) for one in self.kinds.values())

    @property
    def changed(self) -> int:
        """How many records differ."""
        return sum(len(one.changed) for one in self.kinds.values())

    @property
    def removed(self) -> int:
        """How many records are gone."""
        return sum(len(one.removed) for one in self.kinds.values())

    def __bool__(self) -> bool:
        return bool(self.head or self.added or self.changed or self.removed)


@dataclass
class Comparing:
    """Holds every record of a folder against the record; call `compare`.

    `prefer` decides where both have changed; without it those are told to `clashes`, and so is
    what has the same identifier and is another thing.
    """

    staged: Staged
    dossier: Dossier
    prefer: Prefer | None
    progress: Progress
    told: Told | None = None
    difference: Difference = field(default_factory=Difference)

    def __post_init__(self) -> None:
        self.clashes = clashing.Clashes(self.staged)

    def compare(self) -> Difference:
        """What is to be written. Raises DossierError where somebody has to decide something."""
        self.progress.start("comparing", self.staged.spool.count())
        for kind in in_order_of_reference():
            self.difference.kinds[kind.kind] = KindDifference()
            marks = marked(self.dossier, kind.kind)
            for keys in batched(self.staged.spool.keys(kind.kind)):
                self._compare(kind, keys, marks)
                self.progress.step(len(keys))
            gone = [key for key in marks if not self.staged.spool.has(kind.kind, key)]
            for keys in batched(gone):
                self._compare_gone(kind, keys, marks)
        self.clashes.stop()
        return self.difference

    def _compare(self, kind: Kind, keys: list[str], marks: Mapping[str, Marked]) -> None:
        found = self.difference.kinds[kind.kind]
        states = dict(in_folder(self.staged, kind.kind, keys))
        asked: list[str] = []
        for key, state in states.items():
            mark = marks.get(key)
            if mark is not None and mark.whole == whole_of(self.staged, kind.kind, key, state):
                self.difference.unchanged += 1
            else:
                asked.append(key)
        rows, plain = _stored(kind, asked)
        removed = _removed_by_people(kind, [key for key in asked if key not in rows])
        said = digests_by_number([marks[key].number for key in asked if key in marks])
        for key in asked:
            if key in rows:
                last = said[marks[key].number] if key in marks else None
                self._meet(kind, rows[key], plain[rows[key].pk], states[key], last)
            elif key in removed and not self._brought_back(kind, key):
                self.difference.unchanged += 1
                found.marked.append(key)
            else:
                found.added.append(key)
                found.marked.append(key)
                self._tell(kind, key, None, states[key])

    def _brought_back(self, kind: Kind, key: str) -> bool:
        """Whether what was removed in the record, and is said anew by the folder, comes again."""
        if self.prefer is None and not self._carried(kind, key):
            self.clashes.removed(kind.kind, key)
        return self.prefer is Prefer.FOLDER

    def _meet(
        self,
        kind: Kind,
        record: Recorded,
        before: Plain,
        state: Plain,
        mark: Mapping[str, str] | None,
    ) -> None:
        key, found = record.key, self.difference.kinds[kind.kind]
        said = beside(self.staged, kind.kind, key)
        sides = Sides(
            kind.model,
            state,
            before,
            mark or {},
            str(said.get("audience", "")),
            audience_of(kind, record),
        )
        stranger = belonging.stranger(self.staged, self.dossier, kind, record, state)
        if stranger:
            self.clashes.stranger(kind.kind, key, stranger)
            return
        carried = record.dossier_id != self.dossier.pk or self._carried(kind, key)
        if carried and (mark is None or not unchanged(sides)):
            self.difference.unchanged += 1
            return
        merged = merge(sides, self.prefer)
        self.clashes.both(kind.kind, key, merged.clashes)
        found.marked.append(key)
        if not merged.taken:
            self.difference.unchanged += 1
            return
        found.changed.append(key)
        self._keep(kind, key, before, merged, sides.record_audience)

    def _keep(self, kind: Kind, key: str, before: Plain, merged: Merged, audience: str) -> None:
        kept = {"before": before, "after": merged.state}
        self.difference.merged.add(
            kind.kind, key, {**kept, "audience": merged.audience, "had": audience}
        )
        self._tell(kind, key, before, merged.state)

    def _compare_gone(self, kind: Kind, keys: list[str], marks: Mapping[str, Marked]) -> None:
        """What the folder named and names no more goes, where nobody changed it since."""
        found = self.difference.kinds[kind.kind]
        rows, plain = _stored(kind, keys)
        said = digests_by_number([marks[key].number for key in keys])
        for key in keys:
            record = rows.get(key)
            if record is None:
                found.gone.append(key)
                continue
            if not belonging.within_extent(self.staged, record):
                continue
            found.gone.append(key)
            if record.dossier_id != self.dossier.pk:
                continue
            audience = audience_of(kind, record)
            mark = said[marks[key].number]
            same = unchanged(Sides(kind.model, {}, plain[record.pk], mark, "", audience))
            if not same and self.prefer is None:
                self.clashes.taken_out(kind.kind, key)
            elif same or self.prefer is Prefer.FOLDER:
                found.removed[key] = record.pk
                self._tell(kind, key, plain[record.pk], None)

    def _carried(self, kind: Kind, key: str) -> bool:
        return "belongs_to" in beside(self.staged, kind.kind, key)

    def _tell(self, kind: Kind, key: str, before: Plain | None, after: Plain | None) -> None:
        if self.told is not None:
            self.told(kind.kind, key, before, after)


def whole_of(staged: Staged, kind: str, key: str, state: Plain) -> str:
    """The digest of all that a folder says of a record."""
    audience = beside(staged, kind, key).get("audience", "")
    return digest([dict(state), audience])


def parts_of(staged: Staged, kind: Kind, key: str, state: Plain) -> dict[str, str]:
    """The digest of each part of what a folder says of a record."""
    audience = str(beside(staged, kind.kind, key).get("audience", ""))
    return {path: digest(value) for path, value in parts(kind.model, state, audience).items()}


def _stored(kind: Kind, keys: list[str]) -> tuple[dict[str, Recorded], dict[int, Plain]]:
    rows = kind.model.everything.filter(key__in=keys)
    found = by_number(kind, rows)
    return {record.key: record for record in found.values()}, dict(plain_rows(rows))


def _removed_by_people(kind: Kind, keys: list[str]) -> set[str]:
    """Which of these were removed, and not because a folder held them no more."""
    gone = Entry.everything.filter(kind=kind.kind, key__in=keys).exclude(removed_at=None)
    return {
        key
        for key in gone.values_list("key", flat=True)
        if Change.objects.filter(kind=kind.kind, key=key).order_by("-id")[0].verb != "load"
    }

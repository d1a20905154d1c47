"""What goes into an export: the records of a dossier, and what they refer to in others.

A folder is whole by itself: what its records name is carried along, and marked as belonging to its
own dossier. Of an export of everything each record also says who keeps it and who confirmed it,
where that does not follow from the office that keeps the dossier.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from amity.accounts.queries import acting_by_command
from amity.dossier.comparing.states import audience_of, by_number, head_of
from amity.dossier.progress import Progress
from amity.dossier.shapes.catalogue import head_shape
from amity.dossier.shapes.records import as_written
from amity.dossier.staging.spool import Spool
from amity.foundation.database.batches import batched
from amity.foundation.differences import JSON, Plain
from amity.languages.written import text_to_form
from amity.network.models import Office, SideOffice
from amity.record import kinds, references
from amity.record.acting import STRANGER, Acting, office_named
from amity.record.choices import KeptBy, StandingState
from amity.record.derived import circle_of
from amity.record.kinds import Kind
from amity.record.models import Dossier, Recorded, Standing
from amity.record.plain.states import plain_rows, plain_value
from amity.record.queries import visible_to


class Part(StrEnum):
    """What of a dossier is exported."""

    PUBLIC = "public"
    """What whoever acts may read. The folder says that it is of what is public, so a load of it
    removes nothing else."""
    OFFICE = "office"
    """What an office keeps or began."""
    EVERYTHING = "everything"
    """All of it, with keepers, readers and confirmations, to be brought back elsewhere."""


class Collected:
    """Collects records into `spool`, each as `{"record": …, "beside": …}`."""

    def __init__(self, dossier: Dossier, acting: Acting, part: Part) -> None:
        self._dossier, self._acting, self._part = dossier, acting, part
        self._whole = part is Part.EVERYTHING
        self._carried: dict[str, Dossier] = {}
        self._named: dict[tuple[str, str], None] = {}
        office = Office.objects.filter(organization__key=dossier.office).first()
        self._office = acting_by_command("dossier export", office) if office else STRANGER
        self._speakers = dict(
            SideOffice.objects.filter(vouched_at__isnull=False)
            .order_by("-office__organization__key")
            .values_list("side__key", "office__organization__key")
        )
        self.spool = Spool()

    def collect(self, progress: Progress) -> None:
        """Collect the records of the dossier, and then what these name, and what that names."""
        for kind in kinds.kinds():
            self._add(kind, self._rows(kind), carried=False)
            progress.step()
        while missing := self._missing():
            for kind in kinds.kinds():
                for keys in batched(missing.get(kind.kind, [])):
                    self._add(kind, self._readable(kind).filter(key__in=keys), carried=True)

    def head(self) -> dict[str, Any]:
        """What goes into `dossier.yaml`."""
        head = head_shape().write(head_of(self._dossier))
        if self._part is Part.PUBLIC:
            head["extent"] = str(Part.PUBLIC)
        elif self._part is Part.OFFICE:
            head["extent"] = self._acting.office
        if self._whole and (offices := list(self._offices())):
            head["offices"] = offices
        if self._carried:
            head["carried"] = [
                {
                    "id": key,
                    "title": text_to_form(one.title),
                    **({"fictional": True} if one.fictional else {}),
                }
                for key, one in sorted(self._carried.items())
            ]
        return head

    def _rows(self, kind: Kind) -> "QuerySet[Recorded]":
        rows = self._readable(kind).filter(dossier=self._dossier)
        if self._part is Part.OFFICE:
            office = self._acting.office
            rows = rows.filter(Q(keeper=office) | Q(begun_by=office))
        return rows

    def _readable(self, kind: Kind) -> "QuerySet[Recorded]":
        return kind.model.everything.all() if self._whole else visible_to(self._acting, kind.model)

    def _add(self, kind: Kind, rows: "QuerySet[Recorded]", *, carried: bool) -> None:
        for found in batched(plain_rows(rows)):
            self._add_some(kind, found, carried=carried)

    def _add_some(self, kind: Kind, found: Sequence[tuple[int, Plain]], *, carried: bool) -> None:
        numbers = [number for number, _ in found]
        rows = kind.model.everything.filter(pk__in=numbers).select_related("dossier")
        records = by_number(kind, rows)
        kept = self._kept(kind, numbers, records) if self._whole else {}
        for number, state in found:
            record = records[number]
            beside: dict[str, JSON] = {}
            if audience := audience_of(kind, record):
                beside["audience"] = audience
            beside |= kept.get(number, {})
            if carried or record.dossier_id != self._dossier.pk:
                beside["belongs_to"] = record.dossier.key
                if record.dossier_id != self._dossier.pk:
                    self._carried[record.dossier.key] = record.dossier
            self._name(kind, state)
            self.spool.add(kind.kind, record.key, {"record": as_written(state), "beside": beside})

    def _name(self, kind: Kind, state: Plain) -> None:
        """Take note of what a record names."""
        for way in references.ways_of(kind.kind):
            named = way.named_kind
            name, _dot, inner = way.field.partition(".")
            value = state.get(name)
            rows = value if isinstance(value, list) else [value]
            for row in rows:
                key = row.get(inner) if isinstance(row, dict) else row
                if isinstance(key, str):
                    of, _slash, key = key.partition("/") if not named else (named, "", key)
                    self._named[of, key] = None

    def _missing(self) -> dict[str, list[str]]:
        """What was named and is not there, by kind; it is asked for once."""
        missing: dict[str, list[str]] = {}
        for kind, key in self._named:
            if not self.spool.has(kind, key):
                missing.setdefault(kind, []).append(key)
        self._named = {}
        return missing

    def _kept(
        self, kind: Kind, numbers: Sequence[int], records: dict[int, Recorded]
    ) -> dict[int, dict[str, JSON]]:
        """By number, who keeps a record and began it where that does not follow, who confirmed."""
        if kind.keeping.kept_by == KeptBy.OWNER:
            return {}
        circles = circle_of(kind, numbers)
        confirmed = _confirmed(kind, [records[number].key for number in numbers])
        found: dict[int, dict[str, JSON]] = {}
        for number in numbers:
            record, said = records[number], dict[str, JSON]()
            if (record.keeper, record.begun_by) != self._follows(kind, record, circles.get(number)):
                said |= {"keeper": record.keeper, "begun_by": record.begun_by}
            if record.key in confirmed:
                said["confirmed"] = confirmed[record.key]
            found[number] = said
        return found

    def _follows(self, kind: Kind, record: Recorded, circle: str | None) -> tuple[str, str]:
        """Who would keep and have begun a record that is brought back without saying so."""
        office = self._office.office or office_named(self._dossier.office)
        kept_by = kind.keeping.kept_by
        if kept_by == KeptBy.NOBODY:
            return "", office
        if kept_by == KeptBy.SIDE:
            side = str(getattr(record, kind.keeping.side).key)
            if self._office.speaks_for(f"side:{side}"):
                return f"side:{side}", office
            if side in self._speakers:
                return f"side:{side}", office_named(self._speakers[side])
        elif kept_by == KeptBy.PARTNERSHIP and circle in self._office.partnerships:
            return str(circle), office
        return office, office

    def _offices(self) -> Iterator[dict[str, JSON]]:
        """The offices of the dossier's organizations, with the sides they speak for."""
        offices = Office.objects.filter(
            organization__dossier=self._dossier, vouched_at__isnull=False
        ).select_related("organization")
        for office in offices.order_by("organization__key"):
            rows = SideOffice.objects.filter(
                office=office, vouched_at__isnull=False, side__dossier=self._dossier
            )
            sides = list(rows.order_by("side__key").values_list("side__key", "voice"))
            said: dict[str, JSON] = {"organization": office.organization.key}
            if office.timezone != "UTC":
                said["timezone"] = office.timezone
            if sides:
                said["sides"] = [side for side, _ in sides]
            if any(voice for _, voice in sides):
                said["voice"] = True
            if len(said) > 1 or office.organization.key != self._dossier.office:
                yield said


def _confirmed(kind: Kind, keys: Sequence[str]) -> dict[str, list[JSON]]:
    """Which sides have confirmed, by key of the record."""
    found: dict[str, list[JSON]] = {}
    if not kind.keeping.weighty:
        return found
    rows = Standing.objects.filter(
        entry__kind=kind.kind, entry__key__in=keys, state=StandingState.CONFIRMED
    )
    for key, side, at, languages in rows.order_by("side").values_list(
        "entry__key", "side", "at", "languages"
    ):
        row: dict[str, JSON] = {"side": side.removeprefix("side:"), "at": plain_value(at)}
        if languages:
            row["languages"] = list(languages)
        found.setdefault(key, []).append(row)
    return found

"""A small record of two sides for tests: fictional, in two languages."""

from datetime import UTC, date, datetime

from amity.followup.actions import derive_standings
from amity.followup.choices import (
    CommitmentKind,
    Grade,
    PartyRole,
    ProposalKind,
    ReportState,
)
from amity.followup.models import Commitment, Party, Proposal, Report
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.choices import AreaKind, PartnershipKind
from amity.network.models import Area, Partnership, Side, Theme
from amity.network.tests.factory import placed
from amity.record import derived, kinds
from amity.record.models import Dossier


def words(en: str, **others: str) -> Text:
    """A text in English and, where given, in other languages."""
    versions = {"en": Version(en)} | {tag: Version(said) for tag, said in others.items()}
    return Text("en", versions)


def said(edtf: str) -> DateAsSaid:
    """A date in EDTF notation."""
    return DateAsSaid.parse(edtf)


class Record:
    """Two sides, one forum, one theme; commitments and proposals are added by the tests."""

    def __init__(self) -> None:
        self.dossier = Dossier.objects.create(
            key="sample", title=words("Sample"), fictional=True, languages=["en", "vi"]
        )
        own = {"dossier": self.dossier, "readers": "public"}
        self.theme = Theme.objects.create(**own, key="transport", name=words("Transport"))
        partnership = Partnership.objects.create(
            **own, key="north-south", kind=PartnershipKind.TWINNING, name=words("North – South")
        )
        self.sides = [
            Side.objects.create(
                **own,
                key=f"north-south-{key}",
                partnership=partnership,
                position=position,
                area=placed(
                    Area.objects.create(
                        **own, key=key, kind=AreaKind.CITY, name=words(name, vi=vietnamese)
                    )
                ),
            )
            for position, (key, name, vietnamese) in enumerate(
                [("north", "Northtown", "Bắc Thành"), ("south", "Southtown", "Nam Thành")], 1
            )
        ]
        self.forum = Gathering.objects.create(
            **own,
            key="forum-1",
            kind=GatheringKind.FORUM,
            title=words("First forum", vi="Diễn đàn thứ nhất"),
            partnership=partnership,
            status=GatheringStatus.HELD,
            when=said("2025-09-30/2025-10-01"),
            timezone="Asia/Ho_Chi_Minh",
        )
        Change.objects.create(at=datetime.now(UTC), command="test", verb="load")

    def tell(self) -> None:
        """Say in the audit trail of all records that have no entry there that they were added."""
        for kind in reversed(list(kinds.kinds())):
            told = Change.objects.filter(kind=kind.kind).values("key")
            rows = kind.model.everything.exclude(key__in=told).order_by("pk")
            derived.write_entries(kind.kind, list(rows.values_list("pk", flat=True)))
            for key, readers in rows.values_list("key", "readers"):
                Change.objects.create(
                    at=datetime.now(UTC),
                    command="test",
                    verb="save",
                    kind=kind.kind,
                    key=key,
                    effect="added",
                    public=readers == "public",
                )

    def commitment(self, number: int = 1, deadline: str | None = "2026-10", **fields) -> Commitment:
        """A commitment of the south to the north."""
        values = {
            "dossier": self.dossier,
            "readers": "public",
            "key": f"C-2025-{number:03d}",
            "kind": CommitmentKind.COMMITMENT,
            "grade": Grade.WILL,
            "title": words(f"Promise {number}", vi=f"Cam kết {number}"),
            "gathering": self.forum,
            "made": said("2025-10-01"),
            "deadline": said(deadline) if deadline else None,
        } | fields
        made = Commitment.objects.create(**values)
        made.themes.add(self.theme)
        for position, (side, role) in enumerate(
            [(self.sides[1], PartyRole.HOLDER), (self.sides[0], PartyRole.COUNTERPART)], 1
        ):
            Party.objects.create(commitment=made, position=position, side=side, role=role)
        derive_standings([made.pk])
        return made

    def report(
        self,
        commitment: Commitment,
        side: int,
        completion: str,
        text: str = "What was done",
        state: str = ReportState.ACCEPTED,
        on: date = date(2026, 9, 12),
    ) -> Report:
        """A report of side 0 or 1."""
        made = Report.objects.create(
            dossier=self.dossier,
            readers="public",
            key=f"{commitment.key.lower()}-{side}-{state}-{on.isoformat()}",
            commitment=commitment,
            side=self.sides[side],
            completion=completion,
            text=words(text),
            state=state,
            submitted_on=on,
            accepted_on=on if state == ReportState.ACCEPTED else None,
        )
        derive_standings([commitment.pk])
        return made

    def proposal(self, number: int = 1, **fields) -> Proposal:
        """A proposal to both sides."""
        values = {
            "dossier": self.dossier,
            "readers": "public",
            "key": f"P-2025-{number:03d}",
            "kind": ProposalKind.PROPOSAL,
            "title": words(f"Idea {number}", vi=f"Đề xuất {number}"),
            "gathering": self.forum,
            "made": said("2025-10-01"),
        } | fields
        made = Proposal.objects.create(**values)
        made.addressees.set(self.sides)
        made.themes.add(self.theme)
        return made

"""The sides of commitments, each with what it reported last."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from amity.followup.choices import ReportState
from amity.followup.models import Commitment, Party, Report


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One side of a commitment: its part in it, and the last report of it that was accepted."""

    party: Party
    last: Report | None


def with_parties(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Commitments with their parties and accepted reports. Two statements more."""
    return rows.prefetch_related(
        Prefetch(
            "parties",
            Party.objects.select_related("side__area").order_by("side__position", "position"),
        ),
        Prefetch("reports", accepted_reports().defer("text", "obstacles")),
    )


def accepted_reports() -> QuerySet[Report]:
    """Reports that count, the latest last: no other changes anything that others see."""
    rows = Report.objects.filter(state=ReportState.ACCEPTED)
    return rows.order_by("accepted_on", "submitted_on", "key")


def party_lines(commitment: Commitment) -> tuple[PartyLine, ...]:
    """The sides of a commitment that was read with its parties and accepted reports."""
    last = {report.side_id: report for report in commitment.reports.all()}
    return tuple(PartyLine(party, last.get(party.side_id)) for party in commitment.parties.all())

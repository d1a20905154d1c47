"""The sides of commitments, each with what it reported last."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from amity.followup.choices import Completion, ReportState
from amity.followup.models import Commitment, Party, Report
from amity.record.acting import STRANGER, Acting
from amity.record.queries import visible_to


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One side of a commitment: its part in it, and the last report of it that was accepted.

    `completion` and `accepted_on` are None where none was.
    """

    party: Party
    completion: Completion | None
    accepted_on: date | None


def with_parties(rows: QuerySet[Commitment], acting: Acting = STRANGER) -> QuerySet[Commitment]:
    """Commitments with what `party_lines` says of their sides to whoever acts.

    One statement more.
    """
    last = accepted_reports(acting).reverse()
    of_side = last.filter(commitment=OuterRef("commitment"), side=OuterRef("side"))
    there = Party.everything.filter(commitment__readers__in=acting.readers)
    parties = there.select_related("side__area", "organization").annotate(
        completion=Subquery(of_side.values("completion")[:1]),
        accepted_on=Subquery(of_side.values("accepted_on")[:1]),
    )
    return rows.select_related("dossier").prefetch_related(
        Prefetch("parties", parties.order_by("side__position", "position"))
    )


def accepted_reports(acting: Acting = STRANGER) -> QuerySet[Report]:
    """Reports that count, the latest last: no other changes anything that others see."""
    rows = visible_to(acting, Report).filter(state=ReportState.ACCEPTED)
    return rows.order_by("accepted_on", "submitted_on", "key")


def party_lines(commitment: Commitment) -> tuple[PartyLine, ...]:
    """The sides of a commitment that was read `with_parties`."""
    return tuple(_line(party) for party in commitment.parties.all())


def _line(party: Party) -> PartyLine:
    completion: str | None = party.completion  # type: ignore[attr-defined] # of the query above
    accepted_on: date | None = party.accepted_on  # type: ignore[attr-defined] # likewise
    return PartyLine(party, Completion(completion) if completion else None, accepted_on)

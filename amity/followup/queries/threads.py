"""The thread of one commitment or proposal: said, asked, answered, promised, reported, decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from amity.followup.choices import ReportState
from amity.followup.models import (
    Alternative,
    Answer,
    Commitment,
    Disposition,
    Party,
    Proposal,
    Report,
    Review,
)
from amity.followup.models import Evidence as ReportEvidence
from amity.foundation.collect import Nested, collected
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.prepared import prepared
from amity.gatherings.models import Statement
from amity.languages.text import Text
from amity.sources.queries import Evidence, evidence_about

from .lists import texts

SAID, ASKED, ANSWERED, PROMISED, REPORTED, REVIEWED, DECIDED = range(7)
"""The order in which things follow on one another when their dates do not tell."""


@dataclass(frozen=True, slots=True)
class Step:
    """One knot of a thread. `what` names the template's part, `of` is the thing itself."""

    what: str
    order: int
    when: DateAsSaid | date | None
    of: Any
    position: int | None = None

    @property
    def sorts_by(self) -> tuple[str, int]:
        """Dated steps go by the day they ended; undated ones before or after them, by kind."""
        when = self.when.end if isinstance(self.when, DateAsSaid) else self.when
        undated = "" if self.order <= PROMISED else "9999"
        return (when.isoformat() if when else undated, self.order)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """An accepted report with its evidence."""

    report: Report
    evidence: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a commitment's thread, with the answers it got."""

    proposal: Proposal
    answers: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A disposition with what came after the thing it disposed of."""

    disposition: Disposition
    successors: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class PartyView:
    """One side of a commitment: its part in it and the last it reported."""

    party: Party
    last: Report | None = None


@dataclass(frozen=True, slots=True)
class CommitmentThread:
    """Everything the page of a commitment shows."""

    commitment: Commitment
    themes: tuple[Text, ...]
    parties: list[PartyView]
    steps: list[Step]
    reviews: tuple[dict[str, Any], ...]
    decision: DecisionLine | None
    evidence: Evidence
    overdue_days: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalThread:
    """Everything the page of a proposal shows."""

    proposal: Proposal
    themes: tuple[Text, ...]
    alternatives: tuple[Text, ...]
    addressees: tuple[dict[str, Any], ...]
    answers: list[Answer]
    silent: tuple[dict[str, Any], ...]
    commitments: list[Commitment]
    steps: list[Step]
    decision: DecisionLine | None
    evidence: Evidence = field(repr=False)


def commitment_thread(key: str, today: date) -> CommitmentThread:
    """The commitment `key` with its thread. Seven statements. Raises Http404."""
    commitment = _commitments.one_or_404(key)
    parties = [
        PartyView(party)
        for party in commitment.parties.select_related("side__area", "organization").order_by(
            "side__position", "position"
        )
    ]
    statements = _statements(
        Q(
            pk__in=Commitment.statements.through.objects.filter(commitment=commitment).values(
                "statement"
            )
        )
        | Q(
            pk__in=Proposal.statements.through.objects.filter(
                proposal__commitments=commitment
            ).values("statement")
        )
    )
    proposals = _proposals_of(commitment)
    reports = _reports_of(commitment)
    decisions = _decisions(Q(commitment=commitment) | Q(successor_commitments=commitment))
    evidence = evidence_about(
        {
            "commitment": [commitment.key],
            "statement": [one.key for one in statements],
            "proposal": [line.proposal.key for line in proposals],
        }
    )
    last = {line.report.side_id: line.report for line in reports}
    for view in parties:
        view.last = last.get(view.party.side_id)
    steps = [
        *_said(statements),
        *(Step("asked", ASKED, line.proposal.made, line) for line in proposals),
        Step("promised", PROMISED, commitment.made, commitment),
        *(
            Step("reported", REPORTED, line.report.accepted_on, line, line.report.side.position)
            for line in reports
        ),
        *(Step("decided", DECIDED, line.disposition.decided_on, line) for line in decisions),
    ]
    reviews = _rows(commitment.review_rows, "reviewed_on")
    steps += [
        Step("reviewed", REVIEWED, date.fromisoformat(row["reviewed_on"]), row) for row in reviews
    ]
    return CommitmentThread(
        commitment=commitment,
        themes=texts(commitment.theme_names),
        parties=parties,
        steps=_in_order(steps),
        reviews=reviews,
        decision=_last_of(decisions, commitment_id=commitment.pk),
        evidence=evidence,
        overdue_days=_overdue_days(commitment, today),
    )


def proposal_thread(key: str) -> ProposalThread:
    """The proposal `key` with its thread. Six statements. Raises Http404."""
    proposal = _proposals.one_or_404(key)
    statements = _statements(Q(proposals=proposal))
    answers = list(
        proposal.answers.select_related("side__area", "organization").order_by(
            "side__position", "key"
        )
    )
    commitments = list(proposal.commitments.select_related("gathering").order_by("key"))
    decisions = _decisions(Q(proposal=proposal) | Q(successor_proposals=proposal))
    evidence = evidence_about(
        {"proposal": [proposal.key], "statement": [one.key for one in statements]}
    )
    addressees = _rows(proposal.asked, "position")
    answered = {answer.side_id for answer in answers}
    steps = [
        *_said(statements),
        Step("proposed", ASKED, proposal.made, proposal),
        *(Step("answered", ANSWERED, one.given, one, one.side.position) for one in answers),
        *(Step("led_to", PROMISED, one.made, one) for one in commitments),
        *(Step("decided", DECIDED, line.disposition.decided_on, line) for line in decisions),
    ]
    return ProposalThread(
        proposal=proposal,
        themes=texts(proposal.theme_names),
        alternatives=texts(_rows(proposal.ways, "position"), "text"),
        addressees=addressees,
        answers=answers,
        silent=tuple(row for row in addressees if row["side"] not in answered),
        commitments=commitments,
        steps=_in_order(steps),
        decision=_last_of(decisions, proposal_id=proposal.pk),
        evidence=evidence,
    )


@prepared
def _commitments(key: str) -> QuerySet[Any]:
    return (
        Commitment.objects.filter(key=key)
        .select_related("dossier", "gathering__place", "gathering__series", "session")
        .annotate(
            theme_names=collected(
                Commitment.themes.through.objects.all(),
                by="commitment",
                key="theme__key",
                name=Nested("theme__name"),
            ),
            review_rows=collected(
                Review.objects.all(),
                by="commitment",
                key="key",
                reviewed_on="reviewed_on",
                verifiable="verifiable",
                ambition="ambition",
                completion="completion",
                early_results="early_results",
                text=Nested("text"),
                reviewer=Nested("reviewer__name"),
                organization=Nested("organization__name"),
            ),
        )
    )


@prepared
def _proposals(key: str) -> QuerySet[Any]:
    return (
        Proposal.objects.filter(key=key)
        .select_related(
            "dossier",
            "gathering__place",
            "gathering__series",
            "session",
            "proposer",
            "proposer_organization",
            "proposer_side__area",
        )
        .annotate(
            theme_names=collected(
                Proposal.themes.through.objects.all(),
                by="proposal",
                key="theme__key",
                name=Nested("theme__name"),
            ),
            ways=collected(
                Alternative.objects.all(), by="proposal", position="position", text=Nested("text")
            ),
            asked=collected(
                Proposal.addressees.through.objects.all(),
                by="proposal",
                side="side_id",
                position="side__position",
                key="side__area__key",
                name=Nested("side__area__name"),
            ),
        )
    )


def _statements(which: Q) -> list[Statement]:
    return list(
        Statement.objects.filter(which)
        .select_related("person", "organization", "side__area", "gathering", "session")
        .order_by("key")
    )


def _proposals_of(commitment: Commitment) -> list[ProposalLine]:
    rows = commitment.proposals.order_by("key").annotate(
        replies=collected(
            Answer.objects.all(),
            by="proposal",
            key="key",
            verdict="verdict",
            reasons=Nested("reasons"),
            given=Nested("given"),
            position="side__position",
            name=Nested("side__area__name"),
        )
    )
    return [ProposalLine(row, _rows(row.replies, "position")) for row in rows]


def _reports_of(commitment: Commitment) -> list[ReportLine]:
    """Accepted reports only: a draft never changes anything that others see."""
    rows = (
        commitment.reports.filter(state=ReportState.ACCEPTED)
        .select_related("side__area", "organization")
        .annotate(
            proofs=collected(
                ReportEvidence.objects.all(),
                by="report",
                position="position",
                label=Nested("label"),
                url="url",
                article="article__key",
            )
        )
        .order_by("accepted_on", "submitted_on", "key")
    )
    return [ReportLine(row, _rows(row.proofs, "position")) for row in rows]


def _decisions(which: Q) -> list[DecisionLine]:
    rows = (
        Disposition.objects.filter(pk__in=Disposition.objects.filter(which).values("pk"))
        .select_related("gathering", "into", "commitment", "proposal")
        .annotate(
            next_commitments=collected(
                Disposition.successor_commitments.through.objects.all(),
                by="disposition",
                key="commitment__key",
                title=Nested("commitment__title"),
            ),
            next_proposals=collected(
                Disposition.successor_proposals.through.objects.all(),
                by="disposition",
                key="proposal__key",
                title=Nested("proposal__title"),
            ),
        )
        .order_by("decided_on", "key")
    )
    return [
        DecisionLine(
            row,
            (
                *({**one, "kind": "commitment"} for one in _rows(row.next_commitments, "key")),
                *({**one, "kind": "proposal"} for one in _rows(row.next_proposals, "key")),
            ),
        )
        for row in rows
    ]


def _said(statements: Iterable[Statement]) -> Iterable[Step]:
    return (
        Step("said", SAID, one.when, one, one.side.position if one.side else None)
        for one in statements
    )


def _in_order(steps: list[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.sorts_by)


def _rows(rows: list[dict[str, Any]] | None, by: str) -> tuple[dict[str, Any], ...]:
    return tuple(sorted(rows or (), key=lambda row: row[by]))


def _last_of(decisions: list[DecisionLine], **of: int) -> DecisionLine | None:
    ((name, pk),) = of.items()
    own = [line for line in decisions if getattr(line.disposition, name) == pk]
    return own[-1] if own else None


def _overdue_days(commitment: Commitment, today: date) -> int | None:
    """Days since the deadline passed; None when it has not, or when the thing is settled."""
    due = commitment.due_on
    return (today - due).days if commitment.open and due and due < today else None

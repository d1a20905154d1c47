"""The thread of one commitment or proposal: said, asked, answered, promised, reported, decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat

from amity.followup.models import (
    Answer,
    Commitment,
    Disposition,
    Evidence,
    Proposal,
    Report,
    Review,
)
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.models import Statement
from amity.languages.text import Text
from amity.network.models import Side, Theme
from amity.record import kinds
from amity.record.choices import StandingState
from amity.record.managers import PUBLIC
from amity.record.models import Standing
from amity.record.removals import one_or_404
from amity.record.rules import is_joint
from amity.sources.queries import Evidence as Published
from amity.sources.queries import evidence_about

from .milestones import IndicatorLine, MilestoneLine, reported_on
from .parties import PartyLine, accepted_reports, party_lines, with_parties

SAID, ASKED, ANSWERED, PROMISED, REPORTED, REVIEWED, DECIDED = range(7)
"""The order in which things follow on one another when their dates do not tell."""

Knot: TypeAlias = Statement | Proposal | Answer | Commitment | Report | Review | Disposition


@dataclass(frozen=True, slots=True)
class Step:
    """One knot of a thread. `what` names the template's part, `of` is the thing itself.

    `waiting`: the sides that have not confirmed it, of what all of them decide together.
    `heard`: the statements in which a promise was made, and those of the proposals it answers.
    """

    what: str
    order: int
    when: DateAsSaid | date | None
    of: Knot
    position: int | None = None
    waiting: tuple[Text, ...] = ()
    heard: tuple[Statement, ...] = ()

    @property
    def sorts_by(self) -> tuple[str, int]:
        """Dated steps go by the day they ended; undated ones before or after them, by kind."""
        when = self.when.end if isinstance(self.when, DateAsSaid) else self.when
        undated = "" if self.order <= PROMISED else "9999"
        return (when.isoformat() if when else undated, self.order)


@dataclass(frozen=True, slots=True)
class CommitmentThread:
    """A commitment with its sides, its milestones and indicators as these report on them, its
    thread and what was published about it."""

    commitment: Commitment
    parties: tuple[PartyLine, ...]
    milestones: tuple[MilestoneLine, ...]
    indicators: tuple[IndicatorLine, ...]
    steps: tuple[Step, ...]
    published: Published


@dataclass(frozen=True, slots=True)
class ProposalThread:
    """A proposal with the sides that owe an answer, its thread and what was published about it."""

    proposal: Proposal
    silent: tuple[Side, ...]
    steps: tuple[Step, ...]
    published: Published


def commitment_thread(key: str) -> CommitmentThread:
    """The commitment `key` with its thread. 17 statements at most. Raises Http404."""
    commitment = one_or_404(_commitments(), key)
    decisions = list(_decisions(Q(commitment=commitment) | Q(successor_commitments=commitment)))
    proposals = list(commitment.proposals.all())
    statements = tuple(_heard(commitment, proposals))
    steps = [
        *_said(statements),
        *(Step("asked", ASKED, one.made, one) for one in proposals),
        Step("promised", PROMISED, commitment.made, commitment, heard=statements),
        *(
            Step("reported", REPORTED, one.accepted_on, one, one.side.position)
            for one in commitment.reports.all()
        ),
        *_decided(decisions),
        *(Step("reviewed", REVIEWED, one.reviewed_on, one) for one in commitment.reviews.all()),
    ]
    return CommitmentThread(
        commitment,
        party_lines(commitment),
        *reported_on(commitment),
        _in_order(steps),
        evidence_about(
            {
                "commitment": [commitment.key],
                "statement": [one.key for one in statements],
                "proposal": [one.key for one in proposals],
                "gathering": [commitment.gathering.key] if commitment.gathering else [],
                "session": [commitment.session.key] if commitment.session else [],
            }
        ),
    )


def proposal_thread(key: str) -> ProposalThread:
    """The proposal `key` with its thread. 13 statements at most. Raises Http404."""
    proposal = one_or_404(_proposals(), key)
    statements = list(proposal.statements.all())
    answers = list(proposal.answers.all())
    answered = {answer.side_id for answer in answers}
    decisions = list(_decisions(Q(proposal=proposal) | Q(successor_proposals=proposal)))
    steps = [
        *_said(statements),
        Step("proposed", ASKED, proposal.made, proposal),
        *(Step("answered", ANSWERED, one.given, one, one.side.position) for one in answers),
        *(Step("led_to", PROMISED, one.made, one) for one in proposal.commitments.all()),
        *_decided(decisions),
    ]
    return ProposalThread(
        proposal,
        tuple(side for side in proposal.addressees.all() if side.pk not in answered),
        _in_order(steps),
        evidence_about({"proposal": [proposal.key], "statement": [one.key for one in statements]}),
    )


def _commitments() -> QuerySet[Commitment]:
    rows = Commitment.objects.select_related("dossier", "gathering", "session")
    return with_parties(rows).prefetch_related(
        Prefetch("themes", Theme.objects.order_by("key")),
        Prefetch("proposals", Proposal.objects.order_by("key")),
        Prefetch("proposals__answers", _answers()),
        "milestones",
        "indicators",
        Prefetch("reports", accepted_reports().select_related("side__area")),
        Prefetch(
            "reports__evidence", Evidence.objects.select_related("article").order_by("position")
        ),
        Prefetch(
            "reviews", Review.objects.select_related("reviewer", "organization").order_by("key")
        ),
    )


def _proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related(
        "dossier", "gathering", "proposer", "proposer_organization", "proposer_side__area"
    ).prefetch_related(
        "alternatives",
        Prefetch("themes", Theme.objects.order_by("key")),
        Prefetch("addressees", Side.objects.select_related("area").order_by("position")),
        Prefetch("statements", _statements()),
        Prefetch("answers", _answers()),
        Prefetch("commitments", Commitment.objects.order_by("key")),
    )


def _statements() -> QuerySet[Statement]:
    return Statement.objects.select_related(
        "person", "organization", "side__area", "gathering", "session", "noted_by"
    ).order_by("key")


def _heard(commitment: Commitment, proposals: Sequence[Proposal]) -> QuerySet[Statement]:
    """The statements in which a commitment, or the proposals that it answers, were made."""
    promised = Commitment.statements.through.objects.filter(commitment=commitment)
    asked = Proposal.statements.through.objects.filter(proposal__in=proposals)
    return _statements().filter(
        Q(pk__in=promised.values("statement")) | Q(pk__in=asked.values("statement"))
    )


def _answers() -> QuerySet[Answer]:
    rows = Answer.objects.select_related("side__area", "organization")
    return rows.order_by("side__position", "key")


def _decisions(which: Q) -> QuerySet[Disposition]:
    """Three statements."""
    return (
        Disposition.objects.filter(pk__in=Disposition.objects.filter(which).values("pk"))
        .select_related("gathering", "into", "commitment", "proposal")
        .prefetch_related(
            Prefetch("successor_commitments", Commitment.objects.order_by("key")),
            Prefetch("successor_proposals", Proposal.objects.order_by("key")),
        )
        .order_by("decided_on", "key")
    )


def _said(statements: Iterable[Statement]) -> Iterable[Step]:
    return (
        Step("said", SAID, one.when, one, one.side.position if one.side else None)
        for one in statements
    )


def _decided(decisions: Sequence[Disposition]) -> Iterable[Step]:
    """One statement where there are decisions."""
    waiting = _unconfirmed(decisions)
    return (
        Step("decided", DECIDED, one.decided_on, one, waiting=tuple(waiting[one.pk]))
        for one in decisions
    )


def _unconfirmed(decisions: Sequence[Disposition]) -> Mapping[int, list[Text]]:
    """By number of a decision of all sides: the names of those that have not confirmed it."""
    joint = [one.pk for one in decisions if is_joint(one)]
    found: dict[int, list[Text]] = defaultdict(list)
    if not joint:
        return found
    confirmed = Standing.objects.filter(
        entry__kind=kinds.of_model(Disposition).kind,
        entry__key=OuterRef("key"),
        state=StandingState.CONFIRMED,
        side=Concat(Value("side:"), OuterRef("side")),
    )
    sides = "gathering__partnership__sides"
    rows = Disposition.objects.filter(pk__in=joint).annotate(
        side=F(f"{sides}__key"),
        name=F(f"{sides}__area__name"),
        place=F(f"{sides}__position"),
        side_readers=F(f"{sides}__readers"),
    )
    rows = rows.filter(~Exists(confirmed), side_readers=PUBLIC).order_by("place")
    for number, name in rows.values_list("pk", "name"):
        found[number].append(name)
    return found


def _in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda step: step.sorts_by))

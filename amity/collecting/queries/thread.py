"""Reads of the record: what came of something that was sent in, and what it may be led to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from amity.collecting.models import Became, Submission
from amity.followup.choices import PartyRole
from amity.followup.models import Answer, Commitment, Disposition, Proposal
from amity.gatherings.models import Gathering, Statement
from amity.network.models import Side
from amity.record import rules
from amity.record.acting import Acting
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.queries import visible_to
from amity.turns.queries import QuestionLine, due_of

from .submissions import all_submissions


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal that came of something sent in, and what the public reads of its thread.

    `proposal` is None where not everybody may read it, or where it was `removed` from the record;
    `released`: that it is itself to be told. `waiting`: the sides that have a term and owe an
    answer.
    """

    proposal: Proposal | None
    answers: tuple[Answer, ...]
    commitments: tuple[Commitment, ...]
    decisions: tuple[Disposition, ...]
    released: bool = True
    removed: bool = False
    waiting: tuple[QuestionLine, ...] = ()


def outcomes_of(submission: Submission, today: date | None = None) -> list[Outcome]:
    """What became of something sent in, as everybody reads it; on a day, with what waits then."""
    entries = [one.proposal for one in submission.became.select_related("proposal")]
    found = {one.key: one for one in Proposal.objects.filter(key__in=[one.key for one in entries])}
    waiting = due_of(list(found.values()), today) if today else {}
    return [_outcome(one, found.get(one.key), waiting) for one in entries]


def _outcome(
    entry: Entry, proposal: Proposal | None, waiting: Mapping[int, Sequence[QuestionLine]]
) -> Outcome:
    if proposal is None:
        return Outcome(None, (), (), (), removed=entry.removed_at is not None)
    return Outcome(
        proposal,
        tuple(Answer.objects.filter(proposal=proposal).select_related("side__area")),
        tuple(Commitment.objects.filter(proposals=proposal).order_by("key")),
        tuple(Disposition.objects.filter(proposal=proposal).order_by("decided_on", "key")),
        waiting=tuple(waiting.get(proposal.pk, ())),
    )


def all_removed(submission: Submission) -> bool:
    """Whether all proposals that came of something sent in were taken out of the record again."""
    came = list(Entry.everything.filter(pk__in=submission.became.values("proposal")))
    return bool(came) and all(one.removed_at and one.moved_to_id is None for one in came)


def proposals_of(acting: Acting, submission: Submission) -> list[Entry]:
    """The proposals that came of something sent in, as whoever acts may read them."""
    rows = Entry.everything.filter(
        rules.readable(acting), pk__in=submission.became.values("proposal"), removed_at=None
    )
    return list(rows.order_by("key"))


def mergeable(acting: Acting, gathering: Gathering) -> "QuerySet[Proposal]":
    """The proposals that something sent in for a gathering may be joined to."""
    rows = visible_to(acting, Proposal).filter(keeper=gathering.keeper)
    return rows.order_by("-key")


def sent_in_for(proposals: list[str]) -> "QuerySet[Submission]":
    """What was sent in of which these proposals (by identifier) came."""
    came = Became.objects.filter(
        submission=OuterRef("pk"), proposal__kind="proposal", proposal__key__in=proposals
    )
    return all_submissions().filter(Exists(came)).order_by("pk")


def is_public(entry: Entry) -> bool:
    """Whether everybody reads a record that stands."""
    return entry.readers == PUBLIC and entry.removed_at is None


def answer_or_404(acting: Acting, key: str) -> Answer:
    """An answer that whoever acts may read, with what it answers. Raises Http404."""
    rows = visible_to(acting, Answer).select_related(
        "dossier", "side__area", "side__partnership", "organization", "proposal__dossier"
    )
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def sides_with(side: Side) -> list[Side]:
    """All sides of a side's partnership, as they stand. One statement."""
    rows = Side.everything.filter(partnership=side.partnership_id)
    return list(rows.order_by("position"))


def promised_from(acting: Acting, answer: Answer) -> list[Commitment]:
    """What the side that answered holds because of the proposal, as whoever acts may read it.

    One statement.
    """
    rows = visible_to(acting, Commitment).filter(
        proposals=answer.proposal_id, parties__side=answer.side_id, parties__role=PartyRole.HOLDER
    )
    return list(rows.order_by("key").distinct())


LAST_HEARD = 10


def heard_at(acting: Acting, gathering: Gathering) -> "QuerySet[Statement]":
    """What was noted last of a gathering, as whoever acts may read it. One statement."""
    rows = visible_to(acting, Statement).filter(gathering=gathering)
    return rows.select_related("person", "side__area").order_by("-pk")[:LAST_HEARD]

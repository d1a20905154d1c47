"""Reads of forms and of what was sent through them: for strangers, by a link, and at the desk."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import Http404
from django.utils import timezone

from amity.accounts.queries import digest_of
from amity.collecting.choices import WAITING
from amity.collecting.models import Became, Call, SentFile, Submission
from amity.followup.choices import PartyRole
from amity.followup.models import Answer, Commitment, Disposition, Proposal
from amity.foundation.models import Change
from amity.gatherings.models import Gathering, Statement
from amity.languages.text import Text
from amity.network.models import Side
from amity.record import rules
from amity.record.acting import Acting
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.queries import visible_to
from amity.record.removals import missing


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it stands now: its `call`, the `gathering`, and whether it is `before` it opens,
    `open` or `closed`."""

    call: Call
    gathering: Gathering
    state: str


def public_form(key: str) -> Form:
    """The form of a gathering that everybody finds. Two statements.

    Raises Http404, and Removed or Moved of what was there: its address stands on paper, too.
    """
    rows = _calls().filter(gathering__kind="gathering", gathering__key=key, code=None)
    try:
        return _form(rows, public=True)
    except Http404:
        raise missing(Gathering, key) from None


def form_with(code: str) -> Form:
    """The form whose address has this code. Two statements. Raises Http404."""
    return _form(_calls().filter(code=code), public=False)


def _form(rows: "QuerySet[Call]", *, public: bool) -> Form:
    call = rows.first()
    if call is None:
        raise Http404
    gatherings = Gathering.objects.all() if public else Gathering.everything.all()
    gathering = gatherings.filter(key=call.gathering.key).select_related("dossier").first()
    if gathering is None:
        raise Http404
    return Form(call, gathering, state_of(call))


def state_of(call: Call) -> str:
    """Whether a form is "before" it opens, "open" or "closed"."""
    now = timezone.now()
    if now < call.opens_at:
        return "before"
    return "open" if now < call.closes_at else "closed"


def _calls() -> "QuerySet[Call]":
    return Call.objects.select_related("gathering")


def call_of(gathering: Gathering) -> Call | None:
    """The form of a gathering, whoever finds it. One statement."""
    return _calls().filter(gathering__kind="gathering", gathering__key=gathering.key).first()


def opens_beside() -> Subquery:
    """When the form that everybody finds opens, to be read with a gathering."""
    return Subquery(_beside().values("opens_at")[:1])


def closes_beside() -> Subquery:
    """When it closes."""
    return Subquery(_beside().values("closes_at")[:1])


def _beside() -> "QuerySet[Call]":
    return Call.objects.filter(
        gathering__kind="gathering", gathering__key=OuterRef("key"), code=None
    )


def sides_of(gathering: Gathering) -> list[Side]:
    """The sides of the partnership that keeps a gathering, as they stand. One statement."""
    rows = Side.everything.filter(partnership__key=gathering.keeper.partition(":")[2])
    return list(rows.select_related("area").order_by("position"))


def submission_with(secret: str) -> Submission | None:
    """What was sent in, by the secret of its link. One statement."""
    return _submissions().filter(digest=digest_of(secret)).first()


def _submissions() -> "QuerySet[Submission]":
    return Submission.objects.select_related("call__gathering__dossier")


def gatherings_of(acting: Acting) -> "QuerySet[Gathering]":
    """The gatherings for which whoever acts collects proposals: those that their sides keep."""
    if not rules.writes(acting):
        return Gathering.everything.none()
    kept = visible_to(acting, Gathering).filter(keeper__in=acting.partnerships)
    return kept.select_related("dossier").order_by("-starts_on", "key")


def gathering_or_404(acting: Acting, key: str) -> Gathering:
    """One of these. Raises Http404."""
    found = gatherings_of(acting).filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def submissions_of(acting: Acting) -> "QuerySet[Submission]":
    """What was sent in for gatherings of one's own sides, what waits first, then the newest.

    Names and addresses are for those who write at these offices, and nobody else.
    """
    kept = gatherings_of(acting).order_by().values("key")
    wanted = Q(call__gathering__kind="gathering", call__gathering__key__in=kept)
    if rules.writes(acting):
        wanted |= Q(call__in=orphaned(acting))
    rows = _submissions().filter(wanted)
    return rows.alias(first=Q(stage__in=WAITING)).order_by("-first", "-at", "-pk")


def orphaned(acting: Acting) -> "QuerySet[Call]":
    """The forms of one's own sides whose gathering is no more: what was sent in is there still."""
    stands = Gathering.everything.filter(key=OuterRef("gathering__key"))
    return _calls().filter(~Exists(stands), keeper__in=acting.partnerships)


def waiting_for_what_is_gone(key: str) -> "QuerySet[Submission]":
    """What waits for a gathering that is no more (by its identifier). One statement."""
    rows = _submissions().filter(call__gathering__kind="gathering", call__gathering__key=key)
    stands = Gathering.everything.filter(key=key)
    return rows.filter(~Exists(stands), stage__in=WAITING).order_by("pk")


def gathering_of(call: Call) -> Gathering | None:
    """The gathering of a form, None where it is no more. One statement."""
    return Gathering.everything.filter(key=call.gathering.key).select_related("dossier").first()


def zone_of(call: Call) -> str:
    """By which clocks days are told to whoever sent something in. One statement."""
    found = Gathering.everything.filter(key=call.gathering.key).values_list("timezone", flat=True)
    return found.first() or "UTC"


def other_calls(acting: Acting, call: Call) -> "QuerySet[Call]":
    """The forms of other gatherings of the same sides, to which something can be moved."""
    kept = gatherings_of(acting).filter(keeper=call.keeper).order_by().values("key")
    rows = _calls().filter(gathering__kind="gathering", gathering__key__in=kept)
    return rows.exclude(pk=call.pk).order_by("-opens_at", "pk")


def waiting_for(acting: Acting) -> "QuerySet[Submission]":
    """What nobody has decided on yet and is not set aside, the oldest first."""
    return submissions_of(acting).filter(stage__in=WAITING, aside=False).order_by("at", "pk")


def set_aside(acting: Acting, only: int) -> "QuerySet[Submission]":
    """What was set aside and nobody has decided on yet, of one form or of all (0). No statement."""
    rows = submissions_of(acting).filter(stage__in=WAITING, aside=True)
    return rows.filter(call=only) if only else rows


DECLINED_TOGETHER = "decline_together"
TAKEN_BACK = "take_back"
LAST_TOGETHER = 5
"""So many of what was declined together are offered to be taken back."""


def declined_together(acting: Acting) -> "QuerySet[Change]":
    """What the office declined together and has not taken back, the last first. No statement."""
    rows = Change.objects.filter(office=acting.office, kind="submission")
    undoes = Cast(KeyTextTransform("undoes", "details"), BigIntegerField())
    undone = rows.alias(undoes=undoes).filter(verb=TAKEN_BACK, undoes=OuterRef("pk"))
    together = rows.filter(verb=DECLINED_TOGETHER, part_of=None)
    return together.filter(~Exists(undone)).order_by("-pk")


def submission_or_404(acting: Acting, number: int) -> Submission:
    """One of these. Raises Http404."""
    found = submissions_of(acting).filter(pk=number).first()
    if found is None:
        raise Http404(str(number))
    return found


@dataclass(frozen=True, slots=True)
class CallLine:
    """A gathering at the desk, with its form if there is one, and how many wait of how many."""

    gathering: Gathering
    call: Call | None
    state: str
    waiting: int
    all: int


def lines(gatherings: list[Gathering]) -> list[CallLine]:
    """Gatherings with their forms. One statement."""
    rows = _calls().filter(
        gathering__kind="gathering", gathering__key__in=[one.key for one in gatherings]
    )
    counted = rows.annotate(
        waiting=Count(
            "submissions", filter=Q(submissions__stage__in=WAITING, submissions__aside=False)
        ),
        everything=Count("submissions"),
    )
    calls = {call.gathering.key: call for call in counted}
    return [
        CallLine(
            one,
            call,
            state_of(call) if call else "",
            call.waiting if call else 0,
            call.everything if call else 0,
        )
        for one in gatherings
        for call in [calls.get(one.key)]
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal that came of something sent in, and what the public reads of its thread.

    `proposal` is None where not everybody may read it, or where it was `removed` from the record;
    `released`: that it is itself to be told.
    """

    proposal: Proposal | None
    answers: tuple[Answer, ...]
    commitments: tuple[Commitment, ...]
    decisions: tuple[Disposition, ...]
    released: bool = True
    removed: bool = False


def outcomes_of(submission: Submission) -> list[Outcome]:
    """What became of something sent in, as everybody reads it. Five statements at most."""
    entries = [one.proposal for one in submission.became.select_related("proposal")]
    found = {one.key: one for one in Proposal.objects.filter(key__in=[one.key for one in entries])}
    return [_outcome(one, found.get(one.key)) for one in entries]


def _outcome(entry: Entry, proposal: Proposal | None) -> Outcome:
    if proposal is None:
        return Outcome(None, (), (), (), removed=entry.removed_at is not None)
    return Outcome(
        proposal,
        tuple(Answer.objects.filter(proposal=proposal).select_related("side__area")),
        tuple(Commitment.objects.filter(proposals=proposal).order_by("key")),
        tuple(Disposition.objects.filter(proposal=proposal).order_by("decided_on", "key")),
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
    return _submissions().filter(Exists(came)).order_by("pk")


def told_title(submission: Submission) -> Text | None:
    """What the gathering is called, for whoever has the link of something sent in.

    None once it is not public any more: its form was for everybody, and what it is called now is
    not. Those who were given the address of a form know it anyway.
    """
    call = submission.call
    known = call.code is not None or call.gathering.readers == PUBLIC
    return call.gathering.title if known else None


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


def files_of(submission: Submission) -> list[SentFile]:
    """The files that came with something sent in, with what they are published with."""
    return list(submission.files.select_related("published"))


def file_or_404(submission: Submission, number: int) -> SentFile:
    """One of these. Raises Http404."""
    found = submission.files.filter(pk=number).first()
    if found is None:
        raise Http404(str(number))
    return found


def published_with(key: str) -> "QuerySet[SentFile]":
    """The files that everybody gets with a proposal, by its identifier. One statement."""
    public = Q(published__readers=PUBLIC, published__removed_at=None)
    return SentFile.objects.filter(public, published__kind="proposal", published__key=key)


LAST_HEARD = 10


def heard_at(acting: Acting, gathering: Gathering) -> "QuerySet[Statement]":
    """What was noted last of a gathering, as whoever acts may read it. One statement."""
    rows = visible_to(acting, Statement).filter(gathering=gathering)
    return rows.select_related("person", "side__area").order_by("-pk")[:LAST_HEARD]

"""What the desk does with what was sent in: read, take up whole or in parts, join, decline."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amity.collecting import messages, queries
from amity.collecting.actions.following import mark_told
from amity.collecting.actions.receiving import next_number
from amity.collecting.choices import TAKEN_UP, Stage
from amity.collecting.models import Became, Call, Submission
from amity.collecting.telling import KIND, number_of, take_back_letters, tell
from amity.desk.new.naming import new_key
from amity.followup.models import Proposal
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Side
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.choices import Audience
from amity.record.models import Entry
from amity.record.numbered import number_of as said_number
from amity.record.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Part:
    """A proposal that something sent in becomes, in the language it was sent in."""

    kind: str
    title: str
    words: str


class Decided(ValidationError):
    """Somebody else decided on it, or whoever sent it withdrew it, since it was read."""


class Gone(ValidationError):
    """The gathering for which it was sent in is no more."""


def take_to_read(acting: Acting, submission: Submission) -> None:
    """Say that it is being read. Raises NotAllowed, Decided."""
    with transaction.atomic():
        found = _locked(acting, submission)
        if found.stage != Stage.RECEIVED:
            raise Decided(_("This waits no more: somebody has decided on it."))
        _become(acting, found, Stage.READING, "read")
        tell(found, step_of(found, "reading"), messages.reading)


def bring_in(acting: Acting, submission: Submission) -> None:
    """Let what was set aside wait with all the others. Raises NotAllowed, Decided."""
    with transaction.atomic():
        found = _locked(acting, submission)
        found.aside = False
        _become(acting, found, found.stage, "bring_in")


def reconsider(acting: Acting, submission: Submission) -> None:
    """Let it be decided on again: what came of it was taken out of the record.

    Raises NotAllowed, Decided.
    """
    with transaction.atomic():
        found = _found(acting, submission)
        if found.stage not in TAKEN_UP or not queries.all_removed(found):
            raise Decided(_("This waits no more: somebody has decided on it."))
        take_back_letters(found)
        found.again += 1
        _become(acting, found, Stage.READING, "reconsider")
        tell(found, step_of(found, "reconsidered"), messages.reconsidered)


def move(acting: Acting, submission: Submission, call: Call) -> None:
    """Let it wait with what was sent in for another gathering of the same sides.

    Raises NotAllowed, Decided.
    """
    with transaction.atomic():
        found = _locked(acting, submission)
        if not queries.other_calls(acting, found.call).filter(pk=call.pk).exists():
            raise NotAllowed(KIND)
        before = number_of(found)
        found.call, found.number = call, next_number(call)
        found.files.update(call=call)
        _become(acting, found, found.stage, "move")
        tell(found, f"moved:{call.pk}:{found.number}", lambda about: messages.moved(about, before))


def take_up(
    acting: Acting,
    submission: Submission,
    parts: Sequence[Part],
    addressees: Sequence[Side],
    audience: Audience,
) -> list[Proposal]:
    """Make proposals of the record of it: one, or several parts. All of them, or none.

    Raises NotAllowed, Decided, and what `record.actions.save` raises.
    """
    with transaction.atomic():
        found = _locked(acting, submission)
        gathering = _gathering(found)
        made = [_proposal(acting, found, gathering, part) for part in parts]
        for proposal in made:
            proposal.key = new_key(kinds.get("proposal"), proposal, "")
            writing.save(
                acting, proposal, {"addressees": addressees}, audience=audience, verb="take_up"
            )
            _came(found, proposal, own=True)
        stage = Stage.PUBLISHED if len(made) == 1 else Stage.SPLIT
        _become(acting, found, stage, "take_up")
        mark_told(found)
        numbers = [said_number(one.key) for one in made]
        public = audience == Audience.PUBLIC
        tell(
            found,
            step_of(found, "taken_up"),
            lambda about: messages.taken_up(about, numbers, public=public),
        )
    return made


def join(acting: Acting, submission: Submission, proposal: Proposal) -> None:
    """Join it to a proposal that stands in the record. Raises NotAllowed, Decided."""
    with transaction.atomic():
        found = _locked(acting, submission)
        gathering = _gathering(found)
        if not queries.mergeable(acting, gathering).filter(pk=proposal.pk).exists():
            raise NotAllowed("proposal")
        _came(found, proposal, own=False)
        _become(acting, found, Stage.MERGED, "join")
        mark_told(found)
        number = said_number(proposal.key)
        tell(found, step_of(found, "joined"), lambda about: messages.joined(about, number))


def decline(acting: Acting, submission: Submission, reason: str, language: str) -> None:
    """Do not take it up, with a reason that is sent. Raises NotAllowed, Decided."""
    if not reason.strip():
        raise ValidationError(_("Say why: whoever sent it in reads it."))
    with transaction.atomic():
        found = _locked(acting, submission)
        found.reason, found.reason_language = reason, language
        _become(acting, found, Stage.DECLINED, "decline")
        tell(found, step_of(found, "declined"), lambda about: messages.declined(about, reason))


def step_of(submission: Submission, name: str) -> str:
    """By which name a step is told once, each time it is decided on anew."""
    return f"{name}:{submission.again}" if submission.again else name


def _found(acting: Acting, submission: Submission) -> Submission:
    """It as it stands, while nobody else writes. Raises NotAllowed."""
    take_turn()
    if not queries.submissions_of(acting).filter(pk=submission.pk).exists():
        raise NotAllowed(KIND)
    rows = Submission.objects.select_for_update(of=("self",))
    return rows.select_related("call__gathering").get(pk=submission.pk)


def _locked(acting: Acting, submission: Submission) -> Submission:
    """It as it stands, while it waits and nobody else writes. Raises NotAllowed, Decided."""
    found = _found(acting, submission)
    if not found.waits:
        raise Decided(_("This waits no more: somebody has decided on it."))
    return found


def _gathering(submission: Submission) -> Gathering:
    """The gathering it was sent in for. Raises Gone."""
    found = queries.gathering_of(submission.call)
    if found is None:
        raise Gone(_("Its gathering was taken out of the record: move it to another one first."))
    return found


def _become(acting: Acting, submission: Submission, stage: str, verb: str) -> None:
    submission.stage, submission.stage_at = stage, timezone.now()
    submission.office = acting.office
    submission.save()
    by = By(acting.user, acting.command, acting.office)
    record_change(by, verb, KIND, str(submission.pk), public=False)


def _proposal(acting: Acting, submission: Submission, gathering: Gathering, part: Part) -> Proposal:
    made = submission.at.astimezone(ZoneInfo(gathering.timezone)).date()
    return Proposal(
        dossier=gathering.dossier,
        kind=part.kind,
        title=Text.of(part.title, submission.language),
        text=Text.of(part.words, submission.language),
        gathering=gathering,
        proposer_words=_who(submission),
        made=DateAsSaid.on(made, made),
    )


def _who(submission: Submission) -> Text | None:
    """Who proposes it, where they consent: the others are counted and not named."""
    if not submission.shown or not submission.name:
        return None
    who = ", ".join(one for one in (submission.name, submission.organization) if one)
    count = len(submission.others.split("\n")) if submission.others else 0
    if count:
        with translation.override(submission.language):
            words = ngettext("%(who)s, and %(count)s other", "%(who)s, and %(count)s others", count)
            who = words % {"who": who, "count": count}
    return Text.of(who, submission.language)


def _came(submission: Submission, proposal: Proposal, *, own: bool) -> None:
    entry = Entry.everything.get(kind="proposal", key=proposal.key)
    Became.objects.get_or_create(submission=submission, proposal=entry, defaults={"own": own})

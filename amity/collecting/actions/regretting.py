"""What whoever proposed something does later: withdraw it, their name, or the wish for letters.

What they withdraw is taken out of all that keeps it, the audit trail too.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.collecting.actions import enclosing
from amity.collecting.actions.publishing import note_public
from amity.collecting.choices import Stage
from amity.collecting.models import SentFile, Submission
from amity.collecting.telling import KIND, forget_letters
from amity.desk.models import Draft
from amity.followup.models import Proposal
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.forgetting import forget_field, words_in_field
from amity.network.models import Side
from amity.record.acting import Acting, Speaking, key_of
from amity.record.actions import save
from amity.record.choices import Mandate
from amity.record.models import Entry
from amity.record.search.writing import forget_words

FIELD = "proposer_words"
"""Where a proposal of the record says who proposes it."""
COMMAND = "consent"
"""By which the trail calls what follows from the wish of whoever proposed something."""


class TooLate(ValidationError):
    """What was sent in is no longer in the hands of whoever sent it."""


def withdraw(submission: Submission) -> None:
    """Withdraw something sent in, of which nothing is kept then but its number.

    What came of it and was taken out of the record again keeps its words there, but no name.
    Raises TooLate where it was decided on.
    """
    with transaction.atomic():
        found = _locked(submission)
        if not found.waits:
            raise TooLate(_("It was decided on meanwhile."))
        _take_names_out(found)
        _take_files_out(found)
        found.title = found.words = found.mail = ""
        found.written_to = False
        found.stage, found.stage_at = Stage.WITHDRAWN, timezone.now()
        found.save()
        forget_letters(found)
        _noted("withdraw", found)


def stop_letters(submission: Submission) -> None:
    """Send no more letters, and forget the mail address with those that were sent."""
    with transaction.atomic():
        found = _locked(submission)
        found.mail, found.written_to = "", False
        found.save()
        forget_letters(found)
        _noted("stop_letters", found)


def take_name_out(submission: Submission) -> None:
    """Show the name no more: it goes out of the proposal, its history, and what is kept here.

    Whoever says how they are called decides that alone, so no office has to agree. Files go with
    it: what they say of whom nobody knows.
    """
    with transaction.atomic():
        found = _locked(submission)
        _take_names_out(found)
        _take_files_out(found)
        found.unnamed_at = timezone.now()
        found.save()
        _noted("withdraw_name", found)


def take_files_out(submission: Submission) -> None:
    """Take the files away, here and from proposals with which everybody got them."""
    with transaction.atomic():
        found = _locked(submission)
        _take_files_out(found)
        _noted("withdraw_files", found)


def _take_files_out(submission: Submission) -> None:
    files = SentFile.objects.filter(submission=submission)
    for entry in Entry.everything.filter(pk__in=files.values("published")):
        note_public(By(command=COMMAND), "withdraw_files", entry)
    enclosing.remove(files)


def _take_names_out(submission: Submission) -> None:
    names = [one for one in (submission.name, submission.organization) if one]
    for became in submission.became.select_related("proposal"):
        _take_out(submission, became.proposal, names, own=became.own)
    _forget_who(submission)


def _take_out(submission: Submission, entry: Entry, names: list[str], *, own: bool) -> None:
    """Take the words that say who proposes it out of a proposal.

    Of one that others began they go only where they say this name, or have said it before: it may
    stand in the history alone.
    """
    proposal = Proposal.everything.filter(key=entry.key).first()
    words = proposal.proposer_words if proposal else None
    said = [version.words for version in words.versions.values()] if words else []
    keys = {entry.key, *Entry.everything.filter(moved_to=entry).values_list("key", flat=True)}
    told = [*said, *words_in_field("proposal", keys, FIELD), *_drafted(keys)]
    others = [] if own else _names_of_others(submission, entry)
    if not own and not _names_any(told, names, others):
        return
    if proposal is not None and words is not None and (own or _names_any(said, names, others)):
        proposal.proposer_words = None
        save(_acting(submission, proposal), proposal, verb="withdraw_name")
    forget_field("proposal", keys, FIELD)
    _forget_drafts(keys)
    forget_words(told)


def _names_of_others(submission: Submission, entry: Entry) -> list[str]:
    """The names of all others of whom the proposal came."""
    rows = Submission.objects.filter(became__proposal=entry).exclude(pk=submission.pk)
    named = rows.values_list("name", "organization")
    return [one for some in named for one in some if one]


def _names_any(told: Iterable[str], names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether words say one of the names as a whole, and not as part of the name of another.

    Or else whoever gives themselves one letter for a name could take out the names of others.
    """
    for words in told:
        left = words
        for other in others:
            left = left.replace(other, ",")
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", left) for name in names):
            return True
    return False


def _acting(submission: Submission, proposal: Proposal) -> Acting:
    """As whom the name is taken out: as the office that took it up, whatever it may today."""
    partnership = proposal.keeper
    sides = Side.everything.filter(partnership__key=key_of(partnership))
    return Acting(
        command=COMMAND,
        office=submission.office,
        vouched=True,
        sides=frozenset(Speaking(f"side:{one.key}", partnership) for one in sides),
        mandates=frozenset({Mandate.OFFICER}),
    )


def _drafted(keys: set[str]) -> list[str]:
    """The words that drafts of officers say."""
    return [
        str(value)
        for draft in Draft.objects.filter(kind="proposal", key__in=keys)
        for name, value in draft.values.items()
        if name.partition("-")[0] == FIELD
    ]


def _forget_drafts(keys: set[str]) -> None:
    """Drafts of officers forget the words too."""
    for draft in Draft.objects.filter(kind="proposal", key__in=keys):
        kept = {
            name: value for name, value in draft.values.items() if name.partition("-")[0] != FIELD
        }
        Draft.objects.filter(pk=draft.pk).update(values=kept)


def _forget_who(submission: Submission) -> None:
    submission.name = submission.organization = submission.others = ""
    submission.shown = False


def _locked(submission: Submission) -> Submission:
    take_turn()
    rows = Submission.objects.select_for_update(of=("self",))
    return rows.select_related("call__gathering").get(pk=submission.pk)


def _noted(verb: str, submission: Submission) -> None:
    record_change(By(command=COMMAND), verb, KIND, str(submission.pk), public=False)

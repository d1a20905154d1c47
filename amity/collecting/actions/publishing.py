"""Giving everybody a file that came with something sent in, beside the proposal that came of it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from amity.collecting import queries
from amity.collecting.models import SentFile
from amity.collecting.telling import KIND
from amity.followup.models import Proposal
from amity.foundation.actions import By, record_change, take_turn
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Entry
from amity.record.refusals import NotAllowed


def offered(acting: Acting, entries: Sequence[Entry]) -> list[Entry]:
    """Those of some proposals of which whoever acts says which files everybody gets with them."""
    rows = Proposal.everything.filter(key__in=[one.key for one in entries])
    keepers = dict(rows.values_list("key", "keeper"))
    return [
        one
        for one in entries
        if one.key in keepers and rules.writes(acting) and rules.speaks(acting, keepers[one.key])
    ]


def publish(acting: Acting, file: SentFile, entry: Entry) -> None:
    """Give everybody a file with a proposal that came of what it was sent with.

    Raises NotAllowed, and ValidationError where not everybody reads the proposal.
    """
    with transaction.atomic():
        found = _locked(acting, file, entry)
        if not queries.is_public(entry):
            raise ValidationError(_("Release the proposal first: not everybody reads it yet."))
        found.published = entry
        found.save(update_fields=["published"])
        note_public(_by(acting), "publish_file", entry)


def take_back(acting: Acting, file: SentFile) -> None:
    """Give a file to the offices alone again. Raises NotAllowed."""
    with transaction.atomic():
        if file.published is None:
            return
        entry = file.published
        found = _locked(acting, file, entry)
        found.published = None
        found.save(update_fields=["published"])
        note_public(_by(acting), "withdraw_file", entry)


def _locked(acting: Acting, file: SentFile, entry: Entry) -> SentFile:
    """The file as it stands, while nobody else writes. Raises NotAllowed."""
    take_turn()
    found = SentFile.objects.filter(pk=file.pk).first()
    mine = queries.submissions_of(acting).filter(files=file, became__proposal=entry)
    if found is None or not mine.exists() or not offered(acting, [entry]):
        raise NotAllowed(KIND)
    return found


def _by(acting: Acting) -> By:
    return By(acting.user, acting.command, acting.office)


def note_public(by: By, verb: str, entry: Entry) -> None:
    """Note that the public page of a proposal shows other files now, so that it is made anew."""
    record_change(by, verb, entry.kind, entry.key, public=queries.is_public(entry))

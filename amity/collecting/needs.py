"""What was sent in and waits, on the desk's first page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amity.collecting import queries
from amity.collecting.models import Submission
from amity.desk import needs
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.languages.text import Text
from amity.record.acting import Acting

MOST = 8


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("proposals sent in", 5, sent_in, queries.waiting_for)


def sent_in(acting: Acting) -> Need | None:
    """Proposals that nobody has decided on, the oldest first."""
    found = list(queries.waiting_for(acting)[: MOST + 1])
    if not found:
        return None
    rows = tuple(_row(one) for one in found[:MOST])
    more = len(found) > MOST
    return Need(
        _("Proposals sent in"), rows, more, reverse("desk_submissions"), _("All that was sent in")
    )


def _row(submission: Submission) -> Row:
    return Row(
        Text.of(submission.title, submission.language),
        str(submission.get_kind_display()),
        reverse("desk_submission", args=[submission.pk]),
        str(submission.get_stage_display()),
        submission.call.gathering.dossier.fictional,
    )

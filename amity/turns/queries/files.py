"""Reads of the files that holders enclose: of a draft, and of the report of a turn."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from amity.desk.files import attached
from amity.desk.models import Attachment
from amity.followup.models import Report
from amity.record.acting import Acting
from amity.turns.models import DraftFile, Link, SentFile


def draft_files(link: Link) -> QuerySet[DraftFile]:
    """The files in the draft of whoever has the link."""
    return DraftFile.objects.filter(turn=link.turn_id, holder=link.holder_id)


def sent_by(link: Link) -> QuerySet[SentFile]:
    """The files that the holder of a turn sent before, as far as they hang on its report still."""
    rows = SentFile.objects.filter(turn=link.turn_id, attachment__office=link.holder.office)
    return rows.select_related("attachment")


class Sent(NamedTuple):
    """A file at the desk, and whether the holder of a turn sent it."""

    file: Attachment
    of_holder: bool


def files_with(acting: Acting, report: Report) -> Sequence[Sent]:
    """The files on a report that whoever acts may read. Two statements."""
    here = attached.called("report", report.key)
    rows = attached.files_of(acting).filter(here, kind="report").order_by("pk")
    sent = set(SentFile.objects.filter(turn__report=report).values_list("attachment", flat=True))
    return tuple(Sent(one, one.pk in sent) for one in rows)

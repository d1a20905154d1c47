"""Turns of a commitment that is removed: put aside, told of, and brought back with it.

What waits in the outbox for somebody in charge is taken out, so that nobody is asked about what is
gone; links that had gone out serve again once it is back.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.core import serializers
from django.db.models import Model
from django.utils.translation import ngettext

from amity.desk.models import Attachment
from amity.followup.models import Commitment
from amity.foundation.models import Letter
from amity.record.acting import Acting
from amity.record.models import Recorded
from amity.turns import queries
from amity.turns.models import Aside, Charge, GivenPassage, Holder, Link, SentFile, Turn

COMMITMENT, REPORT = "commitment", "report"


def leave_commitments(numbers: Sequence[int]) -> None:
    """Put aside who is asked about commitments, and all that was asked and answered."""
    _keep_from_going_out(numbers)
    rows: dict[int, list[Model]] = defaultdict(list)
    for charge in Charge.objects.filter(commitment__in=numbers).order_by("pk"):
        rows[charge.commitment_id].append(charge)
    for turn in Turn.objects.filter(commitment__in=numbers).order_by("pk"):
        rows[turn.commitment_id].append(turn)
    for link in Link.objects.filter(turn__commitment__in=numbers).select_related("turn"):
        rows[link.turn.commitment_id].append(link)
    for file in SentFile.objects.filter(turn__commitment__in=numbers).select_related("turn"):
        rows[file.turn.commitment_id].append(file)
    for given in GivenPassage.objects.filter(turn__commitment__in=numbers).select_related("turn"):
        rows[given.turn.commitment_id].append(given)
    keys = Commitment.everything.filter(pk__in=rows).values_list("pk", "key")
    for number, key in keys:
        words = serializers.serialize("json", rows[number])
        Aside.objects.update_or_create(kind=COMMITMENT, key=key, defaults={"rows": words})


def leave_reports(numbers: Sequence[int]) -> None:
    """Put aside which turns reports answer."""
    answered = Turn.objects.filter(report__in=numbers).select_related("report")
    for turn in answered:
        if turn.report is not None:
            Aside.objects.update_or_create(
                kind=REPORT, key=turn.report.key, defaults={"rows": str(turn.pk)}
            )


def commitment_is_back(record: Recorded) -> None:
    """Bring back what was put aside with a commitment, as far as whom it names is still there."""
    aside = Aside.objects.filter(kind=COMMITMENT, key=record.key).first()
    if aside is None:
        return
    holders = set(Holder.objects.values_list("pk", flat=True))
    for one in serializers.deserialize("json", aside.rows):
        row = one.object
        if isinstance(row, Charge | Turn):
            row.commitment_id = record.pk
        if isinstance(row, Charge | Link) and row.holder_id not in holders:
            continue
        if isinstance(row, SentFile) and not _is_there(row):
            continue
        if isinstance(row, Turn):
            row.report = None  # until it is back itself
        if isinstance(row, Link):
            row.letter = Letter.objects.filter(pk=row.letter_id or 0).first()
        row.save()
    aside.delete()


def _is_there(sent: SentFile) -> bool:
    return Attachment.objects.filter(pk=sent.attachment_id).exists()


def report_is_back(record: Recorded) -> None:
    """Let a report answer the turn again that it answered."""
    aside = Aside.objects.filter(kind=REPORT, key=record.key).first()
    if aside is None:
        return
    Turn.objects.filter(pk=int(aside.rows), report=None).update(report=record.pk)
    aside.delete()


def what_goes(acting: Acting, record: Recorded) -> list[str]:
    """What of turns goes with a commitment, as far as it is of the sides of whoever acts."""
    turns = queries.turns_of(acting).filter(commitment=record.pk, dropped_at=None)
    charged = Charge.objects.filter(commitment=record.pk, holder__office=acting.office).count()
    links = Link.objects.filter(turn__in=turns, ended_at=None, used_at=None).count()
    found = []
    if count := turns.count():
        words = ngettext("%(count)s turn to report", "%(count)s turns to report", count)
        found.append(words % {"count": count})
    if charged:
        words = ngettext(
            "%(count)s person in charge, who is asked no more",
            "%(count)s people in charge, who are asked no more",
            charged,
        )
        found.append(words % {"count": charged})
    if links:
        words = ngettext(
            "%(count)s link that was sent and serves no more",
            "%(count)s links that were sent and serve no more",
            links,
        )
        found.append(words % {"count": links})
    return found


def nothing_more(acting: Acting, record: Recorded) -> list[str]:
    """A report goes with its turn’s answer; there is nothing beside to tell."""
    return []


def _keep_from_going_out(commitments: Sequence[int]) -> None:
    """Take out of the outbox what asks about commitments, with its links: nobody has these yet."""
    waiting = Link.objects.filter(
        turn__commitment__in=commitments, letter__isnull=False, letter__sent_at=None
    )
    letters = list(waiting.values_list("letter", flat=True))
    Turn.objects.filter(links__in=waiting).update(asked_at=None)
    waiting.delete()
    Letter.objects.filter(pk__in=letters, sent_at=None).delete()

"""Reads of what was sent in: who decides on it, and what waits."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import Http404
from django.urls import reverse

from amity.accounts.queries import digest_of
from amity.collecting.choices import WAITING
from amity.collecting.models import SentFile, Submission
from amity.desk.shown import Called
from amity.foundation.models import Change
from amity.foundation.pages.speaking import page_language
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.record import rules
from amity.record.acting import Acting
from amity.record.managers import PUBLIC
from amity.record.models import Entry

from .calls import gatherings_of, orphaned


def submission_with(secret: str) -> Submission | None:
    """What was sent in, by the secret of its link. One statement."""
    return all_submissions().filter(digest=digest_of(secret)).first()


def all_submissions() -> "QuerySet[Submission]":
    """All of it with its forms, those of what is gone too."""
    return Submission.objects.select_related("call__gathering__dossier")


def submissions_of(acting: Acting) -> "QuerySet[Submission]":
    """What was sent in for gatherings of one's own sides, what waits first, then the newest.

    Names and addresses are for those who write at these offices, and nobody else.
    """
    kept = gatherings_of(acting).order_by().values("key")
    entries = Entry.everything.filter(kind="gathering", key__in=kept)
    wanted = Q(call__gathering__in=entries.values("pk"))
    if rules.writes(acting):
        wanted |= Q(call__in=orphaned(acting))
    rows = all_submissions().filter(wanted)
    return rows.alias(first=Q(stage__in=WAITING)).order_by("-first", "-at", "-pk")


def called(acting: Acting, keys: Sequence[str]) -> dict[str, Called]:
    """What of these was sent in is called: by its title, or its number where that is withdrawn."""
    rows = submissions_of(acting).filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return {
        str(one.pk): Called(
            Text.of(one.title, one.language)
            if one.title
            else Text.of(f"{one.call.gathering.key}/{one.number}", page_language()),
            str(Submission._meta.verbose_name),
            reverse("desk_submission", args=[one.pk]),
        )
        for one in rows
    }


def waiting_for_what_is_gone(key: str) -> "QuerySet[Submission]":
    """What waits for a gathering that is no more (by its identifier). One statement."""
    rows = all_submissions().filter(call__gathering__kind="gathering", call__gathering__key=key)
    stands = Gathering.everything.filter(key=key)
    return rows.filter(~Exists(stands), stage__in=WAITING).order_by("pk")


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

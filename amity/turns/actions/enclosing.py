"""Files by the link of a turn: kept in the draft, handed over with the report, removed.

Until the report is sent, whoever has the link alone gets them, and they go with the link. Sent,
they hang on the report: its side reads them, and accepting it lets its readers get them.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.files import attachments
from amity.desk.files.attachments import About
from amity.desk.files.documents import LARGEST, Document, kept_name, recognised
from amity.desk.files.places import Places
from amity.followup.models import Report
from amity.foundation.actions import take_turn
from amity.record.acting import Acting
from amity.turns import queries
from amity.turns.models import DraftFile, Link, SentFile

PLACES = Places("reported")
MOST_FILES = 4
MOST_TOGETHER = 20_000_000
"""Bytes of all files in one draft."""
MOST_LOOKED_INTO = 40
"""Files that came by one link; to look into one takes time."""


def hold(link: Link, uploads: Iterable[UploadedFile], besides: int = 0) -> list[str]:
    """Keep files in the draft of a link; gives in words what was not taken.

    `besides`: how many files go with the report already.
    """
    problems = []
    for upload in uploads:
        try:
            _hold(link, upload, besides)
        except ValidationError as error:
            problems.append(f"{Path(upload.name or '').name[:80]}: {' '.join(error.messages)}")
    return problems


def _hold(link: Link, upload: UploadedFile, besides: int) -> None:
    """Keep one file, once. Raises ValidationError where it is not taken."""
    _refuse_too_much(link, besides, upload.size or 0)  # before its content is looked into
    fresh = Link.objects.filter(pk=link.pk, looked_into__lt=MOST_LOOKED_INTO)
    if not fresh.update(looked_into=F("looked_into") + 1):
        raise ValidationError(
            _("Very many files came by this link: ask the office that wrote to you for a new one.")
        )
    document = recognised(upload.read(LARGEST + 1))
    sha256 = hashlib.sha256(document.content).hexdigest()
    with transaction.atomic():
        take_turn()
        if not Link.objects.filter(pk=link.pk, used_at=None, ended_at=None).exists():
            raise ValidationError(_("This link serves no more."))
        if queries.draft_files(link).filter(sha256=sha256).exists():
            return
        _refuse_too_much(link, besides, len(document.content))
        file = DraftFile(
            turn=link.turn,
            holder=link.holder,
            place=PLACES.new(),
            name=kept_name(upload.name or "", document.media_type),
            media_type=document.media_type,
            sha256=sha256,
            size=len(document.content),
            at=timezone.now(),
        )
        file.save()
        PLACES.keep(file.place, document.content)


def _refuse_too_much(link: Link, besides: int, size: int) -> None:
    """Raise ValidationError where a file of so many bytes is one too many."""
    here = queries.draft_files(link)
    if here.count() + besides >= MOST_FILES:
        raise ValidationError(_("Four files are enough: this one was left out."))
    if (here.aggregate(held=Sum("size"))["held"] or 0) + size > MOST_TOGETHER:
        raise ValidationError(_("All files together have more than 20 MB: this one was left out."))


def leave_out(link: Link, numbers: Collection[int]) -> None:
    """Remove files of a link's draft."""
    with transaction.atomic():
        take_turn()
        remove(queries.draft_files(link).filter(pk__in=numbers))


def hand_over(
    acting: Acting, link: Link, report: Report, taken_back: Collection[int], language: str
) -> None:
    """Put the files of a draft on the report that was written; call it in its transaction.

    `taken_back`: numbers of files sent with an earlier version of it that go no more with it.
    Raises ValidationError where they are too many, and what `attachments` raises.
    """
    for sent in queries.sent_by(link).filter(attachment__in=taken_back):
        attachments.remove(acting, sent.attachment, report)
    drafts = queries.draft_files(link)
    if drafts.count() + queries.sent_by(link).count() > MOST_FILES:
        raise ValidationError(_("Four files are enough: leave one of them out."))
    for draft in drafts:
        document = Document(draft.media_type, path_of(draft).read_bytes())
        about = About(shared=True, language=language)
        file = attachments.attach_document(acting, report, draft.name, document, about)
        SentFile.objects.create(turn=link.turn, attachment=file)
    remove(drafts)


def publish(acting: Acting, report: Report, kept_back: Collection[int]) -> None:
    """Let whoever reads an accepted report get its files; call it in the transaction of that.

    `kept_back`: numbers of those that its side keeps to the office that asked. Raises NotAllowed.
    """
    for sent in SentFile.objects.filter(turn__report=report).select_related("attachment"):
        if sent.attachment.pk in kept_back:
            attachments.keep_back(acting, sent.attachment, report)
        else:
            attachments.publish(acting, sent.attachment, report)


def remove(rows: "QuerySet[DraftFile]") -> None:
    """Remove files of drafts for good, with their bytes; call it in the transaction of why."""
    places = list(rows.values_list("place", flat=True))
    rows.delete()
    PLACES.clear(places)


def path_of(file: DraftFile) -> Path:
    """Where the bytes of a file in a draft are."""
    return PLACES.path(file.place)


def forget_files(now: datetime) -> str:
    """Remove what no link leads to any more, and bytes without a row; says how many."""
    serving = Link.objects.filter(
        turn=OuterRef("turn"),
        holder=OuterRef("holder"),
        ended_at=None,
        used_at=None,
        expires_at__gt=now,
    )
    with transaction.atomic():
        take_turn()
        forgotten = DraftFile.objects.filter(~Exists(serving))
        count = forgotten.count()
        remove(forgotten)
    PLACES.clear_stray(now, _known)
    return f"{count} files without a report removed" if count else ""


def _known(places: Collection[str]) -> set[str]:
    return set(DraftFile.objects.filter(place__in=places).values_list("place", flat=True))

"""Files that come with a proposal: held until its form can be taken, given to it, removed.

What has arrived stays through any number of tries of the form. A row is written in one transaction
with its bytes, which are its own.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.collecting.actions.places import digest_of_place
from amity.collecting.models import Call, SentFile, Submission
from amity.desk.files.documents import LARGEST, Document, kept_name, recognised
from amity.desk.files.places import Places
from amity.foundation.actions import take_turn

PLACES = Places("proposed")
MOST_FILES = 4
MOST_TOGETHER = 20_000_000
"""Bytes of all files of one proposal."""
HOUR = timedelta(hours=1)
WAITS = timedelta(hours=3)
"""How long a file waits for its form."""
FROM_ONE_PLACE = 200_000_000
"""Bytes in an hour from one network address."""
MOST_OF_A_FORM = 2_000_000_000
"""Bytes that all proposals of one form keep."""


def hold(call: Call, held: str, uploads: Iterable[UploadedFile], place: str) -> list[str]:
    """Keep files for a form that calls them by `held`; gives in words what was not taken."""
    problems = []
    for upload in uploads:
        try:
            _hold(call, held, upload, digest_of_place(place))
        except ValidationError as error:
            problems.append(f"{Path(upload.name or '').name[:80]}: {' '.join(error.messages)}")
    return problems


def _hold(call: Call, held: str, upload: UploadedFile, sender: str) -> None:
    """Keep one file, once. Raises ValidationError where it is not taken."""
    _refuse_too_much(call, held, sender, upload.size or 0)  # before its content is looked into
    document = recognised(upload.read(LARGEST + 1))
    sha256 = hashlib.sha256(document.content).hexdigest()
    with transaction.atomic():
        take_turn()
        if SentFile.objects.filter(held=held, sha256=sha256).exists():
            return
        _refuse_too_much(call, held, sender, len(document.content))
        name = kept_name(upload.name or "", document.media_type)
        _keep(SentFile(call=call, held=held, name=name, sha256=sha256, sender=sender), document)


def _keep(file: SentFile, document: Document) -> None:
    file.place, file.at = PLACES.new(), timezone.now()
    file.media_type, file.size = document.media_type, len(document.content)
    file.full_clean(exclude=["call", "submission", "published"])
    file.save()
    PLACES.keep(file.place, document.content)


def _refuse_too_much(call: Call, held: str, sender: str, size: int) -> None:
    """Raise ValidationError where a file of so many bytes is one too many."""
    here = SentFile.objects.filter(held=held)
    if here.count() >= MOST_FILES:
        raise ValidationError(_("Four files are enough: this one was left out."))
    if _bytes(here) + size > MOST_TOGETHER:
        raise ValidationError(_("All files together have more than 20 MB: this one was left out."))
    from_here = SentFile.objects.filter(sender=sender, at__gt=timezone.now() - HOUR)
    if _bytes(from_here) + size > FROM_ONE_PLACE:
        raise ValidationError(
            _("Very much came from your network within an hour: send the file a little later.")
        )
    if _bytes(SentFile.objects.filter(call=call)) + size > MOST_OF_A_FORM:
        raise ValidationError(
            _("The form takes no more files: please send your proposal without it.")
        )


def _bytes(rows: "QuerySet[SentFile]") -> int:
    return rows.aggregate(held=Sum("size"))["held"] or 0


def held_by(held: str) -> "QuerySet[SentFile]":
    """The files that a form holds. One statement."""
    return SentFile.objects.filter(held=held)


def leave_out(held: str, numbers: Collection[int]) -> None:
    """Remove files that wait for a form and are wanted no more."""
    with transaction.atomic():
        take_turn()
        remove(held_by(held).filter(submission=None, pk__in=numbers))


def give(submission: Submission, held: str) -> None:
    """Give something sent in the files of its form; call it in the transaction that keeps it.

    What another proposal has already got from the same form is kept for each of them.
    """
    for file in held_by(held):
        if file.submission_id is None:
            file.submission = submission
            file.save(update_fields=["submission"])
            continue
        content = path_of(file).read_bytes()
        copy = SentFile(call=file.call, submission=submission, name=file.name, sha256=file.sha256)
        _keep(copy, Document(file.media_type, content))


def hashes(rows: "QuerySet[SentFile]") -> list[str]:
    """What the files hold, to be compared."""
    return sorted(rows.values_list("sha256", flat=True))


def remove(rows: "QuerySet[SentFile]") -> None:
    """Remove files for good, with their bytes; call it in the transaction of why."""
    places = list(rows.values_list("place", flat=True))
    rows.delete()
    PLACES.clear(places)


def path_of(file: SentFile) -> Path:
    """Where the bytes of a file are."""
    return PLACES.path(file.place)


def forget_files(now: datetime) -> str:
    """Remove what waits for its form no more, and bytes without a row; says how many."""
    with transaction.atomic():
        take_turn()
        waiting = SentFile.objects.filter(submission=None, at__lt=now - WAITS)
        count = waiting.count()
        remove(waiting)
    SentFile.objects.filter(~Q(sender=""), at__lt=now - timedelta(days=1)).update(sender="")
    PLACES.clear_stray(now, _known)
    return f"{count} files without a proposal removed" if count else ""


def _known(places: Collection[str]) -> set[str]:
    return set(SentFile.objects.filter(place__in=places).values_list("place", flat=True))

"""Writes of files on records: keep, remove; and their bytes, apart from the record's pictures."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.documents import kept_name, recognised
from amity.desk.models import Attachment
from amity.foundation import files
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed

FOLDER = "files"
"""Within the folder of media; no address leads into it."""
MOST_ON_A_RECORD = 50
MOST_OF_AN_OFFICE = 5_000_000_000
"""Bytes."""


def attach(acting: Acting, record: Recorded, name: str, content: bytes, *, shared: bool) -> None:
    """Keep a file on a record, for one's own office or (`shared`) for whoever reads the record.

    Raises NotAllowed, and ValidationError where it is not taken.
    """
    if not rules.writes(acting) or (shared and not rules.may_change(acting, record)):
        raise NotAllowed("file")
    document = recognised(content)
    kind = kinds.of_model(type(record)).kind
    rows = Attachment.objects.filter(office=acting.office)
    if rows.filter(kind=kind, key=record.key).count() >= MOST_ON_A_RECORD:
        raise ValidationError(_("There are fifty files of your office here; remove one first."))
    held = rows.aggregate(held=Sum("size"))["held"] or 0
    if held + len(document.content) > MOST_OF_AN_OFFICE:
        raise ValidationError(_("Your office keeps five gigabytes of files; remove some first."))
    file = Attachment(
        office=acting.office,
        kind=kind,
        key=record.key,
        user_id=acting.user,
        name=kept_name(name, document.media_type),
        media_type=document.media_type,
        sha256=hashlib.sha256(document.content).hexdigest(),
        size=len(document.content),
        shared=shared,
        at=timezone.now(),
    )
    file.full_clean()
    with transaction.atomic():
        file.save()
        files.keep(path_of(file), document.content)


def remove(acting: Acting, file: Attachment) -> None:
    """Remove a file of one's own office for good. Raises NotAllowed."""
    if not rules.writes(acting) or file.office != acting.office:
        raise NotAllowed("file")
    path = path_of(file)
    file.delete()
    if not Attachment.objects.filter(sha256=file.sha256).exists():
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def path_of(file: Attachment) -> Path:
    """Where the bytes of a file are."""
    return Path(settings.MEDIA_ROOT) / FOLDER / file.sha256[:2] / file.sha256

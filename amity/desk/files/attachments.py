"""Writes of files on records: keep, remove; and their bytes, apart from the record's pictures."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.files.documents import Document, kept_name, recognised
from amity.desk.models import Attachment
from amity.foundation import files
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.words.characters import WordsError, in_a_line, normal
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions import enclosing
from amity.record.managers import PUBLIC
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed

FOLDER = "files"
"""Within the folder of media; no address leads into it."""
MOST_ON_A_RECORD = 50
MOST_OF_AN_OFFICE = 5_000_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a file: who reads it beside one's own office, what it is, its language.

    `shared`: whoever reads the record at a desk. `public`: they and, where everybody reads the
    record, everybody.
    """

    shared: bool = False
    public: bool = False
    description: str = ""
    language: str = ""


def attach(acting: Acting, record: Recorded, name: str, content: bytes, about: About) -> str:
    """Keep a file on a record; gives the name that it is kept under.

    Raises NotAllowed, and ValidationError where it is not taken.
    """
    _refuse(acting, record, about)  # before its content is looked into
    return attach_document(acting, record, name, recognised(content), about).name


def attach_document(
    acting: Acting, record: Recorded, name: str, document: Document, about: About
) -> Attachment:
    """Keep on a record what was recognised before.

    What others read of it is part of what the sides confirm, while that may be changed. Raises
    NotAllowed, and ValidationError where it is one too many.
    """
    _refuse(acting, record, about)
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
        shared=about.shared or about.public,
        public=about.public,
        description=_one_line(about.description),
        language=about.language,
        at=timezone.now(),
    )
    file.full_clean(exclude=["user"])  # nobody signed in puts it there by a mailed link
    with transaction.atomic():
        take_turn()
        stored = _as_it_stands(record)
        file.enclosed = file.shared and enclosing.is_confirmed_with(acting, stored)
        file.save()
        files.keep(path_of(file), document.content)
        _note(acting, "attach", file, stored)
    return file


def _refuse(acting: Acting, record: Recorded, about: About) -> None:
    if not rules.writes(acting):
        raise NotAllowed("file")
    if about.shared and not rules.may_change(acting, record):
        raise NotAllowed("file")
    if about.public and not may_publish(acting, record):
        raise NotAllowed("file")


def publish(acting: Acting, file: Attachment, record: Recorded) -> None:
    """Let everybody get a file where they read its record; call it in a transaction.

    Raises NotAllowed.
    """
    if not may_publish(acting, record):
        raise NotAllowed("file")
    file.shared = file.public = True
    file.save(update_fields=["shared", "public"])
    _note(acting, "attach", file, record)


def keep_back(acting: Acting, file: Attachment, record: Recorded) -> None:
    """Let the office alone read a file that is no part of what is confirmed. Raises NotAllowed."""
    if not may_publish(acting, record) or file.enclosed or file.public:
        raise NotAllowed("file")
    file.shared = False
    file.save(update_fields=["shared"])


def may_publish(acting: Acting, record: Recorded) -> bool:
    """Whether whoever acts may let everybody read a file of theirs where they read the record."""
    return rules.may_change(acting, record) and rules.speaks(acting, record.keeper)


def remove(acting: Acting, file: Attachment, record: Recorded) -> None:
    """Remove a file of one's own office from its record for good.

    Raises NotAllowed, ConfirmedWithIt where every side has confirmed it with the record, and
    ValidationError while the sides are asked about it.
    """
    if not rules.writes(acting) or file.office != acting.office:
        raise NotAllowed("file")
    path = path_of(file)
    with transaction.atomic():
        take_turn()
        stored = _as_it_stands(record)
        if file.shared:
            enclosing.refuse_taking(stored, file.pk, file.name)
        file.delete()
        _note(acting, "detach", file, stored)
    if not Attachment.objects.filter(sha256=file.sha256).exists():
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def path_of(file: Attachment) -> Path:
    """Where the bytes of a file are."""
    return Path(settings.MEDIA_ROOT) / FOLDER / file.sha256[:2] / file.sha256


def _as_it_stands(record: Recorded) -> Recorded:
    """The record as it is now that nobody else writes. Raises NotAllowed where it is gone."""
    stored = type(record).everything.filter(pk=record.pk).first()
    if stored is None:
        raise NotAllowed(record.key)
    return stored


def _note(acting: Acting, verb: str, file: Attachment, record: Recorded) -> None:
    """Say in the history what everybody reads or the sides confirm; pages that show it are renewed.

    What is confirmed is bound to the files that there are from now on.
    """
    if not file.public and not file.enclosed:
        return
    by = By(acting.user, acting.command, acting.office)
    public = record.readers == PUBLIC
    change = record_change(by, verb, file.kind, record.key, reason=file.name, public=public)
    if file.enclosed:
        enclosing.enclose(acting, record, change)


def _one_line(words: str) -> str:
    """The description as it is kept. Raises ValidationError."""
    line = in_a_line(words)
    try:
        return normal(line) if line else ""
    except WordsError as error:
        raise ValidationError(error.args[0]) from error

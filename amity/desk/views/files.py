"""Files on records: put there, given out as attachments that run nothing, removed."""

from collections.abc import Collection, Iterable, Mapping

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_NOTE, as_typed
from amity.desk.files import attached, attachments
from amity.desk.files.documents import LARGEST
from amity.desk.models import Attachment
from amity.desk.shown import FileShown
from amity.desk.telling import Telling
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.given import as_attachment
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions import enclosing
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.refusals import ConfirmedWithIt, Conflict, words_of


@require_POST
@desk_page
def attach(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Put a file on a record."""
    acting = request.at_desk.acting
    kind = queries.kind_or_404(plural)
    record = queries.record_or_404(acting, kind, key)
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise ValidationError(_("Choose a file first."))
        content, about = file.read(LARGEST + 1), _said(request.POST)
        with transaction.atomic():
            name = attachments.attach(acting, record, file.name or "", content, about)
            if about.public:
                Telling(request.at_desk, kind, record).published(name)
    except ValidationError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("The file is kept."))
    return _back(plural, key)


def _said(posted: QueryDict) -> attachments.About:
    """What the form says of a file. Raises ValidationError."""
    tag = posted.get("language", "")
    if tag and tag not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language from the list."))
    return attachments.About(
        shared=posted.get("shared") == "on",
        public=posted.get("public") == "on",
        description=posted.get("description", "")[:200],
        language=tag,
    )


@require_safe
@desk_page
def download(request: DeskRequest, number: int) -> HttpResponseBase:
    """The bytes of a file, as an attachment."""
    file, _record = attached.file_or_404(request.at_desk.acting, number)
    return as_attachment(attachments.path_of(file), file.name, file.media_type)


@require_POST
@desk_page
def remove(request: DeskRequest, number: int) -> HttpResponse:
    """Remove a file of one's own office for good."""
    acting = request.at_desk.acting
    file, record = attached.file_or_404(acting, number)
    try:
        attachments.remove(acting, file, record)
    except (ConfirmedWithIt, ValidationError) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("The file is removed for good."))
    return _back(kinds.get(file.kind).plural, record.key)


def _back(plural: str, key: str) -> HttpResponse:
    return redirect(f"{reverse('desk_record', args=[plural, key])}#files")


@require_POST
@desk_page
def propose(request: DeskRequest, number: int) -> HttpResponse:
    """Ask the other sides that a file is confirmed with its record from now on, or is no more."""
    acting = request.at_desk.acting
    file, record = attached.file_or_404(acting, number)
    kind = kinds.get(file.kind)
    try:
        with transaction.atomic():
            made = writing.propose_file(
                acting,
                record,
                number,
                instead_of=whole_number(request.POST.get("instead_of")),
                note=as_typed(request.POST.get("note", ""), LONGEST_NOTE),
            )
            Telling(request.at_desk, kind, record).proposed(made)
    except (ValidationError, Conflict) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("Proposed: the other side is asked."))
    return redirect(reverse("desk_record", args=[kind.plural, record.key]) + "#proposals")


def on(acting: Acting, kind: Kind, key: str) -> list[Attachment]:
    """The files on a record that whoever acts may read. One statement."""
    rows = attached.files_of(acting)
    return list(rows.filter(attached.called(kind.kind, key), kind=kind.kind))


def shown(
    acting: Acting,
    record: Recorded,
    found: Iterable[Attachment],
    names: Mapping[str, Text],
    *,
    settled: bool,
    asked: Collection[int],
) -> tuple[FileShown, ...]:
    """Files as the page of a record shows them; `names` of the offices by register key.

    `settled`: every side has confirmed the record. `asked`: numbers of files that a proposed
    change says something of.
    """
    may_propose = enclosing.may_be_confirmed(record) and rules.may_change(acting, record)
    own_alone = may_propose and rules.may_change_all(acting, record) and not settled
    return tuple(
        FileShown(
            file=one,
            size=filesizeformat(one.size),
            office=names.get(one.office),
            own=one.office == acting.office,
            stays=one.enclosed and settled,
            may_propose=may_propose
            and one.shared
            and one.pk not in asked
            and not (own_alone and one.enclosed and one.office == acting.office),
        )
        for one in found
    )

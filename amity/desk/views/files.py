"""Files on records: shown, given out as attachments that run nothing, removed."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk.files import attached, attachments
from amity.desk.models import Attachment
from amity.desk.shown import FileShown
from amity.foundation.pages.given import as_attachment
from amity.languages.text import Text
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions import enclosing
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.refusals import ConfirmedWithIt, words_of


@require_safe
@desk_page
def download(request: DeskRequest, number: int) -> HttpResponseBase:
    """The bytes of a file, as an attachment."""
    file, _record = attached.file_or_404(request.at_desk.acting, number)
    return as_attachment(attachments.path_of(file), file.name, file.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def remove(request: DeskRequest, number: int) -> HttpResponse:
    """Remove a file of one's own office for good; GET leads to the form."""
    acting = request.at_desk.acting
    file, record = attached.file_or_404(acting, number)
    if request.method != "POST":
        return _back(kinds.get(file.kind).plural, record.key)
    try:
        attachments.remove(acting, file, record)
    except (ConfirmedWithIt, ValidationError) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("The file is removed for good."))
    return _back(kinds.get(file.kind).plural, record.key)


def _back(plural: str, key: str) -> HttpResponse:
    return redirect(f"{reverse('desk_record', args=[plural, key])}#files")


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

"""What sides dispute of a joint record: shown at the desk, begun, withdrawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_NOTE, as_typed
from amity.desk.shown import Choice
from amity.desk.telling import Telling
from amity.foundation.differences import Plain
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.text import Text
from amity.languages.version import Version
from amity.record import actions as writing
from amity.record import standing
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.layout import field_label, layout
from amity.record.refusals import NotAllowed, words_of
from amity.record.standing import DisputeShown


def shown(acting: Acting, kind: Kind, record: Recorded) -> tuple[DisputeShown, ...]:
    """What is disputed of a record, and what of it the reader's side may withdraw."""
    voices = acting.voices(record.keeper)
    return tuple(
        standing.shown(kind, one, own=f"side:{one.side.key}" in voices)
        for one in standing.disputes_of(kind, record)
    )


def places(kind: Kind, state: Plain) -> tuple[Choice, ...]:
    """The places of a record that hold something, as they can be chosen."""
    return tuple(
        Choice(name, field_label(kind.model, name))
        for name in layout(kind.model).names
        if name != "key" and state.get(name) not in (None, "", [])
    )


@require_POST
@desk_page
def dispute(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Dispute a record or a place in it, or withdraw that; the other sides are told."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    number = whole_number(request.POST.get("withdraw"))
    try:
        if number is not None:
            made = get_object_or_404(standing.disputes_of(kind, record), pk=number)
            writing.withdraw_dispute(acting, made)
            messages.success(request, _("Withdrawn."))
        else:
            _begin(request, acting, kind, record)
            messages.success(request, _("Disputed: whoever reads the record reads your reasons."))
    except (ValidationError, NotAllowed) as error:
        messages.error(request, words_of(error))
    return redirect(reverse("desk_record", args=[plural, key]) + "#disputes")


def _begin(request: DeskRequest, acting: Acting, kind: Kind, record: Recorded) -> None:
    words = as_typed(request.POST.get("reasons", ""), LONGEST_NOTE)
    tag = request.POST.get("language", "")
    tag = codes.canonical(tag) if codes.is_valid(tag) else page_language()
    if not words:
        raise ValidationError(_("Say why: whoever reads the record reads the reasons."))
    place = request.POST.get("place", "")
    reasons = Text(tag, {tag: Version(words)})
    with transaction.atomic():
        writing.dispute(acting, record, reasons, (place,) if place else ())
        Telling(request.at_desk, kind, record).disputed(words)

"""The letters of an office: what goes out, what went, what failed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk.contexts import LettersPage
from amity.desk.shown import LetterShown
from amity.foundation.letters.posting import can_post
from amity.foundation.models import Letter
from amity.foundation.pages.context import show
from amity.record.rules import RELEASING

MOST = 200


@require_safe
@desk_page
def letters(request: DeskRequest) -> HttpResponse:
    """The last letters of the office acted for, failed ones first."""
    acting = request.at_desk.acting
    rows = Letter.objects.filter(office=acting.office) if acting.office else Letter.objects.none()
    found = sorted(rows.order_by("-id")[:MOST], key=lambda one: not _failed(one))
    page = LettersPage(
        letters=tuple(
            LetterShown(one.pk, one.to, one.subject, one.written_at, _state(one), one.error)
            for one in found
        ),
        waits=not can_post(),
        noindex=True,
    )
    return show(request, page)


@require_POST
@desk_page
def again(request: DeskRequest, number: int) -> HttpResponse:
    """Try a letter that failed once more, now."""
    acting = request.at_desk.acting
    if not RELEASING & acting.mandates:
        raise PermissionDenied
    now = timezone.now()
    rows = Letter.objects.filter(pk=number, office=acting.office, sent_at=None)
    if rows.update(due_at=now, given_up_at=None, written_at=now):
        messages.success(request, _("It is tried again now."))
    return redirect("desk_letters")


def _failed(letter: Letter) -> bool:
    return letter.sent_at is None and bool(letter.error)


def _state(letter: Letter) -> str:
    if letter.sent_at is not None:
        return "sent"
    if letter.given_up_at is not None:
        return "given_up"
    return "failed" if letter.error else "waits"

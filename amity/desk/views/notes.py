"""Notes of an office on a record, and comments that the sides who keep it write to each other."""

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.models import Note
from amity.desk.shown import NoteShown
from amity.desk.telling import Telling
from amity.foundation.pages.asked import whole_number
from amity.languages.text import Text
from amity.record.refusals import NotAllowed


@require_POST
@desk_page
def note(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Write a note of one's office, or a comment for all sides; or remove one's own."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    if not acting.mandates:
        raise PermissionDenied
    shared = request.POST.get("shared") == "on"
    number = whole_number(request.POST.get("remove"))
    if number is not None:
        actions.remove_note(acting, number)
    elif words := request.POST.get("words", "").strip():
        try:
            with transaction.atomic():
                written = actions.write_note(acting, kind, record, words, shared=shared)
                if shared:
                    Telling(request.at_desk, kind, record).commented(written.words)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except NotAllowed as error:
            raise PermissionDenied from error
        else:
            if shared:
                messages.success(request, _("Your comment stands at the desks of all sides."))
    part = "comments" if shared else "notes"
    return redirect(f"{reverse('desk_record', args=[plural, key])}#{part}")


def shown(
    request: DeskRequest, notes: Iterable[Note], names: Mapping[str, Text]
) -> tuple[NoteShown, ...]:
    """Notes or comments as the page of a record shows them; `names` of the offices by key."""
    acting = request.at_desk.acting
    return tuple(
        NoteShown(
            number=one.pk,
            words=one.words,
            at=one.at,
            who=one.user.name if one.user and one.office == acting.office else "",
            office=names.get(one.office) if one.shared else None,
            own=one.office == acting.office and one.user_id == acting.user,
        )
        for one in notes
    )

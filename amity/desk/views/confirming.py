"""All that waits for one's side to confirm, in one list: read, ticked, confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk.contexts import ConfirmPage
from amity.desk.ticks import MOST_TICKED, tick_in
from amity.desk.views.to_confirm import with_fields
from amity.desk.waiting import page_to_confirm
from amity.foundation.pages.asked import page_asked
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.foundation.words.typography import labelled, semicolon
from amity.languages import codes
from amity.languages.jinja import plain
from amity.record import actions as writing
from amity.record import kinds
from amity.record.models import Entry
from amity.record.queries import visible_to
from amity.record.refusals import Conflict, NotAllowed, Refused

AT_ONCE = 25


@require_safe
@desk_page
def waiting(request: DeskRequest) -> HttpResponse:
    """What waits, newest first, each with what stands in it."""
    acting = request.at_desk.acting
    found = page_to_confirm(acting, page_asked(request.GET), AT_ONCE)
    page = found.page
    rows = tuple(with_fields(acting, page.items, {entry.pk for entry in page.items}))
    return show(request, ConfirmPage(rows=rows, paging=page, capped=found.capped, noindex=True))


@require_POST
@desk_page
def confirm_all(request: DeskRequest) -> HttpResponse:
    """Confirm what was ticked as it was read; what changed meanwhile is left, by name.

    With the languages in which it was read: those that were named, or else the page's.
    """
    acting, done = request.at_desk.acting, 0
    read = [one for one in request.POST.getlist("language")[:40] if codes.is_valid(one)]
    changed: list[str] = []
    refused: list[str] = []
    listed = request.POST.getlist("ticked")[:MOST_TICKED]
    for name, revision, key in filter(None, map(tick_in, listed)):
        found = visible_to(acting, kinds.get(name).model).filter(key=key).first()
        if found is None:
            continue
        found.revision = revision
        try:
            writing.confirm(acting, found, read or [page_language()])
            done += 1
        except Conflict:
            changed.append(_called(name, key))
        except NotAllowed:
            refused.append(
                labelled(_called(name, key), _("your office or your mandate does not allow it"))
            )
        except Refused as error:
            refused.append(labelled(_called(name, key), str(error)))
        except ValidationError as error:
            refused.append(labelled(_called(name, key), " ".join(error.messages)))
    if done:
        told = ngettext("%(count)s confirmed.", "%(count)s confirmed.", done) % {"count": done}
        messages.success(request, told)
    if changed:
        told = _("Not confirmed, since it changed meanwhile: %(keys)s")
        messages.error(request, told % {"keys": semicolon().join(changed)})
    for told in refused:
        messages.error(request, told)
    if not done and not changed and not refused:
        messages.error(request, _("Nothing was ticked."))
    return redirect("desk_to_confirm")


def _called(kind: str, key: str) -> str:
    """What a record is called in the register."""
    return plain(Entry.everything.get(kind=kind, key=key).title)

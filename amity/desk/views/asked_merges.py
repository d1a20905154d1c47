"""What one office asked another: to let two records be one. Compared, agreed to or declined."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.desk.merges import asking
from amity.desk.merges.contexts import AskedMergePage
from amity.desk.models import ProposedMerge
from amity.desk.words import showing
from amity.foundation.differences import difference
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.record import kinds
from amity.record.plain.states import plain_of
from amity.record.refusals import Conflict, NotAllowed, Refused, words_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def asked(request: DeskRequest, number: int) -> HttpResponse:
    """Compare the two; agree, decline with reasons, or withdraw what one's office asked."""
    found = asking.asked_or_404(request.at_desk.acting, number)
    if request.method != "POST":
        return _page(request, found)
    act, at_desk = request.POST.get("act", ""), request.at_desk
    try:
        if act == "agree":
            asking.agree(at_desk, found)
            messages.success(request, _("Merged. The history can take them apart again."))
            kind = kinds.get(found.stays.kind)
            return redirect("desk_record", kind.plural, found.stays.key)
        if act == "decline":
            why = as_typed(request.POST.get("why", ""), LONGEST_REASON)
            asking.decline(at_desk, found, why)
            messages.success(request, _("Declined. The other office reads the reasons."))
        elif act == "withdraw":
            asking.withdraw(at_desk, found)
            messages.success(request, _("Withdrawn."))
        else:
            raise PermissionDenied
    except NotAllowed as error:
        raise PermissionDenied from error
    except Conflict:
        return _page(request, found, _("One of them was changed meanwhile; it can be asked anew."))
    except (ValidationError, Refused) as error:
        return _page(request, found, words_of(error))
    return redirect("desk_asked_merge", number)


def _page(request: DeskRequest, found: ProposedMerge, problem: str = "") -> HttpResponse:
    acting = request.at_desk.acting
    kind = kinds.get(found.stays.kind)
    titles = asking.titles_of(acting, [found])
    try:
        stays, goes = asking.records_of(acting, found)
    except Http404:
        changes, changed, there = [], True, False
    else:
        changes, there = difference(plain_of(stays), found.state), True
        changed = (stays.revision, goes.revision) != (found.stays_revision, found.goes_revision)
    named = {found.office, found.answering, *showing.names_of_changes(kind, changes)}
    names = queries.names_of(acting, named)
    page = AskedMergePage(
        kind=kind,
        asked=found,
        by=names.get(found.office),
        of=names.get(found.answering),
        stays=titles.get(found.stays_id),
        goes=titles.get(found.goes_id),
        fields=showing.paths(kind, changes, names, page_language()),
        changed=changed,
        there=there,
        may_answer=asking.may_answer(acting, found),
        may_withdraw=asking.may_withdraw(acting, found),
        problem=problem,
        typed=as_typed(request.POST.get("why", ""), LONGEST_REASON) if problem else "",
        noindex=True,
    )
    return show(request, page, status=422 if problem else 200)

"""The page of a side's turns, one turn with who is asked, and asking."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.letters.posting import can_post
from amity.foundation.pages.asked import page_asked, whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.speaking import page_language
from amity.turns import queries
from amity.turns.actions import asking, deciding, deriving
from amity.turns.contexts import TurnPage, TurnsPage
from amity.turns.forms import HolderForm, offered_language
from amity.turns.models import Holder, Link, Turn

MOST = 100
AT_ONCE = 25
"""Turns on a page of the list: some eight screens of a phone."""
LISTED_AT_MOST = 1_000
"""Turns are listed up to here, so that the list costs no more with a hundred thousand of them."""


@require_safe
@desk_page
def turns(request: DeskRequest) -> HttpResponse:
    """What a side has to report, to accept and to speak to."""
    acting = request.at_desk.acting
    deriving.follow(timezone.now())
    shown = "settled" if request.GET.get("shown") == "settled" else "open"
    first = queries.first_settled if shown == "settled" else queries.first_listed
    numbers = first(acting, LISTED_AT_MOST + 1)
    page = page_of(numbers[:LISTED_AT_MOST], page_asked(request.GET), size=AT_ONCE)
    today = timezone.localdate()
    return show(
        request,
        TurnsPage(
            to_accept=tuple(queries.to_accept(acting)[:MOST]),
            to_reply=tuple(queries.to_reply(acting)[:MOST]),
            rows=queries.lines(acting, queries.numbered(page.items), today),
            paging=page,
            capped=len(numbers) > LISTED_AT_MOST,
            shown=shown,
            waits=not can_post(),
            may_ask=any(asking.may_ask(acting, one.side) for one in acting.sides),
            noindex=True,
        ),
    )


@require_safe
@desk_page
def turn(request: DeskRequest, number: int) -> HttpResponse:
    """One turn: where it stands, who is in charge, what may be done."""
    found = queries.turn_or_404(request.at_desk.acting, number)
    return _shown(request, found, None)


@require_POST
@desk_page
def holder(request: DeskRequest, number: int) -> HttpResponse:
    """Say who is in charge: somebody known (changed as typed), or somebody new."""
    acting = request.at_desk.acting
    found = _asked_by(request, number)
    chosen = whole_number(request.POST.get("known"))
    known = Holder(side=found.side)
    if chosen is not None and "as_new" not in request.POST:
        known = get_object_or_404(queries.holders_of(acting, found.side), pk=chosen)
    if "use" in request.POST and known.pk:
        asking.put_in_charge(acting, found, known)
    else:
        form = HolderForm(request.POST, instance=known)
        if not form.is_valid():
            return _shown(request, found, form)
        try:
            asking.put_in_charge(acting, found, asking.keep_holder(acting, form.instance))
        except ValidationError as error:
            form.add_error(None, error)
            return _shown(request, found, form)
    messages.success(request, _("They are in charge now. Nobody outside your office reads this."))
    return redirect("desk_turn", number)


@require_POST
@desk_page
def ask(request: DeskRequest, number: int) -> HttpResponse:
    """Ask now, or again with a new link."""
    found = _asked_by(request, number)
    had_one = found.links.filter(ended_at=None).exists()
    try:
        asking.ask(request.at_desk.acting, found)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        on_its_way = _("The letter is on its way.")
        waits = _("No mail server is configured, so the letter waits.")
        messages.success(request, on_its_way if can_post() else waits)
        if had_one:
            messages.success(request, _("The link sent before serves no more."))
    return redirect("desk_turn", number)


@require_POST
@desk_page
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Let the link that was sent serve no more."""
    found = _asked_by(request, number)
    asking.withdraw(request.at_desk.acting, found)
    messages.success(request, _("The link serves no more."))
    return redirect("desk_turn", number)


def _asked_by(request: DeskRequest, number: int) -> Turn:
    """A turn for whose side the reader asks. Raises Http404, PermissionDenied."""
    found = queries.turn_or_404(request.at_desk.acting, number)
    if not asking.may_ask(request.at_desk.acting, f"side:{found.side.key}"):
        raise PermissionDenied
    return found


def _shown(request: DeskRequest, found: Turn, form: HolderForm | None) -> HttpResponse:
    acting = request.at_desk.acting
    today: date = timezone.localdate()
    (line,) = queries.lines(acting, [found], today)
    may_ask = asking.may_ask(acting, f"side:{found.side.key}")
    office = request.at_desk.office
    initial = {
        "language": offered_language(page_language()),
        "timezone": office.timezone if office else "UTC",
    }
    link = Link.objects.filter(turn=found, ended_at=None).first()
    told = tuple(found.escalated.all())
    set_by = queries.escalations_of([found.side])[found.side_id]
    page = TurnPage(
        line=line if asking.may_see_holders(acting) else _without_holder(line),
        asked_at=link.made_at if link else None,
        serves_until=link.expires_at if link else None,
        form=form or HolderForm(instance=line.holder, initial={} if line.holder else initial),
        known=tuple(queries.holders_of(acting, found.side)) if may_ask else (),
        chosen=line.holder.pk if line.holder else 0,
        may_ask=may_ask,
        may_accept=found.report is not None and deciding.may_accept(acting, found.report),
        told=told,
        next=queries.next_step(found, told, set_by),
        fictional=found.commitment.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if form is not None else 200)


def _without_holder(line: queries.TurnLine) -> queries.TurnLine:
    return queries.TurnLine(
        turn=line.turn,
        state=line.state,
        holder=None,
        others=line.others or line.holder is not None,
        late=line.late,
        asked_next=line.asked_next,
    )

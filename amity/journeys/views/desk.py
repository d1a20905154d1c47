"""The closing of an edition at the desk: what is open, what becomes of it, and closing itself."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts.signed_in import AtDesk, DeskRequest, desk_page
from amity.followup.choices import Outcome
from amity.followup.models import Disposition
from amity.foundation.pages.asked import page_asked
from amity.foundation.pages.context import show
from amity.foundation.pages.paging import ListPage, page_of, start_of
from amity.foundation.pages.speaking import page_language
from amity.gatherings.models import Gathering
from amity.journeys.actions import closing as verbs
from amity.journeys.actions.disposing import Decision, Undecided, dispose
from amity.journeys.choices import Became, ClosingState
from amity.journeys.contexts import ClosingPage, Decided, Row
from amity.journeys.forms import DecidingForm, ItemForm, successors
from amity.journeys.queries import items, standing
from amity.journeys.queries.items import Found, Item
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import rules
from amity.record.acting import Acting, key_of
from amity.record.queries import is_key
from amity.record.refusals import NotAllowed, Refused
from amity.turns.forms import offered_language

AT_ONCE = 12
"""Open items on a page of the list: some eight screens of a phone."""
DECIDED_AT_ONCE = 24
Filled = tuple[DecidingForm, Mapping[str, ItemForm]]
"""The forms of the page as they were sent, by the names of items."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def closing(request: DeskRequest, key: str) -> HttpResponse:
    """The closing list; POST decides of items, several at once."""
    acting = request.at_desk.acting
    gathering = standing.gathering_or_404(acting, key)
    if request.method != "POST":
        return _shown(request, gathering)
    if not rules.may_change(acting, gathering):
        raise PermissionDenied
    editions = standing.later_editions(acting, gathering)
    whole = DecidingForm(request.POST, editions=editions)
    listed = _posted(acting, gathering, request.POST.getlist("item")[:AT_ONCE])
    forms = {
        one.name: ItemForm(request.POST, prefix=one.name, carries=bool(editions)) for one in listed
    }
    filled = (whole, forms)
    valid = [form.is_valid() for form in (whole, *forms.values())]
    if not all(valid):
        return _shown(request, gathering, filled, status=422)
    ticked = request.POST.getlist("ticked")
    rows = [(one, forms[one.name], one.name in ticked) for one in listed]
    chosen = _chosen(acting, whole, rows)
    if any(form.errors for form in forms.values()):
        return _shown(request, gathering, filled, status=422)
    try:
        dispose(acting, gathering, [decision for _form, decision in chosen])
    except Undecided as error:
        for place, words in error.faults.items():
            for said in words:
                chosen[place][0].add_error(None, said)
        return _shown(request, gathering, filled, error.whole, status=422)
    except ValidationError as error:
        return _shown(request, gathering, filled, error.messages, status=422)
    except (Refused, NotAllowed) as error:
        return _shown(request, gathering, filled, [str(error)], status=422)
    count = len(chosen)
    told = ngettext("%(count)s decision made.", "%(count)s decisions made.", count)
    messages.success(request, told % {"count": count})
    return redirect("desk_closing", key)


@require_POST
@desk_page
def close(request: DeskRequest, key: str) -> HttpResponse:
    """Close the edition for one's side, or agree to it."""
    return _done(request, key, verbs.close)


@require_POST
@desk_page
def reopen(request: DeskRequest, key: str) -> HttpResponse:
    """Open a closed edition again, or agree to it."""
    return _done(request, key, verbs.reopen)


@require_POST
@desk_page
def confirm(request: DeskRequest, key: str) -> HttpResponse:
    """Confirm for one's side the gathering as it stands, closed."""
    gathering = standing.gathering_or_404(request.at_desk.acting, key)
    gathering.revision = _revision(request)
    try:
        writing.confirm(request.at_desk.acting, gathering, [page_language()])
    except (Refused, NotAllowed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Confirmed as it stands."))
    return redirect("desk_closing", key)


Verb = Callable[[AtDesk, Gathering, Sequence[str]], Became]


def _done(request: DeskRequest, key: str, verb: Verb) -> HttpResponse:
    """Do it, and say what came of it."""
    gathering = standing.gathering_or_404(request.at_desk.acting, key)
    gathering.revision = _revision(request)
    said = {
        Became.DONE: _("Done. Other sides confirm it as it stands."),
        Became.PROPOSED: _("Proposed. It takes effect when every side agrees."),
        Became.AGREED: _("Agreed by every side."),
        Became.ASKED_ON: _("Agreed. Other sides are still asked."),
    }
    try:
        became = verb(request.at_desk, gathering, [page_language()])
    except ValidationError as error:
        stored = standing.gathering_or_404(request.at_desk.acting, key)
        return _shown(request, stored, None, error.messages, status=422)
    except (Refused, NotAllowed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said[became])
    return redirect("desk_closing", key)


def _posted(acting: Acting, gathering: Gathering, names: Sequence[str]) -> tuple[Item, ...]:
    """Of the items that were sent, those that are open and have no decision yet."""
    keys = {key for name in names if is_key(key := key_of(name))}
    named = items.undecided(gathering, keys)
    known = named.some(0, 2 * AT_ONCE, named.counts())
    open_ones = [one for one in known if f"{one[0]}:{one[2]}" in names]
    return items.items(acting, gathering, open_ones)


def _chosen(
    acting: Acting, whole: DecidingForm, rows: Sequence[tuple[Item, ItemForm, bool]]
) -> list[tuple[ItemForm, Decision]]:
    """What was decided, with the form that says so; faults are added to the forms.

    `rows`: items with their forms, and whether they are ticked.
    """
    cleaned, found = whole.cleaned_data, []
    for item, form, ticked in rows:
        own = form.cleaned_data
        for_all = ticked and not own["outcome"]
        outcome = cleaned["outcome"] if for_all else own["outcome"]
        if not outcome:
            if own["reason"] or own["after"] or ticked:
                form.add_error("outcome", _("Say what becomes of it."))
            continue
        words = own["reason"] or (cleaned["reason"] if for_all else "")
        try:
            commitments, proposals = successors(acting, item.thing.dossier_id, own["after"])
        except ValidationError as error:
            form.add_error("after", error)
            continue
        decision = Decision(
            item.thing,
            Outcome(outcome),
            into=cleaned["into"] if outcome == Outcome.CARRIED else None,
            reason=Text.of(words, cleaned["language"]) if words else None,
            commitments=tuple(commitments.values()),
            proposals=tuple(proposals.values()),
        )
        found.append((form, decision))
    return found


def _shown(
    request: DeskRequest,
    gathering: Gathering,
    filled: Filled | None = None,
    problems: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    acting, today = request.at_desk.acting, timezone.localdate()
    decides = rules.may_change(acting, gathering) and standing.may_be_decided(gathering, today)
    sides = standing.sides_of(gathering)
    undecided = items.undecided(gathering)
    counts = undecided.counts()
    missing = sum(counts)
    state = standing.state_of(acting, gathering, today, missing, sides)
    waiting = [one for one in sides if not one.confirmed]
    asking = next((one for one in sides if one.proposed), None)
    may_close = verbs.may_close(acting, gathering)
    shown = "decided" if request.GET.get("shown") == "decided" else "open"
    number = page_asked(request.GET)
    editions: Sequence[Gathering] = ()
    rows: tuple[Row, ...] = ()
    decisions: tuple[Decided, ...] = ()
    paging: ListPage[Found] | ListPage[Disposition]
    if shown == "decided":
        paging = made = page_of(items.decided(gathering), number, size=DECIDED_AT_ONCE)
        decisions = _decided(made.items, sides)
    else:
        editions = standing.later_editions(acting, gathering) if decides else ()
        start = start_of(number, missing, AT_ONCE)
        listed = undecided.some(start, start + AT_ONCE, counts)
        paging = found = ListPage(listed, number, missing, AT_ONCE)
        ticked = request.POST.getlist("ticked")
        rows = tuple(
            Row(
                one,
                _form(one, filled, bool(editions)) if decides else None,
                one.name in ticked,
            )
            for one in items.items(acting, gathering, found.items)
        )
    page = ClosingPage(
        gathering=gathering,
        state=state,
        shown=shown,
        rows=rows,
        decisions=decisions,
        paging=paging,
        missing=missing,
        form=_whole(filled, editions) if decides and shown == "open" else None,
        editions=editions,
        by=asking.name if asking else None,
        at=asking.at if asking else None,
        waiting=_names(waiting),
        may_close=may_close,
        may_confirm=state == ClosingState.UNCONFIRMED
        and may_close
        and any(acting.speaks_for(one.key) for one in waiting),
        may_begin=rules.writes(acting) and gathering.series_id is not None,
        problems=problems,
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=status)


def _decided(found: Sequence[Disposition], sides: Sequence[standing.SideOf]) -> tuple[Decided, ...]:
    waiting = standing.unconfirmed_by(sides, found)
    return tuple(Decided(one, _names(waiting.get(one.pk, ()))) for one in found)


def _names(sides: Sequence[standing.SideOf]) -> tuple[Text, ...]:
    return tuple(one.name for one in sides)


def _form(item: Item, filled: Filled | None, carries: bool) -> ItemForm:
    """The form of an item: as it was sent, or an empty one."""
    sent = filled[1].get(item.name) if filled else None
    return sent or ItemForm(prefix=item.name, carries=carries)


def _whole(filled: Filled | None, editions: Sequence[Gathering]) -> DecidingForm:
    if filled:
        return filled[0]
    return DecidingForm(initial={"language": offered_language(page_language())}, editions=editions)


def _revision(request: DeskRequest) -> int:
    revision = request.POST.get("revision", "")
    if not revision.isascii() or not revision.isdigit():
        raise PermissionDenied
    return int(revision[:9])

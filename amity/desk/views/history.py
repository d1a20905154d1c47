"""The history of a record and of an office's work, and undoing."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import AtDesk, DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.desk.contexts import HistoryPage
from amity.desk.merges import asking
from amity.desk.new.beginning import address_of
from amity.desk.shown import Called, ChangeShown
from amity.desk.words import called, showing
from amity.foundation.differences import FieldChange
from amity.foundation.models import Change
from amity.foundation.pages.asked import page_asked
from amity.foundation.pages.context import show
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.speaking import page_language
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import BY_TOKEN, Acting
from amity.record.actions import enclosing
from amity.record.queries import history
from amity.record.refusals import NotAllowed, Refused, words_of

MOST_PATHS = 12


@require_safe
@desk_page
def of_record(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Every change of a record, the newest first."""
    kind = queries.kind_or_404(plural)
    record = queries.record_or_404(request.at_desk.acting, kind, key)
    may = rules.may_change(request.at_desk.acting, record)
    changes = history(record).select_related("user")[:200]
    page = HistoryPage(
        kind=kind,
        record=record,
        changes=shown(request.at_desk, changes, may_undo=may),
        paging=None,
        noindex=True,
    )
    return show(request, page)


@require_safe
@desk_page
def of_office(request: DeskRequest) -> HttpResponse:
    """Everything that the office acted for has done."""
    if request.at_desk.office is None:
        raise Http404
    rows = queries.happened(request.at_desk.acting).select_related("user")
    paging = page_of(rows, page_asked(request.GET))
    page = HistoryPage(
        kind=None,
        record=None,
        changes=shown(request.at_desk, paging.items, may_undo=rules.writes(request.at_desk.acting)),
        paging=paging,
        noindex=True,
    )
    return show(request, page)


@require_POST
@desk_page
def undo(request: DeskRequest, plural: str, key: str, number: int) -> HttpResponse:
    """Put back what stood before a change, as a change of its own."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    change = queries.change_or_404(acting, kind, key, number)
    _undone(request, change, lambda reason: writing.undo(acting, change, reason))
    return redirect("desk_history_of", plural, key)


@require_POST
@desk_page
def undo_together(request: DeskRequest, number: int) -> HttpResponse:
    """Undo what the office did as one: pasted rows, a merge."""
    acting = request.at_desk.acting
    change = actions.together_or_404(acting, number)
    _undone(request, change, lambda reason: writing.undo(acting, change, reason))
    return redirect("desk_history")


def _undone(request: DeskRequest, change: Change, undo: Callable[[str], object]) -> None:
    """Undo a change, with its letters, and say what came of it."""
    try:
        reason = as_typed(request.POST.get("reason", ""), LONGEST_REASON)
        with transaction.atomic():
            undo(reason)
            asking.tell_apart(request.at_desk, change, reason)
    except (ValidationError, Refused, NotAllowed) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("Undone; the history says so."))


def shown(at_desk: AtDesk, changes: Iterable[Change], *, may_undo: bool) -> tuple[ChangeShown, ...]:
    """Changes as a page shows them: people of one's own office by name, others by office."""
    listed = list(changes)
    language = page_language()
    changed = {
        one.pk: [FieldChange.from_json(path) for path in one.paths][:MOST_PATHS]
        for one in listed
        if kinds.known(one.kind)
    }
    about = {f"{one.kind}:{one.key}" for one in listed}
    for one in listed:
        if one.pk in changed:
            about |= showing.names_of_changes(kinds.get(one.kind), changed[one.pk])
    names = queries.names_of(at_desk.acting, about | {one.office for one in listed if one.office})
    things = called.in_changes(at_desk.acting, listed)
    things |= {
        key: Called(names[key], str(kinds.get(one.kind).label), address_of(one.kind, one.key))
        for one in listed
        if (key := f"{one.kind}:{one.key}") in names and kinds.known(one.kind)
    }
    return tuple(
        ChangeShown(
            about=things.get(f"{one.kind}:{one.key}"),
            number=one.pk,
            at=one.at,
            who=_who(one) if one.office == at_desk.acting.office else "",
            office=names.get(one.office),
            verb=one.verb,
            reason=one.reason,
            paths=showing.paths(kinds.get(one.kind), changed[one.pk], names, language)
            if one.pk in changed
            else (),
            may_undo=_may_undo(at_desk.acting, one, may_undo=may_undo),
            rows=_rows(one),
        )
        for one in listed
    )


def _may_undo(acting: Acting, change: Change, *, may_undo: bool) -> bool:
    """Whether to offer that: two offices that merged their records both may take them apart."""
    if change.verb == "merge" and "agreed" in change.details:
        return writing.may_take_apart(acting, change)
    whole = change.verb in actions.TOGETHER and change.part_of_id is None
    of_file = change.verb in (enclosing.ENCLOSE, enclosing.SET_BESIDE)
    return may_undo and (bool(change.paths) or whole or of_file)


def _rows(change: Change) -> int:
    """How many records pasted rows brought, or a merge has led over; 0 for any other change."""
    if change.verb not in actions.TOGETHER:
        return 0
    counted = change.details.get("added", change.details.get("led", 0))
    went = 1 if "merged" in change.details else 0
    return counted + went if isinstance(counted, int) else 0


def _who(change: Change) -> str:
    """The person, and by which of their tokens a program did it for them."""
    if change.user is None:
        return ""
    if not change.command.startswith(BY_TOKEN):
        return change.user.name
    told = {"person": change.user.name, "token": change.command.removeprefix(BY_TOKEN)}
    return _("%(person)s, by the token “%(token)s”") % told

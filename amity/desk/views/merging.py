"""Merging two records of one thing: which the other is, where they differ, and doing it."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.desk.finding.choosing import Chooser
from amity.desk.merges import asking, uniting
from amity.desk.merges.contexts import MergeChoicePage, MergePage
from amity.desk.merging import Merged, choose
from amity.desk.shown import ClashShown, Row
from amity.desk.words import saying, showing
from amity.foundation.differences import ABSENT, FieldChange, Path, Plain, difference
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting, RegisterKey
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_of
from amity.record.queries import visible_to
from amity.record.refusals import Conflict, NotAllowed, Refused, words_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def merge(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Choose the record that is the same; see where both differ; let them be one."""
    acting, kind = request.at_desk.acting, queries.kind_or_404(plural)
    record = queries.record_or_404(acting, kind, key)
    given = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and "with" not in given:
        if not writing.may_merge(acting, record):
            raise PermissionDenied
        return _choice(request, kind, record)
    other = queries.record_or_404(acting, kind, given.get("with", ""))
    if other.pk == record.pk:
        raise Http404(key)
    keeper = _keeper_asked(acting, record, other)
    if request.method != "POST":
        return _compared(request, kind, record, other)
    return _asked(request, kind, record, other) if keeper else _merged(request, kind, record, other)


def _keeper_asked(acting: Acting, record: Recorded, other: Recorded) -> RegisterKey:
    """The office that must agree; empty where whoever acts keeps both. Raises PermissionDenied."""
    if not writing.mergeable(kinds.of_model(type(record))):
        raise PermissionDenied
    try:
        return writing.needs_another(acting, record, other)
    except NotAllowed as error:
        raise PermissionDenied from error


def _choice(request: DeskRequest, kind: Kind, record: Recorded) -> HttpResponse:
    acting = request.at_desk.acting
    name = queries.name_of(acting, f"{kind.kind}:{record.key}")
    typed = request.GET.get("q", "").strip()[:200]
    words = typed or (name.words([page_language()]) if name else "")
    found = Chooser(acting).suggestions(kind.kind, words) if words else []
    keys = [one.key for one in found if one.key != record.key]
    rows = visible_to(acting, kind.model).filter(key__in=keys)
    may = {one.key for one in rows if _may_be_one(acting, record, one)}
    here = reverse("desk_merge", args=[kind.plural, record.key])
    page = MergeChoicePage(
        kind=kind,
        record=record,
        name=name,
        words=words,
        found=tuple(
            Row(one.name, "", f"{here}?with={one.key}", one.key) for one in found if one.key in may
        ),
        noindex=True,
    )
    return show(request, page)


def _may_be_one(acting: Acting, record: Recorded, other: Recorded) -> bool:
    """Whether whoever acts merges the two, or asks the office that keeps the other."""
    try:
        writing.needs_another(acting, record, other)
    except NotAllowed:
        return False
    return True


def _compared(
    request: DeskRequest, kind: Kind, record: Recorded, other: Recorded, problem: str = ""
) -> HttpResponse:
    acting, language = request.at_desk.acting, page_language()
    stays, goes = plain_of(record), plain_of(other)
    merged = uniting.united(kind, stays, goes)
    asked = _keeper_asked(acting, record, other)
    added = _added(stays, merged.state)
    differing = [FieldChange(one.path, one.mine, one.theirs) for one in merged.clashes]
    wanted = {f"{kind.kind}:{one.key}" for one in (record, other)}
    wanted |= showing.names_of_changes(kind, [*differing, *added])
    names = queries.names_of(acting, [*wanted, *filter(None, [asked])])
    page = MergePage(
        kind=kind,
        record=record,
        name=names.get(f"{kind.kind}:{record.key}"),
        other=other,
        other_name=names.get(f"{kind.kind}:{other.key}"),
        clashes=tuple(
            ClashShown(
                saying.label(kind, clash.path, language),
                json.dumps(clash.path),
                "",
                showing.at(kind, clash.path, clash.mine, names, language),
                showing.at(kind, clash.path, clash.theirs, names, language),
                _takes_other(request, clash.path),
            )
            for clash in merged.clashes
        ),
        joined=showing.paths(kind, added, names, language),
        problem=problem,
        reason=as_typed(request.POST.get("reason", ""), LONGEST_REASON),
        asked=names.get(asked),
        asks=bool(asked),
        noindex=True,
    )
    return show(request, page, status=422 if problem else 200)


def _added(stays: Plain, united: Plain) -> list[FieldChange]:
    """What the record that goes adds; of a list what comes to it."""
    found = []
    for change in difference(stays, united):
        after, before = change.after, change.before
        if isinstance(after, list) and isinstance(before, list):
            after = [item for item in after if item not in before]
        found.append(FieldChange(change.path, ABSENT, after))
    return found


def _merged(request: DeskRequest, kind: Kind, record: Recorded, other: Recorded) -> HttpResponse:
    try:
        reason, state = _sent(request, kind, record, other)
        rows = fill(record, state)
        writing.merge(request.at_desk.acting, record, other, rows, reason=reason)
    except (ValidationError, Refused, NotAllowed) as error:
        return _again(request, kind, record, other, error)
    messages.success(request, _("Merged. The history can take them apart again."))
    return redirect("desk_record", kind.plural, record.key)


def _asked(request: DeskRequest, kind: Kind, record: Recorded, other: Recorded) -> HttpResponse:
    """Ask the office that keeps one of them."""
    try:
        reason, state = _sent(request, kind, record, other)
        made = asking.ask(request.at_desk, record, other, state, reason)
    except (ValidationError, Refused, NotAllowed) as error:
        return _again(request, kind, record, other, error)
    messages.success(request, _("Asked: the two become one when the other office agrees."))
    return redirect("desk_asked_merge", made.pk)


def _sent(request: DeskRequest, kind: Kind, record: Recorded, other: Recorded) -> tuple[str, Plain]:
    """The reason, and what shall stand in the record that stays. Raises Conflict."""
    seen = (_revision(request.POST.get("revision")), _revision(request.POST.get("other_revision")))
    if seen != (record.revision, other.revision):
        raise Conflict(kind.kind, record.key, {}, None)
    merged = uniting.united(kind, plain_of(record), plain_of(other))
    reason = as_typed(request.POST.get("reason", ""), LONGEST_REASON)
    return reason, _chosen(request, kind, merged, record, other)


def _again(
    request: DeskRequest,
    kind: Kind,
    record: Recorded,
    other: Recorded,
    error: ValidationError | Refused | NotAllowed,
) -> HttpResponse:
    acting = request.at_desk.acting
    fresh = [queries.record_or_404(acting, kind, one.key) for one in (record, other)]
    return _compared(request, kind, fresh[0], fresh[1], _problem(error))


def _problem(error: ValidationError | Refused | NotAllowed) -> str:
    """Why the two could not be merged, for the page."""
    if isinstance(error, Conflict):
        return _("One of them was changed meanwhile. Look again at what stands here.")
    return words_of(error)


def _chosen(
    request: DeskRequest, kind: Kind, merged: Merged, record: Recorded, other: Recorded
) -> Plain:
    """What shall stand, with every name that either has."""
    chosen = [clash.path for clash in merged.clashes if _takes_other(request, clash.path)]
    state = choose(merged, chosen)
    return uniting.with_names_of(kind, state, [plain_of(record), plain_of(other)])


def _takes_other(request: DeskRequest, path: Path) -> bool:
    return request.POST.get(f"choice-{json.dumps(path)}") == "goes"


def _revision(words: str | None) -> int:
    said = whole_number(words)
    if said is None:
        raise PermissionDenied
    return said

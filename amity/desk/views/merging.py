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
from amity.desk import queries, saying, uniting
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.desk.choosing import Chooser
from amity.desk.contexts import MergeChoicePage, MergePage
from amity.desk.merging import Merged, choose
from amity.desk.shown import ClashShown, Row
from amity.foundation.differences import ABSENT, FieldChange, Plain, difference
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.record import actions as writing
from amity.record.acting import Acting
from amity.record.filling import fill
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain import plain_of
from amity.record.queries import visible_to
from amity.record.refusals import Conflict, NotAllowed, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def merge(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Choose the record that is the same; see where both differ; let them be one."""
    acting, kind = request.at_desk.acting, queries.kind_or_404(plural)
    record = _may_merge(acting, kind, key)
    given = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and "with" not in given:
        return _choice(request, kind, record)
    other = _may_merge(acting, kind, given.get("with", ""))
    if other.pk == record.pk:
        raise Http404(key)
    answer = _merged if request.method == "POST" else _compared
    return answer(request, kind, record, other)


def _may_merge(acting: Acting, kind: Kind, key: str) -> Recorded:
    """A record that whoever acts may merge. Raises Http404 and PermissionDenied."""
    record = queries.record_or_404(acting, kind, key)
    if not writing.may_merge(acting, record):
        raise PermissionDenied
    return record


def _choice(request: DeskRequest, kind: Kind, record: Recorded) -> HttpResponse:
    acting = request.at_desk.acting
    name = queries.name_of(acting, f"{kind.kind}:{record.key}")
    typed = request.GET.get("q", "").strip()[:200]
    words = typed or (name.words([page_language()]) if name else "")
    found = Chooser(acting).suggestions(kind.kind, words) if words else []
    keys = [one.key for one in found if one.key != record.key]
    rows = visible_to(acting, kind.model).filter(key__in=keys)
    may = {one.key for one in rows if writing.may_merge(acting, one)}
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


def _compared(
    request: DeskRequest, kind: Kind, record: Recorded, other: Recorded, problem: str = ""
) -> HttpResponse:
    acting, language = request.at_desk.acting, page_language()
    stays, goes = plain_of(record), plain_of(other)
    merged = uniting.united(kind, stays, goes)
    names = queries.names_of(acting, [f"{kind.kind}:{one.key}" for one in (record, other)])
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
                saying.words(clash.mine, language),
                saying.words(clash.theirs, language),
            )
            for clash in merged.clashes
        ),
        joined=saying.paths(kind, _added(stays, merged.state), language),
        problem=problem,
        reason=as_typed(request.POST.get("reason", ""), LONGEST_REASON),
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
    record.revision = _whole(request.POST.get("revision"))
    other.revision = _whole(request.POST.get("other_revision"))
    merged = uniting.united(kind, plain_of(record), plain_of(other))
    try:
        reason = as_typed(request.POST.get("reason", ""), LONGEST_REASON)
        state = _chosen(request, kind, merged, record, other)
        rows = fill(record, state)
        writing.merge(request.at_desk.acting, record, other, rows, reason=reason)
    except (ValidationError, Refused, NotAllowed) as error:
        problem = _problem(error)
        fresh = [_may_merge(request.at_desk.acting, kind, one.key) for one in (record, other)]
        return _compared(request, kind, fresh[0], fresh[1], problem)
    messages.success(request, _("Merged. The history can take them apart again."))
    return redirect("desk_record", kind.plural, record.key)


def _problem(error: Exception) -> str:
    """Why the two could not be merged, for the page."""
    if isinstance(error, Conflict):
        return _("One of them was changed meanwhile. Look again at what stands here.")
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _chosen(
    request: DeskRequest, kind: Kind, merged: Merged, record: Recorded, other: Recorded
) -> Plain:
    """What shall stand, with every name that either has."""
    chosen = [
        clash.path
        for clash in merged.clashes
        if request.POST.get(f"choice-{json.dumps(clash.path)}") == "goes"
    ]
    state = choose(merged, chosen)
    return uniting.with_names_of(kind, state, [plain_of(record), plain_of(other)])


def _whole(words: str | None) -> int:
    said = words or ""
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise PermissionDenied
    return int(said)

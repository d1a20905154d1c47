"""Two people saved one record: the page that shows both, and saving what was chosen."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.actions import Place
from amity.desk.contexts import ConflictPage
from amity.desk.merging import Merged, as_it_was, choose, merge
from amity.desk.shown import ClashShown
from amity.desk.words import saying, showing
from amity.foundation.differences import FieldChange, Path, Plain, difference
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.record import actions as writing
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_of
from amity.record.queries import history
from amity.record.refusals import Conflict, NotAllowed, Refused, words_of


def page(
    request: DeskRequest, kind: Kind, record: Recorded, mine: Plain, opened: int
) -> HttpResponse:
    """409: what stood when the form was opened, what was typed, and what stands now.

    Where something was chosen already, it is chosen still.
    """
    stored = kind.model.everything.get(pk=record.pk)
    base, theirs = _base_and_theirs(stored, opened)
    merged = merge(base, mine, theirs)
    language = page_language()
    joined = [change for change in difference(base, mine) if _taken(merged, change.path)]
    differing = (FieldChange(clash.path, clash.mine, clash.theirs) for clash in merged.clashes)
    named = showing.names_of_changes(kind, [*differing, *difference(base, theirs), *joined])
    names = queries.names_of(request.at_desk.acting, named)
    newest = history(stored).select_related("user").first()
    shown = ConflictPage(
        kind=kind,
        record=stored,
        clashes=tuple(
            ClashShown(
                saying.label(kind, clash.path, language),
                json.dumps(clash.path),
                showing.at(kind, clash.path, clash.base, names, language),
                showing.at(kind, clash.path, clash.mine, names, language),
                showing.at(kind, clash.path, clash.theirs, names, language),
                _takes_mine(request, clash.path),
            )
            for clash in merged.clashes
        ),
        joined=showing.paths(kind, joined, names, language),
        mine=json.dumps(mine, ensure_ascii=False),
        opened=opened,
        seen=newest.pk if newest else 0,
        who=newest.user.name if newest and newest.user else "",
        fictional=stored.dossier.fictional,
        noindex=True,
    )
    return show(request, shown, status=409)


@require_POST
@desk_page
def resolve(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Save the record with what was chosen where two people had written different things."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    stored = queries.record_or_404(acting, kind, key)
    opened, seen = (whole_number(request.POST.get(name)) or 0 for name in ("opened", "seen"))
    mine = _state(request.POST.get("mine", ""))
    if queries.last_change(stored) != seen:
        return page(request, kind, stored, mine, opened)
    base, theirs = _base_and_theirs(stored, opened)
    merged = merge(base, mine, theirs)
    chosen = [clash.path for clash in merged.clashes if _takes_mine(request, clash.path)]
    try:
        with transaction.atomic():
            rows = fill(stored, choose(merged, chosen))
            writing.save(acting, stored, rows)
            actions.drop_draft(acting, Place(kind, key))
    except Conflict:
        return page(request, kind, stored, mine, opened)
    except (ValidationError, Refused, NotAllowed) as error:
        messages.error(request, words_of(error))
        return page(request, kind, stored, mine, opened)
    messages.success(request, _("Saved, with what both of you wrote."))
    return redirect("desk_record", plural, key)


def _takes_mine(request: DeskRequest, path: Path) -> bool:
    return request.POST.get(f"choice-{json.dumps(path)}") == "mine"


def _base_and_theirs(stored: Recorded, opened: int) -> tuple[Plain, Plain]:
    theirs = plain_of(stored)
    return as_it_was(theirs, queries.changes_since(stored, opened)), theirs


def _taken(merged: Merged, path: Path) -> bool:
    return not any(
        clash.path[: len(path)] == path or path[: len(clash.path)] == clash.path
        for clash in merged.clashes
    )


def _state(words: str) -> Plain:
    try:
        found = json.loads(words)
        json.dumps(found, ensure_ascii=False).encode()  # no half of a surrogate pair, nowhere
    except (ValueError, RecursionError) as error:
        raise PermissionDenied from error
    if not isinstance(found, dict):
        raise PermissionDenied
    return found

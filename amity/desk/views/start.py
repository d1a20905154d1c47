"""The first page of the desk: what needs whoever is there."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import needs, queries, waiting
from amity.desk.contexts import StartPage
from amity.desk.models import Draft
from amity.desk.shown import Row
from amity.desk.views.history import shown
from amity.desk.views.lines import called_so_far, new_at, row_of, rows_to_confirm
from amity.foundation.models import Change
from amity.foundation.pages.context import show
from amity.languages.text import Text
from amity.record import kinds, rules
from amity.record.acting import STRANGER, Acting

MOST = 8
LATELY = timedelta(days=30)
BEGUN = ("gathering", "proposal", "commitment", "statement", "agreement", "person", "organization")
"""What is most often begun, in the order in which it is offered."""


@require_safe
@desk_page
def start(request: DeskRequest) -> HttpResponse:
    """What waits for an answer, what was left unfinished, and what happened."""
    at_desk = request.at_desk
    acting = at_desk.acting
    waits = waiting.page_to_confirm(acting if rules.writes(acting) else STRANGER, 1, MOST)
    drafts = list(queries.drafts_of(at_desk.user.pk, acting.office)[:MOST])
    others_did, happened = _changes(acting)
    lists = {
        "proposed": waiting.proposed_to(acting),
        "objected": waiting.objected_of(acting),
        "disputed": waiting.disputed_by_others(acting),
    }
    filled = queries.filled(acting, {**lists, **needs.waiting(acting)})
    listed = {
        name: tuple(row_of(one) for one in rows[:MOST]) if name in filled else ()
        for name, rows in lists.items()
    }
    changes = shown(at_desk, [*others_did, *happened], may_undo=False)
    page = StartPage(
        has_office=at_desk.office is not None,
        vouched=acting.vouched,
        has_side=bool(acting.sides),
        administrator=acting.administrator,
        alone=tuple(row_of(one) for one in waiting.kept_alone(acting)[:MOST]),
        proposed=listed["proposed"],
        objected=listed["objected"],
        disputed=listed["disputed"],
        to_confirm=tuple(rows_to_confirm(acting, waits.page.items, waits.fallen).values()),
        all_to_confirm=waits.page.total,
        capped=waits.capped,
        needs=needs.needs_of(acting, filled),
        drafts=_drafts(acting, drafts),
        others_did=changes[: len(others_did)],
        happened=changes[len(others_did) :],
        begin=tuple(
            Row(None, str(kind.label), reverse("desk_new", args=[kind.plural]))
            for name in BEGUN
            if rules.writes(acting) and (kind := kinds.get(name))
        ),
        noindex=True,
    )
    return show(request, page)


def _changes(acting: Acting) -> tuple[list[Change], list[Change]]:
    """What others did lately, and what happened at the office, the newest first."""
    if not acting.office:
        return [], []
    others_did = queries.others_did(acting, timezone.now() - LATELY)
    happened = queries.happened(acting).select_related("user")
    return list(others_did[:MOST]), list(happened[:MOST])


def _drafts(acting: Acting, drafts: Sequence[Draft]) -> tuple[Row, ...]:
    """What was left unfinished; how often the database is asked does not grow with the drafts."""
    names = queries.names_of(acting, [f"{one.kind}:{one.key}" for one in drafts if one.key])
    return tuple(_draft(one, names.get(f"{one.kind}:{one.key}")) for one in drafts)


def _draft(draft: Draft, name: Text | None) -> Row:
    kind = kinds.get(draft.kind)
    address = (
        reverse("desk_edit", args=[kind.plural, draft.key]) if draft.key else new_at(kind, draft)
    )
    return Row(name if draft.key else called_so_far(draft), str(kind.label), address, "")

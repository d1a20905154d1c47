"""The first page of the desk: what needs whoever is there."""

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
from amity.desk.views.lines import new_at, row_of
from amity.foundation.pages.context import show
from amity.record import kinds, rules
from amity.record.acting import Acting

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
    first = list(waiting.to_confirm(acting)[: MOST + 1]) if rules.writes(acting) else []
    more = waiting.to_confirm(acting).count() - MOST if len(first) > MOST else 0
    page = StartPage(
        has_office=at_desk.office is not None,
        vouched=acting.vouched,
        has_side=bool(acting.sides),
        administrator=acting.administrator,
        alone=tuple(row_of(one) for one in waiting.kept_alone(acting)[:MOST]),
        proposed=tuple(row_of(one) for one in waiting.proposed_to(acting)[:MOST]),
        objected=tuple(row_of(one) for one in waiting.objected_of(acting)[:MOST]),
        disputed=tuple(row_of(one) for one in waiting.disputed_by_others(acting)[:MOST]),
        to_confirm=tuple(row_of(entry) for entry in first[:MOST]),
        more_to_confirm=more,
        needs=needs.needs_of(acting),
        drafts=tuple(
            _draft(acting, one) for one in queries.drafts_of(at_desk.user.pk, acting.office)[:MOST]
        ),
        others_did=shown(
            at_desk,
            queries.others_did(acting, timezone.now() - LATELY)[:MOST] if acting.office else (),
            may_undo=False,
        ),
        happened=shown(
            at_desk,
            queries.happened(acting).select_related("user")[:MOST] if acting.office else (),
            may_undo=False,
        ),
        begin=tuple(
            Row(None, str(kind.label), reverse("desk_new", args=[kind.plural]))
            for name in BEGUN
            if rules.writes(acting) and (kind := kinds.get(name))
        ),
        noindex=True,
    )
    return show(request, page)


def _draft(acting: Acting, draft: Draft) -> Row:
    kind = kinds.get(draft.kind)
    name = queries.name_of(acting, f"{draft.kind}:{draft.key}") if draft.key else None
    address = (
        reverse("desk_edit", args=[kind.plural, draft.key]) if draft.key else new_at(kind, draft)
    )
    return Row(name, str(kind.label), address, "")

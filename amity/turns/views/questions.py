"""What sides are asked and have not answered, at the desk."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.followup.models import Proposal
from amity.foundation.pages.asked import page_asked
from amity.foundation.pages.context import show
from amity.foundation.pages.paging import page_of
from amity.record.queries import visible_to
from amity.turns import queries
from amity.turns.contexts import Questioned, QuestionsPage

AT_ONCE = 25
"""Proposals on a page of the list."""


@require_safe
@desk_page
def questions(request: DeskRequest) -> HttpResponse:
    """The proposals of which an answer is missing, by the day on which it is due or the newest."""
    acting, today = request.at_desk.acting, timezone.localdate()
    wanted, sort = request.GET.get("shown", ""), request.GET.get("sort", "")
    shown = wanted if wanted in ("others", "late") else "ours"
    found = queries.ours(acting, queries.to_answer(acting)) if shown != "others" else []
    found += queries.others(acting) if shown != "ours" else []
    capped = len(found) >= queries.MOST_READ
    if shown == "late":
        found = [one for one in found if one.late(today)]
    numbers = queries.numbers(found, by_day=sort != "newest")
    page = page_of(numbers, page_asked(request.GET), size=AT_ONCE)
    rows = visible_to(acting, Proposal).select_related("dossier").in_bulk(page.items)
    lines = queries.waiting_of(acting, list(rows.values()), today)
    return show(
        request,
        QuestionsPage(
            rows=tuple(
                Questioned(rows[one], lines.get(one, ())) for one in page.items if one in rows
            ),
            paging=page,
            shown=shown,
            sort="newest" if sort == "newest" else "day",
            capped=capped,
            noindex=True,
        ),
    )

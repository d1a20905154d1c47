"""The partnerships of an office at a glance."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.pages.asked import page_asked
from amity.foundation.pages.context import show
from amity.foundation.pages.paging import page_of
from amity.health import queries
from amity.health.contexts import HealthPage
from amity.health.rule import DORMANT_AFTER_YEARS, LAPSES_WITHIN

ON_A_PAGE = 25


@require_safe
@desk_page
def health(request: DeskRequest) -> HttpResponse:
    """How the partnerships fare: what needs somebody first."""
    acting, today = request.at_desk.acting, timezone.localdate()
    known = queries.healths(queries.partnerships_of(acting), acting.readers, today)
    ending = queries.lapsing(set(known), acting.readers, today)
    paging = page_of(queries.by_need(known, ending), page_asked(request.GET), size=ON_A_PAGE)
    return show(
        request,
        HealthPage(
            lines=queries.lines(paging.items, known, acting.readers, today),
            paging=paging,
            dormant=sum(one.dormant for one in known.values()),
            lapsing=len(ending),
            late=sum(one.recorded.late > 0 for one in known.values()),
            years=DORMANT_AFTER_YEARS,
            before=LAPSES_WITHIN.days,
            noindex=True,
        ),
    )

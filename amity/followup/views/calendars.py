"""The calendar of deadlines, to follow."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.followup.formats.deadlines import deadline_events
from amity.followup.forms import DeadlineFilters
from amity.followup.queries.lists import commitments, with_deadlines
from amity.foundation.pages.public import PageRequest, public_page
from amity.foundation.pages.speaking import page_language
from amity.gatherings.formats.icalendar import calendar


@public_page(DeadlineFilters)
def deadlines(request: PageRequest, filters: DeadlineFilters) -> HttpResponse:
    """When open commitments are due: of a side, of who promised, of a theme, or all."""
    rows = commitments(filters.wanted(), request.page.today)
    body = calendar(
        _("Amity: deadlines"),
        page_language(),
        deadline_events(with_deadlines(rows)),
        request.page.changed_at or datetime.now(UTC),
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")

"""Calendars to subscribe to: of all gatherings, of one, of one session."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.formats.events import (
    contribution_event,
    gathering_event,
    session_event,
    status_of,
)
from amity.gatherings.formats.icalendar import Event, calendar
from amity.gatherings.queries import calendar as calendars
from amity.gatherings.queries import lists
from amity.gatherings.queries.heading import heading
from amity.languages.jinja import plain


@public_page
def all_gatherings(request: PageRequest) -> HttpResponse:
    """All gatherings that have a day."""
    events = [gathering_event(one) for one in lists.all_gatherings()]
    return _answer(request, _("Amity: gatherings"), events)


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """One gathering's programme; the days alone where no times are known."""
    found = heading(key)
    status = status_of(found)
    events = [
        *(contribution_event(one, status) for one in calendars.contributions(found)),
        *(session_event(one, status) for one in calendars.sessions(found)),
    ]
    return _answer(request, plain(found.title), events if any(events) else [gathering_event(found)])


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    found = calendars.session(key)
    status = status_of(found.gathering)
    events = [
        session_event(found, status),
        *(contribution_event(one, status) for one in found.contributions.all()),
    ]
    return _answer(request, plain(found.title), events)


def _answer(request: PageRequest, name: str, events: Iterable[Event | None]) -> HttpResponse:
    body = calendar(
        name,
        translation.get_language() or "en",
        [event for event in events if event is not None],
        request.page.changed_at or datetime.now(UTC),
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")

"""Calendars to subscribe to: of all gatherings, of one, of one session."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.formats.events import (
    gathering_event,
    removed_event,
    slot_event,
    status_of,
)
from amity.gatherings.formats.icalendar import Event, calendar
from amity.gatherings.queries.calendar import session_or_404, slots_of_gathering, slots_of_session
from amity.gatherings.queries.cancelled import Cancelled, removed_from, removed_gatherings
from amity.gatherings.queries.heading import heading
from amity.gatherings.queries.lists import all_gatherings as every_gathering
from amity.languages.jinja import plain
from amity.record.forms import DossierFilters


@public_page(DossierFilters)
def all_gatherings(request: PageRequest, filters: DossierFilters) -> HttpResponse:
    """All gatherings that have a day; those that were removed are cancelled."""
    found = every_gathering(filters.dossiers_wanted())
    events = [event for one in found if (event := gathering_event(one))]
    events += map(_cancelled, removed_gatherings())
    return _answer(request, _("Amity: gatherings"), events)


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """One gathering's programme; the days alone where no times are known."""
    found = heading(key)
    status, invented = status_of(found), found.dossier.fictional
    events = [slot_event(slot, status, invented=invented) for slot in slots_of_gathering(found)]
    if not events and (whole := gathering_event(found)):
        events = [whole]
    events += map(_cancelled, removed_from(found))
    return _answer(request, plain(found.title), events)


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    found = session_or_404(key)
    status = status_of(found.gathering)
    invented = found.dossier.fictional
    events = [slot_event(slot, status, invented=invented) for slot in slots_of_session(found)]
    return _answer(request, plain(found.title), events)


def _cancelled(one: Cancelled) -> Event:
    return removed_event(one.removal, one.start, one.end)


def _answer(request: PageRequest, name: str, events: Iterable[Event]) -> HttpResponse:
    body = calendar(
        name,
        translation.get_language() or "en",
        events,
        request.page.changed_at or datetime.now(UTC),
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")

"""Calendars: of all gatherings and of one, to follow; of one session or contribution, to add."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amity.foundation.pages.public import PageRequest, public_page
from amity.foundation.pages.speaking import page_language
from amity.gatherings.formats.events import SlotEvents, gathering_event, removed_event
from amity.gatherings.formats.icalendar import Event, calendar
from amity.gatherings.models import Gathering
from amity.gatherings.queries.calendar import (
    Slot,
    contribution_or_404,
    session_or_404,
    slots_of_contribution,
    slots_of_gatherings,
    slots_of_session,
    with_parts,
)
from amity.gatherings.queries.cancelled import Cancelled, removed_from, removed_gatherings
from amity.gatherings.queries.edits import edits_of
from amity.gatherings.queries.heading import heading
from amity.gatherings.queries.lists import all_gatherings as every_gathering
from amity.languages.jinja import plain
from amity.record.lists.forms import DossierFilters


@public_page(DossierFilters)
def all_gatherings(request: PageRequest, filters: DossierFilters) -> HttpResponse:
    """All gatherings that have a day; those that were removed are cancelled."""
    events = _whole(list(every_gathering(filters.dossiers_wanted())))
    events += _cancelled(removed_gatherings())
    return _answer(request, _("Amity: gatherings"), events)


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """One gathering's programme with that of its parts; days alone where no times are known."""
    found = heading(key)
    gatherings = with_parts(found)
    slots = slots_of_gatherings(gatherings, page_language())
    timed = {slot.gathering.pk for slot in slots}
    silent = [one for one in gatherings[1:] if one.pk not in timed]
    if not slots and not silent:
        silent = [found]
    events = [*_whole(silent), *_of(slots), *_cancelled(removed_from(found))]
    return _answer(request, plain(found.title), events)


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    found = session_or_404(key)
    return _answer(
        request, plain(found.title), _of(slots_of_session(found, page_language())), f"session-{key}"
    )


@public_page
def contribution(request: PageRequest, key: str) -> HttpResponse:
    """One contribution."""
    found = contribution_or_404(key)
    events = _of(slots_of_contribution(found, page_language()))
    return _answer(request, plain(found.title), events, f"contribution-{key}")


def _whole(gatherings: Sequence[Gathering]) -> list[Event]:
    edits = edits_of({("gathering", one.key): () for one in gatherings})
    events = (gathering_event(one, edits["gathering", one.key]) for one in gatherings)
    return [event for event in events if event is not None]


def _of(slots: Sequence[Slot]) -> list[Event]:
    edits = edits_of({(slot.kind, slot.key): slot.beside for slot in slots})
    events = SlotEvents()
    return [events.event(slot, edits[slot.kind, slot.key]) for slot in slots]


def _cancelled(found: Sequence[Cancelled]) -> list[Event]:
    events = {(one.removal.entry.kind, one.removal.entry.key): one for one in found}
    edits = edits_of({event: one.beside for event, one in events.items()})
    return [
        removed_event(one.removal, one.start, one.end, edits[event])
        for event, one in events.items()
    ]


def _answer(
    request: PageRequest, name: str, events: Iterable[Event], file: str = ""
) -> HttpResponse:
    """The calendar; as a `file` to be added where it is that of one event."""
    body = calendar(
        name,
        page_language(),
        events,
        request.page.changed_at or datetime.now(UTC),
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    if file:
        response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return response

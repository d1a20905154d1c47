"""What is answered where a record was removed or renamed, in the form that was asked for."""

from datetime import UTC, date, datetime, time
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils import translation

from amity.followup.formats.deadlines import removed_deadline
from amity.foundation.formats.atom import Atom
from amity.foundation.pages import errors
from amity.foundation.pages.context import show
from amity.foundation.pages.links import absolute
from amity.foundation.pages.public import CACHE_CONTROL
from amity.gatherings.formats.events import removed_event
from amity.gatherings.formats.icalendar import calendar
from amity.record.removals import Moved, Numbered, Removal, Removed, removal_of
from amity.site.contexts import GonePage, WhichPage
from amity.site.moved import address_now, address_with


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; 410 for whoever could read what was removed; 301 to where a renamed record is now.

    A bare number leads to the record that has it, or to the list of those that do.
    """
    if isinstance(exception, Moved):
        headers = {"Cache-Control": CACHE_CONTROL}
        return HttpResponsePermanentRedirect(address_now(request, exception), headers=headers)
    if isinstance(exception, Numbered):
        return _numbered(request, exception)
    if not isinstance(exception, Removed):
        return errors.not_found(request, exception)
    removal = removal_of(exception.entry)
    response = _told(request, removal)
    response.status_code = HTTPStatus.GONE
    response["Cache-Control"] = "no-store"
    return response


def _numbered(request: HttpRequest, found: Numbered) -> HttpResponse:
    """302 to the one record with the number, since another may get it later; 300 with all."""
    if len(found.entries) == 1:
        response: HttpResponse = redirect(address_with(request, found.entries[0].key))
    else:
        rows = tuple((one, address_with(request, one.key)) for one in found.entries)
        page = WhichPage(asked=str(found), rows=rows, noindex=True)
        response = show(request, page, status=HTTPStatus.MULTIPLE_CHOICES)
    response["Cache-Control"] = "no-store"
    return response


def _told(request: HttpRequest, removal: Removal) -> HttpResponse:
    if request.path.endswith(".ics"):
        return _calendar(removal)
    if request.path.endswith(".atom"):
        return _feed(request, removal)
    return show(
        request, GonePage(removal=removal, fictional=removal.entry.dossier.fictional, noindex=True)
    )


def _calendar(removal: Removal) -> HttpResponse:
    """The calendar with one event that is cancelled, so that programs take it out of the days."""
    language = translation.get_language() or "en"
    day = when_removed(removal)
    if removal.entry.kind == "commitment":
        event = removed_deadline(removal, day)
    else:
        event = removed_event(removal, day, day)
    body = calendar(removal.title, language, [event], removal.entry.removed_at or datetime.now(UTC))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _feed(request: HttpRequest, removal: Removal) -> HttpResponse:
    """The feed with one entry that says so."""
    address = absolute(request.path)
    feed = Atom(removal.title, removal.words, address, address, removal.entry.removed_at)
    feed.add_item(
        title=removal.words,
        link=address,
        unique_id=f"{address}#removed",
        description=removal.all_words,
        updateddate=datetime.combine(when_removed(removal), time.min, UTC),
        author_name="Amity",
    )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def when_removed(removal: Removal) -> date:
    """The day of the removal (UTC)."""
    at = removal.entry.removed_at
    if at is None:
        raise TypeError(f"{removal.entry} is there")
    return at.date()

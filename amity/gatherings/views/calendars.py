"""Calendars to subscribe to: of all gatherings, of one, of one session."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from amity.foundation.dates.as_said import DateAsSaid, Precision
from amity.foundation.dates.said import in_words
from amity.foundation.pages.links import STAND_IN, absolute, url
from amity.foundation.pages.public import PageRequest, public_page
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.formats.icalendar import Event, calendar
from amity.gatherings.models import Contribution, Gathering, Session
from amity.gatherings.queries import lists
from amity.gatherings.queries.calendar import contributions_for_calendar, sessions_for_calendar
from amity.gatherings.queries.heading import heading_with_rooms
from amity.gatherings.queries.items import session_with_contributions
from amity.languages.jinja import plain, raw_text

CONFIRMED = "CONFIRMED"
STATUS = {
    GatheringStatus.ANNOUNCED: "TENTATIVE",
    GatheringStatus.POSTPONED: "TENTATIVE",
    GatheringStatus.CANCELLED: "CANCELLED",
}


@public_page
def all_gatherings(request: PageRequest) -> HttpResponse:
    """All gatherings that have a day."""
    events = (event for one in lists.all_gatherings() if (event := _whole(one)))
    return _answer(request, _("Amity: gatherings"), events)


@public_page
def gathering(request: PageRequest, key: str) -> HttpResponse:
    """One gathering's programme; the days alone where no times are known."""
    found = heading_with_rooms(key)
    rooms = {row["id"]: plain(raw_text(row["name"])) for row in found.room_rows or ()}
    status = STATUS.get(GatheringStatus(found.status), CONFIRMED)
    timed = [
        *_events("contribution", contributions_for_calendar(found.pk), rooms, status),
        *_events("session", sessions_for_calendar(found.pk), rooms, status),
    ]
    whole = _whole(found)
    return _answer(request, plain(found.title), timed or ([whole] if whole else []))


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    found, contributions = session_with_contributions(key)
    rooms = {found.room_id: plain(found.room.name)} if found.room else {}
    status = STATUS.get(GatheringStatus(found.gathering.status), CONFIRMED)
    events = [
        *_events("session", _session_row(found), rooms, status),
        *_events(
            "contribution", [_contribution_row(one, found) for one in contributions], rooms, status
        ),
    ]
    return _answer(request, plain(found.title), events)


def _answer(request: PageRequest, name: str, events: Iterable[Event]) -> HttpResponse:
    body = calendar(
        name,
        translation.get_language() or "en",
        events,
        request.page.changed_at or datetime.now(UTC),
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _whole(one: Gathering) -> Event | None:
    if one.when is None or one.when.start is None or one.when.end is None:
        return None
    return Event(
        uid=f"gathering-{one.key}@amity",
        title=plain(one.title),
        start=one.when.start,
        end=one.when.end,
        address=absolute(url("gatherings:gathering", key=one.key)),
        place=plain(one.place.name) if one.place else "",
        description=_as_said(one.when),
        status=STATUS.get(GatheringStatus(one.status), CONFIRMED),
    )


def _as_said(when: DateAsSaid) -> str:
    """The date in words where it names no days, or the days are not certain."""
    exact = when.precision in (Precision.DAY, Precision.RANGE) and not when.approximate
    return "" if exact else in_words(when)


def _events(
    kind: str, rows: Iterable[tuple[Any, ...]], rooms: Mapping[int | None, str], status: str
) -> Iterator[Event]:
    before, after = absolute(url(f"gatherings:{kind}", key=STAND_IN)).split(STAND_IN)
    for key, title, start, end, room in rows:
        yield Event(
            uid=f"{kind}-{key}@amity",
            title=plain(title),
            start=start,
            end=end,
            address=f"{before}{key}{after}",
            place=rooms.get(room, ""),
            status=status,
        )


def _session_row(one: Session) -> list[tuple[Any, ...]]:
    if one.starts_at:
        return [(one.key, one.title, one.starts_at, one.ends_at, one.room_id)]
    if one.when and one.when.start and one.when.end:
        return [(one.key, one.title, one.when.start, one.when.end, one.room_id)]
    return []


def _contribution_row(one: Contribution, within: Session) -> tuple[Any, ...]:
    return one.key, one.title, one.starts_at, one.ends_at, within.room_id

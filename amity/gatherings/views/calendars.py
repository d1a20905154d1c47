"""Calendars to subscribe to: of all gatherings, of one, of one session."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from amity.foundation.links import absolute, url
from amity.foundation.pages import PageRequest, public_page
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.formats.icalendar import Event, calendar
from amity.gatherings.models import Contribution, Gathering, Session
from amity.gatherings.queries import lists
from amity.gatherings.queries.items import session_with_contributions
from amity.gatherings.queries.programme import (
    contributions_for_calendar,
    gathering_with_rooms,
    sessions_for_calendar,
)
from amity.languages.jinja import plain, raw_text

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
    found = gathering_with_rooms(key)
    rooms = {row["id"]: plain(raw_text(row["name"])) for row in found.room_rows or ()}
    timed = [
        *_contributions(contributions_for_calendar(found), rooms),
        *_sessions(sessions_for_calendar(found), rooms),
    ]
    whole = _whole(found)
    return _answer(request, plain(found.title), timed or ([whole] if whole else []))


@public_page
def session(request: PageRequest, key: str) -> HttpResponse:
    """One session with its contributions."""
    found, contributions = session_with_contributions(key)
    rooms = {found.room_id: plain(found.room.name)} if found.room else {}
    events = [
        *_sessions([_session_row(found)] if found.starts_at else [], rooms),
        *_contributions([_contribution_row(one, found) for one in contributions], rooms),
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
        status=STATUS.get(GatheringStatus(one.status), "CONFIRMED"),
    )


def _contributions(rows: Iterable[tuple[Any, ...]], rooms: dict[int, str]) -> Iterator[Event]:
    for key, title, starts_at, ends_at, room in rows:
        yield Event(
            uid=f"contribution-{key}@amity",
            title=plain(title),
            start=starts_at,
            end=ends_at,
            address=absolute(url("gatherings:contribution", key=key)),
            place=rooms.get(room, ""),
        )


def _sessions(rows: Iterable[tuple[Any, ...]], rooms: dict[int, str]) -> Iterator[Event]:
    for key, title, starts_at, ends_at, room in rows:
        yield Event(
            uid=f"session-{key}@amity",
            title=plain(title),
            start=starts_at,
            end=ends_at,
            address=absolute(url("gatherings:session", key=key)),
            place=rooms.get(room, ""),
        )


def _session_row(one: Session) -> tuple[Any, ...]:
    return one.key, one.title, one.starts_at, one.ends_at, one.room_id


def _contribution_row(one: Contribution, within: Session) -> tuple[Any, ...]:
    return one.key, one.title, one.starts_at, one.ends_at, within.room_id

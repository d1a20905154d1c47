"""What a gathering's iCalendar lists."""

from typing import Any

from django.db.models import QuerySet

from amity.foundation.dates.moments import as_text, moment
from amity.foundation.prepared import prepared
from amity.gatherings.choices import SessionKind
from amity.gatherings.models import Contribution, Session


def contributions_for_calendar(gathering: int) -> list[tuple[Any, ...]]:
    """(key, title, starts, ends, room's id) of the contributions with a time. One statement."""
    return [
        (key, title, moment(starts), moment(ends), room)
        for key, title, starts, ends, room in _contributions(gathering)
    ]


def sessions_for_calendar(gathering: int) -> list[tuple[Any, ...]]:
    """The same of the sessions that have a time or a day, breaks left out. One statement.

    Where only days are known, they stand in place of the times.
    """
    found = []
    for key, title, starts_at, ends_at, room, when in _sessions(gathering):
        if starts_at:
            found.append((key, title, moment(starts_at), moment(ends_at), room))
        elif when and when.start and when.end:
            found.append((key, title, when.start, when.end, room))
    return found


@prepared
def _contributions(gathering: int) -> QuerySet[Any]:
    rows = Contribution.objects.filter(session__gathering=gathering, starts_at__isnull=False)
    return rows.order_by("starts_at", "key").values_list(
        "key", "title", as_text("starts_at"), as_text("ends_at"), "session__room_id"
    )


@prepared
def _sessions(gathering: int) -> QuerySet[Any]:
    rows = Session.objects.filter(gathering=gathering).exclude(kind=SessionKind.BREAK)
    return rows.order_by("starts_at", "key").values_list(
        "key", "title", as_text("starts_at"), as_text("ends_at"), "room_id", "when"
    )

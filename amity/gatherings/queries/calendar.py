"""What the calendars of a gathering and of a session list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet

from amity.gatherings.choices import SessionKind
from amity.gatherings.models import Contribution, Gathering, Session
from amity.languages.text import Text
from amity.record.removals import one_or_404


@dataclass(frozen=True, slots=True)
class Slot:
    """A session or contribution: when it starts and ends, and in which room.

    Moments, or where these are not known days, of which the last is included.
    """

    kind: Literal["session", "contribution"]
    key: str
    title: Text
    start: datetime | date
    end: datetime | date
    room: Text | None


def session_or_404(key: str) -> Session:
    """The session `key` with its gathering. One statement. Raises Http404."""
    return one_or_404(Session.objects.select_related("gathering", "dossier"), key)


def slots_of_gathering(gathering: Gathering) -> list[Slot]:
    """All contributions and sessions but breaks, by time. Two statements."""
    contributions = Contribution.objects.filter(session__gathering=gathering)
    sessions = gathering.sessions.exclude(kind=SessionKind.BREAK)
    return [*_of_contributions(contributions), *_of_sessions(sessions)]


def slots_of_session(session: Session) -> list[Slot]:
    """The session and its contributions by time. Two statements."""
    alone = Session.objects.filter(pk=session.pk)
    return [*_of_sessions(alone), *_of_contributions(session.contributions.all())]


def _of_contributions(rows: QuerySet[Contribution]) -> Iterator[Slot]:
    """Those of which the times are known."""
    for key, title, start, end, room in rows.order_by("starts_at", "key").values_list(
        "key", "title", "starts_at", "ends_at", "session__room__name"
    ):
        if start and end:
            yield Slot("contribution", key, title, start, end, room)


def _of_sessions(rows: QuerySet[Session]) -> Iterator[Slot]:
    """Those of which the times or days are known."""
    for key, title, starts_at, ends_at, when, room in rows.order_by("starts_at", "key").values_list(
        "key", "title", "starts_at", "ends_at", "when", "room__name"
    ):
        start = starts_at or (when and when.start)
        end = ends_at or (when and when.end)
        if start and end:
            yield Slot("session", key, title, start, end, room)

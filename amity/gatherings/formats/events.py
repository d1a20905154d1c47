"""Gatherings, sessions and contributions as events of a calendar, in the reader's language."""

from amity.foundation.dates.as_said import DateAsSaid, Precision
from amity.foundation.dates.said import in_words
from amity.foundation.pages.links import absolute, url
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Contribution, Gathering, Session
from amity.languages.jinja import plain

from .icalendar import Event

STATUS = {
    GatheringStatus.ANNOUNCED: "TENTATIVE",
    GatheringStatus.POSTPONED: "TENTATIVE",
    GatheringStatus.CANCELLED: "CANCELLED",
}


def gathering_event(gathering: Gathering) -> Event | None:
    """The days of a gathering; None where it has none yet."""
    when = gathering.when
    if when is None or when.start is None or when.end is None:
        return None
    return Event(
        uid=f"gathering-{gathering.key}@amity",
        title=plain(gathering.title),
        start=when.start,
        end=when.end,
        address=absolute(url("gatherings:gathering", key=gathering.key)),
        place=plain(gathering.place.name) if gathering.place else "",
        description=_as_said(when),
        status=status_of(gathering),
    )


def session_event(session: Session, status: str) -> Event | None:
    """The times of a session, or its days where only these are known; None without either."""
    when = session.when
    start = session.starts_at or (when and when.start)
    end = session.ends_at or (when and when.end)
    if not start or not end:
        return None
    return Event(
        uid=f"session-{session.key}@amity",
        title=plain(session.title),
        start=start,
        end=end,
        address=absolute(url("gatherings:session", key=session.key)),
        place=plain(session.room.name) if session.room else "",
        status=status,
    )


def contribution_event(contribution: Contribution, status: str) -> Event | None:
    """The times of a contribution, in the room of its session; None where they are not known."""
    if contribution.starts_at is None or contribution.ends_at is None:
        return None
    room = contribution.session.room
    return Event(
        uid=f"contribution-{contribution.key}@amity",
        title=plain(contribution.title),
        start=contribution.starts_at,
        end=contribution.ends_at,
        address=absolute(url("gatherings:contribution", key=contribution.key)),
        place=plain(room.name) if room else "",
        status=status,
    )


def status_of(gathering: Gathering) -> str:
    """Whether the gathering and all that is in it are certain (RFC 5545, section 3.8.1.11)."""
    return STATUS.get(GatheringStatus(gathering.status), "CONFIRMED")


def _as_said(when: DateAsSaid) -> str:
    """The date in words where it names no days, or the days are not certain."""
    exact = when.precision in (Precision.DAY, Precision.RANGE) and not when.approximate
    return "" if exact else in_words(when)

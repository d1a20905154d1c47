"""A gathering's programme, in few statements however long it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch, QuerySet

from amity.gatherings.models import Contribution, Gathering, Room, Session, Speaker
from amity.languages.text import Text
from amity.network.models import Theme

from .heading import heading
from .joined import BY_TIME


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a programme; None is no filter. `day` is a day at the venue."""

    day: date | None = None
    room: str | None = None
    theme: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """A contribution with the names of those who speak."""

    key: str
    title: Text
    language: str
    starts_at: datetime | None
    status: str
    moved_from: datetime | None
    speakers: list[Text]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with its contributions; its themes are prefetched, by key."""

    session: Session
    contributions: list[ContributionRow]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the programme at the venue; None gathers what has no day yet."""

    day: date | None
    sessions: list[SessionRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with what it can be filtered by.

    `sessions` counts all that there are, `contributions` those of the days shown.
    """

    gathering: Gathering
    days: list[Day]
    all_days: list[date]
    rooms: list[Room]
    themes: list[Theme]
    languages: list[str]
    sessions: int
    contributions: int


def programme(key: str, wanted: Wanted) -> Programme:
    """The programme of the gathering `key`. Six statements. Raises Http404."""
    gathering = heading(key)
    zone = ZoneInfo(gathering.timezone)
    contributions = _contributions(gathering)
    sessions = [SessionRow(one, contributions[one.pk]) for one in _sessions(gathering)]
    shown = [row for row in sessions if _fits(row, wanted, zone)]
    themes = {theme.key: theme for one in sessions for theme in one.session.themes.all()}
    return Programme(
        gathering=gathering,
        days=_by_day(shown, zone),
        all_days=sorted({day for one in sessions if (day := day_of(one.session, zone))}),
        rooms=list(gathering.rooms.order_by("position")),
        themes=[themes[key] for key in sorted(themes)],
        languages=sorted({tag for one in sessions for tag in one.session.languages}),
        sessions=len(sessions),
        contributions=sum(len(one.contributions) for one in shown),
    )


def day_of(session: Session, zone: ZoneInfo) -> date | None:
    """The day at the venue on which a session begins, where it is known."""
    if session.starts_at:
        return session.starts_at.astimezone(zone).date()
    when = session.when
    return when.start if when is not None and when.start == when.end else None


def clocks_of(programme: Programme) -> tuple[datetime, datetime] | None:
    """When the first of the sessions shown starts and the last ends; None while none has a time."""
    found = [
        moment
        for day in programme.days
        for row in day.sessions
        for moment in (row.session.starts_at, row.session.ends_at)
        if moment is not None
    ]
    return (min(found), max(found)) if found else None


def _sessions(gathering: Gathering) -> QuerySet[Session]:
    """The sessions by time and room. Two statements."""
    return (
        gathering.sessions.select_related("room")
        .prefetch_related(Prefetch("themes", Theme.objects.order_by("key")))
        .order_by(F("starts_at").asc(nulls_last=True), "room__position", "position", "key")
    )


def _contributions(gathering: Gathering) -> dict[int, list[ContributionRow]]:
    """Session → its contributions by time. Two statements.

    Values and no instances: there are hundreds of contributions and about twice as many who speak
    in them. Of somebody who speaks often, one text is read.
    """
    names: dict[int, Text] = {}
    speakers: dict[int, list[Text]] = defaultdict(list)
    parts = Speaker.objects.filter(contribution__session__gathering=gathering).order_by("position")
    for contribution, person, name in parts.values_list("contribution", "person", "person__name"):
        speakers[contribution].append(names.setdefault(person, name))
    found: dict[int, list[ContributionRow]] = defaultdict(list)
    rows = Contribution.objects.filter(session__gathering=gathering).order_by(*BY_TIME)
    for pk, session, key, title, language, start, status, moved_from in rows.values_list(
        "pk", "session", "key", "title", "language", "starts_at", "status", "moved_from"
    ):
        row = ContributionRow(key, title, language, start, status, moved_from, speakers[pk])
        found[session].append(row)
    return found


def _fits(row: SessionRow, wanted: Wanted, zone: ZoneInfo) -> bool:
    session = row.session
    if wanted.day and day_of(session, zone) != wanted.day:
        return False
    if wanted.room and (session.room is None or session.room.key != wanted.room):
        return False
    if wanted.theme and all(theme.key != wanted.theme for theme in session.themes.all()):
        return False
    return not wanted.language or _speaks(row, wanted.language)


def _speaks(row: SessionRow, language: str) -> bool:
    return language in row.session.languages or any(
        one.language == language for one in row.contributions
    )


def _by_day(sessions: Iterable[SessionRow], zone: ZoneInfo) -> list[Day]:
    days: dict[date | None, Day] = {}
    for row in sessions:
        day = day_of(row.session, zone)
        days.setdefault(day, Day(day)).sessions.append(row)
    return [days[day] for day in sorted(days, key=lambda day: (day is None, day or date.min))]

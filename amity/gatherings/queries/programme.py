"""A gathering's programme, in few statements however long it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.moments import as_text, moment
from amity.foundation.prepared import prepared
from amity.gatherings.models import Contribution, Session
from amity.languages.text import Text

from .gathering import in_order
from .heading import heading_with_rooms
from .people import persons_speaking, speaking


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a programme; None is no filter. `day` is a day at the venue."""

    day: date | None = None
    room: str | None = None
    theme: str | None = None
    language: str | None = None

    def __bool__(self) -> bool:
        return self != Wanted()


class SpeakerName(NamedTuple):
    """A speaker as the programme names them."""

    key: str
    name: Text


class ContributionRow(NamedTuple):
    """A contribution as the programme lists it."""

    key: str
    title: Text
    language: str
    starts_at: datetime | None
    speakers: list[SpeakerName]


class RoomName(NamedTuple):
    """A room as the programme names it."""

    key: str
    position: int
    name: Text


class ListedSession(NamedTuple):
    """A session as the programme lists it."""

    pk: int
    key: str
    kind: str
    position: int
    title: Text
    when: DateAsSaid | None
    starts_at: datetime | None
    ends_at: datetime | None
    languages: list[str]
    room_id: int | None
    room: RoomName | None


@dataclass(slots=True)
class SessionRow:
    """A session with its contributions, in order."""

    session: ListedSession
    themes: tuple[tuple[str, Text], ...]
    contributions: list[ContributionRow] = field(default_factory=list)


@dataclass(slots=True)
class Day:
    """One day of the programme at the venue; None gathers what has no day yet."""

    day: date | None
    sessions: list[SessionRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with what it can be filtered by.

    `sessions` counts all that there are, `contributions` those of the days shown.
    """

    gathering: Any
    rooms: tuple[dict[str, Any], ...]
    days: list[Day]
    all_days: list[date]
    themes: list[tuple[str, Text]]
    languages: list[str]
    sessions: int
    contributions: int


def programme(key: str, wanted: Wanted) -> Programme:
    """The programme of the gathering `key`. Six statements. Raises Http404."""
    gathering = heading_with_rooms(key)
    zone = ZoneInfo(gathering.timezone)
    themes = _themes(gathering.pk)
    sessions = [SessionRow(session, themes.get(session.pk, ())) for session in _sessions(gathering)]
    shown = [row for row in sessions if _fits(row, wanted, zone)]
    _fill(shown, gathering.pk)
    if wanted.language:
        shown = [row for row in shown if _speaks(row, wanted.language)]
    days = {day for row in sessions if (day := day_of(row.session, zone))}
    return Programme(
        gathering=gathering,
        rooms=in_order(gathering.room_rows),
        days=_by_day(shown, zone),
        all_days=sorted(days),
        themes=sorted({key: name for each in themes.values() for key, name in each}.items()),
        languages=sorted({tag for row in sessions for tag in row.session.languages}),
        sessions=len(sessions),
        contributions=sum(len(row.contributions) for row in shown),
    )


def _sessions(gathering: Any) -> list[ListedSession]:
    """The sessions by time, then room. One statement; plain rows, as there are hundreds."""
    rooms = {
        room["id"]: RoomName(room["key"], room["position"], Text.from_json(room["name"]))
        for room in gathering.room_rows or ()
    }
    return [
        ListedSession._make(
            (*row[:6], moment(row[6]), moment(row[7]), *row[8:], rooms.get(row[-1]))
        )
        for row in _session_rows(gathering.pk)
    ]


def _themes(gathering: int) -> dict[int, tuple[tuple[str, Text], ...]]:
    """Session → keys and names of its themes. One statement; each name is read once."""
    known: dict[str, tuple[str, Text]] = {}
    found: dict[int, list[tuple[str, Text]]] = defaultdict(list)
    for session, key, name in _theme_rows(gathering):
        found[session].append(known.setdefault(key, (key, name)))
    return {session: tuple(listed) for session, listed in found.items()}


def day_of(session: ListedSession, zone: ZoneInfo) -> date | None:
    """The day at the venue on which a session begins, where it is known."""
    if session.starts_at:
        return session.starts_at.astimezone(zone).date()
    when = session.when
    return when.start if when is not None and when.start == when.end else None


def _fits(row: SessionRow, wanted: Wanted, zone: ZoneInfo) -> bool:
    session = row.session
    if wanted.day and day_of(session, zone) != wanted.day:
        return False
    if wanted.room and (session.room is None or session.room.key != wanted.room):
        return False
    return not wanted.theme or any(key == wanted.theme for key, _ in row.themes)


def _speaks(row: SessionRow, language: str) -> bool:
    return language in row.session.languages or any(
        one.language == language for one in row.contributions
    )


def _fill(sessions: Iterable[SessionRow], gathering: int) -> None:
    """Put the contributions into their sessions. Three statements."""
    by_id = {row.session.pk: row for row in sessions}
    speaks: dict[int, list[int]] = defaultdict(list)
    for contribution, person in _speaker_rows(gathering):
        speaks[contribution].append(person)
    names = {pk: SpeakerName(key, name) for pk, key, name in persons_speaking(gathering)}
    for pk, session, key, title, language, start in _contribution_rows(gathering):
        if (row := by_id.get(session)) is not None:
            speakers = [names[person] for person in speaks.get(pk, ())]
            row.contributions.append(ContributionRow(key, title, language, moment(start), speakers))


def _by_day(sessions: Iterable[SessionRow], zone: ZoneInfo) -> list[Day]:
    days: dict[date | None, Day] = {}
    for row in sessions:
        of = day_of(row.session, zone)
        days.setdefault(of, Day(of)).sessions.append(row)
    return [days[of] for of in sorted(days, key=lambda day: (day is None, day or date.min))]


@prepared
def _session_rows(gathering: int) -> QuerySet[Any]:
    rows = Session.objects.filter(gathering=gathering)
    return rows.order_by(
        F("starts_at").asc(nulls_last=True), "room__position", "position", "key"
    ).values_list(
        "pk",
        "key",
        "kind",
        "position",
        "title",
        "when",
        as_text("starts_at"),
        as_text("ends_at"),
        "languages",
        "room_id",
    )


@prepared
def _theme_rows(gathering: int) -> QuerySet[Any]:
    rows: Any = Session.themes.through.objects.filter(session__gathering=gathering)
    named: QuerySet[Any] = rows.order_by("theme__key").values_list(
        "session_id", "theme__key", "theme__name"
    )
    return named


@prepared
def _contribution_rows(gathering: int) -> QuerySet[Any]:
    rows = Contribution.objects.filter(session__gathering=gathering)
    return rows.order_by(F("starts_at").asc(nulls_last=True), "position", "key").values_list(
        "pk", "session_id", "key", "title", "language", as_text("starts_at")
    )


@prepared
def _speaker_rows(gathering: int) -> QuerySet[Any]:
    rows = speaking(gathering).order_by("position")
    return rows.values_list("contribution_id", "person_id")

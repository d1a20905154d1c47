"""A gathering's programme and its speakers, few statements however long they are."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.http import Http404

from amity.foundation.collect import Nested, collected
from amity.foundation.dates import DateAsSaid
from amity.foundation.moments import as_text, moment
from amity.gatherings.choices import SessionKind
from amity.gatherings.models import Contribution, Gathering, Room, Session, Speaker
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.network.models import Organization, Person

from .gathering import in_order

REMEMBERED = 4_096
"""Names whose place in the alphabet is kept."""


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


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A speaker with the contributions and for whom they speak."""

    key: str
    name: Text
    organization: Text | None
    contributions: tuple[tuple[str, Text], ...]


SHOWN_OF_A_GATHERING = (
    "key",
    "title",
    "status",
    "when",
    "timezone",
    "place__name",
    "dossier__fictional",
)
"""Columns of a gathering that its programme, its people and its calendar show."""


def _gatherings(key: str) -> QuerySet[Any]:
    rows = Gathering.objects.filter(key=key).select_related("dossier", "place")
    return rows.only(*SHOWN_OF_A_GATHERING)


def _the_one(rows: QuerySet[Any], key: str) -> Any:
    found = rows.first()
    if found is None:
        raise Http404(key)
    return found


def gathering_with_rooms(key: str) -> Any:
    """The gathering with its rooms collected. One statement. Raises Http404."""
    rooms = collected(
        Room.objects.all(),
        by="gathering",
        position="position",
        id="pk",
        key="key",
        name=Nested("name"),
    )
    return _the_one(_gatherings(key).annotate(room_rows=rooms), key)


def programme(key: str, wanted: Wanted) -> Programme:
    """The programme of the gathering `key`. Six statements. Raises Http404."""
    gathering = gathering_with_rooms(key)
    zone = ZoneInfo(gathering.timezone)
    themes = _themes(gathering)
    sessions = [SessionRow(session, themes.get(session.pk, ())) for session in _sessions(gathering)]
    shown = [row for row in sessions if _fits(row, wanted, zone)]
    _fill(shown, Contribution.objects.filter(session__gathering=gathering))
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
    rows: Any = gathering.sessions.order_by(
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
    return [
        ListedSession._make(
            (*row[:6], moment(row[6]), moment(row[7]), *row[8:], rooms.get(row[-1]))
        )
        for row in rows
    ]


def _themes(gathering: Any) -> dict[int, tuple[tuple[str, Text], ...]]:
    """Session → keys and names of its themes. One statement; each name is read once."""
    known: dict[str, tuple[str, Text]] = {}
    found: dict[int, list[tuple[str, Text]]] = defaultdict(list)
    rows: Any = Session.themes.through.objects.filter(session__gathering=gathering)
    for session, key, name in rows.order_by("theme__key").values_list(
        "session_id", "theme__key", "theme__name"
    ):
        found[session].append(known.setdefault(key, (key, name)))
    return {session: tuple(listed) for session, listed in found.items()}


def people(key: str) -> tuple[Any, list[PersonRow]]:
    """The gathering `key` and all who speak there, by name. Five statements. Raises Http404."""
    gathering = _the_one(_gatherings(key), key)
    speaks = Speaker.objects.filter(contribution__session__gathering=gathering)
    speakers: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for contribution, person, organization in speaks.values_list(
        "contribution_id", "person_id", "organization_id"
    ):
        speakers[contribution].append((person, organization))
    given: dict[int, list[tuple[str, Text]]] = defaultdict(list)
    for_whom: dict[int, int] = {}
    for pk, contribution_key, title in (
        Contribution.objects.filter(session__gathering=gathering)
        .order_by(F("starts_at").asc(nulls_last=True), "key")
        .values_list("pk", "key", "title")
    ):
        for person, for_them in speakers.get(pk, ()):
            given[person].append((contribution_key, title))
            if for_them is not None:
                for_whom.setdefault(person, for_them)
    spoken_for = Organization.objects.filter(pk__in=set(for_whom.values()))
    organizations = dict(spoken_for.values_list("pk", "name"))
    rows = [
        PersonRow(
            person_key,
            name,
            organizations[for_whom[pk]] if pk in for_whom else None,
            tuple(given[pk]),
        )
        for pk, person_key, name in Person.objects.filter(
            pk__in=speaks.values("person")
        ).values_list("pk", "key", "name")
    ]
    return gathering, sorted(rows, key=lambda row: (_collated(plain(row.name)), row.key))


def contributions_for_calendar(gathering: Gathering) -> list[tuple[Any, ...]]:
    """(key, title, starts, ends, room's id) of the contributions with a time. One statement."""
    rows = Contribution.objects.filter(session__gathering=gathering, starts_at__isnull=False)
    listed = rows.order_by("starts_at", "key").values_list(
        "key", "title", as_text("starts_at"), as_text("ends_at"), "session__room_id"
    )
    return [
        (key, title, moment(starts), moment(ends), room)
        for key, title, starts, ends, room in listed
    ]


def sessions_for_calendar(gathering: Gathering) -> list[tuple[Any, ...]]:
    """The same of the sessions that have a time or a day, breaks left out. One statement.

    Where only days are known, they stand in place of the times.
    """
    rows = gathering.sessions.exclude(kind=SessionKind.BREAK).order_by("starts_at", "key")
    found = []
    for key, title, starts_at, ends_at, room, when in rows.values_list(
        "key", "title", as_text("starts_at"), as_text("ends_at"), "room_id", "when"
    ):
        if starts_at:
            found.append((key, title, moment(starts_at), moment(ends_at), room))
        elif when and when.start and when.end:
            found.append((key, title, when.start, when.end, room))
    return found


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


def _fill(sessions: Iterable[SessionRow], contributions: QuerySet[Contribution]) -> None:
    """Put the contributions into their sessions. Three statements."""
    by_id = {row.session.pk: row for row in sessions}
    speaks: dict[int, list[int]] = defaultdict(list)
    spoken = Speaker.objects.filter(contribution__in=contributions)
    for contribution, person in spoken.order_by("position").values_list(
        "contribution_id", "person_id"
    ):
        speaks[contribution].append(person)
    names = {
        pk: SpeakerName(key, name)
        for pk, key, name in Person.objects.filter(pk__in=spoken.values("person")).values_list(
            "pk", "key", "name"
        )
    }
    rows: Any = contributions.order_by(
        F("starts_at").asc(nulls_last=True), "position", "key"
    ).values_list("pk", "session_id", "key", "title", "language", as_text("starts_at"))
    for pk, session, key, title, language, start in rows:
        if (row := by_id.get(session)) is not None:
            speakers = [names[person] for person in speaks.get(pk, ())]
            row.contributions.append(ContributionRow(key, title, language, moment(start), speakers))


def _by_day(sessions: Iterable[SessionRow], zone: ZoneInfo) -> list[Day]:
    days: dict[date | None, Day] = {}
    for row in sessions:
        of = day_of(row.session, zone)
        days.setdefault(of, Day(of)).sessions.append(row)
    return [days[of] for of in sorted(days, key=lambda day: (day is None, day or date.min))]


@lru_cache(maxsize=REMEMBERED)
def _collated(name: str) -> str:
    """A name for sorting: without accents and case (a simple stand-in for UTS #10)."""
    letters = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()

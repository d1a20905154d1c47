"""What the calendars of a gathering and of a session list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Literal, NamedTuple

from django.db.models import Q, QuerySet

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.choices import ProgrammeStatus, SessionKind
from amity.gatherings.models import Contribution, Gathering, Session, Speaker
from amity.languages.plainly import PlainWords
from amity.network.models import Person
from amity.record.removals import one_or_404

from .edits import Subject
from .gathering import in_order_of_date


class Slot(NamedTuple):
    """A session or contribution: when it starts and ends, where, and what it is about.

    Moments, or where these are not known days, of which the last is included. `end` is None where
    it is open. `people` chair it or speak in it. `status` is that of a contribution's session
    where that is not as announced. `beside` names what says where it takes place. All words are
    those that `plain` gives, and "" where there are none.
    """

    kind: Literal["session", "contribution"]
    key: str
    title: str
    start: datetime | date
    end: datetime | date | None
    gathering: Gathering
    room: str
    online: str
    status: ProgrammeStatus
    about: str
    people: Sequence[str]
    beside: tuple[Subject, ...]


def session_or_404(key: str) -> Session:
    """The session `key` with its gathering and place. One statement. Raises Http404."""
    rows = Session.objects.select_related("gathering__place", "gathering__dossier", "dossier")
    return one_or_404(rows, key)


def contribution_or_404(key: str) -> Contribution:
    """The contribution `key` with its gathering and place. One statement. Raises Http404."""
    rows = Contribution.objects.select_related(
        "session__gathering__place", "session__gathering__dossier", "dossier"
    )
    return one_or_404(rows, key)


def with_parts(gathering: Gathering) -> list[Gathering]:
    """The gathering and what it consists of, a journey's stops, by date. One statement."""
    within = Q(within=gathering) | Q(within__within=gathering)
    parts = Gathering.objects.filter(within).select_related("place", "dossier")
    return [gathering, *in_order_of_date(parts)]


def slots_of_gatherings(gatherings: Sequence[Gathering], language: str) -> list[Slot]:
    """All contributions and sessions but breaks, by time. Five statements."""
    found = {one.pk: one for one in gatherings}
    within = Session.objects.filter(gathering__in=found)
    contributions = Contribution.objects.filter(session__in=within)
    sessions = _sessions(within, language)
    people = _people(within, contributions, language)
    return [
        *_of_contributions(contributions, sessions, found, people, language),
        *_of_sessions([one for one in sessions if one.kind != SessionKind.BREAK], found, people),
    ]


def slots_of_session(session: Session, language: str) -> list[Slot]:
    """The session and its contributions by time. Five statements."""
    alone = Session.objects.filter(pk=session.pk)
    contributions = Contribution.objects.filter(session=session)
    sessions = _sessions(alone, language)
    people = _people(alone, contributions, language)
    found = {session.gathering_id: session.gathering}
    return [
        *_of_sessions(sessions, found, people),
        *_of_contributions(contributions, sessions, found, people, language),
    ]


def slots_of_contribution(contribution: Contribution, language: str) -> list[Slot]:
    """The contribution alone; nothing while its time is not known. Four statements."""
    session = contribution.session
    within = _sessions(Session.objects.filter(pk=session.pk), language)
    alone = Contribution.objects.filter(pk=contribution.pk)
    people = _people(Session.objects.none(), alone, language)
    found = {session.gathering_id: session.gathering}
    return list(_of_contributions(alone, within, found, people, language))


class _Session(NamedTuple):
    """What a calendar reads of a session and its room: values, for there are hundreds."""

    pk: int
    gathering: int
    key: str
    kind: str
    title: str
    about: str
    when: DateAsSaid | None
    starts_at: datetime | None
    ends_at: datetime | None
    status: str
    url: str
    room_key: str | None
    room: str


def _sessions(rows: QuerySet[Session], language: str) -> list[_Session]:
    title, about = PlainWords("title", language), PlainWords("summary", language)
    times = "when", "starts_at", "ends_at"
    where = "url", "room__key", PlainWords("room__name", language)
    shown = rows.order_by("starts_at", "key").values_list(
        "pk", "gathering", "key", "kind", title, about, *times, "status", *where
    )
    return [_Session._make(one) for one in shown]


class _People(NamedTuple):
    """The names of those who chair each session and who speak in each contribution."""

    chairs: Mapping[int, list[str]]
    speakers: Mapping[int, list[str]]


def _people(
    sessions: QuerySet[Session], contributions: QuerySet[Contribution], language: str
) -> _People:
    """Those of whom the times are known. The name of each person is read once."""
    chairs = list(
        Session.chairs.through.objects.filter(session__in=sessions)
        .order_by("person__key")
        .values_list("session", "person")
    )
    speakers = list(
        Speaker.objects.filter(contribution__in=_timed(contributions))
        .order_by("position")
        .values_list("contribution", "person")
    )
    persons = Person.objects.filter(pk__in={person for _, person in chain(chairs, speakers)})
    names = dict(persons.values_list("pk", PlainWords("name", language)))
    return _People(_named(chairs, names), _named(speakers, names))


def _named(rows: Iterable[tuple[int, int]], names: Mapping[int, str]) -> Mapping[int, list[str]]:
    people: dict[int, list[str]] = defaultdict(list)
    for where, person in rows:
        if person in names:
            people[where].append(names[person])
    return people


def _timed(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Those of which the times are known."""
    return contributions.filter(starts_at__isnull=False)


def _of_contributions(
    rows: QuerySet[Contribution],
    sessions: Iterable[_Session],
    gatherings: Mapping[int, Gathering],
    people: _People,
    language: str,
) -> Iterator[Slot]:
    """Those of which the times are known."""
    found = {one.pk: one for one in sessions}
    title, about = PlainWords("title", language), PlainWords("abstract", language)
    ordered = _timed(rows).order_by("starts_at", "key")
    for pk, session_pk, key, title_, start, end, status, about_ in ordered.values_list(
        "pk", "session", "key", title, "starts_at", "ends_at", "status", about
    ):
        session = found[session_pk]
        gathering = gatherings[session.gathering]
        yield Slot(
            "contribution",
            key,
            title_,
            start,
            end,
            gathering,
            session.room,
            session.url or gathering.url,
            ProgrammeStatus(
                status if session.status == ProgrammeStatus.SCHEDULED else session.status
            ),
            about_,
            people.speakers.get(pk, ()),
            (("session", session.key), *_beside(session, gathering)),
        )


def _of_sessions(
    rows: Iterable[_Session], gatherings: Mapping[int, Gathering], people: _People
) -> Iterator[Slot]:
    """Those of which the times or days are known."""
    for one in rows:
        when = one.when
        start = one.starts_at or (when and when.start)
        end = one.ends_at or (when.end if when and one.starts_at is None else None)
        gathering = gatherings[one.gathering]
        if start and (end or one.starts_at):
            yield Slot(
                "session",
                one.key,
                one.title,
                start,
                end,
                gathering,
                one.room,
                one.url or gathering.url,
                ProgrammeStatus(one.status),
                one.about,
                people.chairs.get(one.pk, ()),
                _beside(one, gathering),
            )


def _beside(session: _Session, gathering: Gathering) -> tuple[Subject, ...]:
    room = (("room", session.room_key),) if session.room_key else ()
    return ("gathering", gathering.key), *room

"""What the calendars of a gathering and of a session list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from django.db.models import Q, QuerySet

from amity.gatherings.choices import ProgrammeStatus, SessionKind
from amity.gatherings.models import Contribution, Gathering, Session, Speaker
from amity.languages.text import Text
from amity.record.removals import one_or_404

from .edits import Subject
from .gathering import in_order_of_date


class Slot(NamedTuple):
    """A session or contribution: when it starts and ends, where, and what it is about.

    Moments, or where these are not known days, of which the last is included. `end` is None where
    it is open. `people` chair it or speak in it. `status` is that of a contribution's session
    where that is not as announced. `beside` names what says where it takes place.
    """

    kind: Literal["session", "contribution"]
    key: str
    title: Text
    start: datetime | date
    end: datetime | date | None
    gathering: Gathering
    room: Text | None
    online: str
    status: ProgrammeStatus
    about: Text | None
    people: Sequence[Text]
    beside: tuple[Subject, ...]


def session_or_404(key: str) -> Session:
    """The session `key` with its gathering and place. One statement. Raises Http404."""
    rows = Session.objects.select_related("gathering__place", "gathering__dossier", "dossier")
    return one_or_404(rows, key)


def contribution_or_404(key: str) -> Contribution:
    """The contribution `key` with its gathering and place. One statement. Raises Http404."""
    rows = Contribution.objects.select_related(
        "session__gathering__place", "session__gathering__dossier", "session__room", "dossier"
    )
    return one_or_404(rows, key)


def with_parts(gathering: Gathering) -> list[Gathering]:
    """The gathering and what it consists of, a journey's stops, by date. One statement."""
    within = Q(within=gathering) | Q(within__within=gathering)
    parts = Gathering.objects.filter(within).select_related("place", "dossier")
    return [gathering, *in_order_of_date(parts)]


def slots_of_gatherings(gatherings: Sequence[Gathering]) -> list[Slot]:
    """All contributions and sessions but breaks, by time. Four statements."""
    found = {one.pk: one for one in gatherings}
    sessions = _with_rooms(Session.objects.filter(gathering__in=found))
    contributions = Contribution.objects.filter(session__in=sessions)
    return [
        *_of_contributions(contributions, sessions, found),
        *_of_sessions([one for one in sessions if one.kind != SessionKind.BREAK], found),
    ]


def slots_of_session(session: Session) -> list[Slot]:
    """The session and its contributions by time. Four statements."""
    alone = _with_rooms(Session.objects.filter(pk=session.pk))
    found = {session.gathering_id: session.gathering}
    contributions = Contribution.objects.filter(session=session)
    return [*_of_sessions(alone, found), *_of_contributions(contributions, alone, found)]


def slots_of_contribution(contribution: Contribution) -> list[Slot]:
    """The contribution alone; nothing while its time is not known. Two statements."""
    session = contribution.session
    alone = Contribution.objects.filter(pk=contribution.pk)
    return list(_of_contributions(alone, [session], {session.gathering_id: session.gathering}))


def _with_rooms(rows: QuerySet[Session]) -> list[Session]:
    shown = ("key", "kind", "title", "summary", "when", "starts_at", "ends_at", "status", "url")
    rooms = rows.select_related("room").only(*shown, "gathering", "room__key", "room__name")
    return list(rooms.order_by("starts_at", "key"))


def _of_contributions(
    rows: QuerySet[Contribution], sessions: Iterable[Session], gatherings: dict[int, Gathering]
) -> Iterator[Slot]:
    """Those of which the times are known: values, for there are hundreds."""
    timed = rows.filter(starts_at__isnull=False)
    people = _people(
        Speaker.objects.filter(contribution__in=timed.order_by())
        .order_by("position")
        .values_list("contribution", "person", "person__name")
    )
    found = {one.pk: one for one in sessions}
    shown = ("pk", "session", "key", "title", "starts_at", "ends_at", "status", "abstract")
    for pk, session_pk, key, title, start, end, status, abstract in timed.order_by(
        "starts_at", "key"
    ).values_list(*shown):
        session = found[session_pk]
        gathering = gatherings[session.gathering_id]
        yield Slot(
            "contribution",
            key,
            title,
            start,
            end,
            gathering,
            session.room.name if session.room else None,
            session.url or gathering.url,
            ProgrammeStatus(
                status if session.status == ProgrammeStatus.SCHEDULED else session.status
            ),
            abstract,
            people[pk],
            (("session", session.key), *_beside(session, gathering)),
        )


def _of_sessions(rows: Sequence[Session], gatherings: dict[int, Gathering]) -> Iterator[Slot]:
    """Those of which the times or days are known."""
    people = _people(
        Session.chairs.through.objects.filter(session__in=rows)
        .order_by("person__key")
        .values_list("session", "person", "person__name")
    )
    for one in rows:
        when = one.when
        start = one.starts_at or (when and when.start)
        end = one.ends_at or (when.end if when and one.starts_at is None else None)
        gathering = gatherings[one.gathering_id]
        if start and (end or one.starts_at):
            yield Slot(
                "session",
                one.key,
                one.title,
                start,
                end,
                gathering,
                one.room.name if one.room else None,
                one.url or gathering.url,
                ProgrammeStatus(one.status),
                one.summary,
                people[one.pk],
                _beside(one, gathering),
            )


def _people(rows: Iterable[tuple[int, int, Text]]) -> dict[int, list[Text]]:
    """The names of those who speak or chair, by where; each person's name is read once."""
    names: dict[int, Text] = {}
    people: dict[int, list[Text]] = defaultdict(list)
    for where, person, name in rows:
        people[where].append(names.setdefault(person, name))
    return people


def _beside(session: Session, gathering: Gathering) -> tuple[Subject, ...]:
    room = (("room", session.room.key),) if session.room else ()
    return ("gathering", gathering.key), *room

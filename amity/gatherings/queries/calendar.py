"""What the calendars of a gathering and of a session list."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Q, QuerySet

from amity.gatherings.choices import ProgrammeStatus, SessionKind
from amity.gatherings.models import Contribution, Gathering, Session, Speaker
from amity.languages.text import Text
from amity.record.removals import one_or_404

from .edits import Subject
from .gathering import in_order_of_date


@dataclass(frozen=True, slots=True)
class Slot:
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
    return one_or_404(
        Contribution.objects.select_related("session__gathering__place", "dossier"), key
    )


def with_parts(gathering: Gathering) -> list[Gathering]:
    """The gathering and what it consists of, a journey's stops, by date. One statement."""
    within = Q(within=gathering) | Q(within__within=gathering)
    parts = Gathering.objects.filter(within).select_related("place", "dossier")
    return [gathering, *in_order_of_date(parts)]


def slots_of_gatherings(gatherings: Sequence[Gathering]) -> list[Slot]:
    """All contributions and sessions but breaks, by time. Four statements."""
    keys = [one.pk for one in gatherings]
    contributions = Contribution.objects.filter(session__gathering__in=keys)
    sessions = Session.objects.filter(gathering__in=keys).exclude(kind=SessionKind.BREAK)
    found = {one.pk: one for one in gatherings}
    return [*_of_contributions(contributions, found), *_of_sessions(sessions, found)]


def slots_of_session(session: Session) -> list[Slot]:
    """The session and its contributions by time. Four statements."""
    alone = Session.objects.filter(pk=session.pk)
    found = {session.gathering_id: session.gathering}
    return [
        *_of_sessions(alone, found),
        *_of_contributions(session.contributions.all(), found),
    ]


def slots_of_contribution(contribution: Contribution) -> list[Slot]:
    """The contribution alone; nothing while its time is not known. Two statements."""
    gathering = contribution.session.gathering
    alone = Contribution.objects.filter(pk=contribution.pk)
    return list(_of_contributions(alone, {gathering.pk: gathering}))


def _of_contributions(
    rows: QuerySet[Contribution], gatherings: dict[int, Gathering]
) -> Iterator[Slot]:
    """Those of which the times are known."""
    timed = rows.filter(starts_at__isnull=False)
    people: dict[int, list[Text]] = defaultdict(list)
    speakers = Speaker.objects.filter(contribution__in=timed.order_by()).order_by("position")
    for contribution, name in speakers.values_list("contribution", "person__name"):
        people[contribution].append(name)
    listed = timed.order_by("starts_at", "key").select_related("session__room")
    for one in listed.defer("session__summary", "session__title"):
        session = one.session
        status = one.status if session.status == ProgrammeStatus.SCHEDULED else session.status
        gathering = gatherings[session.gathering_id]
        if one.starts_at is not None:
            yield Slot(
                "contribution",
                one.key,
                one.title,
                one.starts_at,
                one.ends_at,
                gathering,
                session.room.name if session.room else None,
                session.url or gathering.url,
                ProgrammeStatus(status),
                one.abstract,
                people[one.pk],
                (("session", session.key), *_beside(session, gathering)),
            )


def _of_sessions(rows: QuerySet[Session], gatherings: dict[int, Gathering]) -> Iterator[Slot]:
    """Those of which the times or days are known."""
    people: dict[int, list[Text]] = defaultdict(list)
    chairs = Session.chairs.through.objects.filter(session__in=rows.order_by())
    for session, name in chairs.order_by("person__key").values_list("session", "person__name"):
        people[session].append(name)
    for one in rows.order_by("starts_at", "key").select_related("room"):
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


def _beside(session: Session, gathering: Gathering) -> tuple[Subject, ...]:
    room = (("room", session.room.key),) if session.room else ()
    return ("gathering", gathering.key), *room

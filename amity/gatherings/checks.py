"""Checks between records of a gathering: what is in it happens in it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.gatherings.choices import GatheringKind, ProgrammeStatus
from amity.gatherings.models import Contribution, Gathering, Panel, Session, Statement, Work
from amity.gatherings.said import Resting, heard_of, names
from amity.record.checks import Broken
from amity.sources.said import Used, in_date, in_text, in_words, not_invented, unheld

FARTHEST = timedelta(days=183)
"""What belongs to a gathering may come weeks before its days and after; in another year it is a
slip of the pen."""

Part = TypeVar("Part", Panel, Work)


def around_the_gathering(sessions: QuerySet[Session]) -> Iterator[Broken]:
    """A session takes place within half a year of the days of its gathering."""
    for session in sessions.select_related("gathering").iterator():
        days = session.gathering.when
        if days is None:
            continue
        for field, first, last in _days_of(session):
            too_early = days.start and last and last < _moved(days.start, -FARTHEST)
            too_late = days.end and first and first > _moved(days.end, FARTHEST)
            if too_early or too_late:
                words = _("{when} is more than half a year from {days} of the gathering")
                message = format_lazy(words, when=first or last, days=days)
                yield Broken(session.pk, field, message)
                break


def _days_of(session: Session) -> Iterator[tuple[str, date | None, date | None]]:
    """Field, first and last day of what is said of when a session is, at the venue."""
    if session.when is not None:
        yield "when", session.when.start, session.when.end
    zone = ZoneInfo(session.gathering.timezone)
    for field, moment in (("starts_at", session.starts_at), ("ends_at", session.ends_at)):
        if moment is not None:
            day = moment.astimezone(zone).date()
            yield field, day, day


def _moved(day: date, by: timedelta) -> date:
    """The day so much earlier or later, or the last that there is."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min


def during_the_session(contributions: QuerySet[Contribution]) -> Iterator[Broken]:
    """A contribution takes place within the times of its session, where these are known.

    One that was moved or called off need not.
    """
    timed = contributions.filter(
        starts_at__isnull=False,
        session__starts_at__isnull=False,
        status=ProgrammeStatus.SCHEDULED,
    )
    for one in timed.select_related("session__gathering").iterator():
        session = one.session
        if session.starts_at is None or one.starts_at is None:
            continue
        if one.starts_at < session.starts_at:
            words = _("before the session, which starts at {moment}")
            moment = _there(session, session.starts_at)
            yield Broken(one.pk, "starts_at", format_lazy(words, moment=moment))
        if session.ends_at is not None and (one.ends_at or one.starts_at) > session.ends_at:
            words = _("after the session, which ends at {moment}")
            moment = _there(session, session.ends_at)
            at = "ends_at" if one.ends_at else "starts_at"
            yield Broken(one.pk, at, format_lazy(words, moment=moment))


def of_an_exhibition(parts: QuerySet[Part]) -> Iterator[Broken]:
    """Panels and works belong to an exhibition."""
    strangers = parts.exclude(exhibition__kind=GatheringKind.EXHIBITION)
    for pk, key in strangers.values_list("pk", "exhibition__key").iterator():
        words = _("{gathering} is no exhibition; expected one")
        yield Broken(pk, "exhibition", format_lazy(words, gathering=key))


def statements_heard(statements: QuerySet[Statement]) -> Iterator[Broken]:
    """Somebody heard what a statement gives as said: a passage holds it, or a note in the hall.

    Four statements, and more only where something is not held.
    """
    used: list[Used] = []
    resting = Resting()
    rows = not_invented(statements).values_list(
        "pk", "key", "text", "words", "noted_by", "when", "gathering__key", "session__key"
    )
    for pk, key, text, words, noted_by, when, gathering, session in rows.iterator():
        if noted_by is None:
            used += in_words(pk, "words", words)
        used += [*in_text(pk, "text", text), *in_date(pk, "when", when)]
        resting.add(pk, "statement", key)
        resting.add(pk, "gathering", gathering)
        resting.add(pk, "session", session)
    yield from _unheard(used, resting, statements.db)


def days_heard(gatherings: QuerySet[Gathering]) -> Iterator[Broken]:
    """Somebody heard the words in which the days of a gathering are said to be.

    Where it was announced may be another edition.
    """
    real = not_invented(gatherings)
    used = [one for pk, when in real.values_list("pk", "when") for one in in_date(pk, "when", when)]
    asked = real.filter(pk__in={one.record_pk for one in used})
    resting = Resting()
    resting.join("gathering", asked.values_list("pk", "key"))
    resting.join("gathering", asked.values_list("pk", "within__key"))
    resting.join("gathering", asked.values_list("pk", "series__editions__key"))
    resting.join("statement", asked.values_list("pk", "statements__key"))
    resting.join("statement", asked.values_list("pk", "series__editions__statements__key"))
    yield from _unheard(used, resting, gatherings.db)


def times_heard(sessions: QuerySet[Session]) -> Iterator[Broken]:
    """Somebody heard the words in which the day of a session is said to be."""
    real = not_invented(sessions)
    used = [one for pk, when in real.values_list("pk", "when") for one in in_date(pk, "when", when)]
    asked = real.filter(pk__in={one.record_pk for one in used})
    resting = Resting()
    resting.join("session", asked.values_list("pk", "key"))
    resting.join("gathering", asked.values_list("pk", "gathering__key"))
    resting.join("statement", asked.values_list("pk", "gathering__statements__key"))
    yield from _unheard(used, resting, sessions.db)


def _unheard(used: list[Used], resting: Resting, using: str) -> Iterator[Broken]:
    if used:
        asked = {one.record_pk for one in used}
        resting.on = {pk: on for pk, on in resting.on.items() if pk in asked}
        yield from unheld(used, heard_of(resting, using), names(using))


def _there(session: Session, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(session.gathering.timezone)).isoformat()

"""Checks between records of a gathering: what is in it happens in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.gatherings.choices import GatheringKind
from amity.gatherings.models import Contribution, Panel, Session, Work
from amity.record.checks import Broken

LATEST_END = timedelta(hours=12)
"""What begins on the last day may go on into the night, to the noon after it."""

Part = TypeVar("Part", Panel, Work)


def during_the_gathering(sessions: QuerySet[Session]) -> Iterator[Broken]:
    """A session takes place on the days of its gathering, by the clocks of its venue."""
    for session in sessions.select_related("gathering").iterator():
        days, when = session.gathering.when, session.when
        if days is None:
            continue
        first, last = days.start, days.end
        if when is not None and (
            (first and when.start and when.start < first) or (last and when.end and when.end > last)
        ):
            words = _("{when} is not within {days} of the gathering")
            yield Broken(session.pk, "when", format_lazy(words, when=when, days=days))
        if session.starts_at is None or session.ends_at is None:
            continue
        zone = ZoneInfo(session.gathering.timezone)
        begins = session.starts_at.astimezone(zone).date()
        ends = session.ends_at.astimezone(zone)
        if first and begins < first:
            words = _("{day} there; expected {first} or later")
            yield Broken(session.pk, "starts_at", format_lazy(words, day=begins, first=first))
        if last and (ends - LATEST_END).date() > last:
            words = _("{day} there; expected {last} or before")
            yield Broken(session.pk, "ends_at", format_lazy(words, day=ends.date(), last=last))


def during_the_session(contributions: QuerySet[Contribution]) -> Iterator[Broken]:
    """A contribution takes place within the times of its session, where both are known."""
    timed = contributions.filter(starts_at__isnull=False, session__starts_at__isnull=False)
    for one in timed.select_related("session__gathering").iterator():
        session = one.session
        if session.starts_at is None or session.ends_at is None or one.ends_at is None:
            continue
        if one.starts_at is not None and one.starts_at < session.starts_at:
            words = _("before the session, which starts at {moment}")
            moment = _there(session, session.starts_at)
            yield Broken(one.pk, "starts_at", format_lazy(words, moment=moment))
        if one.ends_at > session.ends_at:
            words = _("after the session, which ends at {moment}")
            moment = _there(session, session.ends_at)
            yield Broken(one.pk, "ends_at", format_lazy(words, moment=moment))


def of_an_exhibition(parts: QuerySet[Part]) -> Iterator[Broken]:
    """Panels and works belong to an exhibition."""
    strangers = parts.exclude(exhibition__kind=GatheringKind.EXHIBITION)
    for pk, key in strangers.values_list("pk", "exhibition__key").iterator():
        words = _("{gathering} is no exhibition; expected one")
        yield Broken(pk, "exhibition", format_lazy(words, gathering=key))


def _there(session: Session, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(session.gathering.timezone)).isoformat()

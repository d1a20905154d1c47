"""What the calendars of a gathering and of a session list."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from amity.gatherings.choices import SessionKind
from amity.gatherings.models import Contribution, Gathering, Session


def contributions(gathering: Gathering) -> QuerySet[Contribution]:
    """The contributions to a gathering, each with its session's room. One statement."""
    rows = Contribution.objects.filter(session__gathering=gathering)
    return rows.select_related("session__room").order_by("starts_at", "key")


def sessions(gathering: Gathering) -> QuerySet[Session]:
    """The sessions of a gathering with their rooms, breaks left out. One statement."""
    rows = gathering.sessions.exclude(kind=SessionKind.BREAK)
    return rows.select_related("room").order_by("starts_at", "key")


def session(key: str) -> Session:
    """The session `key` with its contributions by time. Two statements. Raises Http404."""
    by_time = Contribution.objects.order_by("starts_at", "key")
    return get_object_or_404(
        Session.objects.select_related("room", "gathering").prefetch_related(
            Prefetch("contributions", by_time)
        ),
        key=key,
    )

"""What the front page shows: the next gathering, and what happened last."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.http import Http404

from amity.followup.choices import ReportState
from amity.followup.models import Answer, Disposition, Report, Review
from amity.foundation.dates import DateAsSaid
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering

SHOWN = 8
"""How many events the front page lists; feeds ask for more."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed in the record, on a day: `what` names how it is told."""

    what: str
    day: date
    of: Any
    position: int | None = None


def next_gathering(today: date) -> Gathering | None:
    """The announced gathering that is on or comes first. One statement."""
    return (
        Gathering.objects.filter(status=GatheringStatus.ANNOUNCED)
        .filter(Q(ends_on__gte=today.isoformat()) | Q(ends_on__isnull=True))
        .select_related("place", "dossier", "series", "partnership")
        .order_by(F("starts_on").asc(nulls_last=True), "key")
        .first()
    )


def last_gatherings(today: date, number: int = 4) -> list[Gathering]:
    """The gatherings held last, the newest first. One statement."""
    return list(
        Gathering.objects.filter(
            status__in=[GatheringStatus.HELD, GatheringStatus.CLOSED],
            starts_on__lte=today.isoformat(),
            within__isnull=True,
        )
        .select_related("place", "dossier")
        .order_by("-starts_on", "key")[:number]
    )


def gathering_or_404(key: str) -> Gathering:
    """One gathering. One statement. Raises Http404."""
    found = Gathering.objects.filter(key=key).first()
    if found is None:
        raise Http404(key)
    return found


def last_events(
    today: date, number: int = SHOWN, gathering: Gathering | None = None
) -> list[Event]:
    """What was reported, answered, reviewed and decided last, the newest first. Four statements.

    Only accepted reports; nothing dated after `today`. With a `gathering`, what is about the
    proposals and commitments made there, and what was decided there or carried into it.
    """
    made_there = Q(commitment__gathering=gathering) if gathering else Q()
    asked_there = Q(proposal__gathering=gathering) if gathering else Q()
    decided = Q(gathering=gathering) | Q(into=gathering) if gathering else Q()
    events = [
        *_reports(today, number, made_there),
        *_answers(today, number, asked_there),
        *_reviews(today, number, made_there),
        *_decisions(today, number, decided | made_there | asked_there),
    ]
    return sorted(events, key=lambda event: event.day, reverse=True)[:number]


def _reports(today: date, number: int, about: Q) -> list[Event]:
    rows = (
        Report.objects.filter(about, state=ReportState.ACCEPTED, accepted_on__lte=today)
        .select_related("commitment", "side__area", "dossier")
        .order_by("-accepted_on", "key")[:number]
    )
    return [
        Event("reported", row.accepted_on, row, row.side.position)
        for row in rows
        if row.accepted_on
    ]


def _answers(today: date, number: int, about: Q) -> list[Event]:
    rows = (
        Answer.objects.filter(about, given_on__lte=today.isoformat())
        .select_related("proposal", "side__area", "dossier")
        .order_by("-given_on", "key")[:number]
    )
    return [Event("answered", _day(row.given), row, row.side.position) for row in rows]


def _reviews(today: date, number: int, about: Q) -> list[Event]:
    rows = (
        Review.objects.filter(about, reviewed_on__lte=today)
        .select_related("commitment", "reviewer", "organization", "dossier")
        .order_by("-reviewed_on", "key")[:number]
    )
    return [Event("reviewed", row.reviewed_on, row) for row in rows]


def _decisions(today: date, number: int, about: Q) -> list[Event]:
    rows = (
        Disposition.objects.filter(about, decided_on__lte=today)
        .select_related("commitment", "proposal", "gathering", "into", "dossier")
        .order_by("-decided_on", "key")[:number]
    )
    return [Event("decided", row.decided_on, row) for row in rows]


def _day(said: DateAsSaid) -> date:
    assert said.end is not None  # noqa: S101 - the query asked for those with an end
    return said.end

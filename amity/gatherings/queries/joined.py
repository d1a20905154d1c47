"""Rows joined with the names that pages show beside them."""

from django.db.models import Case, F, Prefetch, QuerySet, When

from amity.gatherings.choices import Occasion, StatementKind
from amity.gatherings.models import Contribution, Speaker, Statement

BY_TIME = (F("starts_at").asc(nulls_last=True), "position", "key")
"""The order of sessions and of contributions: what has no time yet comes last."""

WEIGHT = (
    *(StatementKind.COMMITMENT, StatementKind.ASSURANCE, StatementKind.POSITION),
    *(StatementKind.ANNOUNCEMENT, StatementKind.REQUEST, StatementKind.PROPOSAL),
    *(StatementKind.RECOMMENDATION, StatementKind.WISH, StatementKind.ASSESSMENT),
    *(StatementKind.THANKS, StatementKind.REMARK),
)
"""Kinds of statements, the weightiest first."""
IN_THE_HALL = (
    Case(When(occasion=Occasion.INTERVIEW, then=1), default=0),
    F("session__starts_at").asc(nulls_last=True),
    F("session__position").asc(nulls_last=True),
    Case(*(When(kind=kind, then=place) for place, kind in enumerate(WEIGHT)), default=len(WEIGHT)),
    "key",
)
"""The order of what was said: of the programme, then of weight; interviews come after it."""


def with_speakers() -> QuerySet[Contribution]:
    """Contributions by time, with those who speak. Two statements."""
    speakers = Speaker.objects.select_related("person", "organization").order_by("position")
    return Contribution.objects.order_by(*BY_TIME).prefetch_related(Prefetch("speakers", speakers))


def with_their_voices(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with whoever made them. One statement."""
    rows = statements.select_related("person", "organization", "side__area", "noted_by")
    return rows.order_by(*IN_THE_HALL)

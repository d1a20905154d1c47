"""Rows joined with the names that pages show beside them."""

from django.db.models import F, Prefetch, QuerySet

from amity.gatherings.models import Contribution, Speaker, Statement

BY_TIME = (F("starts_at").asc(nulls_last=True), "position", "key")
"""The order of sessions and of contributions: what has no time yet comes last."""


def with_speakers() -> QuerySet[Contribution]:
    """Contributions by time, with those who speak. Two statements."""
    speakers = Speaker.objects.select_related("person", "organization").order_by("position")
    return Contribution.objects.order_by(*BY_TIME).prefetch_related(Prefetch("speakers", speakers))


def with_their_voices(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with whoever made them. One statement."""
    return statements.select_related("person", "organization", "side__area", "noted_by").order_by(
        "key"
    )

"""One session, one contribution."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404

from amity.foundation.collect import Nested, collected
from amity.foundation.prepared import prepared
from amity.gatherings.models import (
    Contribution,
    Session,
    Speaker,
    Statement,
)
from amity.sources.queries import Evidence, evidence_about

from .gathering import in_order


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Everything the page of a session shows."""

    session: Any
    chairs: tuple[dict[str, Any], ...]
    themes: tuple[dict[str, Any], ...]
    contributions: list[Any]
    statements: list[Statement]
    evidence: Evidence


def session_page(key: str) -> SessionPage:
    """The session `key`. Four statements. Raises Http404."""
    session = (
        Session.objects.filter(key=key)
        .select_related("gathering__place", "room", "dossier")
        .annotate(
            chair_rows=collected(
                Session.chairs.through.objects.all(),
                by="session",
                key="person__key",
                name=Nested("person__name"),
            ),
            theme_rows=collected(
                Session.themes.through.objects.all(),
                by="session",
                key="theme__key",
                name=Nested("theme__name"),
            ),
        )
        .first()
    )
    if session is None:
        raise Http404(key)
    statements = list(
        session.statements.select_related("person", "organization", "side__area").order_by("key")
    )
    return SessionPage(
        session=session,
        chairs=in_order(session.chair_rows, "key"),
        themes=in_order(session.theme_rows, "key"),
        contributions=list(
            session.contributions.annotate(speaker_rows=_speakers()).order_by(
                F("starts_at").asc(nulls_last=True), "position", "key"
            )
        ),
        statements=statements,
        evidence=evidence_about(
            {"session": [session.key], "statement": [one.key for one in statements]}
        ),
    )


def session_with_contributions(key: str) -> tuple[Session, list[Contribution]]:
    """The session `key` and those of its contributions that have a time, for its calendar.

    Two statements. Raises Http404.
    """
    session = Session.objects.filter(key=key).select_related("room", "gathering").first()
    if session is None:
        raise Http404(key)
    rows = session.contributions.filter(starts_at__isnull=False).order_by("starts_at", "key")
    return session, list(rows)


def contribution_page(key: str) -> tuple[Any, tuple[dict[str, Any], ...], Evidence]:
    """The contribution `key`, its speakers, and what was published about it.

    Three statements. Raises Http404.
    """
    found = _contributions.one_or_404(key)
    speakers = tuple(
        {"role": role, "key": person, "name": name, "organization": organization}
        for role, person, name, organization in _speakers_of(found.pk)
    )
    return found, speakers, evidence_about({"contribution": [key]})


@prepared
def _contributions(key: str) -> QuerySet[Any]:
    return (
        Contribution.objects.filter(key=key)
        .select_related("session__gathering__place", "session__room", "dossier")
        .only(*SHOWN_OF_A_CONTRIBUTION)
    )


@prepared
def _speakers_of(contribution: int) -> QuerySet[Any]:
    rows = Speaker.objects.filter(contribution=contribution).order_by("position")
    return rows.values_list("role", "person__key", "person__name", "organization__name")


SHOWN_OF_A_CONTRIBUTION = (
    "key",
    "kind",
    "title",
    "abstract",
    "language",
    "starts_at",
    "ends_at",
    "session__key",
    "session__title",
    "session__room__name",
    "session__gathering__key",
    "session__gathering__title",
    "session__gathering__status",
    "session__gathering__when",
    "session__gathering__timezone",
    "session__gathering__venue",
    "session__gathering__place__name",
    "dossier__fictional",
)
"""Columns that the page of a contribution shows; making and reading all others takes longer."""


def _speakers() -> Any:
    return collected(
        Speaker.objects.all(),
        by="contribution",
        position="position",
        role="role",
        key="person__key",
        name=Nested("person__name"),
        organization_key="organization__key",
        organization=Nested("organization__name"),
    )

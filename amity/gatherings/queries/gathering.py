"""One gathering with all that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from amity.foundation.collect import Nested, collected
from amity.foundation.prepared import prepared
from amity.gatherings.choices import ContributionKind, SessionKind
from amity.gatherings.models import (
    Contribution,
    Gathering,
    Organizer,
    Panel,
    Participant,
    Session,
    Statement,
    Work,
)
from amity.network.models import Side
from amity.sources.queries import Evidence, Property, evidence_about

RECORDED = {
    "presentations": "recorded_contributions",
    "sessions": "recorded_sessions",
    "seminars": "recorded_seminars",
    "panels": "recorded_panels",
    "photographs": "recorded_photographs",
    "sketches": "recorded_sketches",
}
"""Property that accounts claim a total for -> the annotation that counts what is recorded."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total as it is claimed, beside the number of things that are recorded here."""

    name: str
    claimed: Property
    recorded: int


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """Everything the page of a gathering shows."""

    gathering: Any
    sides: tuple[dict[str, Any], ...]
    organizers: tuple[dict[str, Any], ...]
    participants: tuple[dict[str, Any], ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    parts: tuple[dict[str, Any], ...]
    agreements: tuple[dict[str, Any], ...]
    themes: tuple[dict[str, Any], ...]
    sessions: list[Any]
    statements: tuple[dict[str, Any], ...]
    evidence: Evidence
    totals: tuple[Total, ...]


def gathering_page(key: str) -> GatheringPage:
    """The gathering `key` with what hangs on it. Three SQL statements. Raises Http404.

    The works of an exhibition come with it: see `gallery`.
    """
    gathering = gathering_or_404(key)
    sessions = list(
        gathering.sessions.select_related("room")
        .annotate(contribution_count=Count("contributions"))
        .order_by(F("starts_at").asc(nulls_last=True), "position", "key")
    )
    statements = in_order(gathering.statement_rows, "key")
    evidence = evidence_about(
        {
            "gathering": [gathering.key],
            "statement": [row["key"] for row in statements],
            "session": [one.key for one in sessions],
        }
    )
    return GatheringPage(
        gathering=gathering,
        sides=in_order(gathering.side_rows),
        organizers=in_order(gathering.organizer_rows),
        participants=in_order(gathering.participant_rows),
        before=neighbour(gathering, -1),
        after=neighbour(gathering, 1),
        parts=in_order(gathering.part_rows, "key"),
        agreements=in_order(gathering.agreement_rows, "key"),
        themes=in_order(gathering.theme_rows, "key"),
        sessions=sessions,
        statements=statements,
        evidence=evidence,
        totals=tuple(
            Total(name, claimed, getattr(gathering, counted))
            for name, counted in RECORDED.items()
            if (claimed := evidence.value("gathering", gathering.key, name))
        ),
    )


def gathering_or_404(key: str) -> Any:
    """The gathering with its short lists collected. One statement. Raises Http404."""
    return _gatherings.one_or_404(key)


@prepared
def _gatherings(key: str) -> QuerySet[Any]:
    return (
        Gathering.objects.filter(key=key)
        .select_related("dossier", "series", "partnership", "place", "within", "picture")
        .annotate(
            side_rows=collected(
                Side.objects.all(),
                by="partnership",
                of="partnership",
                position="position",
                key="area__key",
                name=Nested("area__name"),
            ),
            organizer_rows=collected(
                Organizer.objects.all(),
                by="gathering",
                position="position",
                role="role",
                key="organization__key",
                name=Nested("organization__name"),
            ),
            participant_rows=collected(
                Participant.objects.all(),
                by="gathering",
                position="position",
                key="person__key",
                name=Nested("person__name"),
                organization=Nested("organization__name"),
                side="side__position",
                role=Nested("role"),
            ),
            edition_rows=collected(
                Gathering.objects.all(),
                by="series",
                of="series",
                number="number",
                key="key",
                title=Nested("title"),
            ),
            statement_rows=collected(
                Statement.objects.all(),
                by="gathering",
                key="key",
                kind="kind",
                text=Nested("text"),
                person=Nested("person__name"),
                person_key="person__key",
                organization=Nested("organization__name"),
                organization_key="organization__key",
                side=Nested("side__area__name"),
                position="side__position",
            ),
            part_rows=collected(
                Gathering.objects.all(),
                by="within",
                key="key",
                kind="kind",
                title=Nested("title"),
            ),
            agreement_rows=collected(
                Gathering.agreements.through.objects.all(),
                by="gathering",
                key="agreement__key",
                title=Nested("agreement__title"),
            ),
            theme_rows=collected(
                Gathering.themes.through.objects.all(),
                by="gathering",
                key="theme__key",
                name=Nested("theme__name"),
            ),
            panel_rows=collected(
                Panel.objects.all(),
                by="exhibition",
                id="pk",
                key="key",
                number="number",
                title=Nested("title"),
                text=Nested("text"),
            ),
            work_rows=collected(
                Work.objects.all(),
                by="exhibition",
                panel="panel_id",
                position="position",
                key="key",
                kind="kind",
                title=Nested("title"),
                caption=Nested("caption"),
                made=Nested("made"),
                creator_key="creator__key",
                creator=Nested("creator__name"),
                sha256="picture__sha256",
                media_type="picture__media_type",
                width="picture__width",
                height="picture__height",
                alt=Nested("picture__alt"),
                credit=Nested("picture__credit"),
                licence="picture__licence",
            ),
            recorded_contributions=_count(
                Contribution.objects.filter(
                    session__gathering=OuterRef("pk"), kind=ContributionKind.PRESENTATION
                ),
                "session__gathering",
            ),
            recorded_sessions=_count(
                Session.objects.filter(gathering=OuterRef("pk")).exclude(kind=SessionKind.BREAK),
                "gathering",
            ),
            recorded_seminars=_count(
                Session.objects.filter(gathering=OuterRef("pk"), kind=SessionKind.SEMINAR),
                "gathering",
            ),
            recorded_panels=_count(Panel.objects.filter(exhibition=OuterRef("pk")), "exhibition"),
            recorded_photographs=_works("photo"),
            recorded_sketches=_works("sketch"),
        )
    )


def neighbour(gathering: Any, step: int) -> dict[str, Any] | None:
    """The edition of the same series just before (`step` -1) or after (1); None without one."""
    if gathering.number is None:
        return None
    rows = [row for row in gathering.edition_rows or () if row["number"] is not None]
    ahead = [row for row in rows if (row["number"] - gathering.number) * step > 0]
    return min(ahead, key=lambda row: row["number"] * step, default=None)


def in_order(
    rows: Sequence[dict[str, Any]] | None, by: str = "position"
) -> tuple[dict[str, Any], ...]:
    """Collected rows in the order of one of their fields."""
    return tuple(sorted(rows or (), key=lambda row: (row[by] is None, row[by])))


def _works(kind: str) -> Any:
    return _count(Work.objects.filter(exhibition=OuterRef("pk"), kind=kind), "exhibition")


def _count(rows: Any, by: str) -> Any:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)

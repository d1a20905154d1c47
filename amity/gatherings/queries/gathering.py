"""One gathering with all that hangs on it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from amity.gatherings.choices import ContributionKind, GatheringKind, SessionKind, WorkKind
from amity.gatherings.models import Gathering, Organizer, Participant, Session, Statement
from amity.network.models import Agreement, Side, Theme
from amity.record.managers import PUBLIC
from amity.record.removals import missing
from amity.sources.queries import Evidence, Property, evidence_about

from .beside import with_what_stands_beside
from .gallery import GalleryPart, gallery
from .joined import BY_TIME, with_their_voices
from .told import untold


@dataclass(frozen=True, slots=True)
class Total:
    """A total as it is claimed, beside the number of things that are recorded here."""

    name: str
    claimed: Property
    recorded: int


@dataclass(frozen=True, slots=True)
class BriefSession:
    """A session with the number of its contributions, and how many of them are presentations."""

    session: Session
    contributions: int
    presentations: int


@dataclass(frozen=True, slots=True)
class FullGathering:
    """A gathering with what hangs on it; what its own relations hold ready is not said again.

    `before` and `after` are its neighbours in the series; `gallery` is an exhibition's.
    `statements` leaves out those that a room above tells by what came of them.
    """

    gathering: Gathering
    before: Gathering | None
    after: Gathering | None
    parts: list[Gathering]
    sessions: list[BriefSession]
    statements: list[Statement]
    gallery: list[GalleryPart]
    evidence: Evidence
    totals: list[Total]


def full_gathering(key: str) -> FullGathering:
    """The gathering `key` with what hangs on it. Raises Http404.

    Nine statements, and two more for an exhibition's gallery.
    """
    gathering, related = _with_related(key)
    sessions = _sessions(gathering)
    statements = list(with_their_voices(untold(gathering.statements.all())))
    shown = gallery(gathering) if gathering.kind == GatheringKind.EXHIBITION else []
    evidence = evidence_about(
        {
            "gathering": [gathering.key],
            "statement": [one.key for one in statements],
            "session": [one.session.key for one in sessions],
        }
    )
    return FullGathering(
        gathering=gathering,
        before=neighbour(gathering, related, -1),
        after=neighbour(gathering, related, 1),
        parts=in_order_of_date(one for one in related if one.within_id == gathering.pk),
        sessions=sessions,
        statements=statements,
        gallery=shown,
        evidence=evidence,
        totals=[
            Total(name, claimed, recorded)
            for name, recorded in _recorded(sessions, shown).items()
            if (claimed := evidence.value("gathering", gathering.key, name))
        ],
    )


def in_order_of_date(gatherings: Iterable[Gathering]) -> list[Gathering]:
    """By first day, then by last; those without a day at the end."""
    return sorted(
        gatherings,
        key=lambda one: (not one.starts_on, one.starts_on or "", one.ends_on or "", one.key),
    )


def neighbour(gathering: Gathering, editions: Iterable[Gathering], step: int) -> Gathering | None:
    """The edition just before (`step` -1) or after (1) in the same series; None without one."""
    if gathering.number is None:
        return None
    ahead = {
        distance: one
        for one in editions
        if one.series_id == gathering.series_id
        and one.number is not None
        and (distance := (one.number - gathering.number) * step) > 0
    }
    return ahead[min(ahead)] if ahead else None


def _with_related(key: str) -> tuple[Gathering, list[Gathering]]:
    """The gathering with what its page joins to it; those within it and its series' editions.

    Six statements. Raises Http404.
    """
    own = Gathering.objects.filter(key=key)
    found = Gathering.objects.filter(
        Q(key=key)
        | Q(within__in=own.values("pk"))
        | Q(series__in=own.values("series"), number__isnull=False)
    ).select_related("dossier", "series", "partnership", "place", "within", "picture")
    by_key = {one.key: one for one in with_what_stands_beside(found).order_by("key")}
    gathering = by_key.pop(key, None)
    if gathering is None:
        raise missing(Gathering, key)
    _join(gathering)
    return gathering, list(by_key.values())


def _join(gathering: Gathering) -> None:
    """Five statements."""
    prefetch_related_objects(
        [gathering],
        Prefetch("partnership__sides", Side.objects.select_related("area").order_by("position")),
        Prefetch(
            "organizers", Organizer.objects.select_related("organization").order_by("position")
        ),
        Prefetch(
            "participants",
            Participant.objects.select_related("person", "organization").order_by("position"),
        ),
        Prefetch("agreements", Agreement.objects.order_by("key")),
        Prefetch("themes", Theme.objects.order_by("key")),
    )


def _sessions(gathering: Gathering) -> list[BriefSession]:
    public = Q(contributions__readers=PUBLIC)  # a join asks no manager
    presented = public & Q(contributions__kind=ContributionKind.PRESENTATION)
    rows = (
        gathering.sessions.select_related("room")
        .annotate(
            given=Count("contributions", filter=public),
            presented=Count("contributions", filter=presented),
        )
        .order_by(*BY_TIME)
    )
    return [BriefSession(session, session.given, session.presented) for session in rows]


def _recorded(sessions: Sequence[BriefSession], shown: Sequence[GalleryPart]) -> dict[str, int]:
    """Property that accounts claim a total for → how many of these are recorded here."""
    kinds = Counter(one.session.kind for one in sessions)
    works = Counter(work.kind for part in shown for work in part.works)
    return {
        "presentations": sum(one.presentations for one in sessions),
        "sessions": kinds.total() - kinds[SessionKind.BREAK],
        "seminars": kinds[SessionKind.SEMINAR],
        "panels": sum(1 for part in shown if part.panel),
        "photographs": works[WorkKind.PHOTO],
        "sketches": works[WorkKind.SKETCH],
    }

"""How partnerships fare, read for many at once: a few statements however many they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from amity.followup.choices import Completion, JointState, ReportState
from amity.followup.models import Commitment, Party, Report
from amity.followup.queries.tallies import overdue
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.health.rule import LAPSES_WITHIN, Health, Recorded, health, lapses
from amity.languages.text import Text
from amity.network.choices import AgreementStatus
from amity.network.models import Agreement, Partnership, Side, SideOffice
from amity.record.acting import Acting, key_of
from amity.record.queries import visible_to

HELD = (GatheringStatus.HELD, GatheringStatus.CLOSED)
STANDING = (AgreementStatus.SIGNED, AgreementStatus.IN_FORCE, AgreementStatus.UNSTATED)


@dataclass(frozen=True, slots=True)
class Speaks:
    """A side of a partnership: its area's name, and who speaks for it.

    `offices`: whether those are offices with a desk here, that somebody vouches for; otherwise
    they are the organizations that the record names.
    """

    area: Text
    names: tuple[Text, ...]
    offices: bool


@dataclass(frozen=True, slots=True)
class Lapse:
    """An agreement that ends soon."""

    agreement: Agreement
    ends: date


@dataclass(frozen=True, slots=True)
class HealthLine:
    """A partnership with how it fares."""

    partnership: Partnership
    health: Health
    sides: tuple[Speaks, ...]
    lapsing: tuple[Lapse, ...]


def partnerships_of(acting: Acting) -> QuerySet[Partnership]:
    """The partnerships that an office looks after.

    Those in which it speaks for a side or is named for one, and those within these: so a city has
    its twinnings, and a union those of all its cities.
    """
    rows = visible_to(acting, Partnership)
    keys = [key_of(one) for one in acting.partnerships]
    office = acting.organization
    named = visible_to(acting, Side).filter(organizations__key=office)
    own = Q(key__in=keys) | Q(pk__in=named.values("partnership"))
    return rows.filter(own | Q(parent__in=rows.filter(own).values("pk")))


def healths(
    rows: QuerySet[Partnership], readers: Collection[str], today: date
) -> dict[int, Health]:
    """How each of some partnerships fares by what `readers` read. Two statements."""
    dated = _with_days(rows, readers, today).order_by()
    promised = _promised(rows, readers, today)
    found = {}
    columns = ("pk", "kind", "stage", "held", "coming", "signed", "accepted")
    for pk, kind, stage, held, coming, signed, accepted in dated.values_list(*columns):
        own = promised.get(pk, _Promised())
        days = (held, signed, own.made, accepted and accepted.isoformat())
        recorded = Recorded(
            kind=kind,
            stage=stage,
            contacts=tuple(date.fromisoformat(one[:10]) for one in days if one),
            coming=date.fromisoformat(coming[:10]) if coming else None,
            open=own.open,
            late=own.late,
            kept=own.kept,
        )
        found[pk] = health(recorded, today)
    return found


def _day_in(path: str) -> Cast:
    """The day at a place of a date as said, as it is kept: ISO 8601, so that it can be compared."""
    return Cast(KT(path), CharField(max_length=10))


def _with_days(
    rows: QuerySet[Partnership], readers: Collection[str], today: date
) -> QuerySet[Partnership]:
    """Partnerships with the last day of each sort of contact, as it is kept."""
    day = today.isoformat()
    gatherings = Gathering.everything.filter(partnership=OuterRef("pk"), readers__in=readers)
    held = gatherings.filter(status__in=HELD, ends_on__lte=day).order_by("-ends_on")
    coming = gatherings.filter(status=GatheringStatus.ANNOUNCED, starts_on__gte=day)
    agreements = Agreement.everything.filter(
        partnerships=OuterRef("pk"), readers__in=readers
    ).exclude(status=AgreementStatus.ANNOUNCED)
    signed = agreements.annotate(on=_day_in("signed__end")).filter(on__lte=day).order_by("-on")
    reports = Report.everything.filter(
        side__partnership=OuterRef("pk"), readers__in=readers, state=ReportState.ACCEPTED
    )
    return rows.annotate(
        held=Subquery(held.values("ends_on")[:1]),
        coming=Subquery(coming.order_by("starts_on").values("starts_on")[:1]),
        signed=Subquery(signed.values("on")[:1]),
        accepted=Subquery(reports.order_by("-accepted_on").values("accepted_on")[:1]),
    )


@dataclass(frozen=True, slots=True)
class _Promised:
    """How many commitments of a partnership are open, late and kept; the day of the last one."""

    open: int = 0
    late: int = 0
    kept: int = 0
    made: str | None = None


def _promised(
    rows: QuerySet[Partnership], readers: Collection[str], today: date
) -> dict[int, _Promised]:
    """The commitments of each of some partnerships. One statement."""
    parties = Party.everything.filter(
        side__partnership__in=rows.order_by().values("pk"), commitment__readers__in=readers
    )
    late = Commitment.everything.filter(overdue(today)).values("pk")
    kept = Q(
        commitment__joint_state=JointState.CONFIRMED,
        commitment__joint_completion=Completion.COMPLETE,
    )
    made = Q(commitment__made_on__lte=today.isoformat())
    counted = (
        parties.order_by()
        .values("side__partnership")
        .annotate(
            open=Count("commitment", distinct=True, filter=Q(commitment__open=True)),
            late=Count("commitment", distinct=True, filter=Q(commitment__in=late)),
            kept=Count("commitment", distinct=True, filter=kept),
            made=Max("commitment__made_on", filter=made),
        )
    )
    columns = ("side__partnership", "open", "late", "kept", "made")
    return {pk: _Promised(*figures) for pk, *figures in counted.values_list(*columns)}


def lapsing(
    partnerships: Collection[int], readers: Collection[str], today: date
) -> dict[int, tuple[Lapse, ...]]:
    """The agreements to be renewed by partnership, the first to end first. One statement."""
    through = Agreement.partnerships.through
    rows = (
        through._default_manager.filter(
            partnership__in=partnerships, agreement__readers__in=readers
        )
        .filter(agreement__status__in=STANDING, agreement__valid__isnull=False)
        .select_related("agreement__dossier")
    )
    of: dict[int, list[Lapse]] = defaultdict(list)
    for row in rows:
        agreement: Agreement = row.agreement
        if agreement.valid and agreement.valid.end:
            of[row.partnership_id].append(Lapse(agreement, agreement.valid.end))
    return {
        pk: tuple(sorted(some, key=lambda one: (one.ends, one.agreement.key)))
        for pk, all_of_it in of.items()
        if (some := [one for one in all_of_it if _lapses(one, all_of_it, today)])
    }


def _lapses(one: Lapse, others: Sequence[Lapse], today: date) -> bool:
    later = [other.ends for other in others if other.agreement.kind == one.agreement.kind]
    return lapses(one.ends, today, later)


def soon_lapsing(acting: Acting, today: date) -> dict[int, tuple[Lapse, ...]]:
    """The agreements to be renewed where an office speaks for a side. Two statements."""
    keys = [key_of(one) for one in acting.partnerships]
    if not keys:
        return {}
    ends = Agreement.everything.annotate(ends=_day_in("valid__end")).filter(
        ends__gte=today.isoformat(), ends__lte=(today + LAPSES_WITHIN).isoformat()
    )
    rows = visible_to(acting, Partnership).filter(key__in=keys, agreements__in=ends)
    return lapsing(set(rows.values_list("pk", flat=True)), acting.readers, today)


def lines(
    partnerships: Collection[int],
    known: Mapping[int, Health],
    readers: Collection[str],
    today: date,
) -> tuple[HealthLine, ...]:
    """Partnerships with all that the desk's page shows of each, in their order. Six statements."""
    offices = SideOffice.objects.filter(
        vouched_at__isnull=False, office__vouched_at__isnull=False
    ).select_related("office__organization")
    sides = (
        Side.everything.filter(readers__in=readers)
        .select_related("area")
        .prefetch_related("organizations", Prefetch("offices", offices.order_by("pk")))
        .order_by("position")
    )
    rows = Partnership.everything.filter(pk__in=partnerships).select_related("dossier")
    found = rows.prefetch_related(Prefetch("sides", sides)).in_bulk()
    ending = lapsing(partnerships, readers, today)
    return tuple(
        HealthLine(
            found[pk],
            known[pk],
            tuple(_speaks(side) for side in found[pk].sides.all()),
            ending.get(pk, ()),
        )
        for pk in partnerships
        if pk in found
    )


def _speaks(side: Side) -> Speaks:
    offices = tuple(one.office.organization.name for one in side.offices.all())
    named = tuple(one.name for one in side.organizations.all())
    return Speaks(side.area.name, offices or named, bool(offices))


def by_need(known: Mapping[int, Health], ending: Collection[int]) -> list[int]:
    """Partnerships with what needs somebody first: dormant, an agreement that ends, late; then by
    the last contact, the longest ago first."""

    def order(pk: int) -> tuple[bool, bool, bool, date, int]:
        own = known[pk]
        last = own.last_contact or date.min
        return (not own.dormant, pk not in ending, not own.recorded.late, last, pk)

    return sorted(known, key=order)

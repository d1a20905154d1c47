"""Gatherings that a reader of the front page looks for first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering


@dataclass(frozen=True, slots=True)
class AtHand:
    """Gatherings that a reader looks for first, real ones before those of fictional examples.

    `ahead`: announced, at most one of each sort; `awaited`: likewise, announced for a day that has
    passed while the record does not say whether it was held; `held`: held last.
    """

    ahead: tuple[Gathering, ...]
    awaited: tuple[Gathering, ...]
    held: tuple[Gathering, ...]

    @property
    def recent(self) -> list[Gathering]:
        """What was held last and what is awaited, the latest first."""
        found = [*self.held, *self.awaited]
        return sorted(found, key=lambda one: (one.starts_on or "", one.key), reverse=True)


def gatherings_at_hand(today: date, number: int = 3) -> AtHand:
    """What is announced, and the `number` held last of each sort. One statement."""
    announced = Q(status=GatheringStatus.ANNOUNCED, within__isnull=True)
    held = Q(
        status__in=[GatheringStatus.HELD, GatheringStatus.CLOSED],
        starts_on__lte=today.isoformat(),
        within__isnull=True,
    )
    passed = Q(ends_on__lt=today.isoformat())
    shelf = Case(
        When(announced & passed, then=Value("awaited")),
        When(announced, then=Value("ahead")),
        default=Value("held"),
    )
    # What is ahead comes first when it is nearest, all else when it is latest.
    rows = (
        Gathering.objects.filter(announced | held)
        .annotate(
            shelf=shelf,
            place_in_row=Window(
                RowNumber(),
                partition_by=[F("dossier__fictional"), shelf],
                order_by=[
                    Case(When(announced & ~passed, then=F("starts_on"))).asc(nulls_last=True),
                    F("starts_on").desc(nulls_last=True),
                    F("key").asc(),
                ],
            ),
        )
        .filter(Q(place_in_row=1) | Q(shelf="held", place_in_row__lte=number))
        .select_related("place", "dossier")
        .order_by("dossier__fictional", "place_in_row")
    )
    on: dict[str, list[Gathering]] = {"ahead": [], "awaited": [], "held": []}
    for row in rows:
        on[row.shelf].append(row)
    return AtHand(tuple(on["ahead"]), tuple(on["awaited"]), tuple(on["held"]))

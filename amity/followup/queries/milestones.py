"""What each side reported last of the milestones and indicators of a commitment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from amity.followup.choices import MilestoneReached
from amity.followup.models import Commitment, Milestone, SuccessIndicator
from amity.network.models import Side

from .parties import accepted_reports

What = TypeVar("What", MilestoneReached, Decimal)


@dataclass(frozen=True, slots=True)
class Said(Generic[What]):
    """What a side said of one of them last, in a report accepted on a day (`on`)."""

    side: Side
    on: date | None
    what: What


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone with what each side `said` of it last, in the order of the sides."""

    milestone: Milestone
    said: tuple[Said[MilestoneReached], ...]

    @property
    def differs(self) -> bool:
        """Whether one side calls it reached, and another does not."""
        return len({one.what for one in self.said}) > 1


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with what each side `said` of it last, in the order of the sides."""

    indicator: SuccessIndicator
    said: tuple[Said[Decimal], ...]


def reported_on(
    commitment: Commitment,
) -> tuple[tuple[MilestoneLine, ...], tuple[IndicatorLine, ...]]:
    """The milestones and indicators of a commitment that was read with its parties.

    One statement where it has any.
    """
    milestones, indicators = commitment.milestones.all(), commitment.indicators.all()
    if not milestones and not indicators:
        return (), ()
    sides = {party.side_id: party.side for party in commitment.parties.all()}
    states: dict[tuple[int, int], Said[MilestoneReached]] = {}
    values: dict[tuple[int, int], Said[Decimal]] = {}
    rows = accepted_reports().filter(commitment=commitment, side__in=sides)
    in_reports = rows.values_list(
        "side_id",
        "accepted_on",
        *("milestones__number", "milestones__state"),
        *("indicators__number", "indicators__value"),
    )
    for side, on, milestone, state, indicator, value in in_reports:
        if milestone is not None:
            states[milestone, side] = Said(sides[side], on, MilestoneReached(state))
        if indicator is not None:
            values[indicator, side] = Said(sides[side], on, value)
    return (
        tuple(
            MilestoneLine(one, _of_sides(states, number, sides))
            for number, one in enumerate(milestones, start=1)
        ),
        tuple(
            IndicatorLine(one, _of_sides(values, number, sides))
            for number, one in enumerate(indicators, start=1)
        ),
    )


def _of_sides(
    said: Mapping[tuple[int, int], Said[What]], number: int, sides: Iterable[int]
) -> tuple[Said[What], ...]:
    return tuple(said[number, side] for side in sides if (number, side) in said)

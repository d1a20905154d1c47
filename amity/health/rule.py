"""How a partnership fares, from what is recorded of it: a pure function of days and numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from amity.network.choices import PartnershipKind, Stage

DORMANT_AFTER_YEARS = 3
"""A twinning or friendship without contact for so long, and with nothing open, is dormant."""
LAPSES_WITHIN = timedelta(days=180)
"""How long before its end an agreement is one to be renewed."""
OF_CITIES = frozenset({PartnershipKind.TWINNING, PartnershipKind.FRIENDSHIP})
"""Kinds that live by contact; diplomatic relations do not fall asleep."""
SETTLED = frozenset({Stage.DORMANT, Stage.ENDED})
"""Stages that the record states, so that no rule need find them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record holds of a partnership, as one reader reads it.

    `contacts`: the days of the last gathering held, agreement signed, commitment made and report
    accepted, as far as there are any. `coming`: of the next gathering. `open`: commitments whose
    end is not decided, `late` those of them whose day has passed; `kept`: those that every side
    says are complete.
    """

    kind: str
    stage: str
    contacts: tuple[date, ...]
    coming: date | None
    open: int
    late: int
    kept: int


@dataclass(frozen=True, slots=True)
class Health:
    """How a partnership fares on a day; `last_contact`: None where none is recorded."""

    recorded: Recorded
    last_contact: date | None
    dormant: bool


def health(recorded: Recorded, today: date) -> Health:
    """How a partnership fares on `today`.

    One of which no contact is recorded is not called dormant: that nothing is known says nothing.
    """
    last = max((one for one in recorded.contacts if one <= today), default=None)
    dormant = (
        last is not None
        and recorded.kind in OF_CITIES
        and recorded.stage not in SETTLED
        and not recorded.open
        and recorded.coming is None
        and years_after(last, DORMANT_AFTER_YEARS) < today
    )
    return Health(recorded, last, dormant)


def years_after(day: date, years: int) -> date:
    """The same day some years later; of 29 February the first of March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def lapses(ends: date, today: date, later: Iterable[date]) -> bool:
    """Whether an agreement that `ends` on a day is one to be renewed.

    Not where another of its kind between the same sides is valid longer (`later`: their ends).
    """
    return today <= ends <= today + LAPSES_WITHIN and not any(one > ends for one in later)

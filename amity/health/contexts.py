"""What the pages about the health of partnerships show."""

from dataclasses import dataclass
from datetime import date

from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.health.queries import HealthLine


@dataclass(frozen=True, kw_only=True)
class HealthPage(PageContext):
    """The partnerships of an office at a glance: their `lines` on this page (`paging`).

    Of how many what is to be seen to: `dormant`, `lapsing`, `late`. The rule's numbers: `years`
    without contact, days `before` an agreement ends.
    """

    template = "health/health.html"

    lines: tuple[HealthLine, ...]
    paging: ListPage[int]
    dormant: int
    lapsing: int
    late: int
    years: int
    before: int


@dataclass(frozen=True, kw_only=True)
class ContactSection(Context):
    """The `last` contact of a partnership that the public reads of.

    `long_ago`: whether it is dormant by the rule of so many `years`.
    """

    template = "health/section.html"

    last: date
    long_ago: bool
    years: int

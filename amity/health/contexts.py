"""What the pages about the health of partnerships show."""

from dataclasses import dataclass
from datetime import date

from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.health.queries import HealthLine


@dataclass(frozen=True, kw_only=True)
class HealthPage(PageContext):
    """The partnerships of an office at a glance: their `lines` on this page (`paging`), and of how
    many (`dormant`, `lapsing`, `late`) what is to be seen to; `years` and days `before`: the rule’s."""

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
    """The `last` contact of a partnership that the public reads of, `long_ago` where it is dormant by
    the rule of `years`."""

    template = "health/section.html"

    last: date
    long_ago: bool
    years: int

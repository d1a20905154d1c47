"""What each page of closing shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amity.followup.models import Disposition
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.gatherings.models import Gathering
from amity.journeys.choices import ClosingState
from amity.journeys.forms import DecidingForm, ItemForm, PlansForm
from amity.journeys.queries.items import Found, Item
from amity.journeys.queries.report import Passed, Report
from amity.languages.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """An open item of the list; the `form` that decides of it, None where the reader does not.

    `ticked`: among those of which is decided together.
    """

    item: Item
    form: ItemForm | None
    ticked: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the list, and the sides that have not confirmed it."""

    decision: Disposition
    waiting: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class ClosingPage(PageContext):
    """The closing of a `gathering`: its `state`, and one page (`paging`) of its list.

    `shown`: "open" with its `rows`, or "decided" with its `decisions`. `missing`: how many items
    have no decision. `form`: what
    holds for the whole page, None where the reader decides nothing. `editions`: into which may be
    carried. `by` and `at`: which side proposed what is pending, and when. `waiting`: the sides
    that have not confirmed the closed gathering. `may_close`: whether the reader closes for a
    side, `may_confirm`: whether theirs is one of those that wait. `may_begin`: whether they record
    a next edition. `problems`: what was refused, at no row.
    """

    template = "journeys/closing.html"

    gathering: Gathering
    state: ClosingState
    shown: str
    rows: Sequence[Row]
    decisions: Sequence[Decided]
    paging: ListPage[Found] | ListPage[Disposition]
    missing: int
    form: DecidingForm | None
    editions: Sequence[Gathering]
    by: Text | None
    at: datetime | None
    waiting: tuple[Text, ...]
    may_close: bool
    may_confirm: bool
    may_begin: bool
    problems: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ReportPage(PageContext):
    """The closing `report` of an edition, which everybody reads once every side has closed it."""

    template = "journeys/report.html"

    report: Report


@dataclass(frozen=True, kw_only=True)
class DeskReportPage(PageContext):
    """The closing `report` at the desk; `public`: whether everybody reads it by now."""

    template = "journeys/desk_report.html"

    report: Report
    public: bool


@dataclass(frozen=True, kw_only=True)
class ReportDocument(Context):
    """The closing `report` as a document."""

    template = "journeys/documents/report.xml"

    report: Report


@dataclass(frozen=True, kw_only=True)
class OutcomeDocument(Context):
    """What the sides undertake by the `report`, numbered, as a draft for them to sign."""

    template = "journeys/documents/outcome.xml"

    report: Report


@dataclass(frozen=True, kw_only=True)
class PassedSection(Context):
    """Of a `gathering`: what `came` into it from earlier editions and `went` on to later ones.

    `reported`: whether its closing report is there for everybody.
    """

    template = "journeys/sections/passed.html"

    gathering: Gathering
    came: Sequence[Passed]
    went: Sequence[Passed]
    reported: bool


@dataclass(frozen=True, kw_only=True)
class PlansPage(PageContext):
    """The plan of a `gathering` that was not held yet, and the `form` that changes it.

    None where the reader may not. `agreed`: whether the other sides have to agree. `proposed`:
    whether something is proposed to them already. `problems`: what was refused.
    """

    template = "journeys/plans.html"

    gathering: Gathering
    form: PlansForm | None
    agreed: bool
    proposed: bool
    problems: Sequence[str]

"""What was asked and promised for a theme or a goal, across editions, years and sides.

Every figure is counted over the rows of the list that it leads to, so both say the same.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, TextChoices
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.followup.choices import (
    ANSWERED,
    NOT_ANSWERED,
    REPORTED,
    Completion,
    Goal,
    JointState,
    PartyRole,
    goal_label,
)
from amity.followup.models import Commitment, Party, Proposal
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Area, Theme
from amity.record.queries import ALL_DOSSIERS, InDossiers, counted_where

from .lists import NO_YEAR, Wanted, commitments, proposals

Owner = TypeVar("Owner", bound=Hashable)

MOST = 60
"""How many gatherings and sides are shown: the latest, and those with most."""


class By(TextChoices):
    """What the rows of a table are."""

    WHOLE = "whole", _("Together")
    GATHERING = "gathering", _("Gathering")
    YEAR = "year", _("Year")
    SIDE = "side", _("Side")
    GOAL = "goal", _("Goal")
    THEME = "theme", _("Theme")


class Measure(TextChoices):
    """What is counted of a theme or a goal, in the order of the thread."""

    PROPOSED = "proposed", pgettext_lazy("of proposals", "Proposed")
    ANSWERED = "answered", pgettext_lazy("of proposals", "Answered")
    PROMISED = "promised", _("Promised")
    REPORTED = "reported", pgettext_lazy("of commitments", "Reported on")
    CONFIRMED = "confirmed", pgettext_lazy("of commitments", "Confirmed by both sides")
    KEPT = "kept", pgettext_lazy("of commitments", "Kept")
    DIFFER = "differ", pgettext_lazy("of commitments", "Sides differ")
    SILENT = "silent", pgettext_lazy("of commitments", "No report yet")


PROPOSALS: Mapping[Measure, str] = {Measure.PROPOSED: "", Measure.ANSWERED: ANSWERED}
"""What is counted of proposals → the filter of the list that holds them."""
COMMITMENTS: Mapping[Measure, str] = {
    Measure.PROMISED: "",
    Measure.REPORTED: REPORTED,
    Measure.CONFIRMED: JointState.CONFIRMED,
    Measure.KEPT: Completion.COMPLETE,
    Measure.DIFFER: JointState.DIFFER,
    Measure.SILENT: JointState.SILENT,
}
"""What is counted of commitments → the filter of the list that holds them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are, and the list that holds them: the name of its page, and its query."""

    measure: Measure
    count: int
    listed: str
    query: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: of a theme or a goal, asked of or promised by a side, in which dossiers.

    `side` and `theme` are identifiers. The rest narrows it to one row of a table.
    """

    theme: str | None = None
    goal: int | None = None
    side: str | None = None
    dossiers: InDossiers = ALL_DOSSIERS
    gathering: str | None = None
    outside: bool = False
    year: str | None = None

    @property
    def promised(self) -> Wanted:
        """The filters of the list of commitments that are counted."""
        return replace(self._either, holder=self.side)

    @property
    def proposed(self) -> Wanted:
        """The filters of the list of proposals that are counted."""
        return replace(self._either, side=self.side)

    @property
    def _either(self) -> Wanted:
        return Wanted(
            theme=self.theme,
            goal=self.goal,
            gathering=self.gathering,
            outside=self.outside,
            year=self.year,
            dossiers=self.dossiers,
        )

    def query(self, of: Measure) -> str:
        """The query of the list that holds what a figure counts."""
        asked = of in PROPOSALS
        state = PROPOSALS[of] if asked else COMMITMENTS[of]
        parts = {
            "standing" if asked else "state": state,
            "side" if asked else "holder": self.side,
            "theme": self.theme,
            "goal": self.goal,
            "gathering": self.gathering,
            "outside": "1" if self.outside else None,
            "year": self.year,
            "dossier": self.dossiers.key,
            "real": "1" if self.dossiers.real else None,
        }
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about (`name`; None where nothing is said), and its figures.

    `key`: of the gathering, side or theme; a year's or a goal's number. `fictional`: invented.
    """

    by: By
    key: str
    name: Text | str | None
    fictional: bool
    figures: tuple[Figure, ...]

    def count(self, measure: Measure) -> int:
        """How many of one measure there are."""
        return next(one.count for one in self.figures if one.measure == measure)

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.count(Measure.PROPOSED) or self.count(Measure.PROMISED))


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one theme or goal; `left_out`: gatherings and sides that are not shown."""

    whole: Row
    by_gathering: tuple[Row, ...]
    by_year: tuple[Row, ...]
    by_side: tuple[Row, ...]
    left_out: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, as a table for programs has them."""
        return (self.whole, *self.by_gathering, *self.by_year, *self.by_side)


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of every goal, and of every theme for which there is something."""

    goals: tuple[Row, ...]
    themes: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, as a table for programs has them."""
        return (*self.goals, *self.themes)


class _Counts(dict[Measure, int]):
    """How many there are of each measure."""

    def __missing__(self, measure: Measure) -> int:
        return 0

    def proposed(self, standing: str, count: int) -> None:
        """Add proposals of one standing."""
        self[Measure.PROPOSED] += count
        if standing not in NOT_ANSWERED:
            self[Measure.ANSWERED] += count

    def promised(self, state: str, completion: str, count: int) -> None:
        """Add commitments of one joint state."""
        self[Measure.PROMISED] += count
        if state == JointState.SILENT:
            self[Measure.SILENT] += count
        else:
            self[Measure.REPORTED] += count
        if state == JointState.DIFFER:
            self[Measure.DIFFER] += count
        if state == JointState.CONFIRMED:
            self[Measure.CONFIRMED] += count
        if completion == Completion.COMPLETE:
            self[Measure.KEPT] += count

    def figures(self, counted: Counted) -> tuple[Figure, ...]:
        """The figures, each with the list that holds what it counts."""
        return tuple(
            Figure(
                one,
                self[one],
                "followup:proposals" if one in PROPOSALS else "followup:commitments",
                counted.query(one),
            )
            for one in Measure
        )


Totals = defaultdict[Owner, _Counts]

STATE = ("joint_state", "joint_completion")


def report(counted: Counted, today: date) -> Report:
    """The figures of a theme or a goal. Six statements; with a side five, and two to find it."""
    promised, proposed = _rows(counted, today)
    whole = _Counts()
    gatherings: Totals[int | None] = defaultdict(_Counts)
    years: Totals[str] = defaultdict(_Counts)
    dated = promised.annotate(year=Substr("made_on", 1, 4)).values_list("gathering", "year", *STATE)
    for gathering, year, state, completion, count in dated.annotate(count=Count("pk")):
        for one in (whole, gatherings[gathering], years[year or NO_YEAR]):
            one.promised(state, completion, count)
    asked = proposed.annotate(year=Substr("made_on", 1, 4)).values_list(
        "gathering", "year", "standing"
    )
    for gathering, year, standing, count in asked.annotate(count=Count("pk")):
        for one in (whole, gatherings[gathering], years[year or NO_YEAR]):
            one.proposed(standing, count)
    by_gathering = _by_gathering(counted, gatherings)
    by_side = () if counted.side else _by_side(counted, promised, proposed)
    return Report(
        Row(By.WHOLE, "", None, False, whole.figures(counted)),
        by_gathering[:MOST],
        tuple(
            Row(By.YEAR, year, None if year == NO_YEAR else year, False, own.figures(narrowed))
            for year, own in sorted(years.items(), key=_latest_first)
            for narrowed in [replace(counted, year=year)]
        ),
        by_side[:MOST],
        len(by_gathering[MOST:]) + len(by_side[MOST:]),
    )


def overview(counted: Counted, today: date) -> Overview:
    """The figures of every goal and theme. Five statements; with a side two more."""
    promised, proposed = _rows(counted, today)
    goals: Totals[int] = defaultdict(_Counts)
    themes: Totals[int] = defaultdict(_Counts)
    serving = promised.filter(goals__gt=0).values_list("goals", *STATE)
    for served, state, completion, count in serving.annotate(count=Count("pk")):
        for goal in served:
            goals[goal].promised(state, completion, count)
    asked = proposed.filter(goals__gt=0).values_list("goals", "standing")
    for served, standing, count in asked.annotate(count=Count("pk")):
        for goal in served:
            goals[goal].proposed(standing, count)
    themed = promised.filter(themes__isnull=False).values_list("themes", *STATE)
    for theme, state, completion, count in themed.annotate(count=Count("pk")):
        themes[theme].promised(state, completion, count)
    named_in = proposed.filter(themes__isnull=False).values_list("themes", "standing")
    for theme, standing, count in named_in.annotate(count=Count("pk")):
        themes[theme].proposed(standing, count)
    named = Theme.objects.select_related("dossier").in_bulk(list(themes))
    return Overview(
        tuple(
            Row(
                By.GOAL,
                str(int(goal)),
                goal_label(goal),
                False,
                goals[goal].figures(replace(counted, goal=int(goal))),
            )
            for goal in Goal
        ),
        _most_first(
            Row(
                By.THEME,
                one.key,
                one.name,
                one.dossier.fictional,
                themes[pk].figures(replace(counted, theme=one.key)),
            )
            for pk, one in named.items()
        ),
    )


def dossiers_counted(page: Page, chosen: InDossiers, theme: Theme | None) -> InDossiers:
    """Which dossiers are counted: of an invented theme those that name it, else the real ones
    where there are any and none was chosen.
    """
    invented = theme is not None and theme.dossier.fictional
    return chosen if invented else counted_where(page, chosen)


def _rows(counted: Counted, today: date) -> "tuple[QuerySet[Commitment], QuerySet[Proposal]]":
    """What is counted, in no order. With a side one statement for each."""
    return (
        commitments(counted.promised, today).order_by(),
        proposals(counted.proposed).order_by(),
    )


def _by_gathering(counted: Counted, totals: Totals[int | None]) -> tuple[Row, ...]:
    """The latest first, and what belongs to none at the end. One statement."""
    numbers = [pk for pk in totals if pk is not None]
    there = Gathering.objects.select_related("dossier").in_bulk(numbers)
    latest = sorted(there.values(), key=lambda one: (one.starts_on or "", one.key), reverse=True)
    rows = [
        Row(
            By.GATHERING,
            one.key,
            one.title,
            one.dossier.fictional,
            totals[one.pk].figures(replace(counted, gathering=one.key)),
        )
        for one in latest
    ]
    if None in totals:
        outside = totals[None].figures(replace(counted, outside=True))
        rows.append(Row(By.GATHERING, "", None, False, outside))
    return tuple(rows)


def _by_side(
    counted: Counted, promised: "QuerySet[Commitment]", proposed: "QuerySet[Proposal]"
) -> tuple[Row, ...]:
    """Who promised and who was asked, those with most first. Three statements."""
    totals: Totals[int] = defaultdict(_Counts)
    held = Party.objects.filter(role=PartyRole.HOLDER, commitment__in=promised).order_by()
    by_state = held.values_list(
        "side__area", "commitment__joint_state", "commitment__joint_completion"
    )
    for area, state, completion, count in by_state.annotate(
        count=Count("commitment", distinct=True)
    ):
        totals[area].promised(state, completion, count)
    asked = proposed.filter(addressees__isnull=False).values_list("addressees__area", "standing")
    for area, standing, count in asked.annotate(count=Count("pk", distinct=True)):
        totals[area].proposed(standing, count)
    named = Area.objects.select_related("dossier").in_bulk(list(totals))
    return _most_first(
        Row(
            By.SIDE,
            one.key,
            one.name,
            one.dossier.fictional,
            totals[pk].figures(replace(counted, side=one.key)),
        )
        for pk, one in named.items()
    )


def _latest_first(year: tuple[str, _Counts]) -> tuple[bool, int]:
    """Where a year stands; what has none stands at the end."""
    named, _own = year
    return named == NO_YEAR, 0 if named == NO_YEAR else -int(named)


def _most_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    def size(row: Row) -> tuple[int, str]:
        return -row.count(Measure.PROMISED) - row.count(Measure.PROPOSED), row.key

    return tuple(sorted(rows, key=size))

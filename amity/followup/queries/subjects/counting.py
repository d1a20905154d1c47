"""Counting what was asked and promised, by gathering, year, side, goal and theme."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from amity.followup.choices import (
    NOT_ANSWERED,
    Completion,
    Goal,
    JointState,
    PartyRole,
    goal_label,
)
from amity.followup.models import Commitment, Party, Proposal
from amity.foundation.pages.public import Page
from amity.gatherings.models import Gathering
from amity.network.models import Area, Theme
from amity.record.queries import InDossiers, counted_where

from ..lists import NO_YEAR, commitments, proposals
from .figures import MOST, PROPOSALS, By, Counted, Figure, Measure, Overview, Report, Row

Owner = TypeVar("Owner", bound=Hashable)


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

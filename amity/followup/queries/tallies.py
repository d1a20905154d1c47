"""How many commitments there are in each state, and what lists can be filtered by."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from amity.followup.choices import STATES
from amity.followup.models import Commitment, Party, Proposal
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.network.models import Area, Side
from amity.record.models import Dossier


class Choice(NamedTuple):
    """Something to filter by."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Tally:
    """How many commitments there are in each state, on a given day, and in which dossiers."""

    total: int
    overdue: int
    by_state: tuple[tuple[str, int], ...]
    dossiers: tuple[Choice, ...] = ()

    def count(self, state: str) -> int:
        """How many are in one of `STATES`."""
        return dict(self.by_state).get(state, 0)


@dataclass(frozen=True, slots=True)
class Tallies:
    """All commitments, those of real peoples, and those of fictional examples.

    `dossiers`: the primary keys of the dossiers of each sort, with commitments or without; a sort
    of which there is none is left out.
    """

    all: Tally
    real: Tally
    fictional: Tally
    dossiers: tuple[tuple[int, ...], ...]


class _Group(NamedTuple):
    dossier: Dossier
    state: str
    total: int
    overdue: int


def overdue(today: date) -> Q:
    """Commitments whose deadline has passed while they are not done (DESIGN: joint state)."""
    return Q(open=True, due_on__lt=today)


@per_version(largest=8)
def tallies(page: Page) -> Tallies:
    """Totals of all commitments, and which dossiers there are. Two statements."""
    dossiers = Dossier.objects.order_by("key").in_bulk()
    rows = (
        Commitment.objects.order_by()
        .values_list("dossier_id", "joint_state", "joint_completion")
        .annotate(total=Count("pk"), late=Count("pk", filter=overdue(page.today)))
    )
    groups = [
        _Group(dossiers[dossier], completion or state, total, late)
        for dossier, state, completion, total, late in rows
    ]
    sorts = [
        tuple(pk for pk, one in dossiers.items() if one.fictional is fictional)
        for fictional in (False, True)
    ]
    return Tallies(
        _tally(groups),
        _tally([group for group in groups if not group.dossier.fictional]),
        _tally([group for group in groups if group.dossier.fictional]),
        tuple(sort for sort in sorts if sort),
    )


def _tally(groups: Sequence[_Group]) -> Tally:
    by_state: Counter[str] = Counter()
    for group in groups:
        by_state[group.state] += group.total
    dossiers = {group.dossier.key: group.dossier.title for group in groups}
    return Tally(
        by_state.total(),
        sum(group.overdue for group in groups),
        tuple((state, by_state[state]) for state in STATES),
        tuple(Choice(key, dossiers[key]) for key in sorted(dossiers)),
    )


@per_version(largest=4)
def areas_with_commitments(page: Page) -> tuple[Choice, ...]:
    """Areas whose sides are party to a commitment. One statement.

    The sides that are party to anything are few and found in an index; of each of them it is asked
    whether one of those commitments is public. Joining all parties with all commitments took a
    hundred times as long where there were 100,000.
    """
    public = Party.objects.filter(side=OuterRef("pk"))
    named = Party.everything.values("side").distinct()
    sides = Side.objects.filter(Exists(public), pk__in=named)
    return _named(Area.objects.filter(pk__in=sides.values("area")))


@per_version(largest=4)
def years(page: Page) -> tuple[str, ...]:
    """The years in which something was promised, the newest first. One statement.

    There are few days beside the commitments, and an index has each of them at hand; to take the
    years out of all rows took fifty milliseconds where there were 100,000.
    """
    days = Commitment.objects.filter(made_on__isnull=False).order_by()
    made = days.values_list("made_on", flat=True).distinct()
    return tuple(sorted({day[:4] for day in made}, reverse=True))


@per_version(largest=4)
def areas_asked(page: Page) -> tuple[Choice, ...]:
    """Areas whose sides have been asked something. One statement."""
    return _named(Area.objects.filter(pk__in=Proposal.objects.values("addressees__area")))


def _named(rows: QuerySet[Area]) -> tuple[Choice, ...]:
    return tuple(Choice(key, name) for key, name in rows.order_by("key").values_list("key", "name"))

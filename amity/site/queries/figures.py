"""What was promised and what became of it, counted by year, by theme and by side."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, TextChoices
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.followup.choices import Completion, JointState, PartyRole
from amity.followup.models import Commitment, Party
from amity.languages.text import Text
from amity.network.models import Area, Theme
from amity.record.queries import InDossiers

Owner = TypeVar("Owner")

MOST = 30
"""How many themes and sides are shown, those with most commitments first."""


class Became(TextChoices):
    """What became of commitments, in as few words as a picture takes."""

    KEPT = "kept", pgettext_lazy("of commitments", "kept")
    UNDER_WAY = "under_way", _("under way")
    DIFFER = "differ", _("sides differ")
    ONE_SIDED = "one_sided", _("reported by one side only")
    SILENT = "silent", _("no report yet")
    NOT_DONE = "not_done", _("withdrawn or unclear")


BECAME: Mapping[str, Became] = {
    Completion.COMPLETE: Became.KEPT,
    Completion.SUBSTANTIAL: Became.UNDER_WAY,
    Completion.LIMITED: Became.UNDER_WAY,
    Completion.NOT_STARTED: Became.UNDER_WAY,
    Completion.UNCLEAR: Became.NOT_DONE,
    Completion.WITHDRAWN: Became.NOT_DONE,
    JointState.DIFFER: Became.DIFFER,
    JointState.ONE_SIDED: Became.ONE_SIDED,
    JointState.SILENT: Became.SILENT,
}
"""Joint completion, or else joint state → what became of a commitment."""


@dataclass(frozen=True, slots=True)
class Row:
    """Some commitments: of a `year` ("" where none is said), or of what is called `name`.

    `counts`: how many became what, in the order of `Became`. `key`: of the theme or area.
    """

    year: str
    name: Text | None
    key: str
    fictional: bool
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Figures:
    """The three pictures; of themes and sides the largest `MOST`, and how many are left out."""

    by_year: tuple[Row, ...]
    by_theme: tuple[Row, ...]
    by_side: tuple[Row, ...]
    left_out: int


def figures(dossiers: InDossiers) -> Figures:
    """The figures of public commitments in these dossiers. Five statements."""
    rows = dossiers.choose(Commitment.objects.order_by())
    state = ("joint_state", "joint_completion")
    dated = rows.annotate(year=Substr("made_on", 1, 4)).values_list("year", *state)
    years = _sorted_by(dated.annotate(count=Count("pk")))
    themed = rows.filter(themes__isnull=False).values_list("themes", *state)
    themes = _sorted_by(themed.annotate(count=Count("pk")))
    parties = dossiers.choose(Party.objects.order_by(), "commitment")
    held = parties.filter(role=PartyRole.HOLDER).values_list(
        "side__area", "commitment__joint_state", "commitment__joint_completion"
    )
    sides: dict[int, tuple[int, ...]] = _sorted_by(
        held.annotate(count=Count("commitment", distinct=True))
    )
    by_theme = _named(themes, Theme.objects.select_related("dossier").in_bulk(list(themes)))
    by_side = _named(sides, Area.objects.select_related("dossier").in_bulk(list(sides)))
    return Figures(
        tuple(
            Row(year or "", None, "", False, counts)
            for year, counts in sorted(years.items(), key=lambda one: (one[0] is None, one[0]))
        ),
        by_theme[:MOST],
        by_side[:MOST],
        len(by_theme[MOST:]) + len(by_side[MOST:]),
    )


def _sorted_by(rows: Iterable[tuple[Owner, str, str, int]]) -> dict[Owner, tuple[int, ...]]:
    """How many commitments of each owner became what."""
    found: dict[Owner, Counter[Became]] = defaultdict(Counter)
    for owner, state, completion, count in rows:
        found[owner][BECAME[completion or state]] += count
    return {owner: tuple(own[one] for one in Became) for owner, own in found.items()}


def _named(
    counts: Mapping[int, tuple[int, ...]], named: Mapping[int, Theme] | Mapping[int, Area]
) -> tuple[Row, ...]:
    """The rows of what everybody may read, the largest first."""
    rows = [
        Row("", one.name, one.key, one.dossier.fictional, counts[pk]) for pk, one in named.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.key)))

"""What is counted of a theme or a goal, and the lists that hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.followup.choices import (
    ANSWERED,
    REPORTED,
    Completion,
    JointState,
)
from amity.languages.text import Text
from amity.record.queries import ALL_DOSSIERS, InDossiers

from ..lists import Wanted

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

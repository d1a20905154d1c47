"""What the templates of gatherings show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from amity.foundation.formats.structured import Thing
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.gatherings.forms import GatheringFilters, ProgrammeFilters
from amity.gatherings.grid import Grid
from amity.gatherings.models import (
    Contribution,
    Gathering,
    Participant,
    Series,
    Session,
    Speaker,
    Statement,
    Work,
)
from amity.gatherings.queries.gathering import FullGathering
from amity.gatherings.queries.people import SpeakerRow
from amity.gatherings.queries.programme import Day
from amity.gatherings.queries.series import FullSeries
from amity.network.models import Agreement
from amity.record.sections import Filled
from amity.sources.models import Article
from amity.sources.queries import Evidence


@dataclass(frozen=True, kw_only=True)
class GatheringsPage(PageContext):
    """All gatherings. `listed`: the page of the list. `filters`: what was chosen."""

    template = "gatherings/gatherings.html"
    listed: ListPage
    filters: GatheringFilters


@dataclass(frozen=True, kw_only=True)
class GatheringPage(PageContext):
    """One gathering.

    `shown`: the gathering with what hangs on it. `added`: what rooms above add to the page.
    `data`: what the page says to programs, as schema.org has it.
    """

    template = "gatherings/gathering.html"
    shown: FullGathering
    added: tuple[Filled, ...]
    data: Thing


@dataclass(frozen=True, kw_only=True)
class ProgrammePage(PageContext):
    """The programme of a `gathering`.

    `filters`: what was chosen, and whether it is a list or a grid. `lists`: its days; `grids`: the
    same days as tables, where a grid is asked for. `sessions`: how many there are, whatever is
    chosen. `contributions`: how many are shown. `clocks`: when the first of the sessions shown
    starts and the last ends.
    """

    template = "gatherings/programme.html"
    gathering: Gathering
    filters: ProgrammeFilters
    lists: Sequence[Day]
    grids: Sequence[Grid]
    sessions: int
    contributions: int
    clocks: tuple[datetime, datetime] | None


@dataclass(frozen=True, kw_only=True)
class PeoplePage(PageContext):
    """The people of a `gathering`.

    `speakers`: all who speak there, by name. `added`: whom rooms above add.
    """

    template = "gatherings/people.html"
    gathering: Gathering
    speakers: Sequence[SpeakerRow]
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class SessionPage(PageContext):
    """One `session`, with its gathering, chairs, themes, contributions and their speakers.

    `statements`: what was said there. `evidence`: what was published about it and about them.
    `data`: what the page says to programs, as schema.org has it. `added`: what rooms above add.
    """

    template = "gatherings/session.html"
    session: Session
    statements: Sequence[Statement]
    evidence: Evidence
    data: Thing
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class ContributionPage(PageContext):
    """One `contribution`, with its session, gathering and speakers.

    `evidence`: what was published about it. `data`: what the page says to programs. `added`: what
    rooms above add.
    """

    template = "gatherings/contribution.html"
    contribution: Contribution
    evidence: Evidence
    data: Thing
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class SeriesPage(PageContext):
    """A series.

    `shown`: the series with its editions. `added`: what rooms above add to the page. `data`: what
    the page says to programs, as schema.org has it.
    """

    template = "gatherings/series.html"
    shown: FullSeries
    added: tuple[Filled, ...]
    data: Thing


@dataclass(frozen=True, kw_only=True)
class SeriesSection(Context):
    """The `series` of gatherings that a partnership holds."""

    template = "gatherings/sections/series.html"
    series: Sequence[Series]


@dataclass(frozen=True, kw_only=True)
class GatheringsSection(Context):
    """Gatherings that concern a record of the network.

    `how` it concerns them: they were held in an area, organized by an organization, or linked to an
    `agreement`, whose page says which of them it was signed at. `gatherings`: the newest first.
    """

    template = "gatherings/sections/gatherings.html"
    how: Literal["held", "organized", "linked"]
    gatherings: Sequence[Gathering]
    agreement: Agreement | None = None


@dataclass(frozen=True, kw_only=True)
class PersonSection(Context):
    """What a person did at gatherings, each list with the newest first.

    `statements`: what they said, with its gathering, and the `evidence` of it. `speaks`: what they
    gave, with contribution, session and gathering. `took_part`: where they took part. `chaired`:
    sessions, with their gathering. `works`: what they made, with the exhibition.
    """

    template = "gatherings/sections/person.html"
    statements: Sequence[Statement]
    evidence: Evidence
    speaks: Sequence[Speaker]
    took_part: Sequence[Participant]
    chaired: Sequence[Session]
    works: Sequence[Work]


@dataclass(frozen=True, kw_only=True)
class ArticlesSection(Context):
    """The `articles` that speak of what stands or happened in an area."""

    template = "gatherings/sections/articles.html"
    articles: Sequence[Article]

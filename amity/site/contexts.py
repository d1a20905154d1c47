"""What the pages of the record as a whole show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amity.following.events import Event
from amity.followup.queries.tallies import Tallies
from amity.foundation.models import Change
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.filters import Label
from amity.foundation.pages.paging import ListPage
from amity.record.lists.forms import DossierFilters
from amity.record.models import Entry
from amity.record.removals import Removal
from amity.record.search.ranking import Ranked
from amity.record.search.reading import Found
from amity.site.forms import ChangeFilters, SearchFilters
from amity.site.found import Facet, Result
from amity.site.queries.at_hand import AtHand
from amity.site.queries.dossiers import Holding, KeptDossier
from amity.site.queries.embedded import Embedded
from amity.site.queries.figures import Became, Figures
from amity.site.sitemap import ListedPage


@dataclass(frozen=True, kw_only=True)
class HomePage(PageContext):
    """The front page.

    `at_hand`: the gatherings to come, real ones first, and recent ones. `tallies`: the states of
    all commitments. `events`: what changed last in the record of real peoples, or of all where
    there is none, the newest first.
    """

    template = "site/home.html"
    at_hand: AtHand
    tallies: Tallies
    events: Sequence[Event]


@dataclass(frozen=True, kw_only=True)
class ChangesPage(PageContext):
    """What changed in the record.

    `listed`: the page of the list, told as its `events`. `filters`: what was chosen.
    """

    template = "site/changes.html"
    listed: ListPage[Change]
    events: Sequence[Event]
    filters: ChangeFilters


@dataclass(frozen=True, kw_only=True)
class ChangePage(PageContext):
    """One change of the record: an `event` with what it changed."""

    template = "site/change.html"
    event: Event


@dataclass(frozen=True, kw_only=True)
class DossiersPage(PageContext):
    """All `dossiers` in which something is public, each with the office that keeps it."""

    template = "site/dossiers.html"
    dossiers: Sequence[KeptDossier]


@dataclass(frozen=True, kw_only=True)
class DossierPage(PageContext):
    """One dossier as it is `kept`.

    `holdings`: how many records of each kind are in it. `report`: the address to which an error is
    reported; empty where the installation names none.
    """

    template = "site/dossier.html"
    kept: KeptDossier
    holdings: Sequence[Holding]
    report: str


@dataclass(frozen=True, kw_only=True)
class GonePage(PageContext):
    """The address of a removed record: its `removal` says who removed it, when and why."""

    template = "site/gone.html"
    removal: Removal


@dataclass(frozen=True, kw_only=True)
class WhichPage(PageContext):
    """The number that was `asked` and that records of several dossiers have: `rows` of their
    entries and addresses."""

    template = "site/which.html"
    asked: str
    rows: tuple[tuple[Entry, str], ...]


@dataclass(frozen=True, kw_only=True)
class AboutPage(PageContext):
    """How to read the record: its `joint_states` and `completions` in words."""

    template = "site/about.html"
    joint_states: Mapping[str, Label]
    completions: Mapping[str, Label]


@dataclass(frozen=True, kw_only=True)
class SearchPage(PageContext):
    """What was `found`, and the `facets` by which it can be narrowed.

    `filters`: the words and what was chosen, `narrowed` the latter alone, as the address says it.
    `listed`: this page of what was found, `results` its records. `feed`: where to follow it.
    """

    template = "site/search.html"
    filters: SearchFilters
    found: Found
    listed: ListPage[Ranked]
    results: Sequence[Result]
    facets: Sequence[Facet]
    narrowed: Mapping[str, str]
    feed: str


@dataclass(frozen=True, kw_only=True)
class SuggestedRecords(Context):
    """`results` whose names begin as typed: options of the list below the box."""

    template = "site/search_suggestions.html"
    results: Sequence[Result]


@dataclass(frozen=True, kw_only=True)
class OpenSearch(Context):
    """How to search here: the addresses of the `page`, its `feed`, and of this file `itself`."""

    template = "site/opensearch.xml"
    page: str
    feed: str
    itself: str


@dataclass(frozen=True, kw_only=True)
class SitemapIndex(Context):
    """The files of the site map: their `addresses`, and when they `changed` (ISO 8601, or "")."""

    template = "site/sitemaps.xml"
    addresses: Sequence[str]
    changed: str


@dataclass(frozen=True, kw_only=True)
class Sitemap(Context):
    """A file of the site map: its `pages`, and when they `changed` (ISO 8601, or "")."""

    template = "site/sitemap.xml"
    pages: Sequence[ListedPage]
    changed: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: its name, and what may be chosen where that is a closed list."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of record: its list's address and what the list can be filtered by."""

    label: str
    path: str
    filters: tuple[Filter, ...]


@dataclass(frozen=True, kw_only=True)
class ApiPage(PageContext):
    """The record for programs.

    `offers`: what there is of each kind. `address`: of the interface, and an `example` of a
    question to it. `tables`: where lists are had as CSV.
    """

    template = "site/api.html"

    offers: Sequence[Offer]
    address: str
    tables: Sequence[str]
    example: str


@dataclass(frozen=True, kw_only=True)
class EmbeddedPage(Context):
    """A small box for other sites: what is `found` of a record, read whole at `address`.

    `fictional`: whether it is invented.
    """

    template = "site/embed.html"

    found: Embedded
    address: str
    fictional: bool


@dataclass(frozen=True, kw_only=True)
class Badge(Context):
    """A picture of one line: the state of something called `title` in `words`, so `wide`."""

    template = "site/badge.svg"

    title: str
    words: str
    wide: int


@dataclass(frozen=True, kw_only=True)
class EmbedSection(Context):
    """How another site shows the thing of a page: addresses of its `box` and `badge`, its `title`,
    and its own `address`."""

    template = "site/embed_section.html"

    box: str
    badge: str
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class FiguresPage(PageContext):
    """What was promised and what became of it: the figures `found`, by what commitments `became`.

    `filters`: the dossier that was chosen. `without_invented`: that invented examples are not
    counted.
    """

    template = "site/figures.html"

    found: Figures
    became: tuple[Became, ...]
    filters: DossierFilters
    without_invented: bool

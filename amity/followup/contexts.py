"""What the templates of the follow-up show."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.followup.forms import CommitmentFilters, ProposalFilters, SubjectFilters
from amity.followup.models import Commitment, Proposal
from amity.followup.queries.carried import Carried
from amity.followup.queries.lists import CommitmentLine, ProposalLine
from amity.followup.queries.milestones import IndicatorLine, MilestoneLine
from amity.followup.queries.parties import PartyLine
from amity.followup.queries.subjects import Measure, Overview, Report
from amity.followup.queries.tallies import Tally
from amity.followup.queries.threads import Step
from amity.followup.queries.timeline import Point
from amity.foundation.formats.structured import Thing
from amity.foundation.pages.context import Context, PageContext
from amity.foundation.pages.paging import ListPage
from amity.gatherings.models import Gathering
from amity.network.models import Area, Partnership, Side, Theme
from amity.record.models import Recorded
from amity.record.sections import Filled
from amity.sources.queries import Evidence


@dataclass(frozen=True, kw_only=True)
class CommitmentsPage(PageContext):
    """All commitments, with filters.

    `listed`: the page of the list, drawn as its `lines`. `tally`: of all commitments, whatever is
    chosen. `filters`: what was chosen, with what there is to choose from. `capped`: there may be
    more than were counted. `added`: what rooms add about the theme that is chosen.
    """

    template = "followup/commitments.html"

    listed: ListPage[Commitment]
    lines: Sequence[CommitmentLine]
    tally: Tally
    filters: CommitmentFilters
    capped: bool
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class CommitmentPage(PageContext):
    """One `commitment`.

    `parties`: its sides, each with its last report. `milestones` and `indicators`: with what each
    side reported of them last. `steps`: the thread. `published`: what was published about all that
    is on the page. `data`: the commitment for machines. `added`: what rooms add.
    """

    template = "followup/commitment.html"

    commitment: Commitment
    parties: Sequence[PartyLine]
    milestones: Sequence[MilestoneLine]
    indicators: Sequence[IndicatorLine]
    steps: Sequence[Step]
    published: Evidence
    data: Thing
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalsPage(PageContext):
    """All proposals, with filters.

    `listed`: the page of the list, drawn as its `lines`. `filters`: what was chosen, with what
    there is to choose from. `capped`: there may be more than were counted.
    """

    template = "followup/proposals.html"

    listed: ListPage[Proposal]
    lines: Sequence[ProposalLine]
    filters: ProposalFilters
    capped: bool


@dataclass(frozen=True, kw_only=True)
class ProposalPage(PageContext):
    """One `proposal`.

    `silent`: the sides that were asked and have not answered. `steps`: the thread. `published`:
    what was published about all that is on the page. `data`: the proposal for machines.
    `added`: what rooms add.
    """

    template = "followup/proposal.html"

    proposal: Proposal
    silent: Sequence[Side]
    steps: Sequence[Step]
    published: Evidence
    data: Thing
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class SubjectsPage(PageContext):
    """What was asked and promised by goal and by theme (`found`), in each of the `measures`.

    `filters`: what was chosen, with what there is to choose from. `side`: whose part alone is
    counted, None for all. `without_invented`: that invented examples are not counted.
    """

    template = "followup/subjects.html"

    found: Overview
    measures: tuple[Measure, ...]
    filters: SubjectFilters
    side: Area | None
    without_invented: bool


@dataclass(frozen=True, kw_only=True)
class SubjectPage(PageContext):
    """The report on a `theme`, or on the goal called `goal`: what was `found`, in each of the
    `measures`.

    `filters`: what was chosen, with what there is to choose from. `side`: whose part alone is
    counted, None for all. `without_invented`: that invented examples are not counted. `added`:
    what rooms add about the theme.
    """

    template = "followup/subject.html"

    theme: Theme | None
    goal: str
    found: Report
    measures: tuple[Measure, ...]
    filters: SubjectFilters
    side: Area | None
    without_invented: bool
    added: tuple[Filled, ...]


@dataclass(frozen=True, kw_only=True)
class OutcomeSection(Context):
    """What came of a `gathering`.

    `proposals` and `commitments`: made there or carried into it. Of the proposals so many are
    `answered`, of the commitments so many `complete` and `overdue`, and so many in each state
    (`by_state`). `all_carried`: whether nothing of it was made there.
    """

    template = "followup/sections/outcome.html"

    gathering: Gathering
    proposals: Sequence[ProposalLine]
    commitments: Sequence[CommitmentLine]
    answered: int
    complete: int
    overdue: int
    by_state: Sequence[tuple[str, int]]
    all_carried: bool


@dataclass(frozen=True, kw_only=True)
class PromisesSection(Context):
    """Commitments (`lines`) that concern `owner`, whose page it is.

    `all_of`: the area under which the list has more of them; None where these are all.
    """

    template = "followup/sections/promises.html"

    owner: Recorded
    lines: Sequence[CommitmentLine]
    all_of: Area | None


@dataclass(frozen=True, kw_only=True)
class CarriedSection(Context):
    """What was carried from one edition of a series into another, in `groups`."""

    template = "followup/sections/carried.html"

    groups: Sequence[Carried]


@dataclass(frozen=True, kw_only=True)
class TimelineSection(Context):
    """The life of a `partnership`: its `points`, the oldest first."""

    template = "followup/sections/timeline.html"

    partnership: Partnership
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True)
class ProposalsSection(Context):
    """The `proposals` of a person."""

    template = "followup/sections/proposals.html"

    proposals: Sequence[Proposal]

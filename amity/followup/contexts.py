"""What the templates of the follow-up show."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.followup.forms import CommitmentFilters
from amity.followup.queries.lists import CommitmentLine, Tally
from amity.foundation.pages.context import PageContext
from amity.foundation.pages.paging import ListPage


@dataclass(frozen=True, kw_only=True)
class CommitmentsPage(PageContext):
    """All commitments, with filters.

    `listed`: the page of the list, whose `lines` are drawn. `tally`: of all commitments, whatever
    is chosen. `filters`: what was chosen, with what there is to choose from. `capped`: there may
    be more than were counted.
    """

    template = "followup/commitments.html"

    listed: ListPage
    lines: Sequence[CommitmentLine]
    tally: Tally
    filters: CommitmentFilters
    capped: bool

"""The lists of commitments and proposals as CSV and XLSX."""

from django.db.models import QuerySet

from amity.followup.columns import COMMITMENTS, PROPOSALS
from amity.followup.forms import CommitmentFilters, ProposalFilters
from amity.followup.models import Commitment, Proposal
from amity.followup.queries import lists
from amity.foundation.pages.public import PageRequest
from amity.foundation.pages.tables import table_views
from amity.record.lists.ordering import ordered


def _commitments(request: PageRequest, filters: CommitmentFilters) -> QuerySet[Commitment]:
    rows = lists.commitments(filters.wanted(), request.page.today)
    return lists.with_what_is_listed(ordered(rows, filters.order()))


def _proposals(request: PageRequest, filters: ProposalFilters) -> QuerySet[Proposal]:
    rows = lists.proposals(filters.wanted())
    return lists.with_themes_and_answers(ordered(rows, filters.order()))


commitments = table_views("commitments", CommitmentFilters, _commitments, COMMITMENTS)
proposals = table_views("proposals", ProposalFilters, _proposals, PROPOSALS)

"""The list of gatherings as CSV and XLSX."""

from django.db.models import QuerySet

from amity.foundation.pages.public import PageRequest
from amity.foundation.pages.tables import table_views
from amity.gatherings.columns import GATHERINGS
from amity.gatherings.forms import GatheringFilters
from amity.gatherings.models import Gathering
from amity.gatherings.queries import lists
from amity.record.lists.ordering import ordered


def _gatherings(request: PageRequest, filters: GatheringFilters) -> QuerySet[Gathering]:
    rows = ordered(lists.gatherings(filters.wanted(), request.page.today), filters.order())
    return rows.select_related("place", "series", "dossier")


gatherings = table_views("gatherings", GatheringFilters, _gatherings, GATHERINGS)

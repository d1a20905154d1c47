"""The people whom the sides send to a gathering, as CSV and XLSX."""

from django.http import Http404

from amity.delegations.columns import DELEGATES
from amity.delegations.models import Delegate
from amity.delegations.queries import delegations_with_people
from amity.foundation.pages.filters import Filters
from amity.foundation.pages.public import PageRequest
from amity.foundation.pages.tables import table_views
from amity.gatherings.models import Gathering


def _delegates(request: PageRequest, filters: Filters, key: str) -> list[Delegate]:
    gathering = Gathering.objects.filter(key=key).first()
    if gathering is None:
        raise Http404(key)
    return [one for _delegation, people in delegations_with_people(gathering) for one in people]


delegates = table_views("delegates", Filters, _delegates, DELEGATES)

"""What stands at the head of a gathering's programme, its people and its calendar."""

from amity.gatherings.models import Gathering
from amity.record.removals import one_or_404


def heading(key: str) -> Gathering:
    """The gathering `key` with its place and dossier. One statement. Raises Http404."""
    return one_or_404(Gathering.objects.select_related("dossier", "place"), key)

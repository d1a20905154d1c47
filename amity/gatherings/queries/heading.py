"""What stands at the head of a gathering's programme, its people and its calendar."""

from django.db.models import Prefetch

from amity.gatherings.models import Gathering
from amity.network.models import Side
from amity.record.removals import one_or_404


def heading(key: str) -> Gathering:
    """The gathering `key` with its place and dossier. One statement. Raises Http404."""
    return one_or_404(Gathering.objects.select_related("dossier", "place"), key)


def heading_with_sides(key: str) -> Gathering:
    """The same with the sides of its partnership. Two statements. Raises Http404."""
    sides = Side.objects.select_related("area").order_by("position")
    found = Gathering.objects.select_related("dossier", "place", "partnership")
    return one_or_404(found.prefetch_related(Prefetch("partnership__sides", sides)), key)

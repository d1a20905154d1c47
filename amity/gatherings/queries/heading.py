"""What stands at the head of a gathering's programme, its people and its calendar."""

from django.shortcuts import get_object_or_404

from amity.gatherings.models import Gathering


def heading(key: str) -> Gathering:
    """The gathering `key` with its place and dossier. One statement. Raises Http404."""
    return get_object_or_404(Gathering.objects.select_related("dossier", "place"), key=key)

"""What stands at the head of a gathering's programme, its people and its calendar."""

from typing import Any

from django.db.models import QuerySet

from amity.foundation.collect import Nested, collected
from amity.foundation.prepared import prepared
from amity.gatherings.models import Gathering, Room

SHOWN = (
    "key",
    "title",
    "status",
    "when",
    "timezone",
    "place__name",
    "dossier__fictional",
)
"""Columns of a gathering that these pages show."""


def heading(key: str) -> Any:
    """The gathering `key` with what these pages show of it. One statement. Raises Http404."""
    return _headings.one_or_404(key)


def heading_with_rooms(key: str) -> Any:
    """The same with its rooms collected as `room_rows`. One statement. Raises Http404."""
    return _headings_with_rooms.one_or_404(key)


@prepared
def _headings(key: str) -> QuerySet[Any]:
    return Gathering.objects.filter(key=key).select_related("dossier", "place").only(*SHOWN)


@prepared
def _headings_with_rooms(key: str) -> QuerySet[Any]:
    rooms = collected(
        Room.objects.all(),
        by="gathering",
        position="position",
        id="pk",
        key="key",
        name=Nested("name"),
    )
    return _headings.build(key).annotate(room_rows=rooms)

"""The works of an exhibition, panel by panel."""

from collections import defaultdict
from dataclasses import dataclass

from amity.gatherings.models import Gathering, Panel, Work


@dataclass(frozen=True, slots=True)
class GalleryPart:
    """A panel with its works; without a panel, the works that hang in none."""

    panel: Panel | None
    works: list[Work]


def gallery(exhibition: Gathering) -> list[GalleryPart]:
    """The panels of an exhibition with their works. Two statements."""
    works: dict[int | None, list[Work]] = defaultdict(list)
    for work in exhibition.works.select_related("creator", "picture").order_by("position", "key"):
        works[work.panel_id].append(work)
    panels = exhibition.panels.order_by("number")
    parts = [GalleryPart(panel, works.pop(panel.pk, [])) for panel in panels]
    loose = [work for left in works.values() for work in left]
    return [*parts, GalleryPart(None, loose)] if loose else parts

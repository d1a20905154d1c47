"""What changed in the record, for programs: the same entries as the page and the feed."""

from amity.following.formats.changes import change_as_json
from amity.following.queries.changes import NAMED_ALONE, changes, tell
from amity.foundation.models import Effect
from amity.foundation.pages.filters import MomentField, WholeField
from amity.foundation.pages.public import Page
from amity.record.lists.forms import DossierFilters

from .records import Json

LARGEST_PAGE = 50

SCHEMA = {
    "type": "object",
    "description": "What was done at once: one record, or all that a folder brought.",
    "required": ["id", "at", "counts", "records"],
    "properties": {
        "id": {"type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "office": {"type": "string", "description": "The office that did it."},
        "dossier": {"type": "string", "description": "What was loaded, if it was a folder."},
        "reason": {"type": "string"},
        "counts": {
            "type": "object",
            "description": "How many records became what.",
            "additionalProperties": {"type": "integer"},
        },
        "records": {
            "description": "The records; of each kind at most 100.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["effect", "kind", "id", "fictional"],
                "properties": {
                    "effect": {"enum": list(Effect.values)},
                    "kind": {"type": "string"},
                    "id": {"type": "string"},
                    "title": {"type": "string"},
                    "fictional": {"type": "boolean"},
                    "page": {"type": "string", "format": "uri"},
                    "fields": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}


class ChangeList(DossierFilters):
    """The list of what changed."""

    changed_since = MomentField(
        help_text="Only what changed at this moment or later, as 2025-09-30T08:00:00Z."
    )
    before = MomentField(
        help_text="Only what changed before this moment; `next` of a page sets it."
    )
    limit = WholeField(
        least=1,
        most=LARGEST_PAGE,
        default=20,
        help_text="How many changes a page holds at most.",
    )


def read_changes(page: Page, filters: ChangeList) -> tuple[list[Json], bool]:
    """A page of what changed, and whether there is more."""
    wanted = filters.cleaned_data
    rows = changes(page, filters.dossiers_wanted(), wanted["changed_since"])
    if wanted["before"] is not None:
        rows = rows.filter(at__lt=wanted["before"])
    found = list(rows[: wanted["limit"] + 1])
    events = tell(page, found[: wanted["limit"]], named=NAMED_ALONE)
    return [change_as_json(event) for event in events], len(found) > wanted["limit"]

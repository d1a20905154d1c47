"""A change of the record for programs."""

from amity.following.events import Event, Told
from amity.foundation.differences import JSON
from amity.foundation.pages.links import absolute, in_language
from amity.languages.jinja import plain
from amity.record.kinds import shown_at

Json = dict[str, JSON]


def change_as_json(event: Event) -> Json:
    """A change as `/api/v1/changes` gives it, and as webhooks are told it."""
    told = {
        "id": event.name,
        "at": event.change.at.isoformat(timespec="microseconds"),
        "office": plain(event.office),
        "dossier": event.dossier.key if event.dossier else "",
        "reason": event.change.reason,
    }
    counts = {str(effect): count for effect, count in event.totals}
    records = [_record(one) for group in event.groups for one in group.told]
    return {
        **{name: value for name, value in told.items() if value},
        "counts": counts,
        "records": records,
    }


def _record(told: Told) -> Json:
    entry = told.entry
    address = shown_at(entry)
    fields = sorted({str(path.path[0]) for path in told.paths if path.path})
    record: Json = {
        "effect": str(told.effect),
        "kind": entry.kind,
        "id": entry.key,
        "title": plain(entry.title),
        "fictional": entry.dossier.fictional,
    }
    if address:
        record["page"] = absolute(in_language(address, ""))
    return {**record, "fields": fields} if fields else record

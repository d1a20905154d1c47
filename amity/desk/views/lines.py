"""Records and drafts as lines of the desk's lists."""

from django.urls import reverse

from amity.desk.models import Draft
from amity.desk.shown import Row
from amity.record import kinds
from amity.record.actions.write import audience_of
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry


def new_at(kind: Kind, draft: Draft) -> str:
    """The address at which a draft of a new record goes on."""
    address = reverse("desk_new", args=[kind.plural])
    return f"{address}?part_of={draft.place}" if draft.place else address


def row_of(entry: Entry) -> Row:
    """An entry of the register as a line of a list."""
    kind = kinds.get(entry.kind)
    address = reverse("desk_record", args=[kind.plural, entry.key])
    remark = entry.key if entry.key[:1].isupper() else ""
    audience = "" if entry.readers == PUBLIC else str(audience_of(entry))
    return Row(entry.title, str(kind.label), address, remark, entry.dossier.fictional, audience)

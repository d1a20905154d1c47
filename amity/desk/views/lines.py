"""Records and drafts as lines of the desk's lists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from amity.desk.models import Draft
from amity.desk.shown import Row
from amity.desk.waiting import changed_since
from amity.foundation.pages.speaking import page_language
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions.write import audience_of
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.numbered import number_of


def new_at(kind: Kind, draft: Draft) -> str:
    """The address at which a draft of a new record goes on."""
    address = reverse("desk_new", args=[kind.plural])
    return f"{address}?part_of={draft.place}" if draft.place else address


def called_so_far(draft: Draft) -> Text | None:
    """What somebody has typed as the name of a new record, in the reader's language if possible."""
    own = page_language()
    tags = sorted((tag for tag, _name in settings.LANGUAGES), key=lambda tag: tag != own)
    for field in kinds.get(draft.kind).name:
        for tag in tags:
            if words := " ".join(draft.values.get(f"{field}-{tag}", ())).strip():
                return Text.of(words, tag)
    return None


def row_of(entry: Entry) -> Row:
    """An entry of the register as a line of a list."""
    kind = kinds.get(entry.kind)
    address = reverse("desk_record", args=[kind.plural, entry.key])
    number = number_of(entry.key)
    remark = number if number[:1].isupper() else ""
    audience = "" if entry.readers == PUBLIC else str(audience_of(entry))
    return Row(entry.title, str(kind.label), address, remark, entry.dossier.fictional, audience)


def rows_to_confirm(
    acting: Acting, entries: Sequence[Entry], before: Sequence[Entry]
) -> dict[int, Row]:
    """What waits for a side to confirm, as lines by number: what it had confirmed says so, among
    what it may have confirmed `before`."""
    fallen = changed_since(acting, before)
    return {
        entry.pk: replace(row_of(entry), why=_why(entry, fallen) if entry.pk in fallen else "")
        for entry in entries
    }


def _why(entry: Entry, fallen: Mapping[int, Text | None]) -> str:
    office = fallen[entry.pk]
    if office is None:
        return _("confirmed before, changed since")
    return _("confirmed before, changed since by %(office)s") % {"office": plain(office)}

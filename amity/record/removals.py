"""Records that were removed or renamed: whoever could read them is told so at their address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from amity.foundation.differences import Plain
from amity.foundation.models import Change
from amity.foundation.pages.formatting import day
from amity.foundation.words.typography import within_quotes
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import STRANGER, Acting, key_of, office_named
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.numbered import is_number
from amity.record.queries import gone, visible_entries
from amity.record.rules import readable
from amity.record.titles import titled

Record = TypeVar("Record", bound=Recorded)

SHOWN = 100
"""How many of the last removed records calendars and feeds tell of."""


class Gone(Http404):
    """There is no such record any more; `entry` is what the register keeps of it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.key)
        self.entry = entry


class Removed(Gone):
    """The record was removed: answered with 410, and who did so, when and why."""


class Moved(Gone):
    """The record has another identifier now, that of `entry.moved_to`: answered with 301."""


class Numbered(Http404):
    """A bare number that these records have in their dossiers: it leads to the one, or to both."""

    def __init__(self, key: str, entries: Sequence[Entry]) -> None:
        super().__init__(key)
        self.entries = tuple(entries)


@dataclass(frozen=True, slots=True)
class Removal:
    """A removed record: its `entry`, and the name of the office that removed it, if it shows."""

    entry: Entry
    office: Text | None

    @property
    def title(self) -> str:
        """What it was called, in the reader's language, with the mark of what is invented."""
        return titled(self.entry.title, invented=self.entry.dossier.fictional)

    @property
    def words(self) -> str:
        """That it was removed, when and by which office, in the reader's language."""
        if self.entry.removed_at is None:
            raise TypeError(f"{self.entry} is there")
        known = {"title": within_quotes(self.title), "day": day(self.entry.removed_at.date())}
        if self.office is None:
            return _("“%(title)s” was removed on %(day)s.") % known
        known["office"] = plain(self.office)
        return _("“%(title)s” was removed on %(day)s by %(office)s.") % known

    @property
    def why(self) -> str:
        """The reason that was given, after a word for it."""
        reason = self.entry.removed_why
        return _("Reason: %(reason)s") % {"reason": reason} if reason else ""

    @property
    def all_words(self) -> str:
        """What happened, and why."""
        return f"{self.words} {self.why}".rstrip()


def one_or_404(rows: "QuerySet[Record]", key: str, acting: Acting = STRANGER) -> Record:
    """The record `key` among `rows`, all of which `acting` may read.

    Raises Removed or Moved, to whoever could read it, where it has gone, Numbered where `key` is
    the number that others have, and Http404 else: for what never was and for what is hidden alike.
    Two statements more where it is not there, and one where it is a number.
    """
    try:
        return rows.get(key=key)
    except rows.model.DoesNotExist:
        raise missing(rows.model, key, acting) from None


def missing(model: type[Recorded], key: str, acting: Acting = STRANGER) -> Http404:
    """What to raise where there is no record `key` that whoever acts may read."""
    kind = kinds.of_model(model)
    entry = gone(acting, kind.kind, key)
    if entry is None:
        found = numbered(acting, kind, key)
        return Numbered(key, found) if found else Http404(key)
    return Removed(entry) if entry.moved_to is None else Moved(entry)


def numbered(acting: Acting, kind: Kind, number: str) -> list[Entry]:
    """The entries of records with this number that whoever acts may read, by dossier."""
    if not is_number(kind.numbered, number):
        return []
    asked = Q()
    for written in (number.upper(), number.lower()):
        asked |= Q(key=written) | Q(key__startswith=f"{written}-")
    entries = visible_entries(acting).filter(asked, kind=kind.kind).select_related("dossier")
    return list(entries.order_by("dossier__key", "id")[:SHOWN])


def removal_of(entry: Entry, acting: Acting = STRANGER) -> Removal:
    """A removed record with the office that removed it. One statement."""
    return with_offices([entry], acting)[0]


def removed(kinds_asked: Sequence[str], acting: Acting = STRANGER) -> list[Removal]:
    """The last removed records of some kinds that whoever acts could read, the newest first.

    Two statements; one when there are none.
    """
    entries = Entry.everything.filter(readable(acting), moved_to=None)
    found = entries.filter(kind__in=kinds_asked, removed_at__isnull=False)
    found = found.select_related("dossier")
    return with_offices(found.order_by("-removed_at", "-pk")[:SHOWN], acting)


def last_states(found: Iterable[Removal]) -> Mapping[tuple[str, str], Plain]:
    """By kind and identifier, what stood in removed records at the end. One statement, or none."""
    asked = Q()
    for removal in found:
        asked |= Q(kind=removal.entry.kind, key=removal.entry.key)
    if not asked:
        return {}
    states: dict[tuple[str, str], Plain] = {}
    for change in Change.objects.filter(asked).order_by("id").only("kind", "key", "paths"):
        for path in change.paths:
            if not path["path"] and "before" in path and "after" not in path:
                states[change.kind, change.key] = path["before"]
    return states


def with_offices(found: Iterable[Entry], acting: Acting = STRANGER) -> list[Removal]:
    """These removed records, each with the office that removed it. One statement; none for none."""
    entries = list(found)
    keys = {key_of(entry.removed_by) for entry in entries} - {""}
    offices = visible_entries(acting).filter(kind="organization", key__in=keys) if keys else ()
    names = {office_named(office.key): office.title for office in offices}
    return [Removal(entry, names.get(entry.removed_by)) for entry in entries]

"""Rows of what is to be confirmed, each with what stands in it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils import timezone

from amity.desk import queries
from amity.desk.files import attached
from amity.desk.shown import FieldShown, ToConfirm
from amity.desk.ticks import Tick
from amity.desk.views.lines import rows_to_confirm
from amity.desk.words import showing
from amity.foundation.differences import Plain
from amity.foundation.pages.speaking import page_language
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Entry
from amity.record.plain.states import plain_rows


def with_fields(acting: Acting, entries: Iterable[Entry], waits: set[int]) -> Iterator[ToConfirm]:
    """Rows with their fields: a statement and one for each list a kind has, for names and files,
    and for what was confirmed before.

    `waits`: the numbers of those that wait for the reader's side.
    """
    listed = list(entries)
    states: dict[str, tuple[int, Plain]] = {}
    by_kind = sorted(listed, key=lambda one: one.kind)
    keys = {
        name: [entry.key for entry in some]
        for name, some in groupby(by_kind, key=lambda one: one.kind)
    }
    for name, some in keys.items():
        states |= _states(kinds.get(name), some)
    files = attached.enclosed_in(keys)
    rows = rows_to_confirm(acting, listed, listed)
    named: set[str] = set()
    for entry in listed:
        if found := states.get(f"{entry.kind}:{entry.key}"):
            named |= showing.named(kinds.get(entry.kind), found[1])
    names = queries.names_of(acting, named)
    said = showing.Showing(page_language(), timezone.get_current_timezone_name(), names)
    for entry in listed:
        revision, state = states.get(f"{entry.kind}:{entry.key}", (0, {}))
        fields: tuple[FieldShown, ...] = tuple(said.fields(kinds.get(entry.kind), state))
        yield ToConfirm(
            row=rows[entry.pk],
            ticked=str(Tick(entry.kind, revision, entry.key)),
            fields=fields,
            waits=entry.pk in waits,
            tags=showing.tags_in(state),
            missing=tuple(showing.missing_in(kinds.get(entry.kind), state, page_language())),
            files=tuple(files.get(f"{entry.kind}:{entry.key}", ())),
            plural=kinds.get(entry.kind).plural,
            key=entry.key,
        )


def _states(kind: Kind, keys: list[str]) -> dict[str, tuple[int, Plain]]:
    """Revision and state of records of a kind, by register key."""
    rows = kind.model.everything.filter(key__in=keys)
    listed = rows.values_list("pk", "key", "revision")
    known = {number: (key, revision) for number, key, revision in listed}
    return {
        f"{kind.kind}:{known[number][0]}": (known[number][1], state)
        for number, state in plain_rows(rows)
        if number in known
    }

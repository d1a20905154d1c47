"""Where new records may stand: in which dossier, and under which address."""

from collections.abc import Iterator, Sequence

from django.db import models
from django.utils.translation import gettext as _

from amity.foundation.models import Change
from amity.record import derived, rules
from amity.record.acting import Acting
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.models import Dossier, Entry
from amity.record.plain.layout import child_columns, layout
from amity.record.plain.renamed import name_now
from amity.record.refusals import NotAllowed

from .write import Write


def refuse_strange_dossier(acting: Acting, write: Write, dossiers: dict[int, str]) -> None:
    """Raise NotAllowed where a new record would stand in the dossier of another office.

    It belongs to that of what it hangs on or of its partnership, else to one of its own office's
    or one that no office keeps; what is common may stand in any, and the administrator who gives
    two offices their desks puts both into one. `dossiers`: offices of dossiers that are known by
    now.
    """
    number = write.record.dossier_id
    if write.kind.keeping.kept_by == KeptBy.NOBODY or acting.administrator:
        return
    if number not in dossiers:
        dossiers[number] = Dossier.objects.get(pk=number).office
    office = dossiers[number]
    own = derived.register_key("organization", office) == acting.office
    if office and not own and number not in _dossiers_of_owners(write):
        raise NotAllowed(words=_("Another office keeps this dossier."))


def follow_owner(write: Write) -> None:
    """Let a new record stand in the dossier of what it hangs on, or of its partnership."""
    found = _dossiers_of_owners(write)
    if found and write.record.dossier_id not in found:
        write.record.dossier_id = found[0]


def _dossiers_of_owners(write: Write) -> list[int]:
    owner = write.owner
    if owner is not None:
        return [owner.dossier_id]
    found = [
        list(rows.values_list(path.removesuffix("key") + "dossier", flat=True))
        for rows, path in _on_the_way_to_the_circle(write)
        if path
    ]
    return [number for numbers in found for number in numbers if number is not None]


def _on_the_way_to_the_circle(
    write: Write,
) -> "Iterator[tuple[models.QuerySet[models.Model], str]]":
    """What a record that is not there yet names first on each way to its partnership, and the
    rest of the way."""
    found = layout(write.kind.model)
    lists = {many.name: many for many in found.lists}
    children = {child.name: child for child in found.children}
    for path in write.kind.keeping.circle:
        name, _dunder, beyond = path.partition("__")
        if name in lists:
            yield _rows(lists[name].names, write.lists.get(name, ())), beyond
        elif name in children:
            columns, rows = child_columns(children[name]), write.children.get(name, ())
            name, _dunder, beyond = beyond.partition("__")
            yield _named(columns, name, rows), beyond
        elif beyond:
            yield _named(found.columns, name, [write.record]), beyond


def _named(
    columns: "Sequence[models.Field[object, object]]", name: str, rows: Sequence[models.Model]
) -> "models.QuerySet[models.Model]":
    column = next(one for one in columns if one.name == name)
    model = column.related_model
    if not isinstance(model, type):
        raise TypeError(f"{column} is not ready")
    return _rows(model, [getattr(row, column.attname) for row in rows])


def _rows(
    model: type[models.Model], numbers: "Sequence[int | None]"
) -> "models.QuerySet[models.Model]":
    there = [number for number in numbers if number is not None]
    return model._base_manager.filter(pk__in=there)


def taken() -> NotAllowed:
    """Why a new record may not have the identifier that another had."""
    return NotAllowed(words=_("This identifier belonged to a record that was removed or renamed."))


def addresses_of_others(acting: Acting, kind: Kind, keys: Sequence[str]) -> set[str]:
    """Those of these new identifiers that led to a record which goes by another now, or to one
    that was removed and that whoever acts did not keep."""
    found: set[str] = set()
    for entry in Entry.everything.filter(kind=kind.kind, key__in=keys):
        changes = Change.objects.filter(kind=kind.kind, key=entry.key).order_by("-id")
        last = changes.exclude(details__keeper=None).first()
        kept = name_now(str(last.details["keeper"])) if last is not None else ""
        if entry.moved_to_id is not None or not rules.keeps(acting, kept):
            found.add(entry.key)
    return found

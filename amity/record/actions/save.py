"""Saving one record with its lists: the way in for forms, the API and verbs of the rooms."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from amity.foundation.constraints import UniqueAt
from amity.foundation.models import Change
from amity.languages.fields import TextColumn
from amity.languages.saving import as_saved
from amity.languages.text import Text
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.choices import Audience, KeptBy
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain import ChildList, layout, plain_of, state_of
from amity.record.refusals import Conflict
from amity.record.uniqueness import refuse_what_is_there

from .write import Write
from .writing import Writing

MACHINE_WRITTEN = {"keeper", "begun_by", "readers", "revision"}


def save(
    acting: Acting,
    record: Recorded,
    rows: Mapping[str, Iterable[models.Model]] | None = None,
    *,
    reason: str = "",
    audience: Audience | None = None,
    verb: str = "",
) -> Change | None:
    """Write a record, with those of its lists that are given in `rows`: child rows or records.

    `record` carries the `revision` with which it was read. `audience` says who shall read it;
    left out, a new joint record is for the circle and an office's own for itself. Gives the
    entry of the audit trail, None where nothing differs. All of it in one transaction.

    Raises NotAllowed; NeedsAgreement where every side has confirmed a weighty field; Conflict
    where somebody else has saved since; ValidationError (Faulty for what must hold between
    records); Hidden where it refers to what not all its readers may read.
    """
    kind = kinds.by_model()[type(record)]
    number = record.pk
    if kind.keeping.kept_by == KeptBy.OWNER:
        audience = None  # it is read by whoever reads what it is part of
    try:
        with transaction.atomic():
            writing = Writing(acting, verb or ("add" if number is None else "change"), reason)
            write = prepare(kind, record, rows or {}, audience)
            if write.stored is not None and not write.paths and audience is None:
                writing.allow(write)
                return None
            writing.put([write])
            writing.finish()
    except Exception:
        record.pk = number  # so that a new record can be saved once it is mended
        record._state.adding = number is None
        raise
    return writing.last


def prepare(
    kind: Kind,
    record: Recorded,
    rows: Mapping[str, Iterable[models.Model]],
    audience: Audience | None,
    *,
    restoring: bool = False,
) -> Write:
    """What is to be written, cleaned. Raises ValidationError, and Conflict where it is gone."""
    given = {name: list(found) for name, found in rows.items()}
    found = layout(kind.model)
    known = {field.name for field in found.lists} | {child.name for child in found.children}
    if unknown := sorted(given.keys() - known):
        raise TypeError(f"{kind.kind} has no {', '.join(unknown)}; expected {sorted(known)}")
    stored = kind.model.everything.filter(pk=record.pk).first() if record.pk else None
    if record.pk and stored is None and not restoring:
        raise Conflict(kind.kind, record.key, {}, None)
    before = plain_of(stored) if stored is not None else None
    _link_texts(record, stored)
    children = {child.name: given[child.name] for child in found.children if child.name in given}
    _clean(kind, record, children, restoring=restoring)
    lists = {
        field.name: [row for row in given[field.name] if isinstance(row, Recorded)]
        for field in found.lists
        if field.name in given
    }
    keys = {name: [row.key for row in named] for name, named in lists.items()}
    after = state_of(record, keys, children)
    after |= {name: value for name, value in (before or {}).items() if name in known - given.keys()}
    numbers = {name: [row.pk for row in named] for name, named in lists.items()}
    return Write(kind, record, after, numbers, children, before, stored, audience)


def _link_texts(row: models.Model, stored: models.Model | None) -> None:
    """Say of each version of each text what it was made from."""
    for column in row._meta.local_concrete_fields:
        value = getattr(row, column.attname) if isinstance(column, TextColumn) else None
        if isinstance(value, Text):
            before = getattr(stored, column.attname) if stored is not None else None
            setattr(row, column.attname, as_saved(value, before))


def _clean(
    kind: Kind,
    record: Recorded,
    children: Mapping[str, Sequence[models.Model]],
    *,
    restoring: bool,
) -> None:
    """Ask fields and constraints of the record and its child rows, and report all at once."""
    errors: dict[str, list[ValidationError]] = {}
    for check in (
        lambda: record.full_clean(exclude=MACHINE_WRITTEN),
        lambda: refuse_what_is_there(record),
    ):
        try:
            check()
        except ValidationError as error:
            for name, found in error.error_dict.items():
                if name not in errors:
                    errors[name] = found
    fresh = record._state.adding and not restoring and "key" not in errors
    if fresh and Entry.everything.filter(kind=kind.kind, key=record.key).exists():
        taken = _("This identifier belonged to a record that was removed or renamed.")
        errors["key"] = [ValidationError(taken)]
    for child in layout(kind.model).children:
        seen: set[tuple[object, ...]] = set()
        for position, row in enumerate(children.get(child.name, ())):
            for name, found in _child_errors(child, row, seen).items():
                errors[f"{child.name}.{position}.{name}"] = found
    if errors:
        raise ValidationError(errors)


def _child_errors(
    child: ChildList, row: models.Model, seen: set[tuple[object, ...]]
) -> dict[str, list[ValidationError]]:
    """What is wrong with a child row, and whether one like it stood before it in the list."""
    outside = {child.owner, "position", "id"}
    _link_texts(row, None)
    errors: dict[str, list[ValidationError]] = {}
    try:
        row.clean_fields(exclude=outside)
        row.clean()
    except ValidationError as error:
        errors |= error.update_error_dict({})
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            names = [name for name in constraint.fields if name != child.owner]
            columns = [one for one in child.model._meta.concrete_fields if one.name in names]
            values = tuple(getattr(row, column.attname) for column in columns)
            if names == ["position"] or None in values:
                continue
            once = (constraint.name, *values)
            if once in seen:
                message = constraint.get_violation_error_message()
                place = constraint.shown_at if isinstance(constraint, UniqueAt) else names[-1]
                errors.setdefault(place, []).append(ValidationError(message))
            seen.add(once)
        elif not errors:
            try:
                constraint.validate(type(row), row, exclude=outside)
            except ValidationError as error:
                for place, found in error.update_error_dict({}).items():
                    errors.setdefault(place, []).extend(found)
    return errors


def release(
    acting: Acting, record: Recorded, audience: Audience, reason: str = ""
) -> Change | None:
    """Say who shall read a record from now on; what hangs on it follows. Raises as `save` does."""
    verb = "release" if audience == Audience.PUBLIC else "withdraw"
    return save(acting, record, reason=reason, audience=audience, verb=verb)

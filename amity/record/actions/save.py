"""Saving one record with its lists: the way in for forms, the API and verbs of the rooms."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from amity.foundation.database.constraints import UniqueAt
from amity.foundation.fields import MISSING
from amity.foundation.models import Change
from amity.languages.fields import TextColumn
from amity.languages.saving import as_saved
from amity.languages.text import Text
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import Audience, KeptBy
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.plain.layout import ChildList, ManyList, layout
from amity.record.plain.states import plain_of, state_of
from amity.record.refusals import Conflict, NotAllowed
from amity.record.registration import guards
from amity.record.uniqueness import refuse_what_is_there

from . import home
from .write import KEPT, Write, audience_of
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
    step: bool = False,
) -> Change | None:
    """Write a record, with those of its lists that are given in `rows`: child rows or records.

    `record` carries the `revision` with which it was read. `audience` says who shall read it;
    left out, a new joint record is for the circle and an office's own for itself. `step` as for
    `Writing`. Gives the entry of the audit trail, None where nothing differs. All of it in one
    transaction.

    Raises NotAllowed; NeedsAgreement where every side has confirmed a weighty field; Conflict
    where somebody else has saved since; ValidationError (Faulty for what must hold between
    records); Hidden where it refers to what not all its readers may read.
    """
    kind = kinds.of_model(type(record))
    fresh = record.pk is None
    held = {name: getattr(record, name) for name in ("pk", "key", "dossier_id", "revision", *KEPT)}
    if kind.keeping.kept_by == KeptBy.OWNER:
        audience = None  # it is read by whoever reads what it is part of
    try:
        with transaction.atomic():
            said = verb or ("add" if fresh else "change")
            writing = Writing(acting, said, reason, step=step)
            stored = None if fresh else kind.model.everything.filter(pk=record.pk).first()
            if not (rules.may_change(acting, stored) if stored else rules.writes(acting)):
                raise NotAllowed(f"{kind.kind} {record.key}")  # before anything is told of it
            write = prepare(kind, record, stored, rows or {}, audience)
            if fresh:
                home.follow_owner(write)
            same = audience is None or (stored is not None and audience == audience_of(stored))
            if stored is not None and not write.paths and same:
                writing.allow(write)
                return None
            writing.put([write])
            if stored is not None:
                guards.ask(kind.kind, stored, record)
            writing.finish()
    except Exception:
        for name, value in held.items():
            setattr(record, name, value)  # so that it can be saved once it is mended
        record._state.adding = fresh
        raise
    return writing.last


def prepare(
    kind: Kind,
    record: Recorded,
    stored: Recorded | None,
    rows: Mapping[str, Iterable[models.Model]],
    audience: Audience | None,
    *,
    restoring: bool = False,
) -> Write:
    """What is to be written, cleaned, in place of `stored` (None for a new record).

    Raises ValidationError, and Conflict where it is gone.
    """
    given = {name: list(found) for name, found in rows.items()}
    found = layout(kind.model)
    known = {field.name for field in found.lists} | {child.name for child in found.children}
    if unknown := sorted(given.keys() - known):
        raise TypeError(f"{kind.kind} has no {', '.join(unknown)}; expected {sorted(known)}")
    if record.pk and stored is None and not restoring:
        raise Conflict(kind.kind, record.key, {}, None)
    before = plain_of(stored) if stored is not None else None
    _link_texts(record, stored)
    children = {child.name: given[child.name] for child in found.children if child.name in given}
    _forget_what_was_read(record)
    for child in found.children:
        for row in children.get(child.name, ()):
            _forget_what_was_read(row, child.owner)
    _clean(kind, record, stored, children, restoring=restoring)
    lists = {
        field.name: _as_they_stand(field, given[field.name])
        for field in found.lists
        if field.name in given
    }
    keys = {name: [row.key for row in named] for name, named in lists.items()}
    after = state_of(record, keys, children)
    after |= {name: value for name, value in (before or {}).items() if name in known - given.keys()}
    numbers = {name: [row.pk for row in named] for name, named in lists.items()}
    return Write(kind, record, after, numbers, children, before, stored, audience)


def _forget_what_was_read(row: models.Model, owner: str = "") -> None:
    """Forget the named records as they were read: what is saved names them as they stand."""
    for column in row._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and column.name != owner:
            if column.is_cached(row):
                named = column.get_cached_value(row)
                setattr(row, column.attname, named.pk if named is not None else None)
                if column.is_cached(row):  # a number that it did not have yet has forgotten it
                    column.delete_cached_value(row)
            if column.related_model is Entry:
                former = Entry.everything.filter(pk=getattr(row, column.attname))
                if there := former.exclude(moved_to=None).first():
                    setattr(row, column.attname, there.moved_to_id)


def _as_they_stand(field: ManyList, rows: Sequence[models.Model]) -> list[Recorded]:
    """The records of a list, each once. Raises ValidationError where one is not there."""
    numbers = {row.pk for row in rows}
    found = [
        row for row in field.names._base_manager.filter(pk__in=numbers) if isinstance(row, Recorded)
    ]
    there = {row.pk for row in found}
    if gone := [row for row in rows if row.pk not in there]:
        raise ValidationError({field.name: _("There is no %(key)s any more.") % {"key": gone[0]}})
    return found


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
    stored: Recorded | None,
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
                    errors[name] = [_in_our_words(one) for one in found]
    if "key" not in errors and not restoring and _belonged_to_another(kind, record, stored):
        taken = _("This identifier belonged to a record that was removed or renamed.")
        errors["key"] = [ValidationError(taken)]
    for child in layout(kind.model).children:
        seen: set[tuple[object, ...]] = set()
        for position, row in enumerate(children.get(child.name, ())):
            for name, found in _child_errors(child, row, seen).items():
                errors[f"{child.name}.{position}.{name}"] = found
    if errors:
        raise ValidationError(errors)


def _in_our_words(error: ValidationError) -> ValidationError:
    """A reference that must be there says so as every other column does."""
    missing = error.code in ("null", "blank")
    return ValidationError(MISSING, code=error.code) if missing else error


def _belonged_to_another(kind: Kind, record: Recorded, stored: Recorded | None) -> bool:
    """Whether a new identifier is the address of another record that was removed or renamed."""
    if stored is not None and stored.key == record.key:
        return False
    entries = Entry.everything.filter(kind=kind.kind, key=record.key)
    if stored is not None:  # it may go back to a former identifier of its own
        own = {"moved_to__kind": kind.kind, "moved_to__key": stored.key, "removed_at": None}
        entries = entries.exclude(**own)
    return entries.exists()


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
        for name, found in error.update_error_dict({}).items():
            errors[name] = [_in_our_words(one) for one in found]
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

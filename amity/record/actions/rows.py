"""The rows of records and those that go with them: pairs of many-to-many lists, and child rows."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction

from amity.foundation.database.batches import batched
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.layout import layout
from amity.record.uniqueness import refuse_what_is_there

from .write import Fault, Faulty, Write


def insert(kind: Kind, records: Sequence[Recorded]) -> None:
    """Insert rows of records. Raises Faulty where the database refuses them."""
    try:
        with transaction.atomic():
            kind.model.everything.bulk_create(records)
    except IntegrityError as error:
        faults = [fault for record in records for fault in _faults(kind, record)]
        if not faults:
            raise ValidationError(str(error)) from error
        raise Faulty(faults) from error


def _faults(kind: Kind, record: Recorded) -> Iterator[Fault]:
    """In words, what the database has against a row."""
    for ask in (record.validate_constraints, lambda: refuse_what_is_there(record)):
        try:
            ask()
        except ValidationError as error:
            for name, found in error.update_error_dict({}).items():
                shown = "" if name == NON_FIELD_ERRORS else name
                for one in found:
                    for message in one.messages:
                        yield Fault(kind.kind, record.key, shown, message)


def exchange(kind: Kind, records: Sequence[Recorded]) -> None:
    """Let rows stand in place of those with their numbers."""
    _take(kind.model, [record.pk for record in records])
    for few in batched(records):
        insert(kind, few)


def erase(kind: Kind, numbers: Sequence[int]) -> None:
    """Delete rows of records with what goes with them; what refers to them is not looked at."""
    found = layout(kind.model)
    beside = [(one.pairs, one.owner) for one in found.lists]
    beside += [(one.model, one.owner) for one in found.children]
    for few in batched(numbers):
        for model, owner in beside:
            model._base_manager.filter(**{f"{owner}__in": few}).delete()
    _take(kind.model, numbers)


def _take(model: type[models.Model], numbers: Sequence[int]) -> None:
    """Delete rows and nothing else; the database asks at the end of the transaction who refers."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for few in batched(numbers):
            marks = ", ".join(["%s"] * len(few))
            cursor.execute(
                f"DELETE FROM {table} WHERE id IN ({marks})",  # noqa: S608 - names of our tables
                few,
            )


def write_lists(writes: Sequence[Write]) -> None:
    """Write the many-to-many lists that are given."""
    for many in layout(writes[0].kind.model).lists:
        owner, other = f"{many.owner}_id", f"{many.other}_id"
        written = [write for write in writes if many.name in write.lists]
        _forget_rows(many.pairs, owner, written)
        many.pairs._base_manager.bulk_create(
            many.pairs(**{owner: write.record.pk, other: number})
            for write in written
            for number in write.lists[many.name]
        )


def write_children(writes: Sequence[Write]) -> None:
    """Write the lists of child rows that are given, in the order in which they are."""
    for child in layout(writes[0].kind.model).children:
        written = [write for write in writes if child.name in write.children]
        _forget_rows(child.model, f"{child.owner}_id", written)
        child.model._base_manager.bulk_create(
            _placed(row, child.owner, write.record, position)
            for write in written
            for position, row in enumerate(write.children[child.name], start=1)
        )


def _forget_rows(model: type[models.Model], owner: str, writes: Sequence[Write]) -> None:
    known = [write.record.pk for write in writes if write.stored is not None]
    for few in batched(known):
        model._base_manager.filter(**{f"{owner}__in": few}).delete()


def _placed(row: models.Model, owner: str, record: Recorded, position: int) -> models.Model:
    row.pk = None
    setattr(row, owner, record)
    row.position = position  # type: ignore[attr-defined] # child rows have one
    return row

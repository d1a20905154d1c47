"""What may be there once, among all records, those that not everybody may read included.

Django asks the default manager, which gives what is public; so all are asked again.
"""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from amity.foundation.constraints import UniqueAt
from amity.record.models import Recorded


def refuse_what_is_there(record: Recorded) -> None:
    """Raise ValidationError where another record has what may be there only once."""
    found: dict[str, list[ValidationError]] = {}
    for field, error in _taken(record):
        found.setdefault(field, []).append(error)
    if found:
        raise ValidationError(found)


def _taken(record: Recorded) -> Iterator[tuple[str, ValidationError]]:
    model = type(record)
    others = model.everything.exclude(pk=record.pk)
    for column in model._meta.local_concrete_fields:
        if column.unique and not column.primary_key:
            value = getattr(record, column.attname)
            if value is not None and others.filter(**{column.attname: value}).exists():
                yield column.name, record.unique_error_message(model, (column.name,))
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or not constraint.fields:
            continue
        columns = [one for one in model._meta.concrete_fields if one.name in constraint.fields]
        values = {column.attname: getattr(record, column.attname) for column in columns}
        if None in values.values():
            continue
        rows = others.filter(**values)
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        if rows.exists():
            message = constraint.get_violation_error_message()
            field = constraint.shown_at if isinstance(constraint, UniqueAt) else NON_FIELD_ERRORS
            yield field, ValidationError(message, code="unique")

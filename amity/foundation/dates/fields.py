"""The database column for `DateAsSaid`: one JSON value, with what it sorts and filters by.

For sorting and filtering, a model adds columns that the database derives from the JSON, so that
nothing is typed twice (`KT` is `django.db.models.fields.json.KT`; works on SQLite and PostgreSQL):

    when = DateAsSaidColumn(null=True)
    when_start = models.GeneratedField(
        expression=KT("when__start"), output_field=models.CharField(max_length=10), db_persist=True
    )

The value is an ISO 8601 day as text (`2026-10-01`), which sorts as a date does, or NULL where the
date is NULL, open or unknown. A text and not a date column, because PostgreSQL refuses a cast from
text to date in a generated column (it depends on a session's DateStyle, so it is not immutable).
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import BaseExpression
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates.as_said import DateAsSaid


class ReadableJSON(json.JSONEncoder):
    """JSON with letters as they are, so that Cyrillic takes two bytes each and not six."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class ValueColumn(models.JSONField):
    """A JSON column that holds one kind of value with `to_json`; `plain` and lookups are JSON."""

    value_class: type[Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "encoder": ReadableJSON})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("encoder", None)
        return name, path, args, options

    def from_json(self, stored: Any) -> Any:
        """The value of JSON that comes from the database."""
        raise NotImplementedError

    def from_db_value(self, value: Any, expression: BaseExpression, connection: Any) -> Any:
        """The value of the column; a looked-up part of it as plain JSON."""
        if value is None:
            return None
        if isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        return self.from_json(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self._plain(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(self._plain(value), connection, prepared)

    def to_python(self, value: Any) -> Any:
        """The value itself, or the one in its JSON form. Raises ValidationError."""
        if value is None or isinstance(value, self.value_class):
            return value
        try:
            return self.value_class.checked(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value is not None and not isinstance(value, self.value_class):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        super().validate(self._plain(value), model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        return self._plain(self.value_from_object(obj))

    def _plain(self, value: Any) -> Any:
        return value.to_json() if isinstance(value, self.value_class) else value


class DateAsSaidColumn(ValueColumn):
    """A column whose value is a `DateAsSaid`, or None where the column is nullable.

    JSON lookups work: `when__precision="month"`, `when__start__lte="2026-10-31"`.
    """

    description = _("Date as said")
    default_error_messages = {"invalid": _("Expected a date as said.")}
    value_class = DateAsSaid

    def from_json(self, stored: Any) -> DateAsSaid:
        return DateAsSaid.from_json(json.loads(stored) if isinstance(stored, str) else stored)

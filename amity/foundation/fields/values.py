"""Columns of JSON: lists, and values of a class of their own."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression
from django.db.models.fields.json import KeyTransform

from amity.foundation.faults import FormError, as_validation_error

from .written import WrittenColumn


class ReadableJSON(json.JSONEncoder):
    """JSON with letters as they are, so that Cyrillic takes two bytes each and not six."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class ListColumn(WrittenColumn, models.JSONField):
    """A list in one column; `item` reads one of its parts. Empty is nothing."""

    kept_as = models.JSONField
    structured = True
    widget = forms.Textarea


class ValueColumn(WrittenColumn, models.JSONField):
    """A JSON column that holds one kind of value with `to_json`; `plain` and lookups are JSON."""

    value_class: type[Any]
    structured = True
    widget = forms.Textarea

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "encoder": ReadableJSON})

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """Migrations name this column itself: the database is asked for its parts."""
        name, path, args, options = models.JSONField.deconstruct(self)
        options.pop("encoder", None)
        options.pop("validators", None)
        return name, path, args, options

    def from_json(self, stored: object) -> object:
        """The value of JSON that comes from the database."""
        raise NotImplementedError

    def from_form(self, form: object) -> object:
        """The value of what people write. Raises FormError."""
        raise NotImplementedError

    def is_stored(self, given: Mapping[str, object]) -> bool:
        """Whether a mapping is the value's JSON and not what people write."""
        raise NotImplementedError

    def from_db_value(
        self, value: str | None, expression: BaseExpression, connection: BaseDatabaseWrapper
    ) -> object:
        """The value of the column; a looked-up part of it as plain JSON."""
        if value is None:
            return None
        if isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        return self.from_json(value)

    def get_prep_value(self, value: object) -> object:
        return super().get_prep_value(self._plain(value))

    def get_db_prep_value(
        self, value: object, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> object:
        return super().get_db_prep_value(self._plain(value), connection, prepared)

    def read(self, value: object) -> object:
        """The value itself, or that of its JSON or its written form."""
        if value is None or isinstance(value, self.value_class):
            return value
        try:
            if isinstance(value, Mapping) and self.is_stored(value):
                return self.value_class.checked(value)
            return self.from_form(value)
        except FormError as error:
            raise as_validation_error(error) from error
        except ValueError as error:
            raise ValidationError(error.args[0], code="invalid") from error

    def to_python(self, value: object) -> object:
        return self.read(value)

    def validate(self, value: object, model_instance: models.Model | None) -> None:
        if value is not None and not isinstance(value, self.value_class):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        models.Field.validate(self, value, model_instance)  # what has `to_json` can be JSON

    def value_to_string(self, obj: models.Model) -> Any:
        return self._plain(self.value_from_object(obj))

    def _plain(self, value: object) -> object:
        return value.to_json() if isinstance(value, self.value_class) else value

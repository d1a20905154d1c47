"""The database column for `Text`: one JSON value, so that a page needs no joins to be read."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import BaseExpression
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from amity.languages.text import Text


class ReadableJSON(json.JSONEncoder):
    """JSON with letters as they are, so that Cyrillic takes two bytes each and not six."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class TextColumn(models.JSONField):
    """A column whose value is a `Text`, or None where the column is nullable.

    Stored as `Text.to_json()` gives it, so JSON lookups work: `title__original="vi"`,
    `title__versions__vi__words__contains="…"`, `title__versions__has_key="ru"`.
    """

    description = _("Text in several languages")
    default_error_messages = {"not_a_text": _("Expected a text with its languages.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "encoder": ReadableJSON})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options.pop("encoder", None)
        return name, path, args, options

    def from_db_value(
        self, value: Any, expression: BaseExpression, connection: Any
    ) -> "Text | Any | None":
        """A `Text` that unfolds when it is read; a looked-up part of it as plain JSON."""
        if value is None:
            return None
        if isinstance(expression, KeyTransform):
            return super().from_db_value(value, expression, connection)
        return Text.from_json(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(_plain(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(_plain(value), connection, prepared)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(_plain(value), connection)

    def to_python(self, value: Any) -> "Text | None":
        """A `Text` from a `Text` or from its JSON form. Raises ValidationError."""
        if value is None or isinstance(value, Text):
            return value
        try:
            return Text.checked(value)
        except ValueError as error:
            raise ValidationError(str(error), code="not_a_text") from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value is not None and not isinstance(value, Text):
            raise ValidationError(self.error_messages["not_a_text"], code="not_a_text")
        super().validate(_plain(value), model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        return _plain(self.value_from_object(obj))


def _plain(value: Any) -> Any:
    return value.to_json() if isinstance(value, Text) else value

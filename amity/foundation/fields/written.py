"""What the columns have in common: reading what people write, refusing it in words, forms."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import quoted

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MISSING = _("is missing; it must be given")
"""What is said of a value that must be there, in a folder, a form and the one write."""


class WrittenField(forms.Field):
    """A form's field for a column that reads what people write; mappings and lists as JSON."""

    def __init__(self, *, column: "WrittenColumn", **options: Any) -> None:
        super().__init__(**{"widget": column.widget, **options})
        self.column = column

    def prepare_value(self, value: object) -> object:
        if value in self.empty_values or isinstance(value, str):
            return value
        written = self.column.written(value)
        if isinstance(written, dict | list):
            return json.dumps(written, ensure_ascii=False, indent=1)
        return str(written)

    def to_python(self, value: object) -> object:
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return self.column.get_default()
        if self.column.structured and isinstance(value, str) and value[0] in "{[":
            try:
                value = json.loads(value)
            except ValueError as error:
                raise ValidationError(_("This is not JSON."), code="invalid") from error
        return self.column.read(value)

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            shown = self.prepare_value(initial)  # for what people write says less than what is kept
            return bool(self.to_python(data) != self.to_python(shown))
        except ValidationError:
            return True


class WrittenColumn(models.Field):
    """What the columns here have in common; mixed in before one of Django's.

    `kept_as`: the column of Django's that migrations know. `structured`: whether mappings and
    lists are written.
    """

    kept_as: type[object]
    structured = False
    default_error_messages = {"null": MISSING, "blank": MISSING}
    widget: type[forms.Widget] = forms.TextInput

    def read(self, value: object) -> object:
        """The column's value of what was written, or of such a value. Raises ValidationError."""
        raise NotImplementedError

    def written(self, value: Any) -> Any:
        """The value as people write it: words, a number, a mapping or a list of such."""
        return value

    def clean(self, value: object, model_instance: models.Model | None) -> object:
        """The value that `read` gives, with the column's validators asked.

        Not `to_python`, which Django asks of what is looked for, too.
        """
        value = self.read(value)
        self.validate(value, model_instance)
        self.run_validators(value)
        return value

    def formfield(self, **options: Any) -> Any:
        given = {"form_class": WrittenField, "show_hidden_initial": False, **options}
        given["error_messages"] = {"required": MISSING, **given.get("error_messages", {})}
        return models.Field.formfield(self, column=self, **given)

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, _path, args, options = super().deconstruct()
        for for_people in ("validators", "error_messages"):
            options.pop(for_people, None)
        return name, f"django.db.models.{self.kept_as.__name__}", args, options


def refused(message: "StrOrPromise", value: object, **more: object) -> ValidationError:
    """The error for a value that cannot be read; `message` has `{value}` and what is in `more`."""
    return ValidationError(format_lazy(message, value=quoted(value), **more), code="invalid")


@deconstructible
class PatternValidator(validators.RegexValidator):
    """Django's, with the value in the message quoted and short."""

    def __call__(self, value: object) -> None:
        try:
            super().__call__(value)
        except ValidationError as error:
            words = {"value": quoted(value)}
            raise ValidationError(error.message, code=error.code, params=words) from error

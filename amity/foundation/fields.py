"""Columns that know what may be written in them, in whatever way it comes.

Each reads what people write (`read`), says what is wrong with it in the reader's language,
and writes it again (`written`). A form, a folder and the API ask the same column, so they refuse
the same with the same words. The database keeps an ordinary column of Django's, and so do
migrations, which need not know any of this.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression
from django.db.models.fields.json import KeyTransform
from django.utils.deconstruct import deconstructible
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.characters import WordsError, normal, quoted
from amity.foundation.faults import FormError, as_validation_error

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
LONGEST_NUMBER = 60
LARGEST_SMALL, LARGEST = 32_767, 2_147_483_647
"""What both databases keep in a small and in an ordinary integer."""

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


class WordsColumn(WrittenColumn, models.CharField):
    """Words without a language, in one normal form: a unit, an identifier, a quotation."""

    kept_as: type[object] = models.CharField

    def read(self, value: object) -> object:
        if value is None or value == "":
            return value
        try:
            return normal(value)
        except WordsError as error:
            raise ValidationError(error.args[0], code="invalid") from error


class SlugColumn(WordsColumn, models.SlugField):
    """A name for programs."""

    kept_as: type[object] = models.SlugField
    default_validators = [
        PatternValidator(
            r"^[a-z0-9]+(?:[-_][a-z0-9]+)*\Z",
            _("%(value)s is not small letters, digits, hyphens and underscores"),
            "slug",
        )
    ]


class AddressColumn(WordsColumn, models.URLField):
    """An address on the web."""

    kept_as: type[object] = models.URLField
    default_validators: list[Callable[[object], None]] = []

    def validate(self, value: object, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value in self.empty_values:
            return
        try:
            validators.URLValidator(schemes=["http", "https"])(value)
        except ValidationError as error:
            raise refused(
                _("{value} is not an address that begins with https:// or http://"), value
            ) from error


class ChoiceColumn(WrittenColumn, models.CharField):
    """One of a fixed set of words."""

    kept_as = models.CharField

    def read(self, value: object) -> object:
        return str(value) if isinstance(value, str) else value

    def validate(self, value: object, model_instance: models.Model | None) -> None:
        if value not in self.empty_values and value not in self.known():
            raise ValidationError(
                format_lazy(self._unknown(), value=quoted(value)), code="invalid_choice"
            )
        super().validate(value, model_instance)

    def known(self) -> list[str]:
        """The words that may be written."""
        return [str(value) for value, _label in self.flatchoices]

    def formfield(self, **options: Any) -> Any:
        unknown = format_lazy(self._unknown(), value=quoted("%(value)s"))
        ours = {"invalid_choice": unknown, "required": MISSING}
        options["error_messages"] = ours | options.get("error_messages", {})
        return models.CharField.formfield(self, **options)

    def _unknown(self) -> "StrOrPromise":
        return format_lazy(
            _("{value} is not known; expected one of {choices}"),
            value="{value}",
            choices=", ".join(self.known()),
        )


class WholeNumbers(WrittenColumn):
    """Whole numbers from `least` to `most`."""

    widget = forms.NumberInput
    least, most = 0, LARGEST
    validators: list[Callable[[object], None]] = []
    """Django's ask the database for its limits; here they are the same for all."""

    def read(self, value: object) -> object:
        if value is None:
            return None
        words = str(value)
        if type(value) is not bool and len(words) < LONGEST_NUMBER and INTEGER.match(words):
            number = int(words)
            if self.least <= number <= self.most:
                return number
        raise refused(
            _("{value} is not a whole number from {least} to {most}"),
            value,
            least=self.least,
            most=self.most,
        )


class WholeColumn(WholeNumbers, models.PositiveIntegerField):
    """A whole number that is not negative."""

    kept_as = models.PositiveIntegerField


class SmallWholeColumn(WholeNumbers, models.PositiveSmallIntegerField):
    """A small whole number that is not negative."""

    kept_as = models.PositiveSmallIntegerField
    most = LARGEST_SMALL


class AmountColumn(WrittenColumn, models.DecimalField):
    """A decimal number, kept exactly and without zeros at its end."""

    kept_as = models.DecimalField

    def read(self, value: object) -> object:
        if value is None:
            return None
        words = f"{value:f}" if isinstance(value, Decimal) else str(value)
        if len(words) < LONGEST_NUMBER and NUMBER.match(words):
            number = Decimal(words)
            _sign, digits, exponent = number.normalize().as_tuple()
            places, whole = max(-int(exponent), 0), len(digits) + int(exponent)
            if places <= self.decimal_places and whole <= self._whole():
                return plain_decimal(number)
        raise refused(
            _(
                "{value} is not a number with at most {before} digits before and {after} after "
                "the point"
            ),
            value,
            before=self._whole(),
            after=self.decimal_places,
        )

    def written(self, value: Decimal) -> Decimal:
        return plain_decimal(value)

    def _whole(self) -> int:
        return int(self.max_digits or 0) - int(self.decimal_places or 0)


class DegreesColumn(WrittenColumn, models.FloatField):
    """A latitude or longitude in decimal degrees, from -`most` to `most`."""

    kept_as = models.FloatField

    def __init__(self, *args: Any, most: int = 180, **options: Any) -> None:
        super().__init__(*args, **options)
        self.most = most

    def read(self, value: object) -> object:
        if value is None:
            return None
        words = f"{value:f}" if isinstance(value, float) else str(value)
        if len(words) < LONGEST_NUMBER and NUMBER.match(words) and abs(float(words)) <= self.most:
            return (value if isinstance(value, float) else float(words)) + 0.0
        raise refused(
            _("{value} is not in decimal degrees such as 21.0285, from -{most} to {most}"),
            value,
            most=self.most,
        )


def plain_decimal(number: Decimal) -> Decimal:
    """Without exponent and without zeros at the end: 4600000000, 0.5."""
    words = f"{number:f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return Decimal("0" if words in ("-0", "") else words)


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

    def _plain(self, value: object) -> Any:
        return value.to_json() if isinstance(value, self.value_class) else value

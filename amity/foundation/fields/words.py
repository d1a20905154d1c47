"""Columns of words: in any words, a name for programs, an address, one of a closed list."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import WordsError, normal, quoted

from .written import MISSING, PatternValidator, WrittenColumn, refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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

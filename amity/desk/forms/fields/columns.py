"""Fields that are read by their column, in its own words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.db import models

from amity.foundation.dates.fields import TimeZoneColumn
from amity.foundation.fields import WrittenColumn
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.zones import listed, zone_choices

if TYPE_CHECKING:
    Column = models.Field[object, object]
from .posted import Posted


class ColumnField(forms.Field):
    """A value that stands in one input, read by its column in the column's own words."""

    shape: ClassVar[str] = "line"
    widget = Posted

    def __init__(self, column: "Column") -> None:
        super().__init__(label=label_of(column), required=False)
        self.column = column
        self.shown_as = _shown_as(column)

    @property
    def choices(self) -> Sequence[tuple[str, object]]:
        """What can be chosen; empty where anything can be typed."""
        if isinstance(self.column, TimeZoneColumn):
            return zone_choices()
        return [(str(value), label) for value, label in self.column.flatchoices]

    def prepare_value(self, value: object) -> object:
        if isinstance(self.column, TimeZoneColumn) and isinstance(value, str):
            return listed(value)
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(self.column, WrittenColumn):
            value = self.column.written(value)
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: object) -> object:
        words = value.strip() if isinstance(value, str) else value
        if self.shown_as == "yes":
            return bool(words)
        if words in (None, ""):
            return None if self.column.null else self.column.get_default()
        if self.shown_as == "list":
            words = [one.strip() for one in str(words).split(",") if one.strip()]
        if isinstance(self.column, WrittenColumn):
            return self.column.read(words)
        return self.column.to_python(words)


class LanguageField(ColumnField):
    """A language, or several: by their names in the reader's language, or by their tags."""

    def prepare_value(self, value: object) -> object:
        shown = super().prepare_value(value)
        return ", ".join(map(_language_name, _listed(shown))) if isinstance(shown, str) else shown

    def clean(self, value: object) -> object:
        words = str(value or "")
        return super().clean(", ".join(codes.named(one, page_language()) for one in _listed(words)))


def _listed(words: str) -> list[str]:
    return [one.strip() for one in words.split(",") if one.strip()]


def _language_name(tag: str) -> str:
    """What the reader calls a language; its tag where that name would not lead back to it."""
    name = codes.display_name(tag, page_language())
    return name if codes.is_valid(tag) and codes.named(name, page_language()) == tag else tag


def label_of(column: "Column") -> str:
    name = str(column.verbose_name)
    return name[:1].upper() + name[1:]


def _shown_as(column: "Column") -> str:
    if isinstance(column, models.BooleanField):
        return "yes"
    if column.flatchoices or isinstance(column, TimeZoneColumn):
        return "choice"
    if isinstance(column, models.IntegerField | models.DecimalField | models.FloatField):
        return "number"
    if isinstance(column, models.DateField):
        return "day"
    if isinstance(column, models.JSONField):
        return "list"
    if isinstance(column, models.TextField):
        return "words"
    return "line"

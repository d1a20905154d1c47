"""Dates as people say them: what was typed, how it was understood, and what can be corrected."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.desk.forms.understanding import understand
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.words import format_date_as_said

from .fields import PostedParts, label_of


class DateField(forms.Field):
    """A date as said: `words` as typed and, where somebody corrects it, what is meant by them.

    Sent are `words` and `language`; `edtf`, `every` and `until` correct how the words were
    understood, and count where `understood` still names the words that they belong to. `bare`:
    the words are nobody's, and only what they mean is kept.
    """

    shape: ClassVar[str] = "date"
    widget = PostedParts

    def __init__(
        self,
        column: "models.Field[object, object]",
        language: str,
        today: date,
        stored: DateAsSaid | None,
    ) -> None:
        super().__init__(label=label_of(column), required=False)
        self.column, self.language, self.today, self.stored = column, language, today, stored

    def prepare_value(self, value: object) -> object:
        if isinstance(value, DateAsSaid):
            words = value.said.words if value.said else written(value, self.language, self.today)
            return {
                "words": words,
                "language": value.said.lang if value.said else self.language,
                "edtf": value.edtf or "",
                "every": value.every or "",
                "until": value.until.isoformat() if value.until else "",
                "understood": words,
                "bare": "",
            }
        return value if isinstance(value, Mapping) else {}

    def understood(self, given: Mapping[str, str]) -> DateAsSaid | None:
        """The date that `given` means, for the form to show; None where it means none."""
        try:
            return self.clean(given)
        except ValidationError:
            return None

    def clean(self, value: object) -> DateAsSaid | None:
        given = value if isinstance(value, Mapping) else {}
        part = {name: str(given.get(name) or "").strip() for name in PARTS}
        words = part["words"] or part["edtf"]
        if not words:
            return None
        if self.stored is not None and part == self.prepare_value(self.stored):
            return self.stored
        meant = understand(words, part["language"] or self.language, self.today)
        corrected = bool(part["edtf"] or part["every"] or part["until"])
        try:
            if corrected and part["understood"] == words:
                own = bool(part["bare"]) or (meant.is_plain and meant.edtf == part["edtf"])
                said = None if own else words
                return self._said(
                    part["edtf"], said, part["every"], _day(part["until"]), part["language"]
                )
            return self._said(
                meant.edtf or "",
                None if part["bare"] or (meant.is_plain and not meant.every) else words,
                meant.every or "",
                meant.until,
                part["language"],
            )
        except ValueError as error:
            raise ValidationError(error.args[0]) from error

    def _said(
        self, edtf: str, words: str | None, every: str, until: date | None, language: str
    ) -> DateAsSaid:
        said = (language or self.language, words) if words else None
        kept = self.stored.translations if self.stored and self.stored.said == said else ()
        return DateAsSaid.parse(
            edtf or None, said=said, translations=dict(kept), every=every or None, until=until
        )


def written(value: DateAsSaid, language: str, today: date) -> str:
    """A date of which no words are known, as a language writes it.

    Its expression, where those words would not be understood as the very same date.
    """
    words = format_date_as_said(value, language)
    meant = understand(words, language, today)
    same = meant.is_plain and meant.edtf == value.edtf and not (value.every or meant.every)
    return words if same else value.edtf or ""


PARTS = ("words", "language", "edtf", "every", "until", "understood", "bare")


def _day(words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ValidationError(_("Expected a day such as 2029-12-31.")) from error

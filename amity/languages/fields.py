"""Columns of texts and of languages.

A `Text` is one JSON value, so that a page needs no joins to be read.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.faults import Faults, FormError, as_validation_error
from amity.foundation.fields import ListColumn, ValueColumn, WordsColumn, refused
from amity.languages import codes
from amity.languages.text import Text
from amity.languages.written import text_from_form, text_to_form

LONGEST = 200_000
"""Characters of a text in one language: some seventy pages."""
LONGEST_NAME = 5_000
NAMES = frozenset({"name", "title"})
"""Texts that stand in lists, searches and letters of others: one of a million characters would make
each of them slow for everybody."""


class TextColumn(ValueColumn):
    """A column whose value is a `Text`, or None where the column is nullable.

    Stored as `Text.to_column()` gives it, so JSON lookups work: `title__original="vi"`,
    `title__versions__vi__words__icontains="…"`, `title__versions__has_key="ru"`.
    """

    description = _("Text in several languages")
    default_error_messages = {"invalid": _("Expected a text with its languages.")}
    value_class = Text

    def from_json(self, stored: Any) -> Text:
        """A `Text` that unfolds when it is read."""
        return Text.from_json(stored)

    def validate(self, value: object, model_instance: Model | None) -> None:
        super().validate(value, model_instance)
        most = LONGEST_NAME if self.name in NAMES else LONGEST
        if isinstance(value, Text) and any(len(words) > most for words in value.all_words()):
            raise ValidationError(
                _("This is longer than %(most)s characters; please shorten it."),
                code="too_long",
                params={"most": most},
            )

    def value_to_string(self, obj: Model) -> Any:
        value = self.value_from_object(obj)
        return value.to_json() if isinstance(value, Text) else value

    def _plain(self, value: object) -> object:
        return value.to_column() if isinstance(value, Text) else value

    def from_form(self, form: object) -> Text:
        return text_from_form(form)

    def written(self, value: Text) -> dict[str, object]:
        return text_to_form(value)

    def is_stored(self, given: Mapping[str, object]) -> bool:
        return "original" in given and "versions" in given


class LanguageColumn(WordsColumn):
    """A language tag in its one spelling."""

    def read(self, value: object) -> object:
        if value is None or value == "":
            return value
        try:
            return codes.canonical(value)
        except codes.LanguageCodeError as error:
            raise ValidationError(error.args[0], code="invalid") from error


class LanguagesColumn(ListColumn):
    """Language tags, each once, in the order given."""

    def read(self, value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, list):
            raise refused(_("{value} is not a list of languages such as [vi, ru]"), value)
        faults, tags = Faults(), list[str]()
        for position, item in enumerate(value):
            tag = faults.read((position,), codes.canonical, item)
            if tag in tags:
                faults.add(
                    (position,),
                    format_lazy(_("the language {tag} is given twice; expected it once"), tag=tag),
                )
            elif tag is not None:
                tags.append(tag)
        try:
            faults.stop()
        except FormError as error:
            raise as_validation_error(error) from error
        return tags

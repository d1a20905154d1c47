"""Fields of forms into which people type words of their own.

What nobody sees is as empty as what is empty: white space, and characters that show nothing.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import WordsError, is_blank, normal


class WordsField(forms.CharField):
    """Words of one's own, as a text takes them."""

    def to_python(self, value: object) -> str:
        """The words in their normal form. Raises ValidationError where no text takes them."""
        words: str = super().to_python(value) or ""
        if is_blank(words):
            return ""
        try:
            return normal(words)
        except WordsError as error:
            raise ValidationError(error.args[0]) from error


class LineField(WordsField):
    """Words that stand in one line, such as a name: a line break would be another header."""

    def to_python(self, value: object) -> str:
        """The words. Raises ValidationError where they have several lines."""
        words = super().to_python(value)
        if "\n" in words or "\t" in words:
            raise ValidationError(_("Expected one line."))
        return words

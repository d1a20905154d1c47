"""Texts in several languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from amity.languages import codes
from amity.languages.saving import UNSAID
from amity.languages.text import Text
from amity.languages.version import MadeFrom, Version

from .columns import label_of
from .posted import PostedParts

if TYPE_CHECKING:
    from .columns import Column


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of a text as a form shows it; `shown_first`: not folded away with the others."""

    tag: str
    name: str
    words: str
    original: bool
    outdated: bool
    shown_first: bool


class TextField(forms.Field):
    """A text in all its languages, side by side."""

    shape: ClassVar[str] = "text"
    widget = PostedParts

    def __init__(self, column: "Column", languages: Sequence[str], stored: Text | None) -> None:
        super().__init__(label=label_of(column), required=False)
        self.column, self.languages, self.stored = column, tuple(languages), stored

    def prepare_value(self, value: object) -> object:
        if isinstance(value, Text):
            words = {tag: version.words for tag, version in value.versions.items()}
            return words | {"original": value.original}
        return value if isinstance(value, Mapping) else {}

    def versions(self, given: Mapping[str, str], first: str) -> list[VersionShown]:
        """What to draw: every language there is or may be, `first` before the others."""
        stored = self.stored
        original = given.get("original") or (stored.original if stored else first)
        tags = [original, first, *self.languages, *(stored.tags if stored else ())]
        tags += [tag for tag in given if tag != "original"]
        return [
            VersionShown(
                tag,
                codes.display_name(tag, first),
                given.get(tag) or "",
                tag == original,
                stored is not None and tag in stored.versions and stored.is_stale(tag),
                tag in (original, first),
            )
            for tag in dict.fromkeys(tags)
        ]

    def clean(self, value: object) -> Text | None:
        given = value if isinstance(value, Mapping) else {}
        words = {
            str(tag): str(said).replace("\r\n", "\n").strip()
            for tag, said in given.items()
            if tag != "original" and said and str(said).strip()
        }
        if not words:
            return None
        original = str(given.get("original") or next(iter(words)))
        if original not in words:
            original = next(iter(words))
        try:
            versions = {tag: self._version(tag, said, original) for tag, said in words.items()}
            return Text(original, versions)
        except ValueError as error:
            raise ValidationError(error.args[0]) from error

    def _version(self, tag: str, said: str, original: str) -> Version:
        """The version as it stands where its words are the same, else one made now by hand."""
        stored = self.stored.versions.get(tag) if self.stored else None
        source = None if tag == original else MadeFrom(original, UNSAID)
        if stored is not None and stored.words == said:
            if tag == original or stored.made_from is not None:
                return stored
            return Version(said, stored.origin, stored.reviewed_by, source, stored.date)
        return Version(said, made_from=source)

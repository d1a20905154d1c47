"""Fields of forms of records: how each is read from what was sent, and drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amity.followup.choices import Goal, goal_label
from amity.foundation.dates.fields import TimeZoneColumn
from amity.foundation.dates.zones import moments_of, shown_twice
from amity.foundation.fields import WrittenColumn
from amity.foundation.pages.formatting import offset_words
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.saving import UNSAID
from amity.languages.text import MadeFrom, Text, Version
from amity.languages.zones import listed, zone_choices
from amity.record.models import Entry

if TYPE_CHECKING:
    Column = models.Field[object, object]


class Posted(forms.Widget):
    """Reads what was sent; templates draw by the field's shape."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        return data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return False


class PostedList(Posted):
    """Several values of one name."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        return data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])


class PostedMoment(Posted):
    """A wall time, and after a slash which moment of the two at which clocks show it."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        wall, which = data.get(name), data.get(f"{name}-which")
        return f"{wall}/{which}" if wall and which else wall


class PostedParts(Posted):
    """Values of names that begin with this one and a hyphen, by what follows."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        prefix = f"{name}-"
        return {key.removeprefix(prefix): data.get(key) for key in data if key.startswith(prefix)}


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


REFERENCE = ("key", "words", "shown")
"""What is sent of a reference: what was chosen, what is typed, and what was typed of the chosen."""


class ReferenceField(forms.Field):
    """A record that is named: chosen from a list that the server searches, or by its words."""

    shape: ClassVar[str] = "reference"
    widget = PostedParts

    def __init__(self, column: "Column", kind: str, required: bool) -> None:
        super().__init__(label=label_of(column), required=False)
        self.column, self.kind, self.needed = column, kind, required

    def prepare_value(self, value: object) -> object:
        if isinstance(value, Mapping):
            return value
        if isinstance(value, Entry):
            return {"key": f"{value.kind}/{value.key}", "words": ""}
        return {"key": getattr(value, "key", "") or "", "words": ""}

    def clean(self, value: object) -> Mapping[str, str]:
        given = value if isinstance(value, Mapping) else {}
        key, words, shown = (str(given.get(name) or "").strip() for name in REFERENCE)
        return {"key": key if words == shown else "", "words": words}

    def keys(self, value: object) -> list[str]:
        """The keys in a value as it is drawn: none, or one."""
        key = value.get("key") if isinstance(value, Mapping) else None
        return [str(key)] if key else []


class ReferencesField(forms.Field):
    """Several records that are named."""

    shape: ClassVar[str] = "references"
    widget = PostedList

    def __init__(self, label: object, kind: str) -> None:
        super().__init__(label=label, required=False)  # type: ignore[arg-type] # a lazy text
        self.kind = kind

    def clean(self, value: object) -> list[str]:
        return self.keys(value)

    def keys(self, value: object) -> list[str]:
        """The keys in a value as it is sent or drawn, each once."""
        listed = value if isinstance(value, list | tuple) else []
        return list(dict.fromkeys(str(one).strip() for one in listed if str(one).strip()))


class GoalsField(forms.Field):
    """Sustainable Development Goals, each with a box to tick."""

    shape: ClassVar[str] = "goals"
    widget = PostedList

    def __init__(self, column: "Column") -> None:
        super().__init__(label=label_of(column), required=False)
        self.column = column

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """Every goal: its number, and what it is called."""
        return [(str(int(goal)), goal_label(goal)) for goal in Goal]

    def prepare_value(self, value: object) -> object:
        return [str(goal) for goal in value] if isinstance(value, list | tuple) else []

    def clean(self, value: object) -> object:
        given = value if isinstance(value, list | tuple) else []
        return self.column.to_python(list(dict.fromkeys(str(one) for one in given)))


class MomentField(forms.Field):
    """A moment, typed as the clock shows it where it happens.

    `asks`: where the clocks show the time twice, in the night they are put back, it has to be said
    which is meant; otherwise it is the first.
    """

    shape: ClassVar[str] = "moment"
    widget = PostedMoment

    def __init__(self, column: "Column", zone: str, *, asks: bool = True) -> None:
        super().__init__(label=label_of(column), required=False)
        self.column, self.zone, self.asks = column, zone, asks

    def prepare_value(self, value: object) -> object:
        if isinstance(value, datetime):
            there = value.astimezone(ZoneInfo(self.zone))
            wall = there.strftime("%Y-%m-%dT%H:%M")
            return f"{wall}/{_offset(there)}" if shown_twice(value, self.zone) else wall
        return value or ""

    def wall(self, value: object) -> str:
        """The wall time of what was typed or stands, without which of two it is."""
        return str(value or "").partition("/")[0]

    def twice(self, value: object) -> list[tuple[str, str, bool]]:
        """The two moments at which the clocks show a wall time, and which of them is chosen.

        Each as it is sent and in words; empty where they show it once.
        """
        wall, _slash, which = str(value or "").partition("/")
        try:
            found = moments_of(datetime.fromisoformat(wall), self.zone)
        except ValueError:
            return []
        offsets = [(_offset(one.astimezone(ZoneInfo(self.zone))), one) for one in found]
        shown = [(sent, offset_words(one, self.zone), sent == which) for sent, one in offsets]
        return shown if len(shown) > 1 else []

    def clean(self, value: object) -> datetime | None:
        words, _slash, which = str(value or "").strip().partition("/")
        if not words:
            return None
        try:
            there = datetime.fromisoformat(words)
        except ValueError as error:
            raise ValidationError(
                _("Expected a day and a time, such as 2026-10-05 09:00.")
            ) from error
        if there.tzinfo:
            return there
        found = [one.astimezone(ZoneInfo(self.zone)) for one in moments_of(there, self.zone)]
        if not found:
            raise ValidationError(_("Clocks go forward there then: this time does not exist."))
        meant = [one for one in found if _offset(one) == which] or found
        if len(meant) > 1 and self.asks:
            raise ValidationError(_("Clocks are put back there then: say which time is meant."))
        return meant[0]


def _offset(there: datetime) -> str:
    """How far a moment by the clocks of a place is from UTC, such as +02:00."""
    return there.isoformat()[-6:]


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

"""Other records that a record names, and the goals that it serves."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from django import forms

from amity.followup.choices import Goal, goal_label
from amity.record.models import Entry

from .columns import label_of
from .posted import PostedList, PostedParts

if TYPE_CHECKING:
    from .columns import Column

REFERENCE = ("key", "words", "shown")
"""What is sent of a reference: what was chosen, what is typed, and what was typed of the chosen."""


class ReferenceField(forms.Field):
    """A record that is named: chosen from a list that the server searches, or by its words."""

    shape: ClassVar[str] = "reference"
    widget = PostedParts

    def __init__(self, column: "Column", kind: str) -> None:
        super().__init__(label=label_of(column), required=False)
        self.column, self.kind = column, kind

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

"""What every shape can do."""

import difflib
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from amity.dossier.reading.yaml import Plain
from amity.foundation.words import characters

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
LONGEST_QUOTE = 40


class Shape:
    """How one field is written, checked, described and stored."""

    def read(self, raw: object) -> Any:
        """The record's value for `raw` as the reader gave it. Raises Wrong."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """The record's value as people write it; `read` undoes it."""
        return value

    def schema(self) -> dict[str, object]:
        """JSON Schema (2020-12) of what people write."""
        raise NotImplementedError


def is_nothing(raw: object) -> bool:
    """Whether nothing was written after the field's name, or YAML's null."""
    return raw.__class__ is Plain and raw in NOTHING


def quoted(raw: object) -> str:
    """What was written, short enough for a message."""
    return str(characters.quoted(None if is_nothing(raw) else raw))


def suggestion(written: str, known: Iterable[str]) -> str:
    """` (perhaps x?)` when something known is spelled nearly so, else nothing."""
    near = difflib.get_close_matches(written, list(known), n=1)
    return " " + _("(perhaps %(near)s?)") % {"near": near[0]} if near else ""

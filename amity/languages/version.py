"""One version of a text: its words, who made it, and from which other."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import normal
from amity.languages import codes
from amity.languages.staleness import Stored, words_digest

DIGEST = re.compile("[0-9a-f]{64}")


class TextError(ValueError):
    """A text that cannot be; the message says which part of it and what is expected."""


class Origin(StrEnum):
    """Who made a version."""

    HUMAN = "human"
    MACHINE = "machine"
    IMPORT = "import"


class MadeFrom(NamedTuple):
    """The version a translation was made from: its tag, and the digest of its words then.

    An empty digest means: as it stood when the translation last changed; see `languages.saving`.
    """

    tag: str
    digest: str


@dataclass(frozen=True, slots=True)
class Version:
    """The text in one language. Words are kept in NFC. `date`: the day this version was made."""

    words: str
    origin: Origin = Origin.HUMAN
    reviewed_by: str | None = None
    made_from: MadeFrom | None = None
    date: dt.date | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "words", normal(self.words))
        put(self, "origin", Origin(self.origin))
        if self.reviewed_by is not None:
            put(self, "reviewed_by", normal(self.reviewed_by))
        if self.made_from is not None:
            put(self, "made_from", _made_from(*self.made_from))

    @property
    def digest(self) -> str:
        """SHA-256 of the words in UTF-8, in hexadecimal; what `MadeFrom.digest` is held against."""
        return words_digest(self.words)

    def to_json(self) -> Stored:
        """As stored; what is not known is left out."""
        stored: dict[str, object] = {"words": self.words, "origin": str(self.origin)}
        if self.reviewed_by is not None:
            stored["reviewed_by"] = self.reviewed_by
        if self.made_from is not None:
            stored["made_from"] = {"tag": self.made_from.tag, "digest": self.made_from.digest}
        if self.date is not None:
            stored["date"] = self.date.isoformat()
        return stored

    @classmethod
    def from_json(cls, stored: Stored) -> Self:
        """The version that `to_json` gave."""
        made_from, made_on = stored.get("made_from"), stored.get("date")
        return cls(
            words=stored["words"],
            origin=Origin(stored.get("origin", Origin.HUMAN)),
            reviewed_by=stored.get("reviewed_by"),
            made_from=MadeFrom(made_from["tag"], made_from["digest"]) if made_from else None,
            date=dt.date.fromisoformat(made_on) if made_on else None,
        )


def _made_from(tag: str, digest: str) -> MadeFrom:
    if digest and not DIGEST.fullmatch(digest):
        raise TextError(_("a digest is 64 hexadecimal digits in small letters"))
    return MadeFrom(codes.canonical(tag), digest)

"""Text: one piece of writing in all its languages, as one immutable value.

No language is the master; `original` is only the version first written. Each version knows who
made it, from which version, and so whether that has changed since.

Most texts come from the database and are read once, so a `Text` keeps the JSON it came in and
unfolds only what is asked for.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self

import orjson
import rfc8785
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import quoted
from amity.languages import codes
from amity.languages.staleness import Stored, as_told, for_column, has_changed, words_digest
from amity.languages.version import MadeFrom, Origin, TextError, Version


class Reason(StrEnum):
    """Why a version is shown."""

    EXACT = "exact"
    """It is in the language asked for first."""
    FALLBACK = "fallback"
    """It is the nearest to one of the languages asked for."""
    ORIGINAL = "original"
    """There is none in any language asked for, so the one first written is shown."""


class Shown(NamedTuple):
    """The version to show a reader, and what to tell them about it.

    `lang` and `dir` are for the HTML element around the words.
    """

    tag: str
    words: str
    reason: Reason
    machine_unreviewed: bool
    stale: bool
    lang: str
    dir: codes.Direction


class Text:
    """An immutable text. Two are equal when originals and all versions are equal.

    `versions` is ordered: the original first, the others by tag.
    """

    __slots__ = ("_digest", "_serialised", "_stale", "_stored", "_versions")

    _stored: Stored | None
    _serialised: str | bytes | None
    _versions: Mapping[str, Version] | None
    _digest: str | None
    _stale: dict[str, bool] | None

    def __init__(self, original: str, versions: Mapping[str, Version]) -> None:
        """A text of `versions` by tag. Raises TextError, WordsError or LanguageCodeError."""
        canonical: dict[str, Version] = {}
        for tag, version in versions.items():
            standard = codes.canonical(tag)
            if standard in canonical:
                raise TextError(
                    format_lazy(
                        _("the language {tag} is given twice; expected it once"), tag=standard
                    )
                )
            if version.made_from and version.made_from.tag == standard:
                raise TextError(
                    format_lazy(_("{tag} is said to be made from itself"), tag=standard)
                )
            canonical[standard] = version
        original = codes.canonical(original)
        if not canonical:
            raise TextError(_("no versions; expected at least one"))
        if original not in canonical:
            raise TextError(
                format_lazy(_("the original, {tag}, is missing among the versions"), tag=original)
            )
        order = _order(original, canonical)
        self._versions = MappingProxyType({tag: canonical[tag] for tag in order})
        self._stored = {
            "original": original,
            "versions": {tag: version.to_json() for tag, version in self._versions.items()},
        }
        self._serialised = self._digest = self._stale = None

    @classmethod
    def of(cls, words: str, tag: str, origin: Origin = Origin.HUMAN) -> Self:
        """A text in one language."""
        return cls(tag, {tag: Version(words, origin)})

    @classmethod
    def from_json(cls, stored: Mapping[str, object] | str | bytes) -> Self:
        """The text that `to_json` (or its JSON) gave. Trusts it, as it comes from our database;
        `checked` is for what comes from elsewhere."""
        text = cls.__new__(cls)
        if isinstance(stored, (str, bytes)):
            text._serialised, text._stored = stored, None
        else:
            text._serialised, text._stored = None, dict(stored)
        text._versions = text._digest = text._stale = None
        return text

    @classmethod
    def checked(cls, stored: Stored) -> Self:
        """The text in `stored`, with everything checked that `__init__` checks."""
        try:
            versions = {tag: Version.from_json(raw) for tag, raw in stored["versions"].items()}
            return cls(stored["original"], versions)
        except (KeyError, TypeError, AttributeError) as error:
            raise TextError(
                format_lazy(_("expected original and versions, got {value}"), value=quoted(stored))
            ) from error

    def to_json(self) -> Stored:
        """As stored: `{"original": tag, "versions": {tag: {"words": …, "origin": …}}}`."""
        if self._versions is None:  # as thousands are that come from one table and go to another
            stored = self._unfolded()
            versions = stored["versions"]
            return {
                "original": stored["original"],
                "versions": {tag: as_told(versions[tag]) for tag in self.tags},
            }
        return {
            "original": self.original,
            "versions": {tag: version.to_json() for tag, version in self.versions.items()},
        }

    def to_column(self) -> Stored:
        """As the database holds it; see `for_column`."""
        return for_column(self.to_json())

    @property
    def original(self) -> str:
        """Tag of the version first written."""
        return str(self._unfolded()["original"])

    @property
    def versions(self) -> Mapping[str, Version]:
        """Every version by its tag: the original, then the others by tag."""
        if self._versions is None:
            stored = self._unfolded()
            raw = stored["versions"]
            self._versions = MappingProxyType(
                {tag: Version.from_json(raw[tag]) for tag in _order(stored["original"], raw)}
            )
        return self._versions

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages there are: the original, then the others by tag."""
        stored = self._unfolded()
        return tuple(_order(stored["original"], stored["versions"]))

    def all_words(self) -> list[str]:
        """The words of each version, without unfolding more."""
        return [version["words"] for version in self._unfolded()["versions"].values()]

    def best(self, preferences: Sequence[str]) -> Shown:
        """The version for a reader who would like `preferences` (tags, the dearest first).

        For each preference in turn: the version in exactly that language; else the nearest in the
        same language, one written or reviewed by a person before a machine's, a current one
        before a stale one. After all preferences the original.
        """
        stored = self._unfolded()
        versions = stored["versions"]
        reason = Reason.EXACT
        for preference in preferences:
            if preference in versions:
                return self._shown(preference, versions[preference], reason)
            reason = Reason.FALLBACK
            if near := self._nearest(preference, versions):
                return self._shown(near, versions[near], reason)
        original = stored["original"]
        return self._shown(original, versions[original], Reason.ORIGINAL)

    def simply(self, tag: str) -> str | None:
        """The words of version `tag` where nothing need be said about it: a person wrote or
        reviewed it and it is not stale. None otherwise, and where there is no such version."""
        versions = (self._stored or self._unfolded())["versions"]
        version = versions.get(tag)
        if version is None or (
            version.get("origin") == "machine" and not version.get("reviewed_by")
        ):
            return None
        made_from = version.get("made_from")
        if made_from is not None and has_changed(made_from, versions):
            return None
        words: str = version["words"]
        return words

    def words(self, preferences: Sequence[str]) -> str:
        """The words alone of the best version."""
        return self.best(preferences).words

    def is_stale(self, tag: str) -> bool:
        """Whether what version `tag` was made from is no longer what it was.

        Looks one step back and no further: a translation of a stale translation is not stale
        until that one is written anew. A version made from one that is gone is stale. Raises
        KeyError when there is no version `tag`.
        """
        if self._stale is None:
            self._stale = {}
        if tag not in self._stale:
            versions = self._unfolded()["versions"]
            self._stale[tag] = has_changed(versions[tag].get("made_from"), versions)
        return self._stale[tag]

    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of `to_json()`.

        It covers every version with all that is known of it, so a signature over it does too.
        """
        if self._digest is None:
            self._digest = hashlib.sha256(rfc8785.dumps(self.to_json())).hexdigest()
        return self._digest

    def version_digest(self, tag: str) -> str:
        """SHA-256, in hexadecimal, of the words of version `tag` in UTF-8. Raises KeyError."""
        return words_digest(self._unfolded()["versions"][tag]["words"])

    def with_version(self, tag: str, version: Version) -> "Text":
        """This text with `version` in language `tag`, new or in place of the one there was."""
        return Text(self.original, {**self.versions, codes.canonical(tag): version})

    def with_translation(
        self,
        tag: str,
        words: str,
        *,
        made_from: str | None = None,
        origin: Origin = Origin.HUMAN,
        reviewed_by: str | None = None,
        made_on: dt.date | None = None,
    ) -> "Text":
        """This text with a translation into `tag` from version `made_from` as it stands now.

        `made_from` is the original when not given. Raises KeyError when it does not exist.
        """
        source = made_from or self.original
        link = MadeFrom(source, self.version_digest(source))
        return self.with_version(tag, Version(words, origin, reviewed_by, link, made_on))

    def _unfolded(self) -> Stored:
        if self._stored is None:
            self._stored = orjson.loads(self._serialised or "")
            self._serialised = None
        return self._stored

    def _shown(self, tag: str, version: Stored, reason: Reason) -> Shown:
        return Shown(
            tag,
            version["words"],
            reason,
            version.get("origin") == "machine" and not version.get("reviewed_by"),
            "made_from" in version and self.is_stale(tag),
            tag,
            codes.direction(tag),
        )

    def _nearest(self, preference: str, versions: Mapping[str, object]) -> str | None:
        for tag in codes.fallback_chain(preference)[1:]:
            if tag in versions:
                return tag
        language = codes.base(preference)
        near = [tag for tag in versions if codes.base(tag) == language]
        return min(near, key=lambda tag: self._distance(preference, tag)) if near else None

    def _distance(self, preference: str, tag: str) -> tuple[bool, bool, bool, str]:
        version = self._unfolded()["versions"][tag]
        return (
            codes.script(tag) != codes.script(preference),
            version.get("origin") == "machine" and not version.get("reviewed_by"),
            self.is_stale(tag),
            tag,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self.original == other.original and self.versions == other.versions

    def __hash__(self) -> int:
        return hash((self.original, tuple(self.versions.items())))

    def __str__(self) -> str:
        stored = self._unfolded()
        return str(stored["versions"][stored["original"]]["words"])

    def __repr__(self) -> str:
        words = str(self)
        return f"<Text {','.join(self.tags)}: {words[:40]}{'…' if len(words) > 40 else ''}>"

    def __reduce__(self) -> tuple[object, ...]:
        return Text.from_json, (self.to_json(),)


def _order(original: str, tags: Iterable[str]) -> list[str]:
    return [original, *sorted(tag for tag in tags if tag != original)]

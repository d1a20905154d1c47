"""What a folder says of a record part by part, and digests of it to know it again.

A part is a field, or one language of a text. What follows by itself is not part of what is said:
of what words a translation was made is found out when it is saved, so only that it is outdated is.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import orjson
from django.db import models

from amity.dossier.models import FolderMark
from amity.foundation.differences import JSON, Plain
from amity.languages.fields import TextColumn
from amity.languages.staleness import has_changed
from amity.record.models import Dossier, Entry
from amity.record.plain.layout import child_columns, layout

AUDIENCE = "audience"
SEPARATOR = "."
OUTDATED = "outdated"

Said = dict[str, JSON]
"""Parts by path: `grade`, `title` (which version is the original), `title.vi`."""


def digest(value: JSON) -> str:
    """Twelve characters that tell a value from others."""
    packed = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return urlsafe_b64encode(hashlib.blake2b(packed, digest_size=9).digest()).decode()


def digests(said: Said) -> dict[str, str]:
    """The digest of each part."""
    return {path: digest(value) for path, value in said.items()}


def parts(model: type[models.Model], state: Plain, audience: str, *, outdated: bool = True) -> Said:
    """What a state says part by part; `outdated`: whether versions say that they are."""
    texts, rows = _texts(model), _texts_of_rows(model)
    said: Said = {AUDIENCE: audience} if audience else {}
    for name, value in state.items():
        if name in texts and isinstance(value, Mapping):
            said[name] = value["original"]
            versions = value["versions"]
            if isinstance(versions, Mapping):
                for tag, version in _plainly(versions, outdated).items():
                    said[f"{name}{SEPARATOR}{tag}"] = version
        elif name in rows and isinstance(value, Sequence) and rows[name]:
            said[name] = [_row(row, rows[name], outdated) for row in value]
        elif name != "key":
            said[name] = value
    return said


def _row(row: JSON, texts: frozenset[str], outdated: bool) -> JSON:
    if not isinstance(row, Mapping):
        return row
    return {
        name: {"original": value["original"], "versions": _plainly(value["versions"], outdated)}
        if name in texts and isinstance(value, Mapping)
        else value
        for name, value in row.items()
    }


def _plainly(versions: JSON, outdated: bool) -> dict[str, JSON]:
    """Versions with the language that each was made from in place of the words that it had."""
    if not isinstance(versions, Mapping):
        raise TypeError("versions of a text are a mapping")
    found: dict[str, JSON] = {}
    for tag, version in versions.items():
        if isinstance(version, Mapping) and "made_from" in version:
            link = version["made_from"]
            if not isinstance(link, Mapping):
                raise TypeError("what a version was made from is a mapping")
            plain: dict[str, JSON] = {**version, "made_from": link["tag"]}
            if outdated and has_changed(link, versions):
                plain[OUTDATED] = True
            found[tag] = plain
        else:
            found[tag] = version
    return found


@cache
def _texts(model: type[models.Model]) -> frozenset[str]:
    columns = layout(model).columns
    return frozenset(column.name for column in columns if isinstance(column, TextColumn))


@cache
def _texts_of_rows(model: type[models.Model]) -> dict[str, frozenset[str]]:
    return {
        child.name: frozenset(
            column.name for column in child_columns(child) if isinstance(column, TextColumn)
        )
        for child in layout(model).children
    }


def is_text(model: type[models.Model], name: str) -> bool:
    """Whether the field holds a text, which is compared language by language."""
    return name in _texts(model)


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark as it stands: its number, and the digest of all that the folder said."""

    number: int
    whole: str


def digests_by_number(numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    """The digests of the parts, by the number of the mark. One statement."""
    rows = FolderMark.objects.filter(pk__in=numbers)
    return dict(rows.values_list("pk", "digests"))


def marked(dossier: Dossier, kind: str) -> dict[str, Marked]:
    """The marks of a dossier's folder on records of a kind, by the keys that these have now.

    What was merged with another has none: the mark on that one says what the folder said of it.
    """
    rows = FolderMark.objects.filter(dossier=dossier, entry__kind=kind)
    rows = rows.exclude(entry__removed_at__isnull=False, entry__moved_to__isnull=False)
    return {
        moved or key: Marked(number, whole)
        for number, whole, key, moved in rows.values_list(
            "pk", "whole", "entry__key", "entry__moved_to__key"
        )
    }


def write_marks(
    dossier: Dossier, kind: str, said: Iterable[tuple[str, str, dict[str, str]]]
) -> None:
    """Keep what the folder says of records of a kind: key, digest of the whole and of the parts."""
    wanted = {key: (whole, digests) for key, whole, digests in said}
    entries = Entry.everything.filter(kind=kind, key__in=wanted)
    by_key = dict(entries.values_list("key", "pk"))
    FolderMark.objects.bulk_create(
        [
            FolderMark(
                dossier=dossier,
                entry_id=by_key[key],
                whole=whole,
                digests=digests,
            )
            for key, (whole, digests) in wanted.items()
            if key in by_key
        ],
        update_conflicts=True,
        unique_fields=["dossier", "entry"],
        update_fields=["whole", "digests"],
    )


def forget_marks(dossier: Dossier, kind: str, keys: Sequence[str]) -> None:
    """Let the folder have said nothing of these."""
    FolderMark.objects.filter(dossier=dossier, entry__kind=kind, entry__key__in=keys).delete()

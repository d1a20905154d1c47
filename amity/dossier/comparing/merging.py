"""A folder meets a record: part by part, who changed it since the folder was last loaded.

Where only the folder changed its words are taken, where only the record changed those of the
record stay, and where both did, differently, somebody has to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models

from amity.dossier.comparing.marks import SEPARATOR, Said, digest, is_text, parts
from amity.foundation.differences import JSON, Plain


class Prefer(StrEnum):
    """Who is right where both have changed."""

    FOLDER = "folder"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both have changed; None stands for nothing."""

    path: str
    folder: JSON
    record: JSON


@dataclass(frozen=True, slots=True)
class Sides:
    """What there is of one record. `mark`: digests of what the folder last said, None for never.

    `folder` and `record` are states in plain form, each with its audience.
    """

    model: type[models.Model]
    folder: Plain
    record: Plain
    mark: Mapping[str, str]
    folder_audience: str = ""
    record_audience: str = ""


@dataclass
class Merged:
    """What comes of it: the state, the audience, the parts taken, those that clash."""

    state: Plain
    audience: str
    taken: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def merge(sides: Sides, prefer: Prefer | None) -> Merged:
    """Hold each part of what the folder says against the record and the mark."""
    folder = parts(sides.model, sides.folder, sides.folder_audience)
    record = parts(sides.model, sides.record, sides.record_audience)
    quiet = parts(sides.model, sides.record, sides.record_audience, outdated=False)
    merged = Merged(dict(sides.record), sides.record_audience)
    for path in [*folder, *(path for path in record if path not in folder)]:
        wanted = _digest(folder, path)
        stands = {_digest(record, path), _digest(quiet, path)}
        before = sides.mark.get(path)
        if wanted in stands or wanted == before:
            continue
        if before not in stands:
            if prefer is None:
                clash = Clash(path, folder.get(path), record.get(path))
                merged.clashes.append(clash)
            if prefer is not Prefer.FOLDER:
                continue
        merged.taken.append(path)
    _take(sides, merged)
    return merged


def unchanged(sides: Sides) -> bool:
    """Whether the record is as the folder last said."""
    record = parts(sides.model, sides.record, sides.record_audience)
    quiet = parts(sides.model, sides.record, sides.record_audience, outdated=False)
    return all(
        sides.mark.get(path) in {_digest(record, path), _digest(quiet, path)}
        for path in {*record, *sides.mark}
    )


def _digest(said: Said, path: str) -> str | None:
    return digest(said[path]) if path in said else None


def _take(sides: Sides, merged: Merged) -> None:
    texts: set[str] = set()
    for path in merged.taken:
        name = path.partition(SEPARATOR)[0]
        if path == "audience":
            merged.audience = sides.folder_audience
        elif is_text(sides.model, name):
            texts.add(name)
        elif path in sides.folder:
            merged.state[path] = sides.folder[path]
        else:
            merged.state.pop(path, None)
    for name in texts:
        text = _text(sides, name, frozenset(merged.taken))
        if text is None:
            merged.state.pop(name, None)
        else:
            merged.state[name] = text


def _text(sides: Sides, name: str, taken: frozenset[str]) -> JSON:
    """The text with the versions that are taken from the folder; None when none is left."""
    folder, record = sides.folder.get(name), sides.record.get(name)
    theirs, ours = _versions(folder), _versions(record)
    versions: dict[str, JSON] = {}
    for tag in sorted({*theirs, *ours}):
        given = theirs if f"{name}{SEPARATOR}{tag}" in taken else ours
        if tag in given:
            versions[tag] = given[tag]
    if not versions:
        return None
    wish = [_original(folder), _original(record)]
    if name not in taken:
        wish.reverse()
    original = next((tag for tag in wish if tag in versions), next(iter(versions)))
    return {"original": original, "versions": versions}


def _versions(text: JSON) -> Mapping[str, JSON]:
    versions = text["versions"] if isinstance(text, Mapping) else {}
    return versions if isinstance(versions, Mapping) else {}


def _original(text: JSON) -> str:
    return str(text["original"]) if isinstance(text, Mapping) else ""

"""Putting together what two people wrote of one record at once, or of one thing twice; pure.

Both began with the same state (`base`), or with none. What only one of them wrote is taken; where
both wrote different things at the same path, somebody has to choose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amity.foundation.differences import (
    JSON,
    Absent,
    FieldChange,
    Path,
    Plain,
    at,
    difference,
    put,
)


@dataclass(frozen=True, slots=True)
class Clash:
    """A path that both changed: what stood there, and what each made of it."""

    path: Path
    base: JSON | Absent
    mine: JSON | Absent
    theirs: JSON | Absent


@dataclass(frozen=True, slots=True)
class Merged:
    """The state with all that only one of them changed, `theirs` where both did; and where."""

    state: Plain
    clashes: tuple[Clash, ...]


def merge(base: Plain, mine: Plain, theirs: Plain) -> Merged:
    """Both changes of `base` in one state."""
    ours, others = difference(base, mine), difference(base, theirs)
    state: JSON | Absent = theirs
    clashes = []
    for change in ours:
        met = [other for other in others if _meet(change.path, other.path)]
        if not met:
            state = put(state, change.path, change.after)
            continue
        path = min([change.path, *(other.path for other in met)], key=len)
        if difference(at(mine, path), at(theirs, path)):
            clashes.append(Clash(path, at(base, path), at(mine, path), at(theirs, path)))
    if not isinstance(state, dict):
        raise TypeError("the state of a record is a mapping")
    return Merged(state, tuple({clash.path: clash for clash in clashes}.values()))


def of_two(stays: Plain, goes: Plain) -> Merged:
    """What two records of one thing say together, `stays` where both say something different.

    Versions of a text come together language by language, lists item by item. The identifier is
    that of the record that stays.
    """
    base: Plain = {}
    mine: Plain = {}
    theirs = dict(stays)
    for name, value in goes.items():
        there = stays.get(name)
        if name == "key":
            continue
        if isinstance(value, list) and isinstance(there, list):
            theirs[name] = [*there, *(item for item in value if item not in there)]
        elif is_text(value) and is_text(there):
            base[name], mine[name] = _versions_beside(value, there)
        else:
            mine[name] = value
    return merge(base, mine, theirs)


def _versions_beside(goes: JSON, stays: JSON) -> tuple[JSON, JSON]:
    """The text without versions from which both began, and with those that only `goes` has so."""
    if not isinstance(goes, Mapping) or not isinstance(stays, Mapping):
        raise TypeError("expected two texts")
    original, known, said = stays["original"], stays["versions"], goes["versions"]
    if not isinstance(known, Mapping) or not isinstance(said, Mapping):
        raise TypeError("expected two texts")
    other = {
        tag: {name: value for name, value in version.items() if name != "made_from"}
        for tag, version in said.items()
        if isinstance(version, Mapping) and _said(version) != _said(known.get(tag))
    }
    return {"original": original, "versions": {}}, {"original": original, "versions": other}


def _said(version: JSON) -> JSON:
    return version.get("words") if isinstance(version, Mapping) else None


def choose(merged: Merged, mine_at: Sequence[Path]) -> Plain:
    """The merged state with what I wrote where I chose that."""
    state: JSON | Absent = merged.state
    chosen = set(mine_at)
    for clash in merged.clashes:
        if clash.path in chosen:
            state = put(state, clash.path, clash.mine)
    if not isinstance(state, dict):
        raise TypeError("the state of a record is a mapping")
    return state


def as_it_was(state: Plain, later: Sequence[Sequence[FieldChange]]) -> Plain:
    """The state before the changes in `later`, of which the newest comes first."""
    then: JSON | Absent = state
    for changes in later:
        for change in reversed(changes):
            then = put(then, change.path, change.before)
    return then if isinstance(then, dict) else {}


def _meet(first: Path, second: Path) -> bool:
    """Whether one path leads to the other, or through it."""
    short = min(len(first), len(second))
    return first[:short] == second[:short]


def is_text(value: object) -> bool:
    """Whether a value in plain form is a text in its languages."""
    return isinstance(value, Mapping) and "original" in value and "versions" in value

"""In which languages all texts of a proposed change stand, so that a side can read all of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amity.desk.merging import is_text
from amity.foundation.differences import JSON, Absent, FieldChange, Plain, at, put
from amity.languages.text import Text
from amity.record.actions.enclosing import is_of_file
from amity.record.actions.taking_effect import AUDIENCE
from amity.record.models import ProposedField


@dataclass(frozen=True, slots=True)
class Languages:
    """In which languages all texts of a change stand; None where it has no texts."""

    tags: frozenset[str] | None

    def reads(self, language: str) -> bool:
        """Whether somebody of that language can read all of it."""
        return self.tags is None or _primary(language) in self.tags


def covered_by(fields: Iterable[ProposedField], state: Plain) -> Languages:
    """The languages in which all texts would stand, and be of one age, once these were agreed."""
    places = [FieldChange.from_json(one.difference) for one in fields]
    files = [one for one in places if is_of_file(one)]
    places = [one for one in places if one.path != AUDIENCE and one not in files]
    after: JSON | Absent = state
    for one in places:
        after = put(after, one.path, one.after)
    tags = _languages_of(files)
    for one in places:
        for before, text in _texts(state, after, one):
            found = frozenset(_primary(tag) for tag in _current(before, text))
            tags = found if tags is None else tags & found
    return Languages(tags)


def _languages_of(files: Sequence[FieldChange]) -> frozenset[str] | None:
    """The one language of files to be confirmed that say theirs; None where none does."""
    said = {_primary(str(tag)) for one in files if (tag := at(one.after, ("language",)))}
    return frozenset(said) if len(said) == 1 else (frozenset() if said else None)


def _texts(
    state: JSON | Absent, after: JSON | Absent, change: FieldChange
) -> Iterator[tuple[Text | None, Text]]:
    """The texts at a place, or in what stands there: as they were, and as they would be."""
    for length in range(len(change.path)):
        path = change.path[: length + 1]
        value = at(after, path)
        if is_text(value):
            was = at(state, path)
            yield (_text(was) if is_text(was) else None), _text(value)
            return
    for inner in _within(at(after, change.path)):
        yield None, inner


def _within(value: JSON | Absent) -> Iterator[Text]:
    if is_text(value):
        yield _text(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)


def _text(value: object) -> Text:
    if not isinstance(value, Mapping):
        raise TypeError("a text in plain form is a mapping")
    return Text.from_json(value)


def _current(before: Text | None, text: Text) -> Iterator[str]:
    """The languages of the versions that are new in a text, or follow from what is."""
    for tag, version in text.versions.items():
        was = before.versions.get(tag) if before is not None else None
        if was is None or was.words != version.words or not text.is_stale(tag):
            yield tag


def _primary(tag: str) -> str:
    return tag.partition("-")[0]

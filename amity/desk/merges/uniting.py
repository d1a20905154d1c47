"""What two records of one thing say when they are one; `merging` knows nothing of their fields."""

from collections.abc import Iterator, Sequence

from django.db import models

from amity.desk.merging import Merged, is_text, of_two
from amity.foundation.differences import JSON, Plain
from amity.languages.text import Text
from amity.network.choices import NameKind
from amity.record.kinds import Kind
from amity.record.plain.layout import layout
from amity.record.plain.renamed import named_otherwise


def united(kind: Kind, stays: Plain, goes: Plain) -> Merged:
    """Both in one state, which never names the record that goes, nor itself; and where they differ.

    What the same office or city is called elsewhere is not lost: see `with_names_of`.
    """
    names = {(kind.kind, str(goes["key"])): str(stays["key"])}
    mine, theirs = (named_otherwise(kind.model, state, names) for state in (goes, stays))
    for column in layout(kind.model).columns:
        if isinstance(column, models.ForeignKey) and column.related_model is kind.model:
            for state in (mine, theirs):
                if state.get(column.name) == stays["key"]:
                    del state[column.name]
    return of_two(theirs, mine)


def with_names_of(kind: Kind, state: Plain, both: Sequence[Plain]) -> Plain:
    """The state with every name that either record has and `state` does not, as another name."""
    fields = {column.name for column in layout(kind.model).columns}
    if not {"name", "other_names"} <= fields:
        return state
    others = state.get("other_names")
    listed: list[JSON] = list(others) if isinstance(others, list) else []
    known = {words for _lang, words in _names(state.get("name"))}
    known |= {str(one["words"]) for one in listed if isinstance(one, dict)}
    for record in both:
        for lang, words in _names(record.get("name")):
            if words not in known:
                known.add(words)
                listed.append({"words": words, "lang": lang, "kind": NameKind.VARIANT.value})
    return state | {"other_names": listed} if listed else state


def _names(name: JSON) -> Iterator[tuple[str, str]]:
    """Language and words of each version of a name."""
    if is_text(name) and isinstance(name, dict):
        for tag, version in Text.from_json(name).versions.items():
            yield tag, version.words

"""Under which words a person stands in a list of names."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from amity.foundation.pages.speaking import page_language
from amity.languages.collation import sort_key
from amity.languages.negotiation import preferences
from amity.languages.text import Text

Item = TypeVar("Item")

BY_GIVEN_NAME = "vi"
"""The language whose readers look for a name that begins with the family by its last word."""


def filed(name: Text, family: Text | None, language: str) -> str:
    """A person's name as it is sorted for readers of `language`: the family name first.

    "Alexander Beglov" stands under Beglov. "Bùi Thanh Sơn", whose family name comes first, stands
    under Bùi and in Vietnamese under Sơn, as Vietnamese lists have it. Without a family name in
    the language in which the name is shown, the name stands as it is written.
    """
    shown = name.best(preferences(language))
    words, parts = shown.words.split(), _in(family, shown.tag).split()
    at = next((i for i in range(len(words)) if words[i : i + len(parts)] == parts), None)
    if not parts or at is None:
        return shown.words
    others = words[:at] + words[at + len(parts) :]
    if language == BY_GIVEN_NAME and at == 0 and others:
        return " ".join([others[-1], *parts, *others[:-1]])
    return " ".join([*parts, *others])


def by_family_name(
    items: Iterable[Item], names: Callable[[Item], tuple[Text, Text | None]]
) -> list[Item]:
    """`items` by the persons' names in the reader's alphabet, as `filed` has them.

    `names` gives name and family name. Equal ones stay in their order.
    """
    language = page_language()
    return sorted(items, key=lambda item: sort_key(filed(*names(item), language), language))


def apart(name: Text, family: Text) -> str:
    """The tag of a language in which the family name is no part of the name; empty if none."""
    for tag in family.tags:
        if tag in name.versions and f" {_in(family, tag)} " not in f" {_in(name, tag)} ":
            return tag
    return ""


def _in(text: Text | None, tag: str) -> str:
    version = text.versions.get(tag) if text is not None else None
    return version.words if version is not None else ""

"""Sections that a room adds to the pages of records below it.

A gathering's page shows what came of it, though the room of gatherings knows nothing of promises.
So rooms above register sections here when Django starts; the page asks for those of its kind.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from amity.foundation.pages.context import Context
from amity.foundation.pages.public import Page
from amity.record import kinds
from amity.record.models import Recorded

Owner = TypeVar("Owner", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Section(Generic[Owner]):
    """A section of the page of a record of one model.

    `load(record, page)` reads what the section shows, or returns None when that is nothing.
    Sections stand in the order of `order`. What a whole page asks the database is held in the
    tests of pages.
    """

    name: str
    load: Callable[[Owner, Page], Context | None]
    order: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A section of a page that has something to show: `{{ draw(section.content) }}`."""

    name: str
    content: Context


_sections: dict[str, list[Section[Any]]] = defaultdict(list)
_on_every_page: list[Section[Any]] = []


def register(kind: str, section: Section[Owner]) -> None:
    """Add a section to the pages of records of this kind; called from `AppConfig.ready`."""
    listed = _sections[kind]
    listed[:] = [one for one in listed if one.name != section.name] + [section]
    listed.sort(key=lambda one: one.order)


def register_everywhere(section: Section[Recorded]) -> None:
    """Add a section to the pages of records of every kind that has its own."""
    _on_every_page[:] = [one for one in _on_every_page if one.name != section.name] + [section]


def fill(kind: str, record: Recorded, page: Page) -> tuple[Filled, ...]:
    """The sections that have something to show for `record`."""
    every = _on_every_page if kinds.known(kind) and kinds.get(kind).page else []
    return tuple(
        Filled(section.name, content)
        for section in sorted([*_sections[kind], *every], key=lambda one: one.order)
        if (content := section.load(record, page)) is not None
    )

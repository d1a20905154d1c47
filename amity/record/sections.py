"""Sections that a room adds to the pages of records below it.

A gathering's page shows what came of it, though the room of gatherings knows nothing of promises.
So rooms above register sections here when Django starts; the page asks for those of its kind.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amity.foundation.pages.public import Page
from amity.record.models import Recorded

Load = Callable[[Any, Page], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a record's page.

    `load(record, page)` reads what `template` needs, or returns None when there is nothing to
    show; `statements` is how many SQL statements it may take (a page has eight in all).
    Sections stand in the order of `order`.
    """

    name: str
    template: str
    load: Load
    order: int
    statements: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with what it shows; templates reach it as `section`."""

    name: str
    template: str
    data: Mapping[str, Any]


_sections: dict[str, list[Section]] = defaultdict(list)


def register(kind: str, section: Section) -> None:
    """Add a section to the pages of records of this kind; called from `AppConfig.ready`."""
    listed = _sections[kind]
    listed[:] = [one for one in listed if one.name != section.name] + [section]
    listed.sort(key=lambda one: one.order)


def registered(kind: str) -> tuple[Section, ...]:
    """The sections of a kind's pages, in order."""
    return tuple(_sections[kind])


def fill(kind: str, record: Recorded, page: Page) -> list[Filled]:
    """The sections that have something to show for `record`."""
    return [
        Filled(section.name, section.template, data)
        for section in registered(kind)
        if (data := section.load(record, page)) is not None
    ]

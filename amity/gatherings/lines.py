"""Writes the long lists of a programme: hundreds of items, so not in a template.

Each class keeps what returns again and again (a speaker's name, a room's, a row of languages), so
one is made for each page. Keys are letters, digits and hyphens; all else is escaped by `t`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from django.utils.translation import ngettext
from markupsafe import Markup, escape

from amity.foundation.dates.said import said
from amity.foundation.pages.formatting import clock, number
from amity.foundation.pages.links import STAND_IN, url
from amity.languages.jinja import language_name, writer
from amity.languages.text import Text

from .choices import SessionKind
from .jinja import gathering_label, hours
from .queries.people import PersonRow
from .queries.programme import (
    ContributionRow,
    ListedSession,
    RoomName,
    SessionRow,
    SpeakerName,
)

Row = TypeVar("Row")


def _link(page: str) -> Callable[[str, str], str]:
    """Writes links to the pages called `page`: key and words in, `<a>` out."""
    before, after = url(page, key=STAND_IN).split(STAND_IN)
    return lambda key, words: f'<a href="{before}{key}{after}">{words}</a>'


class Lines(ABC, Generic[Row]):
    """Writes rows of one kind as list items."""

    def __call__(self, rows: Iterable[Row]) -> Markup:
        """The items for `rows`, without the list around them."""
        return Markup("\n".join(map(self._item, rows)))  # noqa: S704 - of escaped parts

    @abstractmethod
    def _item(self, row: Row) -> str:
        """One row as an item, all its parts escaped."""


class SessionLines(Lines[SessionRow]):
    """Writes the sessions of a programme: as list items, and as the contents of a grid's cells."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self._t = writer()
        self._session = _link("gatherings:session")
        self._contributions = ContributionLines(zone)
        self._rooms: dict[str, str] = {}
        self._themes: dict[str, str] = {}
        self._spoken: dict[tuple[str, ...], str] = {}

    def box(self, row: SessionRow) -> Markup:
        """What stands in a cell of the grid."""
        session = row.session
        parts = [
            f'<p class="when">{self._times(session)}</p>',
            f'<p class="title">{self._title(session)}</p>',
        ]
        if session.kind != SessionKind.BREAK:
            about = [*self._about(session), *self._how_many(len(row.contributions))]
            parts.append(f'<p class="small quiet">{" · ".join(about)}</p>')
        return Markup("\n".join(parts))  # noqa: S704 - of escaped parts

    def _item(self, row: SessionRow) -> str:
        session = row.session
        room = f"<span>{self._room(session.room)}</span>" if session.room else ""
        given = ""
        if row.contributions:
            items = self._contributions(row.contributions)
            given = f'<ol class="contributions">\n{items}\n</ol>\n'
        if session.kind == SessionKind.BREAK:
            opening, about = '<li class="slot break">', ""
        else:
            opening = f'<li class="slot" id="{session.key}">'
            themes = (self._theme(*theme) for theme in row.themes)
            words = " · ".join([*self._about(session), *themes])
            about = f'<p class="small quiet">{words}</p>\n'
        return (
            f'{opening}\n<p class="when">{self._times(session)}{room}</p>\n'
            f'<div class="what"><h3>{self._title(session)}</h3>\n{about}{given}</div></li>'
        )

    def _times(self, session: ListedSession) -> str:
        if session.starts_at and session.ends_at:
            return hours(session.starts_at, session.ends_at, self.zone)
        return said(session.when)

    def _title(self, session: ListedSession) -> str:
        words = self._t(session.title)
        return words if session.kind == SessionKind.BREAK else self._session(session.key, words)

    def _about(self, session: ListedSession) -> list[str]:
        kind = escape(gathering_label("session_kind", session.kind))
        return [kind, self._languages(session.languages)] if session.languages else [kind]

    def _how_many(self, contributions: int) -> list[str]:
        if not contributions:
            return []
        words = ngettext("%(shown)s contribution", "%(shown)s contributions", contributions)
        return [escape(words % {"shown": number(contributions)})]

    def _languages(self, tags: Iterable[str]) -> str:
        spoken = tuple(tags)
        if spoken not in self._spoken:
            self._spoken[spoken] = escape(", ".join(map(language_name, spoken)))
        return self._spoken[spoken]

    def _room(self, room: RoomName) -> str:
        if room.key not in self._rooms:
            self._rooms[room.key] = self._t(room.name)
        return self._rooms[room.key]

    def _theme(self, key: str, name: Text) -> str:
        if key not in self._themes:
            self._themes[key] = self._t(name)
        return self._themes[key]


class ContributionLines(Lines[ContributionRow]):
    """Writes the contributions of a programme or a session as list items."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self._t = writer()
        self._link = _link("gatherings:contribution")
        self._names: dict[str, str] = {}

    def _item(self, row: ContributionRow) -> str:
        at = f"{clock(row.starts_at, self.zone)} " if row.starts_at else ""
        names = ", ".join([self._name(speaker) for speaker in row.speakers])
        by = f' <span class="by">{names}</span>' if names else ""
        return f"<li>{at}{self._link(row.key, self._t(row.title))}{by}</li>"

    def _name(self, speaker: SpeakerName) -> str:
        if speaker.key not in self._names:
            self._names[speaker.key] = self._t(speaker.name)
        return self._names[speaker.key]


class SpeakerLines(Lines[PersonRow]):
    """Writes the people of a programme as list items."""

    def __init__(self) -> None:
        self._t = writer()
        self._person = _link("network:person")
        self._contribution = _link("gatherings:contribution")
        self._given: dict[str, str] = {}

    def _item(self, row: PersonRow) -> str:
        given = self._given
        gives = [given.get(one[0]) or self._gives(*one) for one in row.contributions]
        of = f'<p class="small quiet">{self._t(row.organization)}</p>' if row.organization else ""
        return (
            f"<li><h3>{self._person(row.key, self._t(row.name))}</h3>{of}"
            f'<ul class="small plain">{"".join(gives)}</ul></li>'
        )

    def _gives(self, key: str, title: Text) -> str:
        item = f"<li>{self._contribution(key, self._t(title))}</li>"
        self._given[key] = item
        return item

"""The cells of a programme's table: what stands in them, and what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.http import QueryDict

from amity.desk.forms.dates import written
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.asked import whole_number
from amity.foundation.words.characters import in_a_line
from amity.gatherings.models import Contribution, Session, Speaker
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.network.models import Person
from amity.record import rules
from amity.record.acting import Acting
from amity.record.models import Recorded

MOST_ROWS = 300
"""Contributions shown at once; a longer programme is shown day by day."""
LONGEST_CELL = 2_000


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands in the cells of a row; `kind` is `session:plenary`, `contribution:speech`, …"""

    day: str = ""
    starts: str = ""
    ends: str = ""
    room: str = ""
    kind: str = ""
    title: str = ""
    speakers: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; a kind alone is none of it."""
        return not any(getattr(self, name) for name in COLUMNS if name != "kind")


COLUMNS = tuple(one.name for one in fields(Cells))


@dataclass(slots=True)
class Line:
    """A row: of which record it is (`kind`, `key`, and its `revision`; empty for a new one), its
    cells, what is wrong by cell ("" for the row), and people who would have to be new.

    `shown`: the title in the best language, for who has none in their own.
    """

    kind: str
    key: str
    revision: int
    cells: Cells
    shown: str = ""
    faults: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        """What the form sends of a row to say of which record it is."""
        return f"{self.kind}:{self.key}:{self.revision}" if self.key else ""

    def refuse(self, cell: str, *words: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.setdefault(cell if cell in COLUMNS else "", []).extend(words)


def blank(kind: str = "") -> Line:
    """A row for something new."""
    return Line("", "", 0, Cells(kind=kind))


def sent(data: QueryDict) -> list[Line]:
    """The rows of the table as they were sent, in their order."""
    columns = {name: data.getlist(name) for name in COLUMNS}
    lines = []
    for place, token in enumerate(data.getlist("row")):
        kind, key, revision = _read(token)
        typed = {
            name: _in_a_line(name, listed[place][:LONGEST_CELL]) if place < len(listed) else ""
            for name, listed in columns.items()
        }
        lines.append(Line(kind, key, revision, Cells(**typed)))
    return lines


def _in_a_line(name: str, words: str) -> str:
    """What was typed into a cell; whatever space came with a day, a clock or a name is one."""
    return in_a_line(words) if name == "title" else " ".join(words.split())


def _read(token: str) -> tuple[str, str, int]:
    kind, _colon, rest = token.partition(":")
    key, _colon, revision = rest.rpartition(":")
    read = whole_number(revision)
    if kind not in ("session", "contribution") or read is None:
        return "", "", 0
    return kind, key[:120], read


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts sessions and contributions into cells for one who acts, in their `language`, by the
    clocks of `zone`."""

    acting: Acting
    language: str
    zone: str

    def session(self, session: Session) -> Cells:
        """The cells of a session."""
        return Cells(
            day=self._day(session),
            starts=self._clock(session.starts_at),
            ends=self._until(session.starts_at, session.ends_at),
            room=self.called(session.room) if session.room is not None else "",
            kind=f"session:{session.kind}",
            title=self._own(session.title),
        )

    def contribution(
        self, one: Contribution, session: Session, speakers: Sequence[Speaker]
    ) -> Cells:
        """The cells of a contribution; its day is said where it is not its session's."""
        day = self.in_words(one.starts_at)
        return Cells(
            day="" if day == self._day(session) else day,
            starts=self._clock(one.starts_at),
            ends=self._until(one.starts_at, one.ends_at),
            kind=f"contribution:{one.kind}",
            title=self._own(one.title),
            speakers="; ".join(self.called(who.person) for who in speakers),
        )

    def called(self, record: Recorded) -> str:
        """A person or room by name; by its identifier where its name is not for whoever acts."""
        name: Text = getattr(record, "name")  # noqa: B009 - rooms and people have one
        if isinstance(record, Person) and not rules.may_read(self.acting, record):
            return record.key
        return " ".join(self.best(name).split())

    def best(self, text: Text) -> str:
        """A text in the version that is best for the reader."""
        return in_a_line(text.best(preferences(self.language)).words)

    def _own(self, title: Text) -> str:
        """A title in the language of the reader; empty where it has none."""
        version = title.versions.get(self.language)
        return in_a_line(version.words) if version else ""

    def _day(self, session: Session) -> str:
        if session.starts_at is not None:
            return self.in_words(session.starts_at)
        return self.in_a_cell(session.when) if session.when is not None else ""

    def day_of(self, session: Session) -> str:
        """The day of a session, the same in each language: for addresses."""
        if session.starts_at is not None:
            return self.date(session.starts_at)
        when = session.when
        return (when.edtf or self.in_a_cell(when)) if when is not None else ""

    def in_words(self, moment: datetime | None) -> str:
        """The day of a moment, as the reader's language writes it and the table reads it."""
        return _as_typed(self.date(moment), self.language) if moment else ""

    def in_a_cell(self, when: DateAsSaid) -> str:
        """A date as people said it, or as the reader's language writes it."""
        if when.said:
            return " ".join(when.said.words.split())
        return _as_typed(when.edtf, self.language) if when.edtf else ""

    def date(self, moment: datetime | None) -> str:
        """The day of a moment by the clocks of the gathering, as it is written."""
        return f"{moment.astimezone(ZoneInfo(self.zone)):%Y-%m-%d}" if moment else ""

    def _clock(self, moment: datetime | None) -> str:
        return f"{moment.astimezone(ZoneInfo(self.zone)):%H:%M}" if moment else ""

    def _until(self, starts: datetime | None, ends: datetime | None) -> str:
        """When something ends; with the day where that is another."""
        day = self.date(ends)
        return self._clock(ends) if day == self.date(starts) else f"{day} {self._clock(ends)}"


@lru_cache(maxsize=4096)
def _as_typed(edtf: str, language: str) -> str:
    """A date as a language writes it; each is said a few hundred times in a table."""
    when = DateAsSaid.parse(edtf)
    return written(when, language, when.start or date.min)

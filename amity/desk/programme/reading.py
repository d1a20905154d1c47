"""Cells of a programme's table, read into sessions and contributions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.desk.forms.dates import DateField
from amity.desk.forms.fields import MomentField, TextField
from amity.desk.pasting.columns import folded
from amity.desk.pasting.programme import BETWEEN_SPEAKERS, CLOCK
from amity.desk.programme.cells import Cells, Line, Wording
from amity.desk.programme.people import Named
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.words.characters import WordsError
from amity.gatherings.models import Contribution, Session, Speaker
from amity.languages.text import Text

if TYPE_CHECKING:
    from django.db import models

    Column = models.Field[object, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads cells, and notes what is wrong at each; what stands and was not touched stays.

    `today`: the day it is where the reader is.
    """

    wording: Wording
    named: Named
    today: date

    def session(self, line: Line, session: Session, before: Cells) -> None:
        """Give a session what was typed in place of `before`; all of it where it is new."""
        cells = line.cells
        self._common(line, session, before)
        if cells.room != before.room:
            try:
                session.room = self.named.room(cells.room) if cells.room else None
            except WordsError as error:
                line.refuse("room", str(error.args[0]))
        if cells.speakers:
            line.refuse("speakers", _("Who speaks stands in the rows of contributions below."))
        if (cells.day, cells.starts, cells.ends) == (before.day, before.starts, before.ends):
            return
        when = self._said(line, session.when if cells.day == before.day else None)
        day = _only_day(when)
        if cells.starts and day is None and "day" not in line.faults:
            line.refuse("day", _("A time needs its day."))
        moved = session.starts_at is None or cells.day != before.day
        session.starts_at = self._moment(line, "starts", day)
        session.ends_at = self._moment(line, "ends", self._day_of(session.starts_at) or day)
        if session.starts_at is None or (session.when is not None and moved):
            session.when = when

    def contribution(
        self, line: Line, one: Contribution, session: Session, before: Cells, *, moved: bool
    ) -> None:
        """Give a contribution what was typed; `moved`: its session was put on another day."""
        cells = line.cells
        self._common(line, one, before)
        if cells.room and cells.room != self._room(session):
            line.refuse(
                "room", _("A contribution is given where its session is: name the room there.")
            )
        times = (cells.day, cells.starts, cells.ends)
        if times == (before.day, before.starts, before.ends) and not moved:
            return
        own = self._said(line, None) if cells.day else None
        day = _only_day(own) if own else self._day_of(session.starts_at) or _only_day(session.when)
        day = day or (None if own else _only_day(self.named.gathering.when))
        if cells.starts and day is None:
            line.refuse("day", _("A time needs its day."))
        one.starts_at = self._moment(line, "starts", day)
        one.ends_at = self._moment(line, "ends", self._day_of(one.starts_at) or day)

    def speakers(self, line: Line, standing: Sequence[Speaker]) -> list[Speaker]:
        """Those who are named, in that order; who spoke already goes on for whom they spoke."""
        known = {folded(self.wording.called(one.person)): one for one in standing}
        found: list[Speaker] = []
        for words in filter(None, BETWEEN_SPEAKERS.split(line.cells.speakers)):
            stands = known.get(folded(words))
            try:
                person = stands.person if stands else self.named.person(words)
            except ValidationError as error:
                line.refuse("speakers", *error.messages)
                line.unknown.append(words)
                continue
            except WordsError as error:
                line.refuse("speakers", str(error.args[0]))
                continue
            if any(one.person is person or one.person == person for one in found):
                line.refuse("speakers", _("“%(words)s” stands there twice.") % {"words": words})
                continue
            speaker = Speaker(person=person, position=len(found) + 1)
            if stands is not None:
                speaker.organization, speaker.role = stands.organization, stands.role
            found.append(speaker)
        return found

    def _common(self, line: Line, record: Session | Contribution, before: Cells) -> None:
        cells = line.cells
        if cells.kind != before.kind:
            group, _colon, kind = cells.kind.partition(":")
            choices = [str(value) for value, _label in _column(record, "kind").flatchoices]
            own = "session" if isinstance(record, Session) else "contribution"
            if group != own or kind not in choices:
                line.refuse("kind", _("Choose what it is."))
            else:
                record.kind = kind
        if cells.title != before.title or not record.pk:
            title = self._title(line, record)
            if title is not None:
                record.title = title

    def _title(self, line: Line, record: Session | Contribution) -> Text | None:
        stored = record.title if record.pk else None
        given = {tag: one.words for tag, one in stored.versions.items()} if stored else {}
        given[self.wording.language] = line.cells.title
        if stored is not None:
            given["original"] = stored.original
        try:
            title = TextField(_column(record, "title"), (), stored).clean(given)
        except ValidationError as error:
            line.refuse("title", *error.messages)
            return None
        if title is None:
            line.refuse("title", _("The title is missing."))
        return title

    def _said(self, line: Line, stored: DateAsSaid | None) -> DateAsSaid | None:
        """The day of a row as it was said."""
        if stored is not None:
            return stored
        field = DateField(_column(Session, "when"), self.wording.language, self.today, None)
        try:
            return field.clean({"words": line.cells.day, "language": self.wording.language})
        except ValidationError as error:
            line.refuse("day", *error.messages)
            return None

    def _moment(self, line: Line, cell: str, day: date | None) -> datetime | None:
        words = str(getattr(line.cells, cell))
        if not words:
            return None
        found = CLOCK.match(words)
        if found is None:
            line.refuse(cell, _("Expected a time, such as 09:30 or 2026-10-05 09:30."))
            return None
        on = found["day"] or (day.isoformat() if day else "")
        if not on:
            return None  # the row has no day; that is said there
        field = MomentField(_column(Session, "starts_at"), self.wording.zone, asks=False)
        try:
            return field.clean(f"{on}T{int(found['hour']):02}:{found['minute']}")
        except ValidationError as error:
            line.refuse(cell, *error.messages)
            return None

    def _day_of(self, moment: datetime | None) -> date | None:
        """The day of a moment by the clocks of the gathering."""
        written = self.wording.date(moment)
        return date.fromisoformat(written) if written else None

    def _room(self, session: Session) -> str:
        return self.wording.called(session.room) if session.room is not None else ""


def _only_day(when: DateAsSaid | None) -> date | None:
    return when.start if when is not None and when.start == when.end else None


def _column(of: "models.Model | type[models.Model]", name: str) -> "Column":
    return next(one for one in of._meta.concrete_fields if one.name == name)

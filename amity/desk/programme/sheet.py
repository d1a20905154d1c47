"""A programme's table as it was typed: what each row becomes, and all that is to be written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.desk.new.naming import new_key
from amity.desk.programme.cells import Cells, Line
from amity.desk.programme.reading import Reading
from amity.desk.programme.standing import Standing, as_opened, merged
from amity.gatherings.models import Contribution, Gathering, Session, Speaker
from amity.network.models import Person
from amity.record import kinds
from amity.record.actions import Changed, New
from amity.record.choices import Audience
from amity.record.models import Recorded

Steps = Sequence[New | Changed]
"""What is to be written, in order."""


@dataclass(slots=True)
class Part:
    """A line, with the session or contribution that it becomes.

    `record` is None where it cannot be said what it is, or where it is to be nothing. `touched`:
    it is to be written. `speakers`: None where they stay. `moved`: a session is on another day
    than it stood.
    """

    line: Line
    record: Session | Contribution | None = None
    touched: bool = False
    speakers: list[Speaker] | None = None
    moved: bool = False


@dataclass(slots=True)
class Sheet:
    """Reads the lines of a table into parts, in their order.

    A contribution belongs to the session above it. `opened`: the last change when the table was
    shown.
    """

    gathering: Gathering
    standing: Standing
    reading: Reading
    opened: int
    parts: list[Part] = field(default_factory=list)
    session: Part | None = None

    def read(self, lines: Sequence[Line]) -> list[Part]:
        """What each line becomes. A new one of no kind is of that of the contribution above it."""
        above = ""
        for line in lines:
            part = Part(line)
            self.parts.append(part)
            if not line.key and line.cells.is_blank:
                continue
            if not line.key and not line.cells.kind:
                line.cells = replace(line.cells, kind=above)
            above = line.cells.kind if line.cells.kind.startswith("contribution:") else ""
            group = line.kind or line.cells.kind.partition(":")[0]
            if group == "session":
                self._session(part)
            elif group == "contribution":
                self._contribution(part)
            else:
                line.refuse("kind", _("Choose what it is."))
        self._put_in_order()
        return self.parts

    @property
    def faulty(self) -> bool:
        """Whether anything cannot be read."""
        return any(part.line.faults for part in self.parts)

    def _session(self, part: Part) -> None:
        line = part.line
        stands = self.standing.sessions.get(line.key) if line.key else None
        before = self.reading.wording.session(stands) if stands else Cells()
        session = stands or Session(dossier=self.gathering.dossier, gathering=self.gathering)
        self._meet(line, session, session, before)
        then = (session.starts_at, session.when)
        part.record, part.touched = session, line.cells != before or stands is None
        if part.touched:
            self.reading.session(line, session, before)
        part.moved = stands is not None and then != (session.starts_at, session.when)
        self.session = part

    def _contribution(self, part: Part) -> None:
        line, wording = part.line, self.reading.wording
        above = self.session.record if self.session else None
        if self.session is None or not isinstance(above, Session):
            line.refuse("kind", _("A contribution stands below its session."))
            return
        stands = self.standing.contributions.get(line.key) if line.key else None
        spoke = self.standing.speakers[stands.pk] if stands else []
        session = stands.session if stands else above
        before = wording.contribution(stands, session, spoke) if stands else Cells()
        one = stands or Contribution(dossier=self.gathering.dossier, session=above)
        self._meet(line, one, session, before)
        elsewhere = stands is not None and session is not above
        moved = self.session.moved or elsewhere
        part.record = one
        part.touched = line.cells != before or moved or stands is None
        one.session = above
        if line.cells.speakers != before.speakers:
            part.speakers = self.reading.speakers(line, spoke)
        if part.touched:
            self.reading.contribution(line, one, above, before, moved=moved)

    def _meet(
        self, line: Line, stands: Session | Contribution, session: Session, now: Cells
    ) -> None:
        """Put together what was typed and what somebody else has saved since."""
        if line.key and not stands.pk:
            line.refuse(
                "", _("Somebody has removed this since. Saved again, it becomes a new row.")
            )
            line.kind = line.key = ""
        elif line.key and line.revision != stands.revision:
            try:
                base = as_opened(stands, session, self.opened, self.reading.wording)
            except ValidationError:
                base = Cells()
            both = merged(line, base, now)
            for cell, words in both.items():
                said = _("Somebody else wrote here since: “%(words)s”. Saved again, yours stands.")
                line.refuse(cell, said % {"words": words})
            line.revision = stands.revision

    def _put_in_order(self) -> None:
        """Give what is new its place, after what stands above it."""
        last = max((one.position for one in self.standing.sessions.values()), default=0)
        place = 0
        pushed = False
        for part in self.parts:
            record = part.record
            if isinstance(record, Session):
                if record.pk is None:
                    last = record.position = last + 1
                place, pushed = 0, False
            elif isinstance(record, Contribution):
                if record.pk is None or (pushed and record.position <= place):
                    record.position, pushed, part.touched = place + 1, True, True
                place = max(place, record.position)


def steps(sheet: Sheet, office: str, *, release: bool) -> Steps:
    """What is to be written, in order, with identifiers for what is new.

    `release`: new people are read by everybody at once.
    """
    named, promised = sheet.reading.named, dict[type[Recorded], set[str]]()

    def new(record: Recorded) -> None:
        taken = promised.setdefault(type(record), set())
        record.key = new_key(kinds.of_model(type(record)), record, office, taken)
        taken.add(record.key)

    used = {id(one) for one in _used(sheet)}
    found: list[New | Changed] = []
    for person in named.new_people.values():
        if id(person) in used:
            new(person)
            found.append(New(person, audience=Audience.PUBLIC if release else None))
    for room in named.new_rooms.values():
        if id(room) in used:
            new(room)
            found.append(New(room))
    for model in (Session, Contribution):
        for part in sheet.parts:
            record = part.record
            if not part.touched or not isinstance(record, model):
                continue
            rows = {} if part.speakers is None else {"speakers": part.speakers}
            if record.pk is None:
                new(record)
                found.append(New(record, rows))
            else:
                found.append(Changed(record, rows))
    return found


def _used(sheet: Sheet) -> Iterator[Recorded]:
    """The people and rooms that the rows name."""
    for part in sheet.parts:
        for speaker in part.speakers or ():
            yield speaker.person
        if isinstance(part.record, Session) and part.record.room is not None:
            yield part.record.room


def tell(sheet: Sheet, kind: str, key: str, name: str, words: Sequence[str]) -> bool:
    """Say at its row what was refused of a record; False where it is in no row."""
    for part in sheet.parts:
        record = part.record
        if record is not None and kinds.of_model(type(record)).kind == kind and record.key == key:
            part.line.refuse(CELLS.get(name.partition(".")[0], ""), *words)
            return True
    if kind == "person":
        return _tell_of_person(sheet, key, words)
    return False


def _tell_of_person(sheet: Sheet, key: str, words: Sequence[str]) -> bool:
    for part in sheet.parts:
        if any(
            isinstance(one.person, Person) and one.person.key == key for one in part.speakers or ()
        ):
            part.line.refuse("speakers", *words)
            return True
    return False


CELLS = {
    "starts_at": "starts",
    "ends_at": "ends",
    "when": "day",
    "title": "title",
    "kind": "kind",
    "room": "room",
    "speakers": "speakers",
}
"""The cell in which each field of a record stands."""

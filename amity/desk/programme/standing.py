"""The programme of a gathering as it stands, and as rows of its table."""

from collections import defaultdict
from dataclasses import dataclass, replace

from amity.desk.merging import as_it_was
from amity.desk.pasting.columns import folded
from amity.desk.programme.cells import Cells, Line, Wording
from amity.desk.queries import changes_since
from amity.gatherings.models import Contribution, Gathering, Room, Session, Speaker
from amity.gatherings.queries.joined import BY_TIME
from amity.network.models import Person
from amity.record import rules
from amity.record.plain.filling import fill
from amity.record.plain.states import plain_of
from amity.record.queries import visible_to


@dataclass(frozen=True, slots=True)
class Standing:
    """What whoever acts may read of a programme: sessions and contributions by identifier, in
    their order; who speaks, by the number of the contribution; who chairs, by that of the session;
    and the rooms."""

    sessions: dict[str, Session]
    contributions: dict[str, Contribution]
    speakers: dict[int, list[Speaker]]
    chairs: dict[int, list[Person]]
    rooms: list[Room]

    def people(self, wording: Wording) -> dict[str, list[Person]]:
        """Who is in the programme already, by every name that whoever acts may read."""
        found: dict[str, list[Person]] = defaultdict(list)
        listed = [one.person for group in self.speakers.values() for one in group]
        for person in {one.pk: one for one in listed}.values():
            names = person.name.all_words() if rules.may_read(wording.acting, person) else ()
            for name in {person.key, *map(folded, names)}:
                found[name].append(person)
        return found

    def of(self, kind: str, key: str) -> Session | Contribution | None:
        """A session or contribution by its identifier."""
        return (self.sessions if kind == "session" else self.contributions).get(key)

    def days(self, wording: Wording) -> tuple[str, ...]:
        """The days on which there are sessions, as addresses say them."""
        said = (wording.day_of(one) for one in self.sessions.values())
        return tuple(dict.fromkeys(filter(None, said)))

    def lines(self, wording: Wording, day: str = "") -> list[Line]:
        """The rows of the table: each session, of a day or of all, and below it what is given."""
        within: dict[int, list[Contribution]] = defaultdict(list)
        for one in self.contributions.values():
            within[one.session_id].append(one)
        found = []
        for session in self.sessions.values():
            if day and wording.day_of(session) != day:
                continue
            cells = wording.session(session)
            found.append(self._line("session", session, cells, wording))
            for one in within[session.pk]:
                cells = wording.contribution(one, session, self.speakers[one.pk])
                found.append(self._line("contribution", one, cells, wording))
        return found

    def _line(self, kind: str, one: Session | Contribution, cells: Cells, wording: Wording) -> Line:
        return Line(kind, one.key, one.revision, cells, wording.best(one.title))


def standing(gathering: Gathering, wording: Wording) -> Standing:
    """The programme of a gathering as it stands. Six statements."""
    acting = wording.acting
    sessions = visible_to(acting, Session).filter(gathering=gathering)
    listed = list(sessions.select_related("room", "dossier").order_by(*BY_TIME))
    for one in listed:
        one.gathering = gathering
    by_number = {one.pk: one for one in listed}
    contributions = visible_to(acting, Contribution).filter(session__in=by_number)
    given = list(contributions.order_by(*BY_TIME))
    for contribution in given:
        contribution.session = by_number[contribution.session_id]
    speaking = Speaker.everything.filter(contribution__session__in=by_number)
    speakers: dict[int, list[Speaker]] = defaultdict(list)
    for speaker in speaking.select_related("person", "organization").order_by("position"):
        speakers[speaker.contribution_id].append(speaker)
    chairs: dict[int, list[Person]] = defaultdict(list)
    for pair in Session.chairs.through._base_manager.filter(session__in=by_number).select_related(
        "person"
    ):
        chairs[pair.session_id].append(pair.person)
    rooms = visible_to(acting, Room).filter(gathering=gathering).order_by("position")
    return Standing(
        {one.key: one for one in listed},
        {one.key: one for one in given},
        speakers,
        chairs,
        list(rooms),
    )


def as_opened(
    record: Session | Contribution, session: Session, opened: int, wording: Wording
) -> Cells:
    """The cells of a record as they stood after the change `opened`.

    Raises ValidationError where something that they named is no more.
    """
    then = type(record)(dossier_id=record.dossier_id)
    rows = fill(then, as_it_was(plain_of(record), changes_since(record, opened)))
    if isinstance(then, Session):
        return wording.session(then)
    speakers = [one for one in rows["speakers"] if isinstance(one, Speaker)]
    return wording.contribution(then, session, speakers)


def merged(line: Line, base: Cells, theirs: Cells) -> dict[str, str]:
    """What two people typed into one row; gives what others wrote where both wrote, by cell.

    What only the other changed is taken into the row.
    """
    taken: dict[str, str] = {}
    both: dict[str, str] = {}
    for name in Cells.__slots__:
        mine, then, now = (str(getattr(one, name)) for one in (line.cells, base, theirs))
        if mine == then:
            taken[name] = now
        elif now not in (then, mine):
            both[name] = now
    line.cells = replace(line.cells, **taken)
    return both

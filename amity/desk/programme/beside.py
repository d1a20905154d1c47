"""What clashes in a programme's table, for whoever types it."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.desk.pasting.columns import folded
from amity.desk.pasting.programme import BETWEEN_SPEAKERS
from amity.desk.programme.cells import Wording
from amity.desk.programme.sheet import Part
from amity.desk.programme.standing import Standing
from amity.gatherings.choices import ProgrammeStatus
from amity.gatherings.clashes import Clash, Slot, clashes
from amity.gatherings.models import Contribution, Gathering, Session
from amity.network.models import Person

OFF = (ProgrammeStatus.CANCELLED, ProgrammeStatus.POSTPONED)


@dataclass(frozen=True, slots=True)
class ClashInProgramme:
    """What clashes in a programme: its kind, the rows with what they are called, and the person
    or room."""

    kind: str
    row: int
    title: str
    other: int | None
    other_title: str
    name: str


def clashes_in(
    gathering: Gathering, standing: Standing, parts: Sequence[Part], wording: Wording
) -> list[Clash]:
    """What clashes as it was typed. The rows count from 1; people and rooms are told by name."""
    people = {
        name: wording.called(found[0])
        for name, found in standing.people(wording).items()
        if len(found) == 1
    }
    rooms = {
        folded(name): wording.called(room)
        for room in standing.rooms
        for name in room.name.all_words()
    }
    slots: list[Slot] = []
    session: int | None = None
    for row, part in enumerate(parts, 1):
        record, cells = part.record, part.line.cells
        if isinstance(record, Session):
            session = row
            when = record.when
            chairs: list[Person] = standing.chairs.get(record.pk or 0, [])
            slots.append(
                Slot(
                    row,
                    day=when.start if when and when.start == when.end else None,
                    starts=record.starts_at,
                    ends=record.ends_at,
                    room=rooms.get(folded(cells.room), cells.room) if cells.room else "",
                    people=frozenset(map(wording.called, chairs)),
                    off=record.status in OFF,
                )
            )
        elif isinstance(record, Contribution):
            named = filter(None, BETWEEN_SPEAKERS.split(cells.speakers))
            slots.append(
                Slot(
                    row,
                    within=session,
                    starts=record.starts_at,
                    ends=record.ends_at,
                    people=frozenset(people.get(folded(name), name) for name in named),
                    off=record.status in OFF,
                )
            )
    days = gathering.when
    first, last = (days.start, days.end) if days is not None else (None, None)
    return clashes(slots, first, last, wording.zone)

"""When somebody is to be asked what became of a promise. Pure: no database, no clock.

A turn is one period of a commitment for one side that holds it. What was said without a day
("soon", "by the next forum", an open end) gives none: nobody is asked on a guess.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from amity.foundation.dates.as_said import DateAsSaid

AHEAD = timedelta(days=400)
"""How far ahead turns of what comes back are derived; the next one always is."""
ASKED_BEFORE = timedelta(days=30)
"""How long before its day a turn's holder is asked."""


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A turn that follows from a deadline: the last day of its period, and its first if known."""

    on: date
    starts: date | None = None


def turns_due(deadline: DateAsSaid | None, since: date) -> list[Due]:
    """The turns of a commitment that are followed from the day `since` on, in order.

    What is due once is one turn, whenever that is. Of what comes back: the last that had ended
    before `since`, all that end within `AHEAD` of it, and the next after that.
    """
    if deadline is None:
        return []
    if deadline.every is None or deadline.edtf is None:
        day = deadline.due()
        return [Due(day, deadline.start)] if day else []
    return list(_of_rhythm(deadline, since))


def _of_rhythm(deadline: DateAsSaid, since: date) -> Iterator[Due]:
    last: Due | None = None
    for occurrence in deadline.occurrences():
        if occurrence.end is None:
            return
        due = Due(occurrence.end, occurrence.start)
        if due.on < since:
            last = due
            continue
        if last is not None:
            yield last
            last = None
        yield due
        if due.on > since + AHEAD:
            return
    if last is not None:
        yield last


@dataclass(frozen=True, slots=True)
class Standing:
    """A turn that is there: its number, its day, and whether somebody was asked or answered."""

    number: int
    on: date
    touched: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How turns that are there become those that are due.

    `moved`: number → what it is now; `added`; `removed`: numbers of those nobody was asked about;
    `dropped`: numbers of those that were asked and are due no more, which stay readable.
    """

    moved: dict[int, Due]
    added: list[Due]
    removed: list[int]
    dropped: list[int]

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.moved or self.added or self.removed or self.dropped)


def plan(due: Sequence[Due], there: Sequence[Standing]) -> Plan:
    """What is to be done so that `due` stands in place of `there`; nothing asked is lost.

    A turn on the same day stays. What is answered stays where it is. Of the rest, those that were
    asked move to the days that are new, the earliest to the earliest; so a link that was sent
    serves on when a deadline is moved.
    """
    days = {one.on for one in there}
    wanted = {one.on for one in due}
    new = sorted(one for one in due if one.on not in days)
    free = sorted(
        (one for one in there if one.on not in wanted and not one.answered),
        key=lambda one: (not one.touched, one.on),
    )
    moved = {one.number: due_now for one, due_now in zip(free, new, strict=False) if one.touched}
    rest = [one for one in free if one.number not in moved]
    return Plan(
        moved=moved,
        added=new[len(moved) :],
        removed=[one.number for one in rest if not one.touched],
        dropped=[one.number for one in rest if one.touched],
    )


def day_in_record(own: date, moment: datetime) -> date:
    """The day under which the record keeps what somebody does at a moment, their `own` day.

    Never later than the record's day, that of UTC, by which everybody reads it: what is sent on
    Tuesday morning in Hà Nội would else be of a day that has not come for its readers.
    """
    return min(own, moment.astimezone(UTC).date())


def asked_on(due: date) -> date:
    """The first day on which the holder of a turn may be asked."""
    return due - ASKED_BEFORE if due - date.min > ASKED_BEFORE else date.min


BETWEEN = timedelta(days=3)
"""How long an office has for itself before its signatories are told, even where that came late."""
FORGOTTEN_AFTER = timedelta(days=120)
"""What was due longer ago is not told any more, so that a first start floods nobody."""


def told_on(due: date, after: int | None) -> date | None:
    """The first day on which somebody is told of a missing report; None where they are not."""
    return None if after is None else due + timedelta(days=after)


def is_told(due: date, after: int | None, today: date) -> bool:
    """Whether the day has come, and is not long gone."""
    first = told_on(due, after)
    return first is not None and first <= today <= due + FORGOTTEN_AFTER


@dataclass(frozen=True, slots=True)
class Term:
    """Within how many `days` after it was asked, or `until` which day, a side answers, if any."""

    days: int | None = None
    until: date | None = None

    def answer_by(self, since: date) -> date | None:
        """The day by which a side that was asked on the day `since` is to answer, if any.

        Who was asked after the day that was set has no term: nobody is late from the first moment.
        """
        if self.days is not None:
            return since + timedelta(days=self.days)
        return self.until if self.until is not None and since <= self.until else None


NO_TERM = Term()
STAGES = (7, 30, 90)
"""Within how many days something is due when people are told of it, each once."""


def stage_of(due: date, today: date) -> int | None:
    """The nearest stage that a day has reached; None where it is further, or has passed."""
    left = (due - today).days
    return next((stage for stage in STAGES if 0 <= left <= stage), None)


def week_of(weekday: int, today: date, holidays: Collection[str]) -> date:
    """The last chosen weekday whose letter may be written on the day `today`.

    On a holiday of the office it waits for the next day that is none.
    """
    chosen = today - timedelta(days=(today.weekday() - weekday) % 7)
    written = chosen
    while written.isoformat() in holidays and (written - chosen).days < 7:
        written += timedelta(days=1)
    return chosen if written <= today else chosen - timedelta(days=7)

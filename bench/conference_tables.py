"""What the workbook of a conference says, and what follows of any two of its submissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DAY_MINUTES = 1440


@dataclass(frozen=True)
class Session:
    """A session of the list: so many time slots, from and to a minute of the day."""

    name: str
    slots: int
    start: int
    end: int


@dataclass(frozen=True)
class Submission:
    """order: its rank in the track, 0 where it has none; zone: minutes east of Greenwich; penalty:
    by session or room."""

    id: str
    track: str
    slots: int = 1
    order: int = 0
    zone: int = 0
    presenters: frozenset[str] = frozenset()
    attendees: frozenset[str] = frozenset()
    penalty: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Workbook:
    """The tables of one workbook.

    weights    by criterion, all of `WEIGHTS`
    local      zone of the conference, minutes east of Greenwich
    suitable, less_suitable   minutes of the day; beyond the second `big` is to be paid, between
               the two `small`
    chairs     of each track
    penalties  by table of `PENALTIES` and pair of names
    """

    weights: dict[str, int]
    local: int
    suitable: tuple[int, int]
    less_suitable: tuple[int, int]
    small: int
    big: int
    sessions: list[Session]
    rooms: list[str]
    chairs: dict[str, set[str]]
    talks: list[Submission]
    penalties: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)

    def unit(self) -> int:
        """Minutes that stand for one time slot: one where the sessions' times give less."""
        given = min((held.end - held.start) // held.slots for held in self.sessions)
        longest = max(held.slots for held in self.sessions)
        return max(1, min(given, DAY_MINUTES // longest))

    def attends(self, a: Submission, b: Submission) -> bool:
        """Whether somebody who wants to hear one of the two presents, hears or chairs the other."""
        return any(
            bool(x.attendees & (y.attendees | y.presenters))
            or (x.track != y.track and bool(x.attendees & self.chairs[y.track]))
            for x, y in ((a, b), (b, a))
        )

    def presents(self, a: Submission, b: Submission) -> bool:
        """Whether somebody who presents one of the two presents the other, or chairs its track."""
        return bool(a.presenters & b.presenters) or self.chairs_other(a, b)

    def chairs_other(self, a: Submission, b: Submission) -> bool:
        """Whether somebody who presents one of the two chairs the track of the other."""
        return a.track != b.track and any(
            x.presenters & self.chairs[y.track] for x, y in ((a, b), (b, a))
        )

    def chair_conflict(self, a: str, b: str) -> bool:
        """Whether two tracks have a chair in common."""
        return bool(self.chairs[a] & self.chairs[b])

    def similar(self, a: str, b: str) -> int:
        """How alike two tracks are, the first of which stands before the other in their list."""
        return self.penalties["similar tracks"].get((a, b), 0)

    def hours(self, talk: Submission, session: int) -> int:
        """What the hour of a session costs, as it is where the submission's people are."""
        held, shift = self.sessions[session], talk.zone - self.local
        first, last = (held.start + shift) % DAY_MINUTES, (held.end + shift) % DAY_MINUTES
        low, high = self.less_suitable
        if first < low or last > high or last < low:
            return self.big
        return self.small if first < self.suitable[0] or last > self.suitable[1] else 0


def both_ranked(a: Submission, b: Submission) -> bool:
    """Whether the two are of one track and have a rank there."""
    return bool(a.track == b.track and a.order and b.order)


WEIGHTS = (
    "Tracks_Sessions|Penalty",
    "Tracks_Rooms|Penalty",
    "Sessions_Rooms|Penalty",
    "Similar Tracks",
    "Number of Rooms per Track",
    "Parallel Tracks",
    "Consecutive Tracks",
    "Submissions_Timezones",
    "Submissions Order",
    "Submissions_Sessions|Penalty",
    "Submissions_Rooms|Penalty",
    "Presenters Conflicts",
    "Attendees Conflicts",
    "Chairs Conflicts",
    "Presenters Conflicts Timeslot Level",
    "Attendees Conflicts Timeslot Level",
)
PENALTIES = (
    "tracks_sessions|penalty",
    "tracks_rooms|penalty",
    "sessions_rooms|penalty",
    "similar tracks",
)

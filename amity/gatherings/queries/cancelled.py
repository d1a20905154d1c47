"""Gatherings, sessions and contributions that were removed: calendars tell those who keep them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.differences import JSON, Plain
from amity.gatherings.models import Gathering
from amity.record.removals import Removal, last_states, removed

from .edits import Subject


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A removed record that had a time, or days of which the last is included.

    `beside` names what said where it was to take place.
    """

    removal: Removal
    start: datetime | date
    end: datetime | date | None
    beside: tuple[Subject, ...]


def removed_gatherings() -> list[Cancelled]:
    """The last removed gatherings that had days. Three statements, one while there are none."""
    return list(_timed(removed(["gathering"])))


def removed_from(gathering: Gathering) -> list[Cancelled]:
    """The last removed sessions and contributions of a gathering that had times.

    Four statements; one while there are none.
    """
    found = removed(["session", "contribution"])
    if not found:
        return []
    sessions = set(gathering.sessions.values_list("key", flat=True))
    states = last_states(found)
    sessions |= {
        key
        for (kind, key), state in states.items()
        if kind == "session" and state.get("gathering") == gathering.key
    }
    return [
        one
        for one in _timed(found, states)
        if one.removal.entry.key in sessions
        or states[one.removal.entry.kind, one.removal.entry.key].get("session") in sessions
    ]


def _timed(
    found: list[Removal], states: Mapping[tuple[str, str], Plain] | None = None
) -> Iterator[Cancelled]:
    known = last_states(found) if states is None else states
    for removal in found:
        state = known.get((removal.entry.kind, removal.entry.key), {})
        starts, ends = _moment(state.get("starts_at")), _moment(state.get("ends_at"))
        when = _as_said(state.get("when"))
        start = starts or (when and when.start)
        end = ends or (when.end if when and starts is None else None)
        if start and (end or starts):
            yield Cancelled(removal, start, end, tuple(_beside(state)))


def _beside(state: Plain) -> Iterator[Subject]:
    for kind in ("session", "gathering", "room"):
        if isinstance(key := state.get(kind), str):
            yield kind, key


def _moment(value: JSON) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _as_said(value: JSON) -> DateAsSaid | None:
    return DateAsSaid.from_json(value) if isinstance(value, dict) else None

"""The rules of a programme: their ids, what one unit of each counts, and their usual cost.

A cost of None means that the rule must not be broken at all; 0 turns the rule off. A problem may
replace any of them (`Problem.weights`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

PERSON_TWICE: Final = "person-twice"
CHAIR_TWICE: Final = "chair-twice"
EQUIPMENT: Final = "equipment"
CAPACITY: Final = "capacity"
LANGUAGE: Final = "language"
AWAY: Final = "away"
NIGHT: Final = "night"
AWKWARD: Final = "awkward-hour"
BREAK: Final = "break"
FIXED: Final = "fixed"
PLENARY: Final = "plenary"
ORDER: Final = "order"
TRACK_ROOMS: Final = "track-rooms"
TRACK_PARALLEL: Final = "track-parallel"
TRACK_GAP: Final = "track-gap"
SIMILAR: Final = "similar-tracks"
PREFERENCE: Final = "preference"
CLASH: Final = "clash"

# rule -> (usual cost of one unit, what one unit is)
RULES: Final = MappingProxyType(
    {
        PERSON_TWICE: (None, "two contributions at once, in two rooms, that share a person"),
        CHAIR_TWICE: (
            None,
            "a session chaired, or a contribution given, by a chair busy elsewhere",
        ),
        EQUIPMENT: (None, "a piece of equipment a contribution needs and its room lacks"),
        CAPACITY: (2, "a person expected above the seats of the room"),
        LANGUAGE: (None, "a contribution in a language that is not worked in in its room"),
        AWAY: (None, "a speaker, panellist or chair wanted while away"),
        NIGHT: (10, "a person wanted outside the possible hours of the place where they are"),
        AWKWARD: (1, "a person wanted outside the comfortable hours of the place where they are"),
        BREAK: (None, "a session held during a break"),
        FIXED: (None, "a contribution not in the slot, or not in the room, fixed for it"),
        PLENARY: (None, "a session beside a plenary one"),
        ORDER: (None, "a contribution after one that should follow it"),
        TRACK_ROOMS: (5, "a room more than one in which a track meets"),
        TRACK_PARALLEL: (20, "a session beside another of the same track"),
        TRACK_GAP: (10, "a track with slots without it between its first and its last"),
        SIMILAR: (1, "a unit of the cost of two similar tracks in one slot"),
        PREFERENCE: (1, "a unit of the cost of a preference not met"),
        CLASH: (1, "a delegate who wants to hear two contributions that are on at once"),
    }
)

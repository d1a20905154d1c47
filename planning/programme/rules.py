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

# not weighable: what a programme is, and what the caller asked to keep
PLACED: Final = "placed"
CLOSED: Final = "room-closed"
ONE_TRACK: Final = "one-track-a-session"
PACKED: Final = "packed"
TOO_LONG: Final = "too-long"
ROOM_FOR_ALL: Final = "room-for-all"
LOCKED: Final = "locked"

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

WORDING: Final = MappingProxyType(
    {
        PERSON_TWICE: "{one} and {other} share a person and cannot be on at once",
        CHAIR_TWICE: "{chair} cannot be in two rooms at once in slot {slot}",
        EQUIPMENT: "{contribution} needs equipment that not every room has",
        CAPACITY: "{contribution} is expected to draw more people than some rooms seat",
        LANGUAGE: "{contribution} is in a language that is not worked in in every room",
        AWAY: "somebody whom {subject} needs is away",
        NIGHT: "somebody whom {contribution} needs is where it would be night",
        AWKWARD: "somebody whom {contribution} needs is where the hour would be awkward",
        BREAK: "{track} cannot meet in {slot} because of a break",
        FIXED: "{contribution} is fixed to a slot or room",
        PLENARY: "nothing else may be on beside {contribution}",
        ORDER: "{one} must come before {other}",
        TRACK_ROOMS: "{track} must stay in one room",
        TRACK_PARALLEL: "{track} must not meet twice in one slot",
        TRACK_GAP: "{track} must meet in slots that follow one another",
        SIMILAR: "{one} and {other} must not meet in the same slot",
        PREFERENCE: "a preference of {subject} must be met",
        CLASH: "{one} and {other} must not be on at once because delegates want to hear both",
        PLACED: "{contribution} must be placed once, where there is a slot and a room",
        CLOSED: "{room} is closed in {slot}",
        ONE_TRACK: "the session in {room} in {slot} mixes tracks",
        PACKED: "{contribution} does not follow on in {room} in {slot}",
        TOO_LONG: "{subject} is longer than any slot in which a room is open",
        ROOM_FOR_ALL: "all contributions must fit into sessions of one track each: {needed} "
        "minutes are needed and the rooms offer {offered}",
        LOCKED: "{contribution} is locked where it was",
    }
)

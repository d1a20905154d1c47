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
POSITION: Final = "position"
SESSION_POSITION: Final = "session-position"
KEPT_OUT: Final = "kept-out"
APART: Final = "apart"
NEXT_TO: Final = "next-to"
PAUSE: Final = "pause-between-talks"

# not weighable: what a programme is, and what the caller asked to keep
PLACED: Final = "placed"
TWICE: Final = "placed-twice"
UNKNOWN: Final = "unknown"
CLOSED: Final = "room-closed"
ONE_TRACK: Final = "one-track-a-session"
PACKED: Final = "packed"
BOARDS: Final = "boards"
FEW_BOARDS: Final = "boards-too-few"
OVER: Final = "over-time"
TOO_LONG: Final = "too-long"
ROOM_ONLY: Final = "room-only"
NO_ROOM: Final = "no-room"
ROOM_FOR_ALL: Final = "room-for-all"
LOCKED: Final = "locked"
LOCKED_SLOT: Final = "locked-slot"
TOO_OFTEN: Final = "wanted-too-often"
TOO_FULL: Final = "slots-too-full"
TOO_FEW_SESSIONS: Final = "sessions-too-few"
MANY_SESSIONS: Final = "sessions-too-many"
TRACKS_SESSIONS: Final = "tracks-too-many-sessions"
TRACKS_RING: Final = "tracks-ring-too-many-sessions"

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
        ORDER: (None, "two contributions of a track of which the later should come first"),
        TRACK_ROOMS: (5, "a room more than one in which a track meets"),
        TRACK_PARALLEL: (20, "a session beside another of the same track"),
        TRACK_GAP: (10, "a track with slots without it between its first and its last"),
        SIMILAR: (1, "a unit of the cost of two similar tracks for two sessions at once"),
        PREFERENCE: (1, "a unit of the cost of a preference not met"),
        CLASH: (1, "a delegate who wants to hear two contributions that are on at once"),
        POSITION: (None, "a contribution that is not at its position in its track"),
        SESSION_POSITION: (None, "a contribution that is not at its position in its session"),
        KEPT_OUT: (None, "a contribution in a slot that it is kept out of"),
        APART: (None, "two contributions with less time between them than they are kept apart"),
        NEXT_TO: (None, "two contributions that should stand next to each other and do not"),
        PAUSE: (0, "two contributions of a person in two sessions without the pause between"),
    }
)

WORDING: Final = MappingProxyType(
    {
        PERSON_TWICE: "{one} and {other} share a person and cannot be on at once",
        CHAIR_TWICE: "{chair} cannot be in two rooms at once in {slot}",
        EQUIPMENT: "{contribution} needs {missing}, which not every room has",
        CAPACITY: "{contribution} is expected to draw more people than some rooms seat",
        LANGUAGE: "{contribution} is in a language that is not worked in in every room",
        AWAY: "{subject} needs {people}, away in {slots}",
        NIGHT: "{contribution} needs {people}, for whom it would be night in {slots}",
        AWKWARD: "{contribution} needs {people}, for whom the hour would be awkward in {slots}",
        BREAK: "{track} cannot meet in {slots} because of a break",
        FIXED: "{contribution} is fixed to {places}",
        PLENARY: "nothing else may be on beside {contribution}",
        ORDER: "{one} must come before {other}",
        TRACK_ROOMS: "{track} must stay in one room",
        TRACK_PARALLEL: "{track} must not have two sessions at once",
        TRACK_GAP: "{track} must meet in slots that follow one another",
        SIMILAR: "{one} and {other} must not meet at once",
        PREFERENCE: "{subject} must not be in {places}",
        CLASH: "{one} and {other} must not be on at once because delegates want to hear both",
        POSITION: "{contribution} must be {position} of its track",
        SESSION_POSITION: "{contribution} must be {position} of its session",
        KEPT_OUT: "{contribution} is kept out of {slots}",
        APART: "{one} and {other} must be {minutes} minutes apart",
        NEXT_TO: "{one} and {other} must stand next to each other",
        PAUSE: "{one} and {other} share a person who needs a pause of {minutes} minutes between",
        BOARDS: "{subject} finds no open room: posters need one with boards, talks one without",
        FEW_BOARDS: "{needed} posters are to be shown and the rooms offer {offered} boards",
        TOO_LONG: "{subject} is longer than any slot in which a room is open",
        ROOM_FOR_ALL: "all contributions must fit into sessions of one track each: {needed} "
        "minutes are needed and the rooms offer {offered}",
        ROOM_ONLY: "{contribution} ({minutes} minutes) finds room only in {places}",
        NO_ROOM: "{contribution} ({minutes} minutes) finds no room in {room}",
        LOCKED: "{contribution} is locked where it was",
        TOO_OFTEN: "{person} is wanted in {needed} sessions, one after another, and there are "
        "{offered} slots for them",
        TOO_FULL: "contributions of {track} that can only be in {slots} need {needed} minutes, and "
        "{offered} are open to it there",
        TOO_FEW_SESSIONS: "{needed} contributions of {track} in {slots} are to be {position} of "
        "their session, and it has {offered} there at most",
        MANY_SESSIONS: "all contributions fill at least {needed} sessions of one track each, and "
        "the rooms offer {offered}",
        TRACKS_SESSIONS: "{tracks} fill at least {needed} sessions, and there are {offered} slots",
        TRACKS_RING: "{tracks} fill at least {needed} sessions, no more than {most} of them can "
        "meet at once, and there are {offered} slots",
    }
)

# what a plan breaks: who, where and when
BROKEN: Final = MappingProxyType(
    {
        PERSON_TWICE: "{one} and {other} are on at once in {rooms} ({time}) and share {people}",
        CHAIR_TWICE: "{chair} is wanted in {rooms} at once in slot {slot} ({time})",
        EQUIPMENT: "{contribution} needs {missing}, which {room} does not have ({time})",
        CAPACITY: "{contribution} is expected to draw {interest} people and {room} seats {seats} "
        "({time})",
        LANGUAGE: "{contribution} is in {language}, which is not worked in in {room} ({time})",
        AWAY: "{person} is away at {time} when {subject} is on",
        NIGHT: "{person} is wanted for {contribution} at {time}, which is night where they are",
        AWKWARD: "{person} is wanted for {contribution} at {time}, an awkward hour where they are",
        BREAK: "{track} meets in {room} in slot {slot} during the break at {time}",
        FIXED: "{contribution} is fixed to {fixed} and is in {place} ({time})",
        PLENARY: "beside {contribution} ({time}) other sessions are on: {count}",
        ORDER: "{one} must come before {other} and comes after it (they begin at {times})",
        TRACK_ROOMS: "{track} must stay in one room and meets in {rooms}",
        TRACK_PARALLEL: "{track} meets in {rooms} at once ({time})",
        TRACK_GAP: "{track} does not meet in the slot at {time}, between two in which it does",
        SIMILAR: "{one} and {other} meet at once, in {rooms} ({time})",
        PREFERENCE: "{subject} should not be in {room} in {slot}",
        CLASH: "{one} and {other} are on at once ({time}) and {count} want to hear both",
        POSITION: "{contribution} must be {position} of {track} and is {found} of {count} ({time})",
        SESSION_POSITION: "{contribution} must be {position} of its session and is {found} of "
        "{count} in {place} ({time})",
        KEPT_OUT: "{contribution} is kept out of slot {slot} and is in it, in {room}",
        APART: "{one} and {other} are less than {minutes} minutes apart ({time})",
        NEXT_TO: "{one} and {other} do not stand next to each other; they are in {places}",
        PAUSE: "between {one} and {other} ({time}) are less than the {minutes} minutes that "
        "{people} needs",
        PLACED: "{contribution} is not in the plan",
        TWICE: "{contribution} is in the plan more than once, in {places}",
        UNKNOWN: "the plan names the {what} {name}, which is not in the problem",
        CLOSED: "{room} is closed in {slot} ({time}) and holds {contributions}",
        ONE_TRACK: "the session in {room} in {slot} ({time}) mixes {tracks}",
        PACKED: "{contribution} begins at {time} in {room} in {slot} and should at {due}",
        BOARDS: "{subject} is in {room} in {slot} ({time}): posters need a room with boards, "
        "talks one without",
        FEW_BOARDS: "{room} has {offered} boards for {needed} posters in {slot} ({time})",
        OVER: "the session in {room} in {slot} lasts until {until} and its slot until {time}",
        LOCKED: "{contribution} is locked in {before} and is in {place}",
        LOCKED_SLOT: "{contribution} is in {place}, in a locked slot in which it was not",
    }
)


def nth(position: int) -> str:
    """A position in words: from 1, or from -1 for the last."""
    if position in (1, -1):
        return "the first" if position == 1 else "the last"
    return f"number {position}" if position > 0 else f"number {-position} from the end"

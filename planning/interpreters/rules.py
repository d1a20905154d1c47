"""The rules of planning interpreters: their ids, what one unit of each counts, the usual cost.

A cost of None means that the rule must not be broken at all; 0 turns the rule off. A problem may
replace any of them (`Problem.weights`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TEAM: Final = "team-size"
DIRECTION: Final = "direction"
RELAY: Final = "relay"
PIVOTS: Final = "relay-pivots"
SOLE: Final = "sole-source"
AWAY: Final = "interpreter-away"
STRETCH: Final = "stretch"
STRETCHES: Final = "stretches"
LONG_DAY: Final = "long-day"
CONTINUITY: Final = "continuity"
INTO_B: Final = "into-b"
FAIR: Final = "fair-share"
FEE: Final = "fee"

# not weighable
TWICE: Final = "interpreter-twice"
CANNOT: Final = "cannot-work-there"
UNKNOWN_DUTY: Final = "no-such-duty"
TOO_FEW: Final = "too-few-interpreters"
LOCKED: Final = "locked"

# what keeps interpreters who could work in a part out of an attempt
BUSY: Final = "on-duty-elsewhere"
GONE: Final = "away-then"
DAY_FULL: Final = "day-full"
STRETCH_FULL: Final = "stretch-full"
STRETCHES_FULL: Final = "stretches-full"
NOBODY_ELSE: Final = "nobody-else"

RULES: Final = MappingProxyType(
    {
        TEAM: (None, "an interpreter short of the team that the standard asks for"),
        DIRECTION: (None, "a language spoken that is not heard in another, for one part"),
        RELAY: (20, "a language heard in another only through a third, for one part"),
        PIVOTS: (None, "an interpreter short of the pivots for a language taken on relay"),
        SOLE: (10, "a language of the floor that only one of a team of several works from"),
        AWAY: (None, "a duty while the interpreter is away"),
        STRETCH: (None, "a day of an interpreter with a stretch longer than the standard's"),
        STRETCHES: (None, "a day of an interpreter with more stretches than the standard's"),
        LONG_DAY: (None, "a day of an interpreter longer than the standard's"),
        CONTINUITY: (5, "an interpreter who joins a session after its first part"),
        INTO_B: (1, "a duty in a booth into a B language"),
        FAIR: (1, "a minute between the longest and the shortest total of duties"),
        FEE: (1, "a unit of the fees for days on duty"),
    }
)

WORDING: Final = MappingProxyType(
    {
        TEAM: "part {part} of {session} needs a team of {needed}",
        DIRECTION: "{source} must be heard in {target} in part {part} of {session}",
        RELAY: "{source} must be heard in {target} without relay in part {part} of {session}",
        PIVOTS: "relay from {source} in part {part} of {session} needs {needed} pivots",
        SOLE: "{source} must not hang on one interpreter in part {part} of {session}",
        TWICE: "{interpreter} cannot be in two booths at once",
        AWAY: "{interpreter} is away at times",
        STRETCH: "{interpreter} works at most {minutes} minutes without a long rest",
        STRETCHES: "{interpreter} works in at most {stretches} stretches a day",
        LONG_DAY: "{interpreter} works at most {minutes} minutes a day",
        CONTINUITY: "the team of {session} must stay the same",
        INTO_B: "booths must work into A languages only",
        FAIR: "duties must be shared out evenly",
        FEE: "nothing may be paid",
        CANNOT: "{interpreter} does not work into {booth}",
        UNKNOWN_DUTY: "there is no booth {booth} in part {part} of {session}",
        TOO_FEW: "part {part} of {session} needs {needed} interpreters and only {able} who are "
        "there can work in it",
        LOCKED: "{session} is locked with the team it had",
        BUSY: "part {part} of {session} ({time}) cannot have {interpreters}, on duty in {others} "
        "at that time",
        GONE: "part {part} of {session} ({time}) cannot have {interpreters}, away at that time",
        DAY_FULL: "part {part} of {session} ({time}) cannot have {interpreters}, who would work "
        "more than {minutes} minutes that day",
        STRETCH_FULL: "part {part} of {session} ({time}) cannot have {interpreters}, who would "
        "work more than {minutes} minutes without a long rest",
        STRETCHES_FULL: "part {part} of {session} ({time}) cannot have {interpreters}, who would "
        "work in more than {stretches} stretches that day",
        NOBODY_ELSE: "nobody else can work in part {part} of {session} ({time})",
    }
)

# what a plan breaks: who, where and when
BROKEN: Final = MappingProxyType(
    {
        TEAM: "part {part} of {session} ({time}) has {found} of the {needed} interpreters it needs",
        DIRECTION: "{source} is not heard in {target} in part {part} of {session} ({time})",
        RELAY: "{source} is heard in {target} on relay only, in part {part} of {session} ({time})",
        PIVOTS: "relay from {source} in part {part} of {session} ({time}) has {found} of {needed} "
        "pivots",
        SOLE: "{source} hangs on {interpreter} alone in part {part} of {session} ({time})",
        AWAY: "{interpreter} is away at {time} and is on duty in {session}",
        STRETCH: "{interpreter} works {found} minutes from {time} without a long rest; {minutes} "
        "are allowed",
        STRETCHES: "{interpreter} works in {found} stretches on {day}; {stretches} are allowed",
        LONG_DAY: "{interpreter} works {found} minutes on {day}; {minutes} are allowed",
        CONTINUITY: "{interpreter} joins {session} only in part {part} ({time})",
        INTO_B: "{interpreter} works into {booth}, a B language, in part {part} of {session} "
        "({time})",
        FAIR: "{most} is on duty {minutes} minutes more than {least}",
        FEE: "{interpreter} is paid {fee} for {day}",
    }
)

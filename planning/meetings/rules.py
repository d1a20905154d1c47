"""The rules of a day of meetings by identifier, with their default English wording.

Reasons for which there is no plan, and what a check finds broken, name these rules.
"""

from __future__ import annotations

WORDING: dict[str, str] = {
    # What a plan may break, and what a smallest set of reasons is made of.
    "absent": "{person} is not there in {slots}",
    "busy": "{person} can only be in one meeting at a time",
    "most": "{person} holds at most {most} meetings",
    "required": "{meeting} ({a} with {b}) must be held",
    "session": "{meeting} must be in the {session}",
    "slots": "{meeting} must be in one of {slots}",
    "pinned": "{meeting} is pinned to {slot}",
    "forbidden": "{a} and {b} must not meet",
    "precedence": "{before} must come before {after}",
    "tables": "there are {tables} tables in {slot}",
    "table": "only one meeting at a time can be at table {table}",
    "closed": "table {table} cannot be used in {slot}",
    "interpreters": "{group} serves at most {count} meetings in {slot}",
    "language": "{a} and {b} share no language and {interpreters} cannot interpret between them",
    "fairness": "idle breaks of any two people may differ by {most} at most",
    "uneven": "{person} has {breaks} idle breaks and {other} has {fewest}",
    "lock": "{meeting} is locked where it was, in {slot}",
    "locked_slot": "{slot} is locked as it was",
    "unknown": "the plan names {what} {name}, which is not in the problem",
    "twice": "the plan holds {meeting} twice",
    # Counting arguments: each is a proof by itself.
    "nowhere": "{a} is there only in {a_slots}, {b} only in {b_slots}, and they must meet "
    "({meeting})",
    "outside": "{a} and {b} are both there only in {both}, and {meeting} may be only in {allowed}",
    "too_many": "{person} has {meetings} meetings that must be held in {slots} slots ({where})",
    "over_most": "{person} has {meetings} meetings that must be held and holds at most {most}",
    "window": "{person} has {meetings} meetings that can only be in {slots} of the slots ({where})",
    "too_few_tables": "{meetings} meetings must be held in {where}, where the tables suffice for "
    "{places}",
    "still": "{person} has {meetings} meetings and so no idle break",
    "no_row": "the {meetings} meetings of {person} cannot stand in a row",
    "rows_tables": "however the rows of {people} people without idle breaks are placed, in some "
    "slot the {tables} tables do not suffice or somebody is left without a partner",
    "rows_meet": "however the rows of {people} people without idle breaks are placed, two who meet "
    "share no slot",
    "rows_both": "however the rows of {people} people without idle breaks are placed, two who meet "
    "share no slot, or the {tables} tables do not suffice",
    "many_required": "{count} meetings must be held",
    "many_session": "{count} meetings are bound to a part of the day",
    "many_absent": "{count} people are absent now and then",
    "many_precedence": "{count} orders of meetings must be kept",
    "many_lock": "{count} things are locked",
    "all_tables": "there are {tables} tables",
    "order": "{meeting} has nowhere to be: {before} must come before it and {after} after it, "
    "which leaves it no slot",
    "only": "{meeting} can be only in {slots}",
    "there": "{person} is there only in {slots}",
    "too_few_interpreters": "{meetings} meetings need {group}, who can serve {places}",
    "no_interpreter": "{a} and {b} share no language, and no interpreters here link their "
    "languages, but {meeting} must be held",
    "circle": "{meetings} would each have to come before the next, and the last before the first",
    # What keeps a meeting that must be held out of an attempt.
    "met": "{meeting} cannot be in {slots}, where {person} is in {others}",
    "order_stands": "{meeting} cannot be in {slots}: {before} must come before {after}, and "
    "{other} is in {slot}",
    "no_table": "{meeting} cannot be in {slots}, where every table is taken",
    "nobody_left": "{meeting} cannot be in {slots}, where nobody is left to interpret between "
    "{a} and {b}",
}

# What a plan breaks, where that says more: who, where and when.
BROKEN: dict[str, str] = {
    "busy": "{person} is in {meetings} at once, in {slot}",
    "language": "{a} and {b} meet, share no language and have no interpreters who link them",
    "table": "{meetings} are both at table {table} in {slot}",
}

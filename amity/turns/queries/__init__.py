"""Reads of turns: of a side, by a link, and those whose holder is to be asked."""

from .escalations import Next, escalated, escalated_to, escalations_of, next_step
from .firsts import first_listed, first_settled, numbered
from .links import (
    acting_of_holder,
    as_it_stands,
    charge_of,
    holders_of,
    is_asked_by,
    is_askers,
    link_with,
    never_asked,
    office_of,
    why_not,
)
from .sides import (
    TurnLine,
    asked_sides,
    lines,
    listed,
    missing_reports,
    nobody_to_ask,
    sides_of,
    state_of,
    turn_or_404,
    turns_of,
)
from .waiting import own_side, to_accept, to_answer, to_reply

__all__ = [
    "Next",
    "TurnLine",
    "acting_of_holder",
    "as_it_stands",
    "asked_sides",
    "charge_of",
    "escalated",
    "escalated_to",
    "escalations_of",
    "first_listed",
    "first_settled",
    "holders_of",
    "is_asked_by",
    "is_askers",
    "lines",
    "link_with",
    "listed",
    "missing_reports",
    "never_asked",
    "next_step",
    "nobody_to_ask",
    "numbered",
    "office_of",
    "own_side",
    "sides_of",
    "state_of",
    "to_accept",
    "to_answer",
    "to_reply",
    "turn_or_404",
    "turns_of",
    "why_not",
]

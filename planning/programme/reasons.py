"""The rules that stand in the way, each with those whom it concerns, and the reason to be told."""

from __future__ import annotations

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.results import Reason

Subject = tuple[str, ...]
Key = tuple[str, Subject]

_PARAMETERS: dict[str, tuple[str, ...]] = {
    rules.PERSON_TWICE: ("one", "other"),
    rules.CHAIR_TWICE: ("chair", "slot"),
    rules.BREAK: ("track", "slot"),
    rules.ORDER: ("one", "other"),
    rules.SIMILAR: ("one", "other"),
    rules.CLASH: ("one", "other"),
    rules.TRACK_ROOMS: ("track",),
    rules.TRACK_PARALLEL: ("track",),
    rules.TRACK_GAP: ("track",),
    rules.AWAY: ("subject",),
    rules.PREFERENCE: ("subject",),
    rules.NEXT_TO: ("one", "other"),
}


def minutes_needed(c: Compiled) -> tuple[int, int]:
    """Minutes of all talks, and minutes in which the rooms for talks are open."""
    needed = sum(given.minutes for given in c.problem.contributions if not given.poster)
    offered = sum(c.long[s] for s, r in c.cells if not c.problem.rooms[r].boards)
    return needed, offered


def reason_of(c: Compiled, key: Key) -> Reason:
    """The reason that names them."""
    rule, subject = key
    if rule == rules.ROOM_FOR_ALL:
        needed, offered = minutes_needed(c)
        return Reason.of(rule, needed=needed, offered=offered)
    if rule == rules.POSITION:
        wanted = c.given(c.index[subject[0]]).position
        return Reason.of(rule, contribution=subject[0], position=rules.nth(wanted))
    if rule == rules.SESSION_POSITION:
        wanted = c.given(c.index[subject[0]]).session_position
        return Reason.of(rule, contribution=subject[0], position=rules.nth(wanted))
    if rule in (rules.APART, rules.PAUSE):
        pair = {c.index[name] for name in subject}
        minutes = next(n.minutes for n in c.near if n.rule == rule and {n.a, n.b} == pair)
        return Reason.of(rule, one=subject[0], other=subject[1], minutes=minutes)
    if rule == rules.CHAIR_TWICE and not subject[1]:
        return Reason.of(rule, chair=subject[0], slot="any")
    names = _PARAMETERS.get(rule, ("contribution",))
    return Reason(rule, tuple(zip(names, subject, strict=False)))

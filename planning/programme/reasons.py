"""The rules that stand in the way, each with those whom it concerns, and the reason to be told."""

from __future__ import annotations

from collections.abc import Sequence

from planning.programme import rules
from planning.programme.clock import minutes_of
from planning.programme.compiled import Compiled
from planning.results import Parameter, Reason

Subject = tuple[str, ...]
Key = tuple[str, Subject]

_PARAMETERS: dict[str, tuple[str, ...]] = {
    rules.PERSON_TWICE: ("one", "other"),
    rules.CHAIR_TWICE: ("chair", "slot"),
    rules.ORDER: ("one", "other"),
    rules.SIMILAR: ("one", "other"),
    rules.CLASH: ("one", "other"),
    rules.TRACK_ROOMS: ("track",),
    rules.TRACK_PARALLEL: ("track",),
    rules.TRACK_GAP: ("track",),
    rules.NEXT_TO: ("one", "other"),
}


def minutes_needed(c: Compiled) -> tuple[int, int]:
    """Minutes of all talks, and minutes in which the rooms for talks are open."""
    needed = sum(given.minutes for given in c.problem.contributions if not given.poster)
    offered = sum(c.long[s] for s, r in c.cells if not c.problem.rooms[r].boards)
    return needed, offered


def boards_needed(c: Compiled) -> tuple[int, int]:
    """Posters, and boards of all sessions that there can be of them."""
    needed = sum(given.poster for given in c.problem.contributions)
    return needed, sum(c.problem.rooms[r].boards for _, r in c.cells)


def reasons_of(c: Compiled, keys: Sequence[Key]) -> tuple[Reason, ...]:
    """The reasons that name them, each once: what is said of a track in several slots is one."""
    slots: dict[Key, list[str]] = {}
    for rule, subject in keys:
        by_slot = rule in _BY_SLOT
        held = slots.setdefault((rule, subject[:1] if by_slot else subject), [])
        if by_slot:
            held += [name for name in subject[1:] if name not in held]
    found = (_reason_of(c, key, tuple(held)) for key, held in slots.items())
    return tuple(dict.fromkeys(found))


_BY_SLOT = (rules.AWAY, rules.PREFERENCE, rules.BREAK)


def _reason_of(c: Compiled, key: Key, slots: tuple[str, ...]) -> Reason:
    """slots: of a track, in which the rule speaks of it; () for a contribution."""
    rule, subject = key
    name = subject[0] if subject else ""
    if rule == rules.AWAY:
        people, when = _away(c, name, slots)
        return Reason.of(rule, subject=name, people=people, slots=when)
    if rule in (rules.NIGHT, rules.AWKWARD):
        people, when = _at_bad_hours(c, rule, c.index[name])
        return Reason.of(rule, contribution=name, people=people, slots=when)
    if rule == rules.PREFERENCE:
        return Reason.of(rule, subject=name, places=_unwanted(c, name, slots))
    if rule == rules.BREAK:
        return Reason.of(rule, track=name, slots=slots)
    if rule == rules.FIXED:
        given = c.given(c.index[name])
        return Reason.of(rule, contribution=name, places=_place(given.slot, given.room))
    if rule == rules.ROOM_ONLY:
        return _room_only(c, c.index[name])
    if rule == rules.KEPT_OUT:
        return Reason.of(rule, contribution=name, slots=c.given(c.index[name]).not_slots)
    if rule == rules.EQUIPMENT:
        wanted = c.given(c.index[name]).equipment
        missing = [x for x in wanted if any(x not in room.equipment for room in c.problem.rooms)]
        return Reason.of(rule, contribution=name, missing=tuple(sorted(set(missing))))
    if rule == rules.ROOM_FOR_ALL:
        needed, offered = minutes_needed(c)
        if not needed:  # there are posters alone
            rule = rules.FEW_BOARDS
            needed, offered = boards_needed(c)
        return Reason.of(rule, needed=needed, offered=offered)
    if rule in (rules.POSITION, rules.SESSION_POSITION):
        given = c.given(c.index[name])
        nth = given.position if rule == rules.POSITION else given.session_position
        return Reason.of(rule, contribution=name, position=rules.nth(nth))
    if rule in (rules.APART, rules.PAUSE):
        pair = {c.index[name] for name in subject}
        minutes = next(n.minutes for n in c.near if n.rule == rule and {n.a, n.b} == pair)
        return Reason.of(rule, one=subject[0], other=subject[1], minutes=minutes)
    if rule == rules.CHAIR_TWICE and not subject[1]:
        return Reason.of(rule, chair=subject[0], slot="any slot")
    names = _PARAMETERS.get(rule, ("contribution",))
    return Reason(rule, tuple(zip(names, subject, strict=False)))


def _room_only(c: Compiled, i: int) -> Reason:
    """The slots in which there is room for a contribution, in its own room where it has one."""
    given = c.given(i)
    told: dict[str, Parameter] = {"contribution": given.id, "minutes": given.minutes}
    own = c.room_index[given.room] if given.room else None
    held = [c.slots[s].id for s, r in c.cells if own in (None, r) and c.suits(i, s, r)]
    if not held:
        return Reason.of(rules.NO_ROOM, **told, room=given.room)
    places = [_place(slot, given.room) for slot in held]
    return Reason.of(rules.ROOM_ONLY, **told, places=tuple(dict.fromkeys(places)))


def _place(slot: str, room: str) -> str:
    return "/".join(filter(None, (slot, room))) or "any slot"


def _away(
    c: Compiled, subject: str, slots: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is away whom a contribution, or a track in these slots, needs, and in which slots."""
    if slots:
        wanted = c.problem.tracks[c.track_index[subject]].chairs
    else:
        wanted = c.given(c.index[subject]).people
    people, when = [], set()
    for name in dict.fromkeys(wanted):
        person = c.persons.get(name)
        spans = [(minutes_of(a.start), minutes_of(a.end)) for a in person.away] if person else []
        gone = {
            slot.id
            for s, slot in enumerate(c.slots)
            if (not slots or slot.id in slots)
            and any(start < c.begin[s] + c.long[s] and c.begin[s] < end for start, end in spans)
        }
        if gone:
            people.append(name)
            when |= gone
    return tuple(people), tuple(slot.id for slot in c.slots if slot.id in when)


def _at_bad_hours(c: Compiled, rule: str, i: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom a contribution needs at hours of which the rule speaks, and in which slots."""
    people, when = [], set()
    for name in dict.fromkeys(c.given(i).people):
        zone = c.persons[name].zone if name in c.persons else ""
        bad = {
            s
            for s in range(len(c.slots) if zone else 0)
            if any(c.hour_rule(zone, *c.taken_up(i, s, at)) == rule for at in _starts(c, i, s))
        }
        if bad:
            people.append(name)
            when |= bad
    return tuple(people), tuple(c.slots[s].id for s in sorted(when))


def _starts(c: Compiled, i: int, s: int) -> range:
    """When a contribution can begin in a slot, as far as its people mind."""
    last = 0 if c.problem.people_stay else max(0, c.long[s] - c.given(i).minutes)
    return range(0, last + 1, c.step)


def _unwanted(c: Compiled, subject: str, slots: tuple[str, ...]) -> tuple[str, ...]:
    """Where a contribution, or a track in these slots, should not be."""
    found = []
    for wanted in c.problem.preferences:
        if slots:
            about = not wanted.contribution and wanted.track in ("", subject)
        else:
            about = wanted.contribution == subject
        if not about or not wanted.cost:
            continue
        own = [slot for slot in slots if wanted.slot in ("", slot)] if slots else [wanted.slot]
        found += [_place(slot, wanted.room) for slot in own]
    return tuple(dict.fromkeys(found))

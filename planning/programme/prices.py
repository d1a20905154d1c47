"""What sessions cost a track before its contributions are laid into them, and how many it needs."""

from __future__ import annotations

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.deal import goes_in_order, line_of
from planning.programme.units import BIG

HURT = 1_000_000_000  # what a session counts in which no contribution of the track may be


def may_be(c: Compiled, i: int, s: int, r: int) -> bool:
    """Whether contribution i alone breaks nothing there that must hold."""
    return c.suits(i, s, r) and c.price_in_room[i][r] < BIG and c.price_in_slot[i][s] < BIG


def sessions_in_order(c: Compiled, t: int) -> int:
    """Sessions of the most room that the track needs when its line is not broken."""
    most = max((c.holds(s, r) for s, r in c.cells), default=0)
    sizes = [c.size[i] for i in line_of(c, t)]
    count = 1
    while count < len(sizes) and not goes_in_order(sizes, [most] * count):
        count += 1
    return count


def sessions_by_position(c: Compiled, t: int) -> int:
    """Sessions that the track needs at least for all that are to open one, the first of the track
    included, or to close one."""
    if not (c.hard(rules.SESSION_POSITION) or c.weighted(rules.SESSION_POSITION) > 1000):
        return 1
    members = [i for i in c.members[t] if not c.given(i).poster]
    opens = {i for i in members if c.session_position(i) == 1 or c.position(i) == 1}
    closes = {
        i for i in members if c.session_position(i) == -1 or c.position(i) == len(c.members[t])
    }
    return max(1, len(opens), len(closes))


def cell_price(c: Compiled, t: int, s: int, r: int) -> int | None:
    """What `_cell_price` answers, remembered."""
    key = (t, s, r)
    if key not in c.cell_prices:
        c.cell_prices[key] = _cell_price(c, t, s, r)
    return c.cell_prices[key]


def _cell_price(c: Compiled, t: int, s: int, r: int) -> int | None:
    """An estimate of what a session of the track costs there; None where it must not be: what the
    session costs, and what each contribution would, times the part of them that one session has.
    """
    units = c.session_units.get((t, s, r), {})
    if c.forbidden(units):
        return None
    members = c.members[t]
    able = [i for i in members if may_be(c, i, s, r)]
    if not able:
        return None
    each = sum(c.price_in_room[i][r] + c.price_in_slot[i][s] for i in able)
    each += sum(
        cost * c.weighted(rules.PREFERENCE)
        for i in able
        for slot, room, cost in c.talk_preferences.get(i, ())
        if slot in (-1, s) and room in (-1, r) and not c.hard(rules.PREFERENCE)
    )
    share = min(1.0, max(1, c.holds(s, r)) / sum(c.size[i] for i in members))
    hurt = HURT * (len(members) - len(able)) // len(members)
    return c.price(units) + round(each * share) + hurt

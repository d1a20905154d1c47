"""An attempt where no frame is at hand: contributions one after another, each where it costs least.

It looks neither ahead nor back, and what finds no place is left out.
"""

from __future__ import annotations

from planning.context import Context
from planning.programme.deal import line_of
from planning.programme.state import State
from planning.programme.units import BIG

SECONDS = 1.0  # after which the rest is left out, far more than it takes


def fill(state: State, context: Context) -> list[int]:
    """Put every contribution that is nowhere at the end of a session of its track, or into an
    empty cell; the longest tracks first. Answers who did not fit."""
    c = state.c
    begun = context.seconds()
    cells = sorted(range(len(c.cells)), key=lambda n: (c.begin[state.slot_of[n]], n))
    left: list[int] = []
    for t in sorted(range(len(c.members)), key=lambda t: -sum(c.size[i] for i in c.members[t])):
        lined = state.structure.lines[t]
        last = 0  # place, among the cells, of the session in which a line has come to
        for i in line_of(c, t) if lined else sorted(c.members[t], key=lambda i: (-c.size[i], i)):
            if state.cell[i] >= 0:
                continue
            late = context.seconds() - begun > SECONDS
            open_to = [] if late else _prices(state, cells, i)
            if not open_to:
                left.append(i)
                continue
            if lined:
                # onwards if possible; what must hold first, and then the next cell
                _, _, place = min((k < last, cost >= BIG, k) for k, (cost, _) in open_to)
                last = max(last, place)
            else:
                *_, place = min((cost, new, k) for k, (cost, new) in open_to)
            state.append(cells[place], t, i)
    return left


def _prices(state: State, cells: list[int], i: int) -> list[tuple[int, tuple[int, bool]]]:
    """Where contribution i could go, as places in the list, what that costs, and whether it is
    a new session."""
    c, t = state.c, state.c.track_of[i]
    found = []
    for k, n in enumerate(cells):
        session = state.sessions[n]
        if session.track not in (-1, t) or not state.fits(n, [*session.held, i]):
            continue
        cost = state.cost_at(i, n, state.end_of(n))
        if session.track < 0:
            cost += c.price(c.session_units.get((t, *c.cells[n]), {}))
        found.append((k, (cost, session.track < 0)))
    return found

"""Makes the first programme: a frame of either kind, and the contributions laid into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from ortools.sat.python import cp_model

from planning.context import Context
from planning.programme.block_frame import BlockFrame
from planning.programme.compiled import Compiled
from planning.programme.deal import lay_out
from planning.programme.frame import Extend, FrameModel
from planning.programme.pattern_walk import PatternWalk
from planning.programme.patterns import Patterns
from planning.programme.slot_frame import SlotFrame, rooms_of_runs
from planning.programme.state import State
from planning.programme.talk_moves import Allowed

Cell = tuple[int, int]
Frame = BlockFrame | FrameModel
# a part of the search that somebody else decides together with the frame
OnFrame = Callable[[Frame, cp_model.CpSolver, State], Allowed]

# for the quick frame that keeps lines, or else for any: seconds, or a part of the time if more
QUICK = {True: (1.3, 0.02), False: (2.0, 0.05)}
PATTERN_SECONDS = 5.0  # for a frame of patterns where there is no quick one
BLOCKS_SECONDS = 1.2  # for the first frame of blocks
BETTER_SECONDS = 1.5  # for making a frame that was found better before it is filled
WALK_MOVES = 50_000  # of the first walk over patterns
MOST_MOVES = 200_000  # of any
MOST_WALKS = 6  # that are kept
WORTH = 1.3  # times what the best of them costs, up to which another frame is tried before it again
LEAST_SHARE = 0.2  # of the time that it may have at most, however slow the machine is
AGAIN_SHARE = 0.1  # the same of the first walk of a later call
FIRST_MOVES = 15_000  # of one for the first frame
REPAIR_SECONDS = 1.0  # for the tracks for which a walk found no room of their own
FREED = (0.0, 0.25, 0.5)  # parts of the other tracks that may move too
NEARLY = 0.5  # difference of cost that is none
MUCH_CLOSED = 0.25  # part of the cells from which on frames by slots alone are no use
WALK_LOOK = 0.003  # seconds that stand for the moves between two looks at the clock
GENERAL_SHARE = 0.5  # of the time, for the first frame of any form


class Framing:
    """Decides frames and fills them.

    allowed     after `first`: which sessions may change places
    impossible  whether it was proven that there is no frame, and so no programme
    """

    def __init__(
        self,
        compiled: Compiled,
        context: Context,
        extend: Extend | None = None,
        on_frame: OnFrame | None = None,
        patterns: Patterns | None = None,
    ) -> None:
        self.c, self.context = compiled, context
        self.extend, self.on_frame = extend, on_frame
        self.allowed: Allowed = lambda a, b: True
        self.patterns = patterns
        self._moves = WALK_MOVES
        self._walks: dict[bool, list[PatternWalk]] = {False: [], True: []}  # the cheapest first
        self._taken: set[frozenset[tuple[int, int]]] = set()
        self.impossible = False

    def first(self, state: State) -> bool:
        """Fill the state by the first frame that holds all contributions. Where none does, what
        fits is left in the state."""
        self._attempt = 0, state.snapshot()
        if self.extend is None and self.on_frame is None:
            patterned = self._closed() >= MUCH_CLOSED
            if patterned and self.patterned(state, state.rng, PATTERN_SECONDS, first=True):
                return True
            self._put_aside(state)
            for lines in (True, False):
                quick = SlotFrame(self.c, lines=lines)
                least, share = QUICK[lines]
                sessions = quick.sessions(
                    self.context, max(least, share * self.context.remaining())
                )
                self.impossible = not lines and not quick.possible
                if self.impossible:
                    return False
                if sessions is None:
                    continue
                laid = {state.cell_of_place[cell]: t for cell, t in sessions.items()}
                if not lay_out(state, laid):
                    return True
                self._put_aside(state)
            left = min(PATTERN_SECONDS, 0.2 * self.context.remaining())
            if self.patterned(state, state.rng, left, first=not patterned):
                return True
            self._put_aside(state)
        for kind in (BlockFrame, FrameModel):
            frame: Frame = kind(self.c, self.extend)
            solver = self._solve(frame)
            if solver is None:
                continue
            if self._fill(state, frame, solver):
                if self.on_frame:
                    self.allowed = self.on_frame(frame, solver, state)
                return True
            self._put_aside(state)
        state.load(state.places(self._attempt[1]))
        return False

    def _put_aside(self, state: State) -> None:
        """Empty the state, and keep what was in it if it is the most so far."""
        placed = int((state.cell >= 0).sum())
        if placed > self._attempt[0]:
            self._attempt = placed, state.snapshot()
        self._empty(state)

    def better(self, state: State, kind: type[Frame], seconds: float) -> bool:
        """Fill the state by the best frame of this kind that the time gives."""
        frame: Frame = kind(self.c, self.extend)
        held = {
            (state.sessions[n].track, *self.c.cells[n])
            for n in range(len(state.sessions))
            if state.sessions[n].held
        }
        if isinstance(frame, FrameModel):
            for key, literal in frame.meets.items():
                frame.model.add_hint(literal, key in held)
        # by default each of two workers searches in its own way, which finds frames much sooner
        solver = self.context.solver(seconds, relative_gap_limit=0.02)
        if self.context.run(solver, frame.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        self._empty(state)
        return self._fill(state, frame, solver)

    def patterned(self, state: State, rng: Random, seconds: float, *, first: bool = False) -> bool:
        """Fill the state by the best frame of blocks that annealing over patterns gives, as far as
        it goes; by one that was not taken before, where that is nearly as good. first: by any that
        is found quickly. Answers whether it holds all."""
        if self.patterns is None:
            self.patterns = Patterns(state)
        if not self.patterns.usable:
            return False
        begun = self.context.seconds()
        best: tuple[float, dict[Cell, int]] | None = None
        chosen: PatternWalk | None = None
        for by_room in (True,) if self._closed() >= MUCH_CLOSED else (False, True):
            end = begun + (seconds if by_room else seconds / 2)
            walk = self._walked(self.patterns, rng, end, by_room=by_room, first=first)
            cells = self.cells_of(walk)
            if cells is None:
                continue
            cost = walk.cost_in(cells)
            if best is None or cost < best[0]:
                best, chosen = (cost, cells), walk
            if first:
                break
            if cost < walk.least + NEARLY:  # rooms are no matter: all the time is for slots
                walk = self._walked(self.patterns, rng, begun + seconds, by_room=by_room)
                cells = self.cells_of(walk) if walk.least < best[0] else None
                if cells is not None and (cost := walk.cost_in(cells)) < best[0]:
                    best, chosen = (cost, cells), walk
                break
        self._empty(state)
        if chosen is not None:
            self._taken.add(chosen.key())
        if best is None:
            kept = walk.without_crowd() if walk.by_room else {}
            best = 0.0, {(s, r): t for t, (held, r) in kept.items() for s in held.slots}
        laid = {state.cell_of_place[cell]: t for cell, t in best[1].items()}
        return not lay_out(state, laid)

    def _closed(self) -> float:
        """The part of the cells that is closed."""
        return 1 - len(self.c.cells) / (len(self.c.slots) * len(self.c.problem.rooms))

    def _walked(
        self, patterns: Patterns, rng: Random, end: float, *, by_room: bool, first: bool = False
    ) -> PatternWalk:
        """The best of several walks, each twice as long as the one before, those of earlier calls
        included; first: of one that ends as soon as it fits."""
        found = self._walks[by_room]
        walked = False
        while not walked or self.context.seconds() < end:
            begun = self.context.seconds()
            walk = PatternWalk(patterns, rng, patterns.pairs.__getitem__, by_room=by_room)
            # the first has enough, however little of the processor it gets
            least = 0.0002 if walked else (AGAIN_SHARE if found else LEAST_SHARE)
            span = max(least * self.context.limit_s, end - begun)
            moves = FIRST_MOVES if first else self._moves
            walk.anneal(moves, walk.heat(), partial(self._passed, begun, span), first=first)
            same = any(abs(walk.least - other.least) < NEARLY for other in found[:1])
            found.append(walk)
            found.sort(key=lambda held: held.least)
            del found[MOST_WALKS:]
            if first or same:
                break
            walked, self._moves = True, min(2 * self._moves, MOST_MOVES)
        fresh = [held for held in found if held.key() not in self._taken]
        if fresh and fresh[0].least <= WORTH * found[0].least:
            return fresh[0]
        return found[0]

    def cells_of(self, walk: PatternWalk) -> dict[Cell, int] | None:
        """The track of each cell in the best frame of a walk; tracks for which it has no room of
        their own are put where there is some. None where that cannot be."""
        chosen = walk.best or walk.without_crowd()
        if walk.by_room:
            cells = {(s, r): t for t, (held, r) in chosen.items() for s in held.slots}
            return cells if walk.best else self._completed(cells)
        runs = {t: held.slots for t, (held, _) in chosen.items()}
        found = rooms_of_runs(self.c, self.context, runs)
        if found is not None:
            return found if walk.best else self._completed(found)
        if not walk.best:
            return None
        count = {(t, s, False): 1 for t, slots in runs.items() for s in slots}
        return SlotFrame(self.c).with_rooms(self.context, count)

    def _completed(self, cells: dict[Cell, int]) -> dict[Cell, int] | None:
        """The other tracks beside these cells, or beside those of ever fewer tracks."""
        tracks = sorted(set(cells.values()))
        for part in FREED:
            freed = set(tracks[: round(part * len(tracks))])
            kept = {cell: t for cell, t in cells.items() if t not in freed}
            found = SlotFrame(self.c).sessions(self.context, REPAIR_SECONDS, kept)
            if found:
                return found
        return None

    def _passed(self, begun: float, span: float) -> float:
        """The part of a span of seconds that has passed; in deterministic mode looks count."""
        if self.context.deterministic:
            self.context.spent += WALK_LOOK
        return (self.context.seconds() - begun) / span

    def _empty(self, state: State) -> None:
        state.clear()
        state.cell[:] = -1

    def _fill(self, state: State, frame: Frame, solver: cp_model.CpSolver) -> bool:
        sessions = {
            state.cell_of_place[s, r]: t
            for (t, s, r), meets in frame.meets.items()
            if solver.value(meets)
        }
        return not lay_out(state, sessions)

    def _solve(self, frame: Frame) -> cp_model.CpSolver | None:
        """Some frame first, which must be found; then a good one, in little time."""
        context = self.context
        blocks = isinstance(frame, BlockFrame)
        seconds = BLOCKS_SECONDS if blocks else context.remaining() * GENERAL_SHARE
        solver = context.solver(seconds, stop_after_first_solution=True)
        status = context.run(solver, frame.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.impossible = not blocks and status == cp_model.INFEASIBLE and not self.extend
            return None
        if status == cp_model.FEASIBLE:
            for literal in frame.literals:
                frame.model.add_hint(literal, solver.boolean_value(literal))
            better = context.solver(BETTER_SECONDS, relative_gap_limit=0.02)
            if context.run(better, frame.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return better
        return solver

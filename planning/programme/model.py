"""Finds a programme: the exact model where it is small, else frame first and then a race."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from planning.context import Context
from planning.programme import grounds, rules
from planning.programme.account import account
from planning.programme.attempt import attempt_of
from planning.programme.compiled import Compiled
from planning.programme.filling import fill
from planning.programme.improve import Annealer
from planning.programme.moves import Moves
from planning.programme.patterns import Patterns
from planning.programme.pool import Pool
from planning.programme.problem import Place, Problem
from planning.programme.rough_frame import lay_roughly
from planning.programme.state import lay_previous, lay_what_fits
from planning.programme.talk_moves import Allowed
from planning.programme.units import BIG
from planning.programme.walk import Clock, Walk
from planning.results import Answer, Ended, Goal, Infeasible, Move, Plan, Unknown

if TYPE_CHECKING:
    from planning.programme.frame import Extend
    from planning.programme.framing import OnFrame

KIND = "programme"
SMALL_PLACES = 4_000  # places (contribution, cell, time) up to which the exact model goes first
EXACT_PLACES = 40_000  # up to which it is built at all
EXACT_PAIRS = 20_000  # pairs that cost something at once, times slots, up to which it is
EXPLAINED_BY = 4.5  # seconds in which what is proven impossible is explained, where that is enough
LEAST_EXPLAIN = 1.5  # that are enough
TELL_SECONDS = 1.0  # between two attempts of which the caller is told
SOON_SECONDS = 0.3  # of local search alone where the first frame breaks what must hold
MOVE_COST = 20_000  # of one change from a previous programme, in the local search


def plan(problem: Problem, context: Context) -> Answer:
    """The best programme found in the time given, or why there is none."""
    context.attempt(attempt_of(problem, (), 0.0))  # for a problem that the memory does not hold
    search = Search(problem, context)
    if search.previous:
        if search.fits_exact():
            search.try_filling()
            return search.exact()
        return search.large()
    reasons = grounds.of_few(search.c)
    if reasons:
        return Infeasible(KIND, reasons, True, context.seconds())
    if search.exact_first():
        return search.exact(search.roughly())
    return search.race()


class Search:
    """One search for a programme. `large` may be told of a frame decided with something else."""

    def __init__(self, problem: Problem, context: Context) -> None:
        self.context = context
        standing = context.previous.assignments if context.previous else ()
        self.c = Compiled(problem, replanned=bool(standing))
        self.previous: dict[str, Place] = {
            place.contribution: place for place in standing if place.contribution in self.c.index
        }
        self.locked = self._locked()
        self.shut = tuple(lock.slot for lock in context.locks if lock.slot)
        self.attempt: Sequence[Place] = ()  # the best there is of those that break what must hold
        self._told: float | None = None  # when the caller was last told of one

    def _locked(self) -> tuple[str, ...]:
        """Contributions that must stay: named ones, and all that were in a locked slot."""
        named = {lock.item for lock in self.context.locks if lock.item}
        slots = {lock.slot for lock in self.context.locks if lock.slot}
        return tuple(
            name for name, place in self.previous.items() if name in named or place.slot in slots
        )

    def fits_exact(self) -> bool:
        """Whether the exact model of the whole is small enough to be built."""
        c = self.c
        return (
            c.count_places() <= EXACT_PLACES
            and c.pairs_within * len(c.slots) * (3 if c.timed else 1) <= EXACT_PAIRS
        )

    def exact_first(self) -> bool:
        """Whether it is so small, or so simple, that nothing else is needed."""
        c = self.c
        simple = c.cost[rules.TRACK_ROOMS] == 0 and not any(
            c.needs_rooms(t) for t in range(len(c.members))
        )
        return self.fits_exact() and (simple or c.count_places() <= SMALL_PLACES)

    def roughly(self) -> Sequence[Place]:
        """A programme that keeps every rule, of which the caller is told; none where there is
        none at once, but then perhaps an attempt."""
        state = self._state()
        floor = state.floor()
        pool = Pool(lambda cost, places: self._report_best(cost, places, floor))
        laid = lay_roughly(state, Patterns(state), self.context, state.rng, walks=1)
        if laid or not fill(state, self.context):
            self._begin(state, pool)
            cost, places = pool.best()
        else:
            cost, places = None, tuple(state.places())
        if cost is not None and cost < BIG:
            return places
        self._keep(places)
        return ()

    def try_filling(self) -> None:
        """Make an attempt from what stands, for the case that nothing better is found."""
        state = self._state()
        lay_what_fits(state, self.previous)
        fill(state, self.context)
        self._keep(state.places())

    def _keep(self, places: Sequence[Place]) -> None:
        """Take it for the best attempt, of which the caller hears now and then."""
        if len(places) < len(self.attempt):
            return
        self.attempt, context = places, self.context
        if self._told is None or context.seconds() >= self._told + TELL_SECONDS:
            context.attempt(self._attempt(places))
            self._told = context.seconds()

    def _attempt(self, places: Sequence[Place]) -> Unknown:
        context = self.context
        return attempt_of(self.c.problem, places, context.seconds(), self.previous, context.locks)

    def exact(self, start: Sequence[Place] = ()) -> Answer:
        """The exact model of the whole, started from a programme if there is one."""
        from planning.programme.exact_search import ExactSearch  # loads ortools

        return ExactSearch(self, start).answer()

    # -- frame first, then all together --------------------------------------------------------

    def race(self) -> Answer:
        """A first programme from a frame, then everything that improves it, side by side."""
        context = self.context
        state = self._state()
        floor = state.floor()
        pool = Pool(lambda cost, places: self._report_best(cost, places, floor))
        patterns = Patterns(state)
        laid = lay_roughly(state, patterns, context, state.rng)
        walk = self._begin(state, pool) if laid else None
        # these load ortools, which takes as long as all before
        from planning.programme.framing import Framing
        from planning.programme.race import Race

        framing = Framing(self.c, context, patterns=patterns)
        if walk is None:
            self.try_filling()
        if walk is None or (pool.cost or 0) >= BIG:
            state.clear()
            state.cell[:] = -1
            laid = framing.first(state)
            if framing.impossible:
                return self.impossible()
            walk = self._begin(state, pool) if laid else None
        race = Race(self, state, pool, framing, walk)
        race.run()
        if race.reasons:
            return Infeasible(KIND, race.reasons, False, context.seconds())
        cost, places = pool.best()
        if race.impossible and (cost is None or cost >= BIG):
            return self.impossible()
        if cost is None or cost >= BIG:
            return self.unknown(places)
        bound = max(floor, race.bound)
        goals = self._goals(places, bound)
        return self.answer(places, goals, "proven" if goals[-1].value <= bound else "limit")

    def _begin(self, state: Moves, pool: Pool) -> Walk:
        """The local search from what is in the state, until nothing is broken that must hold if
        that takes little time."""
        clock = Clock(self.context, self.context.remaining())
        walk = Walk(Annealer(state), clock, pool.offer, pool.best)
        walk.mend(SOON_SECONDS)
        return walk

    def _state(self) -> Moves:
        rng = Random(self.context.seed)  # noqa: S311 - search, not secrecy
        return Moves(self.c, rng, self._standing(), frozenset(self.c.index[n] for n in self.locked))

    def _report_best(self, cost: int, places: Sequence[Place], floor: int) -> None:
        if cost < BIG:
            self.report("cost", places, self._goals(places, floor))
        else:
            self._keep(places)

    def impossible(self) -> Answer:
        """The rules that cannot hold together."""
        from planning.programme import explain as explaining  # loads ortools

        context = self.context
        context.allow_more(explaining.SECONDS)
        left = EXPLAINED_BY - context.seconds()
        end = context.seconds() + (left if left > LEAST_EXPLAIN else explaining.SECONDS)
        if not self.previous and self.c.count_places() > SMALL_PLACES:
            reasons, smallest = grounds.of_sessions(self.c, context, end)
            reasons = reasons or grounds.of_tracks(self.c, context)
            if reasons:
                return Infeasible(KIND, reasons, smallest, context.seconds())
        reasons, _, smallest = explaining.explain(
            self.c, context, self.previous, self.locked, self.shut, end - context.seconds()
        )
        return Infeasible(KIND, reasons, smallest, context.seconds())

    def unknown(self, places: Sequence[Place]) -> Unknown:
        """Neither a programme nor a proof: the best attempt, and what stands in its way."""
        return self._attempt(max(places, self.attempt, key=len))

    def large(
        self, extend: Extend | None = None, on_frame: OnFrame | None = None
    ) -> Plan | Unknown:
        """Decide the frame, lay the contributions in, improve both by local search alone until
        the time is over: where a programme stands, or where the frame depends on something else.
        """
        context, c = self.context, self.c
        state = self._state()
        state.set_move_cost(MOVE_COST, frozenset(c.slot_index[name] for name in self.shut))
        bound = state.floor()
        allowed: Allowed = lambda a, b: True  # noqa: E731 - the simplest of a family of functions
        if not (self.previous and on_frame is None and lay_previous(state, self.previous)):
            from planning.programme.framing import Framing  # loads ortools

            if on_frame is None:
                self.try_filling()
            framing = Framing(c, context, extend, on_frame)
            if not framing.first(state):
                return self.unknown(state.places())
            allowed = framing.allowed
        best: list[tuple[int, list[Place]]] = []

        def keep(cost: int, places: list[Place]) -> None:
            best[:] = [(cost, places)]
            if cost < BIG:
                self.report("cost", places, self._goals(places, bound))
            else:
                self._keep(places)

        walk = Walk(Annealer(state, allowed), Clock(context, context.remaining()), keep)
        while walk.step():
            pass
        cost, places = best[0]
        if cost >= BIG:
            return self.unknown(places)
        goals = self._goals(places, bound)
        proven = all(goal.value == goal.bound for goal in goals)
        return self.answer(places, goals, "proven" if proven else "limit")

    def _standing(self) -> dict[int, tuple[int, int]]:
        c = self.c
        return {
            c.index[name]: (c.slot_index[place.slot], c.room_index[place.room])
            for name, place in self.previous.items()
            if place.slot in c.slot_index and place.room in c.room_index
        }

    # -- answers -------------------------------------------------------------------------------

    def _goals(self, places: Sequence[Place], bound: int) -> list[Goal]:
        cost = sum(line.cost for line in account(self.c, places))
        goals = [Goal("cost", cost, min(cost, bound))]
        if self.previous:
            goals.insert(0, Goal("moves", len(moves_between(self.previous, places)), 0))
        return goals

    def report(self, name: str, places: Sequence[Place], goals: Sequence[Goal]) -> None:
        """Tell the caller of a better programme."""
        goal = next(goal for goal in goals if goal.name == name)
        plan = self.answer(places, goals, "limit")
        self.context.progress(name, goal.value, goal.bound, plan)

    def answer(self, places: Sequence[Place], goals: Sequence[Goal], ended: Ended) -> Plan:
        """The plan of a programme."""
        return Plan(
            KIND,
            tuple(places),
            account(self.c, places),
            tuple(goals),
            moves_between(self.previous, places) if self.previous else (),
            ended,
            self.context.seconds(),
        )


def moves_between(previous: Mapping[str, Place], places: Sequence[Place]) -> tuple[Move, ...]:
    """Contributions now in another slot or room; one that is new is no move."""
    moves: list[Move] = []
    for place in places:
        old = previous.get(place.contribution)
        if old and (old.slot, old.room) != (place.slot, place.room):
            moves.append(Move(place.contribution, old, place))
    return tuple(moves)

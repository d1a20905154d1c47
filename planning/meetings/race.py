"""Several searches of the same question, of which the first to finish answers.

Each runs in a thread with one solver thread of its own. In deterministic mode, and with one
worker, they do not race: the first alone searches, so that nothing depends on the clock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planning.context import Context
from planning.meetings.places import Draft
from planning.meetings.slots_model import SlotsModel

_PAUSE_S = 0.01
_HEAD_START_S = 0.5  # before each further contender: many a day is decided by then
DECIDED = (cp_model.OPTIMAL, cp_model.INFEASIBLE)


@dataclass(frozen=True)
class Step:
    """One solve.

    build      makes the model, its objective set
    decides    whether its answer is that of the question (else it only looks for a first plan)
    settings   CP-SAT parameters by name
    limit_s    for this solve; None for all that remains
    wanted     told whether there is a plan already, whether this solve is worth while
    """

    build: Callable[[], SlotsModel]
    decides: bool
    settings: dict[str, object]
    limit_s: float | None = None
    wanted: Callable[[bool], bool] = lambda found: True


@dataclass
class Outcome:
    """draft: the best found, None where there is none; bound: the best proven; proven: whether the
    draft is the best there is, or, without one, that there is none."""

    draft: Draft | None = None
    value: int | None = None
    bound: int | None = None
    proven: bool = False


class Race:
    """One question: minimise the objective that every deciding step sets."""

    def __init__(
        self,
        context: Context,
        measure: Callable[[Draft], int],
        report: Callable[[Draft | None, int | None, int | None], None],
    ) -> None:
        self._context = context
        self._measure = measure
        self._report = report
        self._lock = threading.Lock()
        self._running: list[cp_model.CpSolver] = []
        self._over = threading.Event()
        self._failure: BaseException | None = None
        self.outcome = Outcome()

    def run(self, contenders: Sequence[Sequence[Step]]) -> Outcome:
        """Search until one contender decides or the time is over."""
        alone = self._context.deterministic or self._context.workers < 2 or len(contenders) < 2
        if alone:
            # One after the other: whoever only looks for a first plan goes first.
            steps = [step for steps in contenders for step in steps if not step.decides][:1]
            self._follow([*steps, next(s for steps in contenders for s in steps if s.decides)])
            return self.outcome
        threads = [
            threading.Thread(target=self._guarded, args=(steps,), daemon=True)
            for steps in contenders
        ]
        for thread in threads:
            thread.start()
            self._over.wait(_HEAD_START_S)
        for thread in threads:
            while thread.is_alive():
                thread.join(_PAUSE_S)
                if self._over.is_set():
                    with self._lock:
                        for solver in self._running:
                            solver.stop_search()
        if self._failure is not None:
            raise self._failure
        return self.outcome

    def _guarded(self, steps: Sequence[Step]) -> None:
        try:
            self._follow(steps)
        except BaseException as failure:  # raised again in the waiting thread
            self._failure = failure
            self._over.set()

    def _follow(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if self._over.is_set() or self._context.remaining() <= 0:
                return
            if not step.wanted(self.outcome.draft is not None):
                continue
            built = step.build()
            solver = self._context.solver(step.limit_s, **{"num_workers": 1, **step.settings})
            if step.decides:
                solver.best_bound_callback = self._heard_bound
            with self._lock:
                self._running.append(solver)
            status = self._context.run(solver, built.model, _Heard(self, built))
            with self._lock:
                self._running.remove(solver)
            self._finish(step, status, solver)

    def _finish(
        self, step: Step, status: cp_model.CpSolverStatus, solver: cp_model.CpSolver
    ) -> None:
        impossible = status == cp_model.INFEASIBLE
        with self._lock:
            if self._over.is_set():
                return
            if impossible or (step.decides and status == cp_model.OPTIMAL):
                self.outcome.proven = True
                if not impossible:
                    self.outcome.bound = self.outcome.value
                self._over.set()
            elif step.decides and status != cp_model.MODEL_INVALID:
                self._raise_bound(round(solver.best_objective_bound))

    def _heard_bound(self, bound: float) -> None:
        with self._lock:
            changed = self._raise_bound(round(bound))
        if changed:
            self._report(None, self.outcome.value, self.outcome.bound)

    def _raise_bound(self, bound: int) -> bool:
        if self.outcome.bound is None or bound > self.outcome.bound:
            self.outcome.bound = bound
            return True
        return False

    def heard(self, draft: Draft) -> None:
        """Take in a draft that some step found."""
        value = self._measure(draft)
        with self._lock:
            if self.outcome.value is not None and value >= self.outcome.value:
                return
            self.outcome.draft, self.outcome.value = draft, value
        self._report(draft, value, self.outcome.bound)


class _Heard(cp_model.CpSolverSolutionCallback):
    def __init__(self, race: Race, built: SlotsModel) -> None:
        super().__init__()
        self._race = race
        self._built = built

    def on_solution_callback(self) -> None:
        """Pass the solution on."""
        self._race.heard(draft_of(self._built, lambda literal: int(self.value(literal))))


def draft_of(built: SlotsModel, value: Callable[[cp_model.IntVar], int]) -> Draft:
    """The draft that a solution of the model says."""
    slots = {
        meeting: slot
        for meeting, literals in enumerate(built.x)
        for slot, literal in literals.items()
        if value(literal)
    }
    served: dict[tuple[tuple[tuple[int, ...], ...], int], list[tuple[int, ...]]] = {}
    for (services, slot, service), number in built.serving.items():
        served.setdefault((services, slot), []).extend([service] * value(number))
    return Draft(slots, served)

"""What a model is given besides its problem: time, seed, the previous plan, and a way to report.

In deterministic mode time is the solver's own deterministic time, never the clock, so that a
solve repeats identically on any load; one deterministic second takes about one second of one core.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planning.results import Lock, Plan, Progress, Unknown

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass
class Context:
    """Handed to `Kind.plan`.

    limit_s        for the whole solve
    seed, workers  for the solver; workers is also how many threads a race may use; one in
                   deterministic mode
    deterministic  see the module
    previous       the plan to stay close to, with its locks
    send           where progress goes
    keep           where attempts go, for the case that the solve is ended from outside
    started        `time.monotonic()` at which the caller asked
    """

    limit_s: float
    seed: int = 0
    workers: int = 2
    deterministic: bool = False
    previous: Plan | None = None
    locks: Sequence[Lock] = ()
    send: Callable[[Progress], None] | None = None
    keep: Callable[[Unknown], None] | None = None
    extend: Callable[[float], None] | None = None
    started: float = field(default_factory=time.monotonic)
    spent: float = 0.0

    def __post_init__(self) -> None:
        if self.deterministic:
            # Several threads that share what they learn do not repeat identically.
            self.workers = 1

    def seconds(self) -> float:
        """Seconds since the start (deterministic ones in deterministic mode)."""
        return round(self.spent, 6) if self.deterministic else time.monotonic() - self.started

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.limit_s - self.seconds())

    def progress(
        self,
        goal: str,
        incumbent: int | None,
        bound: int | None,
        plan: Plan | None = None,
    ) -> None:
        """Tell the caller how far the search is; give a plan whenever a better one is there."""
        if self.send is not None:
            self.send(Progress(goal, incumbent, bound, self.seconds(), plan))

    def attempt(self, best: Unknown) -> None:
        """Have the best attempt answered if the solve is ended before it answers itself."""
        if self.keep is not None:
            self.keep(best)

    def allow_more(self, seconds: float) -> None:
        """Give the solve at least `seconds` from now, to explain what was proven impossible."""
        if self.remaining() >= seconds:
            return
        self.limit_s = self.seconds() + seconds
        if self.extend is not None:
            self.extend(seconds)

    def solver(self, limit_s: float | None = None, **parameters: Any) -> cp_model.CpSolver:
        """A CP-SAT solver set to this solve's seed, threads and remaining time.

        limit_s     for this call, if less than what remains
        parameters  any of CP-SAT's; they win over the defaults
        """
        from ortools.sat.python import cp_model  # takes seconds, and not every kind needs it

        solver = cp_model.CpSolver()
        left = self.remaining() if limit_s is None else min(limit_s, self.remaining())
        solver.parameters.random_seed = self.seed
        solver.parameters.num_workers = self.workers
        if self.deterministic:
            solver.parameters.max_deterministic_time = max(left, 1e-3)
        else:
            solver.parameters.max_time_in_seconds = max(left, 1e-3)
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        return solver

    def run(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        callback: cp_model.CpSolverSolutionCallback | None = None,
    ) -> cp_model.CpSolverStatus:
        """Solve and count the deterministic time spent."""
        status = solver.solve(model, callback)
        self.spent += solver.response_proto.deterministic_time
        return status

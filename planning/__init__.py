"""Plans for what secretariats plan by hand: meetings, programmes and interpreters.

A pure library: problems in, plans out. `solve` runs in a worker process of its own with bounded
memory; `check` judges any plan independently of the models that make one. A kind of problem is a
package below this one; `planning/README.md` says how it plugs in.

    from planning import solve
    from planning.json_io import load_problem

    answer = solve(load_problem(text), limit_s=60, seed=0, workers=2)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planning.faults import Fault, ProblemError
from planning.json_io import validate, validate_locks, validate_plan
from planning.kinds import kind_of
from planning.results import (
    Answer,
    Cost,
    Goal,
    Infeasible,
    Lock,
    Move,
    Plan,
    Progress,
    Reason,
    Unknown,
    Verdict,
)
from planning.runner import MEMORY_MB, Flag, SolverError, check_options, run
from planning.wording import sentence, words

__all__ = [
    "Answer",
    "Cost",
    "Fault",
    "Goal",
    "Infeasible",
    "Lock",
    "Move",
    "Plan",
    "ProblemError",
    "Progress",
    "Reason",
    "SolverError",
    "Unknown",
    "Verdict",
    "check",
    "sentence",
    "solve",
    "words",
]


def solve(
    problem: object,
    *,
    limit_s: float,
    seed: int,
    workers: int,
    deterministic: bool = False,
    previous: Plan | None = None,
    locks: Sequence[Lock] = (),
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Flag | None = None,
    memory_mb: int = MEMORY_MB,
) -> Answer:
    """Plan `problem` as well as the time allows.

    limit_s        seconds until the answer, 0 to 1,000,000; in deterministic mode the solver's own
                   deterministic seconds, so that the same call repeats identically on any machine
                   and load
    seed, workers  of the solver; a seed from 0 to 2,147,483,647; 1 to 256 threads
    previous       a plan to stay close to: the fewest moves come before every other goal but the
                   first that the kind names
    locks          what of `previous` may not change
    on_progress    called in this thread while the worker works
    cancel         when set, the worker is killed and the best plan so far (or Unknown) answered
    memory_mb      bound of the worker's memory, 100 or more

    A plan that could not be proven best says in `ended` what stopped the search, and how far it
    is from the bound. Proven impossible is `Infeasible`, explained in up to 5 more seconds.
    Raises `ProblemError` where problem, plan, locks or options are malformed, `SolverError` where
    a model fails.
    """
    check_options(limit_s, seed, workers, memory_mb)
    problem = validate(problem)
    if previous is not None:
        previous = validate_plan(problem, previous)
    locks = validate_locks(problem, previous, locks)
    return run(
        problem,
        limit_s=limit_s,
        seed=seed,
        workers=workers,
        deterministic=deterministic,
        previous=previous,
        locks=locks,
        on_progress=on_progress,
        cancel=cancel,
        memory_mb=memory_mb,
    )


def check(
    problem: object,
    plan: Plan,
    *,
    previous: Plan | None = None,
    locks: Sequence[Lock] = (),
) -> Verdict:
    """Judge a plan from the problem alone, by code that no model shares."""
    problem = validate(problem)
    plan = validate_plan(problem, plan)
    if previous is not None:
        previous = validate_plan(problem, previous)
    locks = validate_locks(problem, previous, locks)
    return kind_of(problem).check(problem, plan, previous, locks)

"""The kinds of problems and what each brings along.

A kind is a package below `planning` whose module defines `KIND`. Packages are imported when first
asked for, so that reading a problem of one kind never loads the models of another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from planning.faults import Fault, ProblemError
from planning.results import Answer, Lock, Plan, Verdict

if TYPE_CHECKING:
    from planning.context import Context


def _nothing(_problem: object) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of problem.

    name        as written in the JSON member "kind"
    problem     the dataclass of a problem
    assignment  the dataclass of one assignment of a plan
    faults      what is wrong with a problem that the type hints cannot say (ids that nobody has,
                ids used twice): every fault with its path, none where it is sound
    plan        the model: answers a sound problem, in the worker process
    check       judges a plan from the problem alone; shares no code with `plan`
    wording     English clause per rule id, with {parameter} places: what must hold
    broken      the same of what a plan breaks, where that says more than `wording`
    lockable    the names of items and of slots that a lock may name, given the previous plan
    wanted      what has no place in an attempt of nothing: what is missing where a worker is ended
                before it has tried anything
    """

    name: str
    problem: type
    assignment: type
    faults: Callable[[Any], Sequence[Fault]]
    plan: Callable[[Any, Context], Answer]
    check: Callable[[Any, Plan, Plan | None, Sequence[Lock]], Verdict]
    wording: dict[str, str]
    broken: dict[str, str] = field(default_factory=dict)
    lockable: Callable[[Any, Plan], tuple[set[str], set[str]]] | None = None
    wanted: Callable[[Any], tuple[str, ...]] = _nothing


_PACKAGES = {
    "meetings": "planning.meetings",
    "programme": "planning.programme",
    "interpreters": "planning.interpreters",
    "conference": "planning.conference",
}


def register(name: str, module: str) -> None:
    """Make the kind `name` known, whose `KIND` stands in `module` (an importable name)."""
    _PACKAGES[name] = module


def names() -> tuple[str, ...]:
    """The names of all kinds."""
    return tuple(_PACKAGES)


def module_of(name: str) -> str:
    """Where the kind stands."""
    return _PACKAGES[name]


def kind_named(name: object) -> Kind:
    """The kind with this name; `ProblemError` where there is none."""
    if not isinstance(name, str) or name not in _PACKAGES:
        raise ProblemError([Fault("kind", "must be one of " + ", ".join(sorted(_PACKAGES)))])
    kind = import_module(_PACKAGES[name]).KIND
    if not isinstance(kind, Kind):
        raise TypeError(f"{_PACKAGES[name]}.KIND is not a planning.kinds.Kind")
    return kind


def kind_of(problem: object) -> Kind:
    """The kind whose problem this is, found by the package that defines its class."""
    module = type(problem).__module__
    for name, package in _PACKAGES.items():
        if module == package or module.startswith(package + "."):
            return kind_named(name)
    raise TypeError(f"{type(problem).__name__} is not a problem of any kind")

"""A kind of problem for tests of the core: one number, and workers that misbehave on request."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from planning.context import Context
from planning.faults import Fault
from planning.fields import Id, Range
from planning.kinds import Kind
from planning.results import Answer, Goal, Infeasible, Lock, Plan, Reason, Unknown, Verdict


@dataclass(frozen=True)
class Part:
    """A part. weight: kilograms."""

    id: Annotated[str, Id]
    weight: Annotated[int, Range(0, 10)] = 1
    near: tuple[int, int] | None = None


@dataclass(frozen=True)
class Toy:
    """do: what the worker shall do."""

    do: Literal["answer", "sleep", "eat", "fail", "forever", "impossible", "print", "try"] = (
        "answer"
    )
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a part went."""

    part: str
    spot: int


def _plan(problem: Toy, context: Context) -> Answer:
    plan = Plan("toy", (Place("a", 1),), goals=(Goal("weight", 3, 1),))
    if problem.do == "answer":
        return plan
    if problem.do == "impossible":
        return Infeasible("toy", (Reason.of("heavy", part="a", by=2),), smallest=True)
    if problem.do == "fail":
        raise ZeroDivisionError("as asked")
    if problem.do == "print":
        print("not a frame")  # noqa: T201  # what a native solver might do
        return plan
    if problem.do == "try":
        context.attempt(Unknown("toy", "limit", attempt=(Place("b", 2),), missing=("a",)))
    else:
        context.progress("weight", 3, 1, plan)
    held: list[bytearray] = []
    while problem.do != "sleep" or context.remaining() > 0:
        if problem.do == "eat":
            held.append(bytearray(b"x" * 16_000_000))
        time.sleep(0.01)
    return plan


def _faults(problem: Toy) -> Sequence[Fault]:
    seen: list[str] = []
    faults = []
    for index, part in enumerate(problem.parts):
        if part.id in seen:
            faults.append(Fault(f"parts[{index}].id", "is used twice"))
        seen.append(part.id)
    return faults


def _check(problem: object, plan: Plan, previous: Plan | None, locks: Sequence[Lock]) -> Verdict:
    return Verdict(())


KIND = Kind(
    name="toy",
    problem=Toy,
    assignment=Place,
    faults=_faults,
    plan=_plan,
    check=_check,
    wording={"heavy": "{part} is too heavy by {by}"},
)

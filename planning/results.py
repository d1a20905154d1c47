"""What a solve answers: a plan, a proof that there is none, or neither.

All are frozen dataclasses; every one goes to JSON and back through `planning.json_io`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Ended = Literal["proven", "limit", "cancelled", "memory", "killed"]
Parameter = str | int | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True)
class Reason:
    """One rule at work: its identifier and the parameters that its wording names.

    Used for what makes a problem impossible and for what a plan breaks. `parameters` are pairs in
    a fixed order, so that reasons can be compared and repeat identically.
    """

    rule: str
    parameters: tuple[tuple[str, Parameter], ...] = ()

    @staticmethod
    def of(rule: str, **parameters: Parameter) -> Reason:
        """A reason with its parameters in the order given."""
        return Reason(rule, tuple(parameters.items()))

    def named(self) -> dict[str, Parameter]:
        """The parameters by name."""
        return dict(self.parameters)


@dataclass(frozen=True)
class Cost:
    """What one rule costs in a plan: how often it was called upon, and the cost of that."""

    rule: str
    count: int
    cost: int


@dataclass(frozen=True)
class Goal:
    """One goal of the search and how far it came; a plan's goals stand in their order of rank.

    name      as in `planning.wording`
    value     of the plan
    bound     proven: no plan that is as good in the goals before can be better than this
    maximize  whether more is better
    """

    name: str
    value: int
    bound: int
    maximize: bool = False

    @property
    def gap(self) -> float:
        """Distance from the bound as a share of the value (0.0 proven best)."""
        if self.value == self.bound:
            return 0.0
        return abs(self.value - self.bound) / max(1, abs(self.value), abs(self.bound))


@dataclass(frozen=True)
class Move:
    """One assignment that differs from the previous plan in a way that people notice.

    before is None for what is new, after is None for what was dropped.
    """

    item: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Plan:
    """A plan that keeps every rule.

    kind         of the problem
    assignments  dataclasses of that kind (see its module), in the problem's order
    costs        one per rule that may cost something, in a fixed order
    goals        in their order of rank
    moves        from the previous plan, where one was given
    ended        why the search ended: "proven" best, or what stopped it before
    seconds      taken; in deterministic mode the solver's deterministic seconds
    """

    kind: str
    assignments: tuple[Any, ...]
    costs: tuple[Cost, ...] = ()
    goals: tuple[Goal, ...] = ()
    moves: tuple[Move, ...] = ()
    ended: Ended = "proven"
    seconds: float = field(default=0.0, compare=False)

    @property
    def deciding(self) -> Goal | None:
        """The first goal that is not proven best; the last one where all are."""
        for goal in self.goals:
            if goal.value != goal.bound:
                return goal
        return self.goals[-1] if self.goals else None

    @property
    def value(self) -> int:
        """Value of the deciding goal."""
        return self.deciding.value if self.deciding else 0

    @property
    def bound(self) -> int:
        """Proven bound of the deciding goal."""
        return self.deciding.bound if self.deciding else 0

    @property
    def gap(self) -> float:
        """Gap of the deciding goal; 0.0 where the plan is proven best in all goals."""
        return self.deciding.gap if self.deciding else 0.0


@dataclass(frozen=True)
class Infeasible:
    """No plan keeps every rule: the smallest set of reasons found that cannot hold together.

    smallest is True where no reason can be left out of the set.
    """

    kind: str
    reasons: tuple[Reason, ...]
    smallest: bool = False
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Unknown:
    """Neither a plan nor a proof was found before the search ended.

    attempt  assignments of the best attempt, where the kind makes any; it is not a plan
    missing  what of the problem has no assignment in it
    broken   the rules that it breaks: who, where and when
    """

    kind: str
    ended: Ended
    seconds: float = field(default=0.0, compare=False)
    attempt: tuple[Any, ...] = ()
    missing: tuple[str, ...] = ()
    broken: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """What was made without proof, judged by the check: a plan, where it breaks nothing.

    kind         of the problem
    assignments  that it makes
    missing      what of the problem has no assignment in it
    broken       the rules that it breaks, and what keeps out of it whatever is missing
    """

    kind: str
    assignments: tuple[Any, ...]
    missing: tuple[str, ...]
    broken: tuple[Reason, ...]

    @property
    def is_plan(self) -> bool:
        """Whether it keeps every rule."""
        return not self.broken

    def unknown(self, seconds: float) -> Unknown:
        """The answer that carries it, after so many seconds."""
        return Unknown(self.kind, "limit", seconds, self.assignments, self.missing, self.broken)


@dataclass(frozen=True)
class Progress:
    """Sent while a solve runs.

    goal       being worked on
    incumbent  best value so far, None while there is no plan
    bound      best proven bound so far, None while there is none
    seconds    since the solve began
    plan       a usable plan, where a new one was found
    """

    goal: str
    incumbent: int | None
    bound: int | None
    seconds: float
    plan: Plan | None = None


@dataclass(frozen=True)
class Lock:
    """What a re-plan must leave as it is in the previous plan. Exactly one is named.

    item  one assignment
    slot  everything in one slot, to which nothing may come either
    """

    item: str = ""
    slot: str = ""


@dataclass(frozen=True)
class Verdict:
    """What an independent check found: rules broken, and the cost per rule counted again."""

    broken: tuple[Reason, ...]
    costs: tuple[Cost, ...] = ()
    goals: tuple[Goal, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken


Answer = Plan | Infeasible | Unknown

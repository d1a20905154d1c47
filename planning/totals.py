"""Whether what a plan could cost at most stays a number that can be worked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planning.faults import Fault
from planning.terms import Weight


def too_dear(
    units: Mapping[str, int],
    usual: Mapping[str, tuple[int | None, str]],
    weights: Sequence[Weight],
    most: int,
) -> list[Fault]:
    """The fault of a problem that could cost more than `most`, at the rule that costs most.

    units  how many of each rule there can be
    usual  the usual cost of a unit of each rule, which `weights` replace
    """
    costs = {rule: cost for rule, (cost, _) in usual.items()}
    paths = {}
    for i, weight in enumerate(weights):
        costs[weight.rule] = weight.cost
        paths[weight.rule] = f"weights[{i}].cost"
    could = {rule: count * (costs.get(rule) or 0) for rule, count in units.items()}
    total = sum(could.values())
    if total <= most:
        return []
    rule = max(could, key=lambda name: could[name])
    words = (
        f"the rule {rule!r} could cost {could[rule]:,} ({units[rule]:,} times {costs[rule]:,}), "
        f"and all rules together must not cost more than {most:,}: let it cost less"
    )
    return [Fault(paths.get(rule, "weights"), words)]

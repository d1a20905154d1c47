"""Counting literals by clauses: the totalizer of O. Bailleux and Y. Boufkhad, "Efficient CNF
encoding of Boolean cardinality constraints" (CP 2003), cut off above the most that may be true."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model


def at_most(model: cp_model.CpModel, literals: Sequence[cp_model.IntVar], most: int) -> None:
    """Add that at most `most` of `literals` are true."""
    if most >= len(literals):
        return
    level = [[literal] for literal in literals]
    while len(level) > 1:
        paired = [
            _merged(model, one, other, most + 1)
            for one, other in zip(level[::2], level[1::2], strict=False)
        ]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    model.add_bool_and([~level[0][most]])


def _merged(
    model: cp_model.CpModel,
    one: list[cp_model.IntVar],
    other: list[cp_model.IntVar],
    top: int,
) -> list[cp_model.IntVar]:
    """Outputs that count both inputs in unary: out[k] is true where more than k are (where fewer
    are it may be either)."""
    size = min(len(one) + len(other), top)
    out = [model.new_bool_var("") for _ in range(size)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if 0 < i + j <= size:
                least = [~one[i - 1]] * (i > 0) + [~other[j - 1]] * (j > 0)
                model.add_bool_or([*least, out[i + j - 1]])
    for less, more in pairwise(out):
        model.add_implication(more, less)
    return out

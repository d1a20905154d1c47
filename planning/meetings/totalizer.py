"""Counting literals by clauses: the totalizer of O. Bailleux and Y. Boufkhad, "Efficient CNF
encoding of Boolean cardinality constraints" (CP 2003), cut off above the most that may be true."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model


def even_at_most(model: cp_model.CpModel, literals: Sequence[cp_model.IntVar], most: int) -> None:
    """Add that at most `most` (even) of `literals` are true, and an even number of them."""
    if most <= 0 or not literals:
        model.add_bool_and([~literal for literal in literals])
        return
    level = [[literal] for literal in literals]
    while len(level) > 1:
        paired = [
            _merged(model, one, other, most + 1)
            for one, other in zip(level[::2], level[1::2], strict=False)
        ]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    counted = level[0]
    for odd in range(0, len(counted), 2):
        # At least odd + 1 are at least odd + 2.
        model.add_bool_or([~counted[odd], *counted[odd + 1 : odd + 2]])


def _merged(
    model: cp_model.CpModel,
    one: list[cp_model.IntVar],
    other: list[cp_model.IntVar],
    top: int,
) -> list[cp_model.IntVar]:
    """Outputs that count both inputs in unary: out[k] where more than k are true."""
    size = min(len(one) + len(other), top)
    out = [model.new_bool_var("") for _ in range(size)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if 0 < i + j <= size:
                least = [~one[i - 1]] * (i > 0) + [~other[j - 1]] * (j > 0)
                model.add_bool_or([*least, out[i + j - 1]])
            if i + j < size:
                most = [*one[i : i + 1], *other[j : j + 1]]
                model.add_bool_or([*most, ~out[i + j]])
    for less, more in zip(out, out[1:], strict=False):
        model.add_implication(more, less)
    return out

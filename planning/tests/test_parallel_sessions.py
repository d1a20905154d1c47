"""In which of several sessions at once a contribution is matters only where it can cost anything.

The exact model has a variable for each room else, which makes that of a large programme two and a
half times as large.
"""

from __future__ import annotations

import pytest

from planning.programme import rules
from planning.programme.compiled import Compiled
from planning.programme.problem import Contribution, Problem, Room, Slot, Track, Wish
from planning.terms import Weight

SLOTS = (Slot("s0", "2027-05-10T09:00", 60), Slot("s1", "2027-05-10T11:00", 60))
ROOMS = (Room("hall", 50), Room("den", 50))
BY_CHAIR = (Contribution("a", "t", 20, people=("p",)), Contribution("b", "t", 20))
BY_ONE = tuple(Contribution(name, "t", 20, people=("p",)) for name in "ab")
WISHED = tuple(Contribution(name, "t", 20) for name in "ab")


def problem(talks: tuple[Contribution, ...], cost: dict[str, int]) -> Problem:
    """A track chaired by p; two wish to hear both contributions; no rule costs but those given."""
    return Problem(
        "UTC",
        SLOTS,
        ROOMS,
        (Track("t", chairs=("p",) if talks is BY_CHAIR else ()),),
        talks,
        wishes=(Wish(("a", "b"), 2),) if talks is WISHED else (),
        weights=tuple(Weight(name, cost.get(name, 0)) for name in rules.RULES),
    )


@pytest.mark.parametrize(
    ("talks", "rule"),
    [
        (BY_CHAIR, rules.CHAIR_TWICE),
        (BY_ONE, rules.PERSON_TWICE),
        (WISHED, rules.CLASH),
    ],
    ids=["chair", "speaker", "wishes"],
)
@pytest.mark.parametrize("cost", [0, 1])
def test_rooms_matter_where_it_costs(talks: tuple[Contribution, ...], rule: str, cost: int) -> None:
    assert Compiled(problem(talks, {rule: cost})).needs_rooms(0) == bool(cost)

"""Sainte-Laguë with floors and caps: known results, brute force, and each bound alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.quotas import Claim, QuotaError, Seats, apportion


def plain(claims: list[Claim], seats: int) -> dict[str, int]:
    return {row.id: row.seats for row in apportion(claims, seats).seats}


def test_published_example_is_reproduced() -> None:
    """Seven seats for 53,000 / 24,000 / 23,000: 3 / 2 / 2, where D'Hondt gives 4 / 2 / 1."""
    claims = [Claim("a", 53_000), Claim("b", 24_000), Claim("c", 23_000)]
    assert plain(claims, 7) == {"a": 3, "b": 2, "c": 2}


def test_floor_alone_makes_the_difference() -> None:
    assert plain([Claim("big", 990), Claim("small", 10)], 10) == {"big": 10, "small": 0}
    assert plain([Claim("big", 990), Claim("small", 10, floor=2)], 10) == {"big": 8, "small": 2}


def test_cap_alone_makes_the_difference() -> None:
    assert plain([Claim("big", 990), Claim("small", 10, cap=None)], 10)["big"] == 10
    assert plain([Claim("big", 990, cap=6), Claim("small", 10)], 10) == {"big": 6, "small": 4}


def test_regions_divide_the_seats_of_their_group() -> None:
    north, south = Claim("north", 300), Claim("south", 120, floor=1)
    result = apportion([Claim("hosts", 6, parts=(north, south)), Claim("guests", 4)], 10)
    assert result.seats == (
        Seats("hosts", 6, (Seats("north", 4), Seats("south", 2))),
        Seats("guests", 4),
    )


def test_caps_of_regions_bind_their_group() -> None:
    parts = (Claim("north", 300, cap=1), Claim("south", 100, cap=1))
    assert plain([Claim("hosts", 6, parts=parts), Claim("guests", 4)], 10) == {
        "hosts": 2,
        "guests": 8,
    }


def test_tie_for_the_last_seat_is_named() -> None:
    result = apportion([Claim("a", 5), Claim("b", 5)], 3)
    assert result.ties == (("a", "b"),)
    assert apportion([Claim("a", 5), Claim("b", 5)], 4).ties == ()


def test_claims_without_weight_get_seats_only_when_nobody_else_can() -> None:
    assert plain([Claim("a", 1, cap=2), Claim("b", 0)], 5) == {"a": 2, "b": 3}


def test_one_error_names_every_fault() -> None:
    with pytest.raises(QuotaError) as caught:
        apportion([Claim("a", -1), Claim("a", 1, floor=3, cap=2), Claim("c", 1, floor=-1)], -1)
    assert caught.value.faults == (
        "a.weight: must not be negative",
        "a: the id is used twice",
        "a.cap: is below the floor",
        "c.floor: must not be negative",
        "seats: must not be negative",
    )


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("a", 1, floor=4), "floors: they add up to 4, but there are only 3 seats"),
        (Claim("a", 1, cap=2), "caps: they add up to 2, fewer than the 3 seats"),
        (Claim("a", 1, cap=1, parts=(Claim("p", 1, floor=2),)), "a.parts:"),
    ],
)
def test_impossible_sums_are_refused(claim: Claim, words: str) -> None:
    with pytest.raises(QuotaError, match=words):
        apportion([claim], 3)


@st.composite
def small_claims(draw: st.DrawFn) -> tuple[list[Claim], int]:
    claims = []
    for index in range(draw(st.integers(1, 4))):
        floor = draw(st.integers(0, 2))
        cap = draw(st.none() | st.integers(floor, 5))
        claims.append(Claim(str(index), draw(st.integers(1, 30)), floor, cap))
    low = sum(claim.floor for claim in claims)
    high = sum(7 if claim.cap is None else claim.cap for claim in claims)
    return claims, draw(st.integers(low, min(high, 7 + low)))


def unfairness(claims: list[Claim], seats: tuple[int, ...]) -> Fraction:
    """What Sainte-Laguë minimises: sum of weight × (seats / weight − seats / weight overall)²,
    which for a fixed total orders like the sum of seats² / weight."""
    return sum(
        (Fraction(n * n, int(c.weight)) for c, n in zip(claims, seats, strict=True)), Fraction(0)
    )


@settings(max_examples=80, deadline=None)
@given(small_claims())
def test_agrees_with_brute_force(case: tuple[list[Claim], int]) -> None:
    claims, seats = case
    ranges = [range(c.floor, (seats if c.cap is None else c.cap) + 1) for c in claims]
    options = [pick for pick in product(*ranges) if sum(pick) == seats]
    found = tuple(row.seats for row in apportion(claims, seats).seats)
    assert found in options
    assert unfairness(claims, found) == min(unfairness(claims, pick) for pick in options)

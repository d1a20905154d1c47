"""Seats for groups and regions: the Sainte-Laguë method with floors and caps.

In: claims (an id, a weight such as inhabitants or members, a least and a most number of seats,
and parts among which the claim's own seats are divided again) and the number of seats.
Out: seats per claim, and the claims between which the last seat was a tie.

The method is the divisor method with standard rounding (A. Sainte-Laguë 1910; Webster): each
further seat goes to the claim with the largest quotient weight / (2 × seats held + 1). Claims start
at their floor and leave the race at their cap; that gives the same seats as looking for one divisor
d with the seats floor ≤ round(weight / d) ≤ cap adding up to the total (Balinski and Young, "Fair
Representation", 1982, on minimum requirements). All arithmetic is exact, so no result
depends on rounding of floating point numbers or on the order of a dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


class QuotaError(ValueError):
    """The claims cannot be served; `faults` names every wrong field or impossible sum."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


@dataclass(frozen=True)
class Claim:
    """One group or region that is due seats.

    id      unique among its siblings
    weight  what it is measured by (inhabitants, members, votes); an integer or fraction >= 0
    floor   seats it gets in any case; >= 0
    cap     seats it gets at most, None for no cap; >= floor
    parts   regions of a group, among which the group's seats are divided by the same method; a
            part's floor and cap hold, and bind the group too
    """

    id: str
    weight: int | Fraction
    floor: int = 0
    cap: int | None = None
    parts: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Seats:
    """What one claim got: its seats and, where it has parts, theirs in the order given."""

    id: str
    seats: int
    parts: tuple[Seats, ...] = ()


@dataclass(frozen=True)
class Apportionment:
    """seats: one entry per claim in the order given; ties: groups of claim ids, written
    "group/part" below the top, between which the last seat was a tie. A tie is decided here for
    the larger weight, then for the claim named first; a charter may ask for a lot instead."""

    seats: tuple[Seats, ...]
    ties: tuple[tuple[str, ...], ...]


def apportion(claims: Sequence[Claim], seats: int) -> Apportionment:
    """Divide `seats` (>= 0) among `claims`, and each claim's seats among its parts.

    Raises QuotaError naming every fault: a repeated id, a negative number, a cap below a floor,
    floors that add up to more than there are seats, caps that add up to less.
    """
    faults: list[str] = []
    _collect_faults(claims, "", faults)
    if seats < 0:
        faults.append("seats: must not be negative")
    if faults:
        raise QuotaError(faults)
    bounds = [_bounds(claim) for claim in claims]
    least = sum(low for low, _ in bounds)
    if least > seats:
        raise QuotaError([f"floors: they add up to {least}, but there are only {seats} seats"])
    if all(high is not None for _, high in bounds):
        most = sum(high for _, high in bounds if high is not None)
        if most < seats:
            raise QuotaError([f"caps: they add up to {most}, fewer than the {seats} seats"])
    ties: list[tuple[str, ...]] = []
    return Apportionment(_divide(claims, seats, "", ties), tuple(ties))


def _divide(
    claims: Sequence[Claim], seats: int, path: str, ties: list[tuple[str, ...]]
) -> tuple[Seats, ...]:
    bounds = [_bounds(claim) for claim in claims]
    held = [low for low, _ in bounds]
    open_to = [high for _, high in bounds]
    for left in range(seats - sum(held), 0, -1):
        racing = [
            index
            for index, high in enumerate(open_to)
            if (high is None or held[index] < high) and claims[index].weight > 0
        ] or [i for i, high in enumerate(open_to) if high is None or held[i] < high]
        quotients = {i: Fraction(claims[i].weight) / (2 * held[i] + 1) for i in racing}
        best = max(quotients.values())
        level = [index for index in racing if quotients[index] == best]
        if left < len(level):
            ties.append(tuple(path + claims[index].id for index in level))
        winner = min(level, key=lambda index: (-Fraction(claims[index].weight), index))
        held[winner] += 1
    return tuple(
        Seats(claim.id, count, _divide(claim.parts, count, f"{path}{claim.id}/", ties))
        if claim.parts
        else Seats(claim.id, count)
        for claim, count in zip(claims, held, strict=True)
    )


def _bounds(claim: Claim) -> tuple[int, int | None]:
    """Least and most seats of a claim, its parts' floors and caps taken into account."""
    if not claim.parts:
        return claim.floor, claim.cap
    inner = [_bounds(part) for part in claim.parts]
    low = max(claim.floor, sum(least for least, _ in inner))
    highs = [most for _, most in inner]
    total = None if any(most is None for most in highs) else sum(m for m in highs if m is not None)
    caps = [most for most in (claim.cap, total) if most is not None]
    return low, min(caps) if caps else None


def _collect_faults(claims: Sequence[Claim], path: str, faults: list[str]) -> None:
    seen: set[str] = set()
    for claim in claims:
        name = f"{path}{claim.id}"
        if claim.id in seen:
            faults.append(f"{name}: the id is used twice")
        seen.add(claim.id)
        if claim.weight < 0:
            faults.append(f"{name}.weight: must not be negative")
        if claim.floor < 0:
            faults.append(f"{name}.floor: must not be negative")
        if claim.cap is not None and claim.cap < claim.floor:
            faults.append(f"{name}.cap: is below the floor")
        _collect_faults(claim.parts, f"{name}/", faults)
        low, high = _bounds(claim)
        if claim.parts and high is not None and low > high:
            faults.append(f"{name}.parts: their floors and caps leave it no number of seats")


__all__ = ["Apportionment", "Claim", "QuotaError", "Seats", "apportion"]

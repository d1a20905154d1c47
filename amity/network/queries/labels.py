"""Places on a map, and on which side of each there is room for its name; knows no database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.network.geography import Frame

Point = tuple[float, float]
Room = Literal["", "left", "right", "above", "below"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How names are written: their height in thousandths of the shown width, and from where to
    where they reach above and below a place, in heights, as the style sheet puts them."""

    height: float
    above: tuple[float, float]
    below: tuple[float, float]


DESK = Letters(20, above=(1.75, 0.75), below=(0.4, 1.5))
PHONE = Letters(46, above=(1.35, 0.3), below=(0.45, 1.5))


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map.

    `desk`, `phone`: the side on which there is room for its name, in either size of letters.
    """

    x: float
    y: float
    name: Text
    address: str
    invented: bool = False
    desk: Room = ""
    phone: Room = ""


def labelled(dots: tuple[Dot, ...], shown: Frame) -> Iterator[Dot]:
    """The places, with room for their names wherever those do not run into one another."""
    desk, phone = _rooms(dots, shown, DESK), _rooms(dots, shown, PHONE)
    for dot, at_a_desk, on_a_phone in zip(dots, desk, phone, strict=True):
        yield replace(dot, desk=at_a_desk, phone=on_a_phone)


def _rooms(dots: Sequence[Dot], shown: Frame, letters: Letters) -> list[Room]:
    """Where each place has room for its name in such letters.

    A letter is taken to be 0.6 of its height wide.
    """
    size = shown.unit * letters.height
    taken = [
        (dot.x - size / 3, dot.y - size / 3, dot.x + size / 3, dot.y + size / 3) for dot in dots
    ]
    found: list[Room] = []
    for own, dot in enumerate(dots):
        width, near = len(plain(dot.name)) * size * 0.6, size * 0.6
        top, bottom = dot.y - size * 0.6, dot.y + size * 0.6
        places: dict[Room, Box] = {
            "right": (dot.x + near, top, dot.x + near + width, bottom),
            "left": (dot.x - near - width, top, dot.x - near, bottom),
        }
        left, right = dot.x - width / 2, dot.x + width / 2
        (highest, above), (below, lowest) = letters.above, letters.below
        places["above"] = (left, dot.y - size * highest, right, dot.y - size * above)
        places["below"] = (left, dot.y + size * below, right, dot.y + size * lowest)
        others = taken[:own] + taken[own + 1 :]
        room: Room = ""
        for side, box in places.items():
            inside = shown.x <= box[0] and box[2] <= shown.x + shown.width
            gap = (min(dot.x, box[0]), box[1], max(dot.x, box[2]), box[3])
            between = any(_holds(gap, other) for other in dots if other is not dot)
            if inside and not between and not any(_overlap(box, other) for other in others):
                room = side
                taken.append(box)
                break
        found.append(room)
    return found


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box: Box, dot: Dot) -> bool:
    return box[0] < dot.x < box[2] and box[1] < dot.y < box[3]

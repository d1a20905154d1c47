"""The map: places on the page, and lines between them.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949):
equal areas, so that no continent is drawn larger than it is. Coordinates on the page are in units
of a map 1,000 wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, hypot, radians, sin, sqrt

WIDTH = 1000.0
HEIGHT = 487.0
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2
EDGE_X, EDGE_Y = 2.70663, 1.31737
"""The projection's largest x and y, at the unit sphere."""
CLOSEST = 90.0
"""The narrowest map that is drawn: closer up, the coast has no detail left."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the map that is shown."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        """The frame as SVG wants it."""
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def unit(self) -> float:
        """Size of a thousandth of the shown width: strokes and dots are drawn in it."""
        return self.width / 1000


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees east and north to page coordinates (x to the right, y down)."""
    theta = asin(M * sin(radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = radians(longitude) * cos(theta) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    y = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    return (
        (x / EDGE_X + 1) * WIDTH / 2,
        (1 - y / EDGE_Y) * HEIGHT / 2,
    )


def arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    """An SVG path that bends upwards from one point to the other."""
    (x1, y1), (x2, y2) = start, end
    length = hypot(x2 - x1, y2 - y1)
    cx, cy = (x1 + x2) / 2, (y1 + y2) / 2 - length * 0.22
    return f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"


def frame(points: Iterable[tuple[float, float]]) -> Frame:
    """The smallest frame, of the whole map's shape, that holds all points with room around them."""
    listed = list(points)
    if not listed:
        return Frame(0, 0, WIDTH, HEIGHT)
    left, right = min(x for x, _ in listed), max(x for x, _ in listed)
    top, bottom = min(y for _, y in listed), max(y for _, y in listed)
    width = max((right - left) * 1.35, (bottom - top) * 1.6 * WIDTH / HEIGHT, CLOSEST)
    width = min(width, WIDTH)
    height = width * HEIGHT / WIDTH
    x = min(max((left + right - width) / 2, 0), WIDTH - width)
    y = min(max((top + bottom - height) / 2 - height * 0.06, 0), HEIGHT - height)
    return Frame(x, y, width, height)

"""Draws the land that all maps share anew, after its geometry was refreshed.

./run python -m tools.land
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from amity.network.geography import HEIGHT, WIDTH, project
from tools.topojson import rings_of

STATIC = Path(__file__).resolve().parent.parent / "amity" / "network" / "static" / "network"
GEOMETRY = STATIC / "vendor" / "countries-110m.json"
DRAWING = STATIC / "land.svg"
SMALLEST_SHAPE = 4
"""Points: fewer enclose nothing."""
HALF_ROUND = 180.0


def drawing() -> str:
    """The land as an SVG file with one shape, `land`, in the colour of what surrounds its use."""
    path = land_path(json.loads(GEOMETRY.read_text()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">'
        f'<path id="land" fill="currentColor" d="{path}"/></svg>\n'
    )


def land_path(topology: dict[str, Any], name: str = "land") -> str:
    """The land as one SVG path on the page, to a tenth of a unit."""
    parts = []
    for ring in rings_of(topology, name):
        for piece in _pieces(ring):
            points = [f"{x:.1f} {y:.1f}" for x, y in (project(lon, lat) for lon, lat in piece)]
            kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
            if len(kept) >= SMALLEST_SHAPE:
                parts.append("M" + "L".join(kept) + "Z")
    return "".join(parts)


def _pieces(ring: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """A ring cut where it jumps over the edge of the map, at 180 degrees."""
    pieces = [[ring[0]]]
    for before, point in pairwise(ring):
        if abs(point[0] - before[0]) > HALF_ROUND:
            pieces.append([])
        pieces[-1].append(point)
    if len(pieces) > 1 and ring[0] == ring[-1]:
        pieces[0] = pieces.pop() + pieces[0][1:]
    return [piece for piece in pieces if piece]


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
    print(f"{DRAWING.name}: {DRAWING.stat().st_size:,} bytes")

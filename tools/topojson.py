"""Reads the shapes of a TopoJSON file (TopoJSON 1.0)."""

from collections.abc import Sequence
from typing import Any


def rings_of(topology: dict[str, Any], name: str) -> list[list[tuple[float, float]]]:
    """The rings of object `name` of a TopoJSON topology, in degrees (TopoJSON 1.0, section 2)."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_decoded(one, scale, translate) for one in topology["arcs"]]
    found: list[list[tuple[float, float]]] = []
    for geometry in _geometries(topology["objects"][name]):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            found += [_ring(ring, arcs) for ring in polygon]
    return found


def _geometries(thing: dict[str, Any]) -> list[dict[str, Any]]:
    if thing["type"] == "GeometryCollection":
        return [one for part in thing["geometries"] for one in _geometries(part)]
    return [thing] if thing["type"] in ("Polygon", "MultiPolygon") else []


def _decoded(
    deltas: Sequence[Sequence[int]], scale: Sequence[float], translate: Sequence[float]
) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for dx, dy in deltas:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
    return points


def _ring(
    indexes: Sequence[int], arcs: Sequence[list[tuple[float, float]]]
) -> list[tuple[float, float]]:
    ring: list[tuple[float, float]] = []
    for index in indexes:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += points[1:] if ring else points
    return ring

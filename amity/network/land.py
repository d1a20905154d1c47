"""The drawing of the land that all maps share: made from the vendored geometry, kept as a file."""

import json
from pathlib import Path

from amity.network.geography import HEIGHT, WIDTH, land_path

STATIC = Path(__file__).parent / "static" / "network"
GEOMETRY = STATIC / "vendor" / "countries-110m.json"
DRAWING = STATIC / "land.svg"


def drawing() -> str:
    """The land as an SVG file with one shape, `land`, in the colour of what surrounds its use."""
    path = land_path(json.loads(GEOMETRY.read_text()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">'
        f'<path id="land" fill="currentColor" d="{path}"/></svg>\n'
    )

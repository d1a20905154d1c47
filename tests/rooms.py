"""The order of the rooms, as the import contracts say it."""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "amity"


def contract(name: str) -> dict[str, Any]:
    """The import contract of that name in pyproject.toml."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    found: dict[str, Any] = next(one for one in config["contracts"] if one["name"] == name)
    return found


def heights() -> dict[str, int]:
    """Room -> its layer, counted from the bottom; rooms side by side have the same."""
    layers = contract("Rooms look downward only")["layers"]
    return {
        room.strip(): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def may_look_at(room: str, other: str) -> bool:
    """Whether files of `room` may refer to something of `other`."""
    return room == other or heights()[other] < heights()[room]

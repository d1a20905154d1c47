"""Colours: every pair of ink and ground on the pages is readable, in both themes (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

from amity import foundation

CSS = Path(foundation.__path__[0]) / "static" / "foundation" / "css"
TOKENS = (CSS / "tokens.css").read_text()
BASE = Path(foundation.__path__[0], "templates", "foundation", "base.html").read_text()

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card", "wash")],
    *[(side, ground) for side in ("side-a", "side-b") for ground in ("card", f"{side}-wash")],
    *[(state, f"{state}-wash") for state in ("joint", "kept", "late")],
    ("paper", "ink"),
    ("paper", "ink-2"),
]
GRAPHICS = [
    *[
        (mark, ground)
        for mark in ("side-a", "side-b", "joint", "kept", "late", "edge", "spent")
        for ground in ("paper", "card")
    ],
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


def blocks() -> dict[str, dict[str, str]]:
    light = TOKENS[TOKENS.index(":root {") : TOKENS.index("@media")]
    device = TOKENS[TOKENS.index("@media") : TOKENS.index(':root[data-theme="light"]')]
    chosen = TOKENS[TOKENS.index(':root[data-theme="dark"]') :]
    return {"light": colours(light), "device": colours(device), "chosen": colours(chosen)}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "chosen"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(theme: str, ink: str, ground: str) -> None:
    colour = blocks()[theme]
    assert contrast(colour[ink], colour[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "chosen"])
@pytest.mark.parametrize(("mark", "ground"), GRAPHICS)
def test_lines_and_marks_can_be_seen(theme: str, mark: str, ground: str) -> None:
    colour = blocks()[theme]
    assert contrast(colour[mark], colour[ground]) >= 3


def test_dark_is_the_same_by_device_and_by_choice() -> None:
    themes = blocks()
    assert themes["device"] == themes["chosen"]
    assert set(themes["light"]) == set(themes["chosen"])


def test_the_frame_of_the_browser_has_the_colour_of_the_paper() -> None:
    themes = blocks()
    assert re.findall(r'name="theme-color" content="(#\w+)"', BASE) == [
        themes["light"]["paper"],
        themes["chosen"]["paper"],
    ]

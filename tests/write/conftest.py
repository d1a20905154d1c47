"""The world that all tests of writing begin with, unless they make another."""

import pytest

from .world import World, build


@pytest.fixture
def world() -> World:
    return build()

"""The drawing of the land is that of the vendored geometry."""

from xml.etree import ElementTree

from tools.land import DRAWING, drawing


def test_the_drawing_is_that_of_the_vendored_geometry():
    assert DRAWING.read_text(encoding="utf-8") == drawing()
    shape = ElementTree.parse(DRAWING).getroot()[0]  # noqa: S314 - our own file
    assert shape.get("id") == "land"

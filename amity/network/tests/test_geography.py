"""Places on the page."""

from hypothesis import given
from hypothesis import strategies as st

from amity.network.geography import HEIGHT, WIDTH, arc, frame, project

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
points = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))


def test_the_poles_and_edges_meet_the_border_of_the_map():
    assert [round(v, 1) for v in project(0, 0)] == [500.0, 243.5]
    assert [round(v, 1) for v in project(180, 0)] == [1000.0, 243.5]
    assert [round(v, 1) for v in project(-180, 0)] == [0.0, 243.5]
    assert [round(v, 1) for v in project(0, 90)] == [500.0, 0.0]
    assert [round(v, 1) for v in project(0, -90)] == [500.0, 487.0]


@given(longitudes, latitudes)
def test_every_place_on_earth_is_on_the_map(longitude, latitude):
    x, y = project(longitude, latitude)
    assert -0.01 <= x <= WIDTH + 0.01
    assert -0.01 <= y <= HEIGHT + 0.01


@given(longitudes, st.floats(-89, 89), st.floats(0.01, 1))
def test_north_is_up(longitude, latitude, step):
    assert project(longitude, latitude + step)[1] < project(longitude, latitude)[1]


@given(st.lists(points, min_size=1, max_size=30))
def test_a_frame_holds_all_points_and_stays_on_the_map(listed):
    shown = frame(listed)
    assert shown.x >= 0
    assert shown.y >= 0
    assert shown.x + shown.width <= WIDTH + 0.01
    assert shown.y + shown.height <= HEIGHT + 0.01
    assert abs(shown.width / shown.height - WIDTH / HEIGHT) < 0.001
    for x, y in listed:
        assert shown.x - 0.01 <= x <= shown.x + shown.width + 0.01
        assert shown.y - 0.01 <= y <= shown.y + shown.height + 0.01


def test_without_a_place_the_whole_map_is_shown():
    assert frame([]).view_box == "0.0 0.0 1000.0 487.0"


def test_an_arc_bends_upwards():
    assert arc((0, 100), (100, 100)) == "M0.0 100.0Q50.0 78.0 100.0 100.0"

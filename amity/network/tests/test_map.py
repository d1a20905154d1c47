"""What the map draws when there are many, and what it says of what it cannot draw."""

import pytest

from amity.network.actions import derive_partnerships
from amity.network.models import Area, Partnership

from .factory import Network

pytestmark = pytest.mark.django_db

MANY = 201


@pytest.fixture
def network() -> Network:
    made = Network()
    for number in range(1, MANY + 1):
        made.partnership(number)
    return made


def page(client, address: str = "/en/network/") -> str:
    return client.get(address).content.decode()


def test_a_country_without_a_position_stands_where_its_cities_are(client, network):
    drawn = page(client)
    assert drawn.count('class="arc w3"') == 1
    assert drawn.count('class="place"') == 2


def test_a_country_of_which_nothing_is_placed_stands_where_it_lies(client, network):
    Area.objects.filter(country_code="XA").update(country_code="VN", latitude=None, longitude=None)
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    drawn = page(client)
    assert drawn.count('class="arc w3"') == 1
    assert drawn.count('href="?country=VN"') == 2  # its line and its place


def test_places_without_codes_stand_for_the_country_above_them(client, network):
    Area.objects.update(country_code="")
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    drawn = page(client)
    assert drawn.count('class="arc w3"') == 1
    assert 'data-name="Northland"' in drawn
    assert 'href="?area=xa"' in drawn
    assert "201 partnerships" in page(client, "/en/network/?area=xa")
    assert "No partnership fits" in page(client, "/en/network/?area=nowhere")


def test_the_map_says_how_many_are_not_on_it(client, network):
    Area.objects.filter(key__in=["porto", "xb"]).update(
        country_code="", latitude=None, longitude=None
    )
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    words = "201 partnerships are not on the map, because the position of a side is not recorded."
    assert words in page(client)


def test_each_place_that_is_not_on_a_map_of_few_counts(client):
    few = Network()
    few.partnership(1)
    Area.objects.filter(key="porto").update(latitude=None, longitude=None)
    assert "1 partnership is not on the map" in page(client)

"""What the map draws when there are many, and what it says of what it cannot draw."""

from datetime import UTC, datetime

import pytest
from lxml import html

from amity.foundation.models import Change
from amity.network.actions import derive_partnerships
from amity.network.choices import AreaKind
from amity.network.models import Area, Partnership, Side

from .factory import Network

pytestmark = pytest.mark.django_db

MANY = 201


@pytest.fixture
def network() -> Network:
    made = Network()
    for number in range(1, MANY + 1):
        made.partnership(number)
    return made


def changed() -> None:
    """Let there be a version of the record of which nothing is remembered."""
    Change.objects.create(at=datetime.now(UTC), command="test", verb="load")


def page(client, address: str = "/en/network/") -> str:
    return client.get(address).content.decode()


def test_a_country_without_a_position_stands_where_its_cities_are(client, network):
    drawn = page(client)
    assert drawn.count('class="arc w3"') == 1
    assert drawn.count('class="place"') == 4  # both countries, and both cities


def test_a_country_of_which_nothing_is_placed_stands_where_it_lies(client, network):
    Area.objects.filter(country_code="XA").update(country_code="VN", latitude=None, longitude=None)
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    drawn = page(client)
    assert drawn.count('class="arc w3"') == 1
    # its line, its place, and what a finger reaches around it
    assert drawn.count('href="?country=VN"') == 3


def test_places_without_codes_stand_for_the_country_above_them(client, network):
    Area.objects.update(country_code="")
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    drawn = page(client)
    assert drawn.count('class="arc w3"') == 1
    assert 'data-name="Northland"' in drawn
    assert 'href="?area=xa"' in drawn
    assert "201 partnerships" in page(client, "/en/network/?area=xa")
    assert "No partnership fits" in page(client, "/en/network/?area=nowhere")


@pytest.fixture
def cities(network) -> list[Area]:
    """A hundred and fifty cities in each country, of which every third has no position."""
    made = []
    for number in range(300):
        country, south = network.countries[number % 2], number % 2
        where: dict[str, float] = (
            {}
            if number % 6 > 3
            else {"latitude": (-30.0 if south else 50.0) + number / 60, "longitude": number / 10}
        )
        made.append(
            network.area(
                f"city-{number}",
                AreaKind.CITY,
                f"City {number}",
                parent=country,
                country_code=country.country_code,
                **where,
            )
        )
    for side in Side.objects.order_by("pk"):
        chosen = side.pk % 150 * 2 + side.position - 1
        Side.objects.filter(pk=side.pk).update(area=made[chosen])
    for number in range(202, 206):  # one pair of cities stands out
        twins = network.partnership(number)
        for side in twins.sides.all():
            Side.objects.filter(pk=side.pk).update(area=made[side.position - 1])
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    changed()
    return made


def test_of_many_cities_those_with_most_partnerships_are_named(client, cities):
    tree = html.fromstring(page(client))
    dots = tree.xpath("//svg[@class='map']/a[@data-name]")
    named = [one.get("data-name") for one in dots]
    assert named[2:4] == ["City 0", "City 1"] or named[2:4] == ["City 1", "City 0"]
    assert len(named) == 2 + 40
    unplaced = {f"City {number}" for number in range(300) if number % 6 > 3}
    assert unplaced & set(named) == set()
    written = tree.xpath("//svg[@class='map']//text[contains(@class, 'desk')]/text()")
    assert {"City 0", "City 1"} <= set(written)
    address = next(one.get("href") for one in dots if one.get("data-name") == "City 0")
    assert address == "?area=city-0"


def test_of_many_cities_it_is_said_how_many_partnerships_are_not_drawn(client, cities, network):
    Area.objects.filter(country_code="XB").update(country_code="")
    Area.objects.filter(key="xb").update(latitude=None, longitude=None)
    lost = Area.objects.filter(key__startswith="city-", latitude=None, country_code="")
    lost.update(parent=None)
    derive_partnerships(list(Partnership.objects.values_list("pk", flat=True)))
    changed()
    left_out = sum(
        any(side.area.parent is None and side.area.country_code == "" for side in one.sides.all())
        for one in Partnership.objects.all()
    )
    assert left_out > 20
    words = f"{left_out} partnerships are not on the map, because the position of a side"
    said = [one.strip() for one in html.fromstring(page(client)).xpath("//figcaption/text()")]
    assert words in " ".join(said)


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

"""Cases of the network: the map, words that are too long."""

import lxml.html
import pytest
from django.test import Client

from .conftest import Loaded

pytestmark = [pytest.mark.shared, pytest.mark.django_db]


def test_map_without_country_positions(load_case: Loaded, client: Client) -> None:
    load_case("map-without-country-positions")
    page = lxml.html.fromstring(client.get("/en/network/").content.decode())
    lines = page.xpath("//*[local-name()='path' and contains(@class, 'arc')]/*/text()")
    assert len(lines) == 3  # between three countries
    names = page.xpath("//*[local-name()='circle']/*/text()")
    assert {name.partition(" (")[0] for name in names} == {"Testland", "Provia", "Exemplia"}
    [address] = page.xpath("//a[@data-name='Provia']/@href")
    assert address == "?area=c-1"
    narrowed = client.get("/en/network/?area=town-1").content.decode()
    assert "Town 0 – Town 1" in narrowed
    assert "Town 0 – Town 2" not in narrowed

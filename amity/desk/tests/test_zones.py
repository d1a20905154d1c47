"""By which clocks a new gathering goes, where its office has set none of its own."""

import pytest
from django.urls import reverse
from lxml import html

from amity.gatherings.models import Gathering
from amity.languages.zones import zone_of_country
from amity.network.models import Area, Office

from .test_desk import FORUM, Desk, desk, typed

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

NEW = "/en/desk/records/gatherings/new/"


def begin(desk: Desk, **more: str) -> tuple[str, str]:
    """Begin a gathering; the zone that it has, and the page after."""
    sent = typed(desk.north.get(NEW)) | FORUM | more | {"act": "save"}
    answer = desk.north.post(NEW, sent, follow=True)
    assert answer.status_code == 200
    return Gathering.everything.get().timezone, html.fromstring(answer.text).text_content()


def test_the_clocks_are_those_of_the_place_where_its_country_has_but_one_zone(desk):
    country = Area(dossier=desk.world.dossier, key="land", kind="country", country_code="SE")
    country.name = desk.world.cities[0].name
    country.save()
    Area.everything.filter(key="north").update(parent=country)
    zone, page = begin(desk)
    assert zone == "Europe/Stockholm"
    assert "Its times are those of its place, by the clocks of Stockholm." in page


def test_where_the_place_tells_no_zone_it_is_said_that_utc_was_taken(desk):
    Area.everything.filter(key="north").update(country_code="RU")
    zone, page = begin(desk)
    assert zone == "UTC"
    assert "No time zone was chosen, and the place tells none" in page


def test_what_is_chosen_stands(desk):
    Area.everything.filter(key="north").update(country_code="SE")
    zone, page = begin(desk, timezone="UTC")
    assert (zone, "Its times are those" in page) == ("UTC", False)


def test_an_office_that_has_its_clocks_begins_with_them(desk):
    Office.objects.update(timezone="Asia/Ho_Chi_Minh")
    assert typed(desk.north.get(NEW))["timezone"] == "Asia/Ho_Chi_Minh"
    zone, page = begin(desk)
    assert (zone, "Its times are those" in page) == ("Asia/Ho_Chi_Minh", False)


@pytest.mark.parametrize(
    ("country", "zone"),
    [("VN", "Asia/Ho_Chi_Minh"), ("DE", "Europe/Berlin"), ("ID", ""), ("RU", ""), ("", "")],
)
def test_the_zone_of_a_country_is_that_by_which_all_of_it_goes(country, zone):
    assert zone_of_country(country) == zone


def test_what_was_done_last_says_of_which_kind_it_was(desk):
    begin(desk)
    page = html.fromstring(desk.north.get(reverse("desk")).text)
    (first, *_more) = page.xpath("//ol[contains(@class, 'changes')]/li/p[1]")
    assert first.xpath("string(span[@class='chip'])") == "gathering"

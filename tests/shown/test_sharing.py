"""The address of a page, to be passed on, and the picture that goes with it."""

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from amity.gatherings.models import Gathering

pytestmark = pytest.mark.usefixtures("demonstrations")


def page(address: str) -> html.HtmlElement:
    answer = Client().get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def said(address: str, name: str) -> list[str]:
    return page(address).xpath(f"//meta[@property='{name}']/@content")


@pytest.mark.parametrize(
    "address",
    [
        "/vi/commitments/C-2025-101/",
        "/ru/persons/alexander-beglov/",
        "/en/themes/vr-economy/?side=russia",
        "/fr/dossiers/vietnam-russia/",
    ],
)
def test_the_address_of_a_record_stands_as_text_and_link(address):
    (place,) = page(address).xpath("//main//p[@data-share]")
    (link,) = place.xpath("a")
    assert (link.text, link.get("href")) == (f"{settings.BASE_URL}{address}",) * 2
    buttons = place.xpath("button")
    assert ["hidden" in one.attrib for one in buttons] == [True, True]


@pytest.mark.parametrize("address", ["/en/", "/en/commitments/", "/en/sign-in/", "/en/search/"])
def test_what_is_no_record_offers_none(address):
    assert page(address).xpath("//*[@data-share]") == []


def test_a_gathering_with_a_picture_is_shown_by_its_card_and_then_by_it():
    gathering = Gathering.objects.filter(picture__isnull=False).earliest("key")
    picture = gathering.picture
    assert picture is not None
    address = f"/vi/gatherings/{gathering.key}/"
    card, shown = said(address, "og:image")
    assert card == f"{settings.BASE_URL}{address}card.png"
    assert shown.startswith(f"{settings.BASE_URL}/media/{picture.sha256}")
    assert said(address, "og:image:width") == ["1200", str(picture.width)]
    assert said(address, "og:image:height") == ["630", str(picture.height)]
    assert said(address, "og:image:alt")[1:] == [picture.alt.versions["vi"].words]
    answer = Client().get(shown.removeprefix(settings.BASE_URL))
    assert (answer.status_code, answer["Content-Type"]) == (200, picture.media_type)
    # Read to its end, which closes it: closing it by hand closes the database's connection too.
    assert answer.getvalue()


def test_everything_else_by_the_card_of_the_site():
    for address in ("/en/", "/en/commitments/C-2025-101/", "/en/gatherings/"):
        (shown,) = said(address, "og:image")
        assert shown.startswith(f"{settings.BASE_URL}/static/foundation/img/card")
        assert said(address, "og:image:width") == ["1200"]

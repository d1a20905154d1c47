"""The network as everybody sees it."""

import json
import re
from itertools import chain

import pytest
from lxml import html

from amity.network.choices import AreaKind, Stage
from amity.network.models import Area, PartnershipStage, Side
from amity.network.tests.factory import Network, placed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return Network()


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("network/", 9),
        ("network/?country=XA", 9),
        ("areas/", 5),
        ("areas/?kind=city", 5),
        ("organizations/", 5),
        ("persons/", 6),
        ("agreements/", 5),
        ("areas/lind/", 13),
        ("organizations/union-001/", 9),
        ("persons/person-001/", 15),
        ("partnerships/twins-001/", 18),
        ("agreements/agreement-001/", 10),
    ],
)
@pytest.mark.parametrize("number", [1, 30])
def test_every_page_asks_as_often_for_one_thing_as_for_thirty(
    client, network, django_assert_num_queries, address, statements, number
):
    for i in range(1, number + 1):
        partnership = network.partnership(i)
        network.person(network.organization(i), i)
        network.agreement(partnership, i)
    network.indicator(partnership, 2024, "4.6")
    with django_assert_num_queries(statements):
        assert client.get(f"/en/{address}").status_code == 200


@pytest.mark.parametrize(
    "address", ["areas", "organizations", "persons", "partnerships", "agreements"]
)
def test_what_is_not_there_is_not_found(client, network, address):
    assert client.get(f"/en/{address}/nobody/").status_code == 404


@pytest.mark.parametrize("query", ["kind=marriage", "stage=x", "page=0", "country=%3Cb%3E"])
def test_a_filter_that_makes_no_sense_is_refused(client, network, query):
    assert client.get(f"/en/network/?{query}").status_code == 400


def test_filters_leave_out_what_does_not_fit(client, network):
    network.partnership(1)
    network.partnership(2, stage=Stage.ENDED)
    shown = {
        query: sorted(
            set(re.findall(r"Twinning \d", client.get(f"/en/network/?{query}").content.decode()))
        )
        for query in (
            "stage=ended",
            "stage=twinning",
            "country=XB",
            "country=ZZ",
            "kind=friendship",
        )
    }
    assert shown == {
        "stage=ended": ["Twinning 2"],
        "stage=twinning": ["Twinning 1"],
        "country=XB": ["Twinning 1", "Twinning 2"],
        "country=ZZ": [],
        "kind=friendship": [],
    }


@pytest.mark.parametrize(
    ("address", "cities"),
    [
        ("/vi/areas/?kind=city", ["Dũng", "Đà", "Lind", "Porto", "Xa-lem"]),
        ("/ru/areas/?kind=city", ["Сейлем", "Яхрома", "Dũng", "Lind", "Porto"]),
        ("/en/areas/?kind=city", ["Đà", "Dũng", "Lind", "Porto", "Salem"]),
        ("/en/areas/?kind=province", []),
    ],
)
def test_areas_stand_in_the_order_of_the_readers_alphabet(client, network, address, cities):
    named = {
        "a-salem": words("Salem", vi="Xa-lem", ru="Сейлем"),
        "b-da": words("Đà", ru="Яхрома"),
        "c-dung": words("Dũng"),
    }
    for key, name in named.items():
        placed(Area.objects.create(**network.own, key=key, kind=AreaKind.CITY, name=name))
    page = html.fromstring(client.get(address).content)
    shown = [link.text_content() for link in page.xpath("//main//h3/a")]
    assert [one.split()[0] for one in shown] == cities


def test_a_long_list_of_names_goes_on_where_the_page_before_ended(client, network):
    for number in range(120, 0, -1):
        network.organization(number)
    names = [
        re.findall(r"<h3><a [^>]*>(Union \d+)</a>", read(client, f"?page={page}"))
        for page in (1, 2, 3)
    ]
    assert [len(one) for one in names] == [50, 50, 20]
    assert list(chain(*names)) == sorted(f"Union {number}" for number in range(1, 121))
    assert client.get("/en/organizations/?page=4").status_code == 404


def read(client, query):
    return client.get(f"/en/organizations/{query}").content.decode()


def test_few_partnerships_are_drawn_one_by_one(client, network):
    network.partnership(1)
    network.partnership(2, stage=Stage.DORMANT)
    page = client.get("/en/network/").content.decode()
    assert page.count('class="arc w2"') == 1
    assert page.count('class="arc w2 faded"') == 1
    assert page.count('class="place"') == 2


def test_many_partnerships_are_drawn_as_pairs_of_countries(
    client, network, django_assert_num_queries
):
    for number in range(1, 202):
        network.partnership(number)
    with django_assert_num_queries(10):
        page = client.get("/en/network/").content.decode()
    assert page.count('class="arc w3"') == 1
    assert page.count("Lines stand for pairs of countries") == 1
    assert page.count('<p class="small quiet">201 partnerships</p>') == 1


def test_a_place_without_a_position_is_listed_and_not_drawn(client, network):
    network.partnership(1)
    Area.objects.filter(key="porto").update(latitude=None, longitude=None)
    page = client.get("/en/network/").content.decode()
    assert page.count('class="place"') == 1
    assert page.count("Twinning 1") == 1


def test_the_life_of_a_partnership_is_told_in_order(client, network):
    partnership = network.partnership(1)
    PartnershipStage.objects.create(
        partnership=partnership, position=2, stage=Stage.DORMANT, note=words("Nobody wrote again")
    )
    page = client.get("/en/partnerships/twins-001/").content.decode()
    told = re.findall(r'<p class="title">(\w+)', page)
    assert told == ["Twinning", "Dormant"]
    assert page.count("Nobody wrote again") == 1


def test_figures_keep_their_year_unit_and_doubt(client, network):
    partnership = network.partnership(1)
    network.indicator(partnership, 2023, "4.25")
    network.indicator(partnership, 2024, "4.6")
    page = client.get("/fr/partnerships/twins-001/").content.decode()
    figures = re.sub(r"<[^>]+>|\s+", " ", page[page.index('<table class="figures">') :])
    assert figures.split()[:6] == ["2023", "2024", "≈", "4,25", "≈", "4,6"]


def test_former_names_are_told_and_hostile_ones_stay_words(client, network):
    area = network.cities[0]
    area.other_names = [
        {"words": "Oldtown", "lang": "en", "kind": "former"},
        {"words": "<img src=x>", "lang": "en", "kind": "variant"},
    ]
    area.save()
    page = client.get("/en/areas/lind/").content.decode()
    assert page.count('<span lang="en">Oldtown</span> <span class="small quiet">formerly') == 1
    assert "<img src=x>" not in page


def test_an_agreement_is_described_for_programs(client, network):
    network.agreement(network.partnership(1))
    page = client.get("/en/agreements/agreement-001/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data = json.loads(block)
    assert (data["@type"], data["inLanguage"], data["dateCreated"]) == (
        "CreativeWork",
        ["sv", "pt"],
        "2001-05-07",
    )
    assert [one["name"] for one in data["author"]] == ["Lind", "Porto"]


def test_an_area_is_described_for_programs(client, network):
    area = network.cities[0]
    area.geonames_id, area.wikidata_id = 498817, "Q656"
    area.save()
    page = client.get("/en/areas/lind/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block is not None
    data = json.loads(block[1])
    assert (data["@type"], data["name"], data["geo"]["latitude"]) == ("City", "Lind", 60.0)
    assert data["sameAs"] == [
        "https://sws.geonames.org/498817/",
        "http://www.wikidata.org/entity/Q656",
    ]


def test_names_on_the_map_stand_where_there_is_room(client, network):
    """One place close to the left of another has its name on the left, a far one on the right."""
    network.partnership()
    _, south = network.cities
    close = network.area(
        "close", AreaKind.CITY, "Close", country_code="XA", latitude=60.0, longitude=14.0
    )
    second = network.partnership(2)
    Side.objects.filter(partnership=second, area=south).update(area=close)
    tree = html.fromstring(client.get("/en/network/").content.decode())
    names = tree.xpath("//*[local-name()='text']")
    assert sorted((name.text, *name.get("class").split()[1:]) for name in names) == [
        ("Close", "desk", "right"),
        ("Close", "phone", "right"),
        ("Lind", "desk", "left"),
        ("Lind", "phone", "left"),
        ("Porto", "desk", "right"),
        ("Porto", "phone", "right"),
    ]


def test_where_most_partnerships_end_is_named_before_others(client, network):
    """Of places close together those that come first have room for their names."""
    network.partnership()
    hub = network.area(
        "hub", AreaKind.CITY, "Hub", country_code="XA", latitude=59.9, longitude=10.2
    )
    for number in (2, 3):
        joined = network.partnership(number)
        Side.objects.filter(partnership=joined, area=network.cities[0]).update(area=hub)
    tree = html.fromstring(client.get("/en/network/").content.decode())
    drawn = tree.xpath("//*[local-name()='a']/@data-name")
    assert drawn == ["Porto", "Hub", "Lind"]


def test_a_finger_reaches_each_place_on_the_map(client, network):
    network.partnership()
    tree = html.fromstring(client.get("/en/network/").content.decode())
    reached = tree.xpath("//*[local-name()='a'][*[@class='reach']]")
    places = tree.xpath("//*[local-name()='a'][@data-name]")
    assert [one.get("href") for one in reached] == [one.get("href") for one in places] != []
    for one, place in zip(reached, places, strict=True):
        assert float(one[0].get("r")) > 6 * float(place[0].get("r"))


def test_a_side_of_a_partnership_is_led_to_by_its_name(client, network):
    network.partnership()
    tree = html.fromstring(client.get("/en/partnerships/twins-001/").content.decode())
    (link,) = tree.xpath("//main//h2//a[@href='/en/areas/lind/']")
    assert link.text_content() == "Lind"

"""A page of a person or a place gathers what the record knows of them."""

import pytest
from lxml import html

pytestmark = pytest.mark.usefixtures("demonstrations")

HA_NOI = ["account-ha-noi-signing", "courrier-forum", "vietnam-vn-forum", "vietnamplus-forum"]
"""What was published of the forum there, and of its twinning."""


def gathered(client, address: str) -> dict[str, list[str]]:
    """The sections of a page by their headings, each with the keys that it leads to, in order."""
    tree = html.fromstring(client.get(f"/en/{address}/").content.decode())
    sections = tree.xpath("//main//section[h2][.//li//a]")
    return {
        section.xpath("string(h2)").strip(): [
            row.xpath(".//a/@href")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
            for row in section.xpath("./ul/li | ./ol/li | ./details/ul/li | ./details/ol/li")
            if row.xpath(".//a")
        ]
        for section in sections
    }


def test_a_persons_page_tells_posts_speeches_delegations_signatures_and_promises(client):
    found = gathered(client, "persons/duarte-valmirante")
    assert found["Contributions"] == ["lpc-2-closing-farewell", "lpc-1-closing-valmirante"]
    assert found["Sessions chaired"] == ["lpc-2-plenary"]
    assert found["Took part in"] == ["lpc-forum-2", "lpc-forum-1"]
    assert found["In delegations"] == ["people"]
    assert found["Commitments"] == ["C-2025-108", "C-2025-103", "C-2025-101"]


def test_the_works_of_an_artist_stand_on_their_page(client):
    works = gathered(client, "persons/clara-ventomar")["Works shown"]
    assert works == ["lpc-two-harbours"] * len(works)
    assert len(works) == 6


def test_whoever_signed_has_the_agreement_on_their_page(client):
    tree = html.fromstring(client.get("/en/agreements/").content.decode())
    signed = {}
    for address in tree.xpath("//main//h2/a/@href"):
        page = html.fromstring(client.get(address).content.decode())
        for person in page.xpath("//main//li/a[contains(@href, '/persons/')]/@href"):
            signed.setdefault(person, []).append(address.rstrip("/").rsplit("/", 1)[-1])
    assert signed
    for person, agreements in signed.items():
        found = gathered(client, person.removeprefix("/en/").rstrip("/"))
        assert sorted(found["Agreements signed"]) == sorted(agreements), person


def test_a_city_has_the_articles_and_agreements_that_concern_it(client):
    assert sorted(gathered(client, "areas/ha-noi")["Coverage"]) == HA_NOI
    assert gathered(client, "areas/dien-bien")["Agreements"] == ["spb-dien-bien-2024"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No article about this place is recorded."),
        ("vi", "Chưa ghi nhận bài báo nào về địa phương này."),
    ],
)
def test_a_place_of_which_nothing_was_published_says_so_of_a_place(client, language, words):
    page = client.get(f"/{language}/areas/maravela/").content.decode()
    assert words in page


def test_on_the_page_of_what_is_invented_its_parts_bear_no_mark_of_their_own(client):
    tree = html.fromstring(client.get("/en/persons/duarte-valmirante/").content.decode())
    assert tree.xpath("//aside[@class='fictional']")
    assert tree.xpath("//main//*[@class='invented']") == []

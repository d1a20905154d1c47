"""People stand under their family names, in each reader's alphabet, with letters to jump to."""

import pytest
from lxml import html

from amity.languages.collation import initial
from amity.languages.text import Text
from amity.languages.version import Version
from amity.network.checks import family_name_within_the_name
from amity.network.filing import filed
from amity.network.models import Person

from .factory import Network, placed, words


def named(**versions: str) -> Text:
    return Text(next(iter(versions)), {tag: Version(said) for tag, said in versions.items()})


SON = (
    named(vi="Bùi Thanh Sơn", en="Bùi Thanh Sơn", ru="Буй Тхань Шон"),
    named(vi="Bùi", en="Bùi", ru="Буй"),
)
BEGLOV = named(en="Alexander Beglov", ru="Александр Беглов"), named(en="Beglov", ru="Беглов")
GARCIA = named(en="Ana María García Lorca"), named(en="García Lorca")
ORBAN = named(en="Imre Kertész", vi="Kertész Imre"), named(en="Kertész", vi="Kertész")
PELE = named(en="Pelé"), None


@pytest.mark.parametrize(
    ("names", "language", "stands"),
    [
        (SON, "en", "Bùi Thanh Sơn"),
        (SON, "ru", "Буй Тхань Шон"),
        (SON, "vi", "Sơn Bùi Thanh"),
        (BEGLOV, "en", "Beglov Alexander"),
        (BEGLOV, "vi", "Beglov Alexander"),
        (BEGLOV, "ru", "Беглов Александр"),
        (GARCIA, "fr", "García Lorca Ana María"),
        (ORBAN, "en", "Kertész Imre"),
        (PELE, "vi", "Pelé"),
        ((BEGLOV[0], named(fr="Beglov")), "en", "Alexander Beglov"),
    ],
)
def test_a_name_is_filed_as_its_readers_look_for_it(names, language, stands):
    assert filed(names[0], names[1], language) == stands


@pytest.mark.parametrize(
    ("word", "language", "letter"),
    [
        ("Đỗ", "vi", "Đ"),
        ("Đỗ", "en", "D"),
        ("Ánh", "vi", "A"),
        ("Ân", "vi", "Â"),
        ("Ân", "fr", "A"),
        ("Élise", "fr", "E"),
        ("Йошкар", "ru", "Й"),
        ("Ёлкин", "ru", "Е"),
        ("«Дружба»", "ru", "Д"),
        ("Øre", "en", "O"),
        ("42", "en", "#"),
        ("…", "en", "#"),
    ],
)
def test_the_letter_is_one_of_the_readers_alphabet(word, language, letter):
    assert initial(word, language) == letter


def person(network: Network, key: str, names: tuple[Text, Text | None]) -> Person:
    made = Person.objects.create(**network.own, key=key, name=names[0], family_name=names[1])
    return placed(made)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", {"B": ["alexander-beglov", "bui-thanh-son"], "P": ["pele"]}),
        ("vi", {"B": ["alexander-beglov"], "P": ["pele"], "S": ["bui-thanh-son"]}),
        ("ru", {"Б": ["alexander-beglov", "bui-thanh-son"], "P": ["pele"]}),
    ],
)
def test_the_list_of_people_stands_under_letters(client, language, order):
    network = Network()
    person(network, "pele", PELE)
    person(network, "bui-thanh-son", SON)
    person(network, "alexander-beglov", BEGLOV)
    tree = html.fromstring(client.get(f"/{language}/persons/").content.decode())
    found = {
        section.xpath("string(h2)"): [
            link.split("/")[-2] for link in section.xpath(".//h3/a/@href")
        ]
        for section in tree.xpath("//main//section")
    }
    assert found == order
    assert list(found) == tree.xpath("//nav[contains(@class, 'letters')]//a/text()")
    targets = {f"#{one}" for one in tree.xpath("//main//h2/@id")}
    assert set(tree.xpath("//nav[contains(@class, 'letters')]//a/@href")) == targets


@pytest.mark.django_db
def test_a_letter_leads_to_its_page_and_place(client, django_assert_num_queries):
    network = Network()
    for number in range(60):
        letter = "AB"[number >= 55]
        person(network, f"p-{number:02}", (words(f"{letter}nna {number:02}"), None))
    page = html.fromstring(client.get("/en/persons/?real=1").content.decode())
    links = page.xpath("//nav[contains(@class, 'letters')]//a/@href")
    assert links == ["#letter-1", "/en/persons/?real=1&page=2#letter-2"]
    with django_assert_num_queries(4):
        second = client.get("/en/persons/?real=1&page=2").content.decode()
    tree = html.fromstring(second)
    assert tree.xpath("//main//h2/@id") == ["letter-1", "letter-2"]
    assert tree.xpath("//main//section[h2[@id='letter-2']]//h3/a/text()") == [
        f"Bnna {number}" for number in range(55, 60)
    ]


@pytest.mark.django_db
def test_a_family_name_stands_in_the_name(client):
    network = Network()
    wrong = person(network, "wrong", (BEGLOV[0], named(en="Beglov", ru="Бегл")))
    person(network, "right", BEGLOV)
    broken = list(family_name_within_the_name(Person.objects.all()))
    assert [(one.record_pk, one.field_path, str(one.message)) for one in broken] == [
        (wrong.pk, "family_name", "“Бегл” is no part of the name “Александр Беглов”")
    ]

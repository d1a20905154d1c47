"""Strangers read the network as if what is not public were not there: nothing shows, or counts."""

import re

import pytest

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.tests.strangers import HIDDEN, read_anew
from amity.network.actions import derive_partnerships, derive_places
from amity.network.choices import (
    AgreementKind,
    AgreementStatus,
    AreaKind,
    OrganizationKind,
    PartnershipKind,
    Stage,
)
from amity.network.models import (
    Agreement,
    Area,
    Indicator,
    Membership,
    Organization,
    Partnership,
    PartnershipStage,
    Person,
    Side,
    Signatory,
    Theme,
)
from amity.network.tests.factory import Network, words
from amity.record.models import Entry
from amity.sources.models import Article, Claim, Passage, Source

pytestmark = pytest.mark.django_db

IN_A_LIST = 50
LISTS = ["network", "areas", "organizations", "persons", "agreements"]
ADDRESSES = [
    *(f"/en/{name}/" for name in LISTS),
    *(f"/en/{name}.csv" for name in LISTS),
    "/en/network/?kind=friendship",
    "/en/network/?stage=ended",
    "/en/network/?country=XA",
    "/en/network/?country=XC",
    "/en/areas/?kind=city",
    "/en/organizations/?kind=friendship_union",
    "/en/agreements/?kind=twinning",
    "/en/areas/lind/",
    "/en/areas/xa/",
    "/en/organizations/union-001/",
    "/en/persons/person-001/",
    "/en/partnerships/twins-001/",
    "/en/agreements/agreement-001/",
]


class Secrets:
    """Records that only one office may read, beside all that is public: each word a secret."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.own = {"dossier": network.dossier, "readers": HIDDEN, "keeper": HIDDEN}
        self.partnership = Partnership.objects.get(key="twins-001")
        self.union = Organization.objects.get(key="union-001")
        self.person = Person.objects.get(key="person-001")
        self.places()
        theme = Theme.everything.create(**self.own, key="secret-theme", name=words("Secret theme"))
        agreement = self.agreement(theme)
        twins = self.twins(theme, agreement)
        agreement.partnerships.set([twins, self.partnership])
        self.partnership.themes.add(theme)
        self.figures()
        self.published()

    def places(self) -> None:
        """A country, a city in a public country, an organization there, and people."""
        lind = self.network.cities[0]
        far = Area.everything.create(
            **self.own,
            key="secret-country",
            kind=AreaKind.COUNTRY,
            name=words("Secret country"),
            country_code="XC",
            latitude=1.0,
            longitude=50.0,
        )
        self.city = Area.everything.create(
            **self.own,
            key="secret-city",
            kind=AreaKind.CITY,
            name=words("Secret city"),
            other_names=[{"words": "Secret name", "lang": "en", "kind": "former"}],
            summary=words("Secret summary"),
            parent=self.network.countries[0],
            country_code="XA",
            latitude=-10.0,
            longitude=80.0,
        )
        self.club = Organization.everything.create(
            **self.own,
            key="secret-club",
            kind=OrganizationKind.FRIENDSHIP_UNION,
            name=words("Secret club"),
            summary=words("Secret purpose"),
            area=lind,
            parent=self.union,
        )
        self.spy = Person.everything.create(
            **self.own, key="secret-person", name=words("Secret person")
        )
        for number, (person, organization) in enumerate(
            [(self.spy, self.union), (self.person, self.club), (self.person, self.union)]
        ):
            Membership.everything.create(
                **self.own,
                key=f"secret-post-{number}",
                person=person,
                organization=organization,
                title=words("Secret post"),
            )
        derive_places("area", [far.pk, self.city.pk])
        derive_places("organization", [self.club.pk])
        derive_places("person", [self.spy.pk])

    def twins(self, theme: Theme, agreement: Agreement) -> Partnership:
        """A partnership of the public cities and a secret one, within a public one."""
        made = Partnership.everything.create(
            **self.own,
            key="secret-twins",
            kind=PartnershipKind.FRIENDSHIP,
            name=words("Secret twins"),
            summary=words("Secret aims"),
            parent=self.partnership,
        )
        made.themes.add(theme)
        for position, area in enumerate([*self.network.cities, self.city], 1):
            side = Side.everything.create(
                **self.own,
                key=f"secret-side-{position}",
                partnership=made,
                area=area,
                position=position,
            )
            side.organizations.set([self.union, self.club])
        PartnershipStage.everything.create(
            partnership=made,
            position=1,
            stage=Stage.ENDED,
            when=DateAsSaid.parse("2020"),
            agreement=agreement,
            note=words("Secret end"),
        )
        derive_partnerships([made.pk])
        Side.objects.get(key="twins-001-lind").organizations.add(self.club)
        return made

    def agreement(self, theme: Theme) -> Agreement:
        """An agreement of public parties."""
        made = Agreement.everything.create(
            **self.own,
            key="secret-agreement",
            kind=AgreementKind.TWINNING,
            title=words("Secret agreement"),
            status=AgreementStatus.SIGNED,
            signed=DateAsSaid.parse("2026-01-01"),
            place=self.network.cities[0],
            summary=words("Secret terms"),
        )
        made.scopes.add(theme)
        Agreement.objects.get(key="agreement-001").scopes.add(theme)
        Signatory.everything.create(
            agreement=made, position=1, organization=self.union, person=self.person
        )
        return made

    def figures(self) -> None:
        """Figures of a public partnership and of a public area."""
        for number, (partnership, area) in enumerate(
            [(self.partnership, None), (None, self.network.cities[0])]
        ):
            Indicator.everything.create(
                **self.own,
                partnership=partnership,
                area=area,
                key=f"secret-figure-{number}",
                measure="trade",
                name=words("Secret trade"),
                value=123456,
                unit="USD",
                year=2025,
                note=words("Secret note"),
            )

    def published(self) -> None:
        """Passages that only one office may read, about what is public."""
        own = self.own | {"readers": "public"}
        source = Source.everything.create(**own, key="paper", name=words("The Paper"))
        article = Article.everything.create(
            **own, key="article", source=source, title=words("Piece"), language="en"
        )
        for number, (kind, key) in enumerate(
            [
                ("area", "lind"),
                ("organization", "union-001"),
                ("person", "person-001"),
                ("partnership", "twins-001"),
                ("agreement", "agreement-001"),
            ]
        ):
            about = Entry.objects.create(
                kind=kind,
                key=key,
                dossier=self.network.dossier,
                readers="public",
                title=words(key),
                page_kind=kind,
                page_key=key,
            )
            passage = Passage.everything.create(
                **self.own,
                key=f"secret-passage-{number}",
                article=article,
                language="en",
                quotation="Secret words",
            )
            Claim.everything.create(
                passage=passage, position=1, about=about, property="when", value="2020"
            )


@pytest.fixture
def network() -> Network:
    """As much of everything as just fits on the first page of its list."""
    made = Network()
    for number in range(1, IN_A_LIST + 1):
        partnership = made.partnership(number)
        made.person(made.organization(number), number)
        made.agreement(partnership, number)
    for number in range(Area.objects.count(), IN_A_LIST):
        made.area(f"town-{number}", AreaKind.CITY, f"Town {number}")
    made.indicator(Partnership.objects.get(key="twins-001"), 2024, "4.6")
    return made


def test_what_is_hidden_changes_nothing_that_strangers_read(client, network):
    before = read_anew(client, ADDRESSES)
    Secrets(network)
    after = read_anew(client, ADDRESSES)
    assert after == before
    assert [address for address, body in after.items() if b"Secret" in body] == []


@pytest.mark.parametrize(
    "address",
    [
        "areas/secret-city",
        "organizations/secret-club",
        "persons/secret-person",
        "partnerships/secret-twins",
        "agreements/secret-agreement",
    ],
)
def test_what_is_hidden_is_not_found(client, network, address):
    Secrets(network)
    assert client.get(f"/en/{address}/").status_code == 404


@pytest.mark.parametrize(("public", "drawn"), [(200, "Each line"), (201, "pairs of countries")])
def test_the_map_counts_only_what_is_public(client, network, public, drawn):
    for number in range(IN_A_LIST + 1, public + 1):
        network.partnership(number)
    before = read_anew(client, ["/en/network/"])
    for number in range(40):
        made = Partnership.everything.create(
            dossier=network.dossier,
            readers=HIDDEN,
            key=f"secret-{number}",
            kind=PartnershipKind.TWINNING,
            name=words("Secret"),
        )
        for position, area in enumerate(network.cities, 1):
            Side.everything.create(
                dossier=network.dossier,
                readers=HIDDEN,
                key=f"secret-{number}-{position}",
                partnership=made,
                area=area,
                position=position,
            )
        derive_partnerships([made.pk])
    after = read_anew(client, ["/en/network/"])
    assert after == before
    assert drawn in after["/en/network/"].decode()


def test_a_name_that_is_hidden_later_has_no_place_in_the_alphabet(client, network):
    network.organization(IN_A_LIST + 1)
    assert re.search(r"<h3><a [^>]*>Union 9<", second_page(client))
    last = Organization.objects.get(key=f"union-{IN_A_LIST + 1:03d}")
    last.readers = HIDDEN
    last.save()
    derive_places("organization", [last.pk])
    read_anew(client, [])
    assert client.get("/en/organizations/?page=2").status_code == 404


def second_page(client) -> str:
    return client.get("/en/organizations/?page=2").content.decode()

"""A small network for tests: two countries with a city each, twinned."""

from datetime import UTC, datetime
from typing import TypeVar

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.languages.version import Version
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
from amity.record.models import Dossier


def words(en: str, **others: str) -> Text:
    """A text in English and, where given, in other languages."""
    return Text("en", {"en": Version(en)} | {tag: Version(said) for tag, said in others.items()})


Named = TypeVar("Named", Area, Organization, Partnership, Person)


def placed(record: Named) -> Named:
    """A record, with its places in the alphabets, which the one write would give it."""
    derive_places(str(record._meta.model_name), [record.pk])
    return record


class Network:
    """Areas, organizations and persons of two fictional countries."""

    def __init__(self) -> None:
        self.dossier = Dossier.objects.create(
            key="network", title=words("Network"), fictional=False, languages=["en"]
        )
        self.own = {"dossier": self.dossier, "readers": "public"}
        self.countries = [
            self.area(code.lower(), AreaKind.COUNTRY, name, country_code=code)
            for code, name in (("XA", "Northland"), ("XB", "Southland"))
        ]
        self.cities = [
            self.area(
                key,
                AreaKind.CITY,
                name,
                parent=country,
                country_code=country.country_code,
                latitude=latitude,
                longitude=10.0,
            )
            for country, key, name, latitude in (
                (self.countries[0], "lind", "Lind", 60.0),
                (self.countries[1], "porto", "Porto", -30.0),
            )
        ]
        Change.objects.create(at=datetime.now(UTC), command="test", verb="load")

    def area(self, key: str, kind: str, name: str, **fields: object) -> Area:
        """An area."""
        return placed(
            Area.objects.create(**self.own, key=key, kind=kind, name=words(name), **fields)
        )

    def partnership(self, number: int = 1, stage: str = Stage.TWINNING) -> Partnership:
        """A twinning of the two cities' countries' cities, with one dated step."""
        made = Partnership.objects.create(
            **self.own,
            key=f"twins-{number:03d}",
            kind=PartnershipKind.TWINNING,
            name=words(f"Twinning {number}"),
        )
        for position, city in enumerate(self.cities, 1):
            Side.objects.create(
                **self.own,
                key=f"twins-{number:03d}-{city.key}",
                partnership=made,
                area=city,
                position=position,
            )
        PartnershipStage.objects.create(
            partnership=made, position=1, stage=stage, when=DateAsSaid.parse("2001-05-07")
        )
        derive_partnerships([made.pk])
        return made

    def organization(self, number: int = 1) -> Organization:
        """A friendship union of the first city."""
        return placed(
            Organization.objects.create(
                **self.own,
                key=f"union-{number:03d}",
                kind=OrganizationKind.FRIENDSHIP_UNION,
                name=words(f"Union {number}"),
                area=self.cities[0],
            )
        )

    def person(self, organization: Organization, number: int = 1) -> Person:
        """A person with a post."""
        made = placed(
            Person.objects.create(
                **self.own, key=f"person-{number:03d}", name=words(f"Person {number}")
            )
        )
        Membership.objects.create(
            **self.own,
            key=f"post-{number:03d}",
            person=made,
            organization=organization,
            title=words("Chair"),
        )
        return made

    def agreement(self, partnership: Partnership, number: int = 1) -> Agreement:
        """A twinning agreement of the two cities."""
        made = Agreement.objects.create(
            **self.own,
            key=f"agreement-{number:03d}",
            kind=AgreementKind.TWINNING,
            title=words(f"Agreement {number}"),
            status=AgreementStatus.SIGNED,
            signed=DateAsSaid.parse("2001-05-07"),
            languages=["sv", "pt"],
        )
        made.partnerships.add(partnership)
        made.scopes.add(self.theme(number))
        for position, city in enumerate(self.cities, 1):
            Signatory.objects.create(agreement=made, position=position, area=city)
        return made

    def theme(self, number: int) -> Theme:
        """A theme."""
        return Theme.objects.create(
            **self.own, key=f"theme-{number:03d}", name=words(f"Theme {number}")
        )

    def indicator(self, partnership: Partnership, year: int, value: str) -> Indicator:
        """Trade in a year."""
        return Indicator.objects.create(
            **self.own,
            key=f"trade-{partnership.key}-{year}",
            partnership=partnership,
            measure="trade",
            name=words("Trade"),
            value=value,
            unit="USD",
            year=year,
            approximate=True,
        )

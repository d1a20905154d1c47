"""A record with one office that somebody vouches for, for measurements that write."""

from amity.foundation.actions import By
from amity.languages.text import Text
from amity.network.actions import open_office, vouch
from amity.network.choices import OrganizationKind
from amity.network.models import Organization
from amity.record.acting import Acting
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.record.models import Dossier

BY = By(command="crash")


def prepare() -> None:
    """A dossier, and an office that somebody vouches for."""
    dossier = Dossier.objects.create(key="crash", title=Text.of("Crash", "en"), languages=["en"])
    founder = Acting(
        command="crash",
        office="organization:founder",
        vouched=True,
        mandates=frozenset({Mandate.OFFICER}),
    )
    union = Organization(
        dossier=dossier,
        key="union",
        kind=OrganizationKind.FRIENDSHIP_UNION,
        name=Text.of("Union", "en"),
    )
    save(founder, union, audience=Audience.PUBLIC)
    vouch(BY, open_office(BY, union))

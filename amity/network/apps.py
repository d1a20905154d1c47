from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class NetworkConfig(AppConfig):
    name = "amity.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.network import models
        from amity.network.actions import derive_places, derive_stages, place_in_alphabet
        from amity.record.kinds import Kind, register
        from amity.record.rules import no_circle

        def saved(sender: Any, instance: Any, **_: Any) -> None:
            place_in_alphabet(sender._meta.model_name, [instance.pk])

        for named in (models.Area, models.Organization, models.Person):
            post_save.connect(saved, sender=named, weak=False, dispatch_uid=named.__name__)

        register(
            Kind("theme", "themes", models.Theme, name=("name",)),
            Kind(
                "area",
                "areas",
                models.Area,
                name=("name",),
                page="network:area",
                rules=(no_circle("area", "parent"),),
                derive=partial(derive_places, "area"),
            ),
            Kind(
                "organization",
                "organizations",
                models.Organization,
                name=("name",),
                page="network:organization",
                rules=(no_circle("organization", "parent"),),
                derive=partial(derive_places, "organization"),
            ),
            Kind(
                "person",
                "persons",
                models.Person,
                name=("name",),
                page="network:person",
                derive=partial(derive_places, "person"),
            ),
            Kind(
                "membership",
                "memberships",
                models.Membership,
                name=("person.name",),
                shown_on=("person",),
            ),
            Kind(
                "partnership",
                "partnerships",
                models.Partnership,
                name=("name",),
                page="network:partnership",
                rules=(no_circle("partnership", "parent"),),
                derive=derive_stages,
                derived_from=("side", "area"),
            ),
            Kind("side", "sides", models.Side, name=("area.name",), shown_on=("partnership",)),
            Kind(
                "indicator",
                "indicators",
                models.Indicator,
                name=("name",),
                shown_on=("partnership", "area"),
            ),
            Kind(
                "agreement",
                "agreements",
                models.Agreement,
                name=("title",),
                page="network:agreement",
            ),
        )

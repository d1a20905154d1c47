from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "amity.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.network import models
        from amity.network.actions import derive_stages
        from amity.record.kinds import Kind, register
        from amity.record.rules import no_circle

        register(
            Kind("theme", "themes", models.Theme, name=("name",)),
            Kind(
                "area",
                "areas",
                models.Area,
                name=("name",),
                page="network:area",
                rules=(no_circle("area", "parent"),),
            ),
            Kind(
                "organization",
                "organizations",
                models.Organization,
                name=("name",),
                page="network:organization",
                rules=(no_circle("organization", "parent"),),
            ),
            Kind("person", "persons", models.Person, name=("name",), page="network:person"),
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

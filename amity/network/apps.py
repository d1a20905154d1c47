from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "amity.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.network import models
        from amity.record.kinds import Kind, register

        register(
            Kind("theme", "themes", models.Theme, name=("name",)),
            Kind("area", "areas", models.Area, name=("name",), page="network:area"),
            Kind(
                "organization",
                "organizations",
                models.Organization,
                name=("name",),
                page="network:organization",
            ),
            Kind("person", "persons", models.Person, name=("name",), page="network:person"),
            Kind(
                "membership",
                "memberships",
                models.Membership,
                name=("title",),
                shown_on=("person",),
            ),
            Kind(
                "partnership",
                "partnerships",
                models.Partnership,
                name=("name",),
                page="network:partnership",
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

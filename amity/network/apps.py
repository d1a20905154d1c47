from functools import partial

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "amity.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.languages.names import Kind as NameKind
        from amity.network import models
        from amity.network.actions import derive_partnerships, derive_places
        from amity.network.checks import family_name_within_the_name
        from amity.network.keeping import KEEPING
        from amity.network.names import all_sides, other_names, side_names
        from amity.record.checks import Check, no_circle
        from amity.record.kinds import Kind, register
        from amity.record.registration.searched import Searched
        from amity.sources.said import dates_heard

        register(
            Kind("theme", "themes", models.Theme, name=("name",), keeping=KEEPING["theme"]),
            Kind(
                "area",
                "areas",
                models.Area,
                name=("name",),
                page="network:area",
                checks=(Check(no_circle("parent")),),
                derive=partial(derive_places, "area"),
                keeping=KEEPING["area"],
                searched=Searched(("name",), ("summary",), proper=NameKind.AREA, more=other_names),
            ),
            Kind(
                "organization",
                "organizations",
                models.Organization,
                name=("name",),
                page="network:organization",
                checks=(
                    Check(no_circle("parent")),
                    Check(dates_heard("organization", "founded")),
                ),
                derive=partial(derive_places, "organization"),
                keeping=KEEPING["organization"],
                searched=Searched(
                    ("name",), ("summary",), proper=NameKind.ORGANIZATION, more=other_names
                ),
            ),
            Kind(
                "person",
                "persons",
                models.Person,
                name=("name",),
                page="network:person",
                checks=(Check(family_name_within_the_name),),
                derive=partial(derive_places, "person"),
                keeping=KEEPING["person"],
                searched=Searched(
                    ("name",), ("summary",), proper=NameKind.PERSON, more=other_names
                ),
            ),
            Kind(
                "membership",
                "memberships",
                models.Membership,
                name=("person.name",),
                shown_on=("person",),
                checks=(
                    Check(
                        dates_heard(
                            "membership",
                            "when",
                            rests_on=(
                                ("person", "person__key"),
                                ("organization", "organization__key"),
                            ),
                        ),
                        follows=("person", "organization"),
                    ),
                ),
                keeping=KEEPING["membership"],
                happened="when",
            ),
            Kind(
                "partnership",
                "partnerships",
                models.Partnership,
                name=("name",),
                page="network:partnership",
                checks=(
                    Check(no_circle("parent")),
                    Check(
                        dates_heard(
                            "partnership",
                            "stages.when",
                            rests_on=(("agreement", "stages__agreement__key"),),
                        ),
                    ),
                ),
                derive=derive_partnerships,
                derived_from={"side": "sides", "area": "sides__area"},
                keeping=KEEPING["partnership"],
                searched=Searched(
                    ("name",),
                    ("summary",),
                    proper=NameKind.AREA,
                    beside=side_names,
                    reads=(all_sides(),),
                    follows={"side": "sides", "area": "sides__area"},
                ),
            ),
            Kind(
                "side",
                "sides",
                models.Side,
                name=("area.name",),
                shown_on=("partnership",),
                keeping=KEEPING["side"],
            ),
            Kind(
                "indicator",
                "indicators",
                models.Indicator,
                name=("name",),
                shown_on=("partnership", "area"),
                keeping=KEEPING["indicator"],
            ),
            Kind(
                "agreement",
                "agreements",
                models.Agreement,
                name=("title",),
                page="network:agreement",
                checks=(
                    Check(
                        dates_heard(
                            "agreement",
                            "signed",
                            "valid",
                            rests_on=(("partnership", "partnerships__key"),),
                        ),
                    ),
                ),
                keeping=KEEPING["agreement"],
                happened="signed",
                searched=Searched(("title",), ("summary",), ("signed", "valid")),
            ),
        )

from django.apps import AppConfig


class DelegationsConfig(AppConfig):
    name = "amity.delegations"
    label = "delegations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.delegations.checks import group_of_the_same_gathering
        from amity.delegations.keeping import KEEPING
        from amity.delegations.models import Delegate, Delegation, Group
        from amity.delegations.sections import register_sections
        from amity.record.checks import Check
        from amity.record.kinds import Kind, register
        from amity.sources.said import dates_heard

        register(
            Kind(
                "group",
                "groups",
                Group,
                name=("name",),
                shown_on=("gathering",),
                checks=(
                    Check(
                        dates_heard(
                            "group", "announced", rests_on=(("gathering", "gathering__key"),)
                        ),
                        follows=("gathering",),
                    ),
                ),
                keeping=KEEPING["group"],
            ),
            Kind(
                "delegation",
                "delegations",
                Delegation,
                name=("name",),
                shown_on=("gathering",),
                keeping=KEEPING["delegation"],
            ),
            Kind(
                "delegate",
                "delegates",
                Delegate,
                name=("person.name",),
                shown_on=("delegation",),
                checks=(Check(group_of_the_same_gathering, follows=("group", "delegation")),),
                keeping=KEEPING["delegate"],
            ),
        )
        register_sections()

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "amity.gatherings"
    label = "gatherings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.gatherings import models
        from amity.record.kinds import Kind, register

        register(
            Kind("series", "series", models.Series, name=("name",)),
            Kind(
                "gathering",
                "gatherings",
                models.Gathering,
                name=("title",),
                page="gatherings:gathering",
            ),
            Kind("room", "rooms", models.Room, name=("name",), shown_on=("gathering",)),
            Kind("session", "sessions", models.Session, name=("title",), page="gatherings:session"),
            Kind(
                "contribution",
                "contributions",
                models.Contribution,
                name=("title",),
                page="gatherings:contribution",
            ),
            Kind(
                "statement",
                "statements",
                models.Statement,
                name=("text",),
                shown_on=("session", "gathering"),
            ),
            Kind("panel", "panels", models.Panel, name=("title",), shown_on=("exhibition",)),
            Kind("work", "works", models.Work, name=("title",), shown_on=("exhibition",)),
        )

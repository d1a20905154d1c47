from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "amity.journeys"
    label = "journeys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let editions be closed only when all is decided; offer that, and calling off."""
        from amity.desk import offers
        from amity.journeys import needs
        from amity.journeys.actions.closing import refuse_to_close
        from amity.journeys.sections import closing_list, plans, register_sections
        from amity.record.registration import guards

        guards.register("gathering", refuse_to_close)
        offers.register("gathering", closing_list)
        offers.register("gathering", plans)
        needs.register()
        register_sections()

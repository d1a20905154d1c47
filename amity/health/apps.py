from datetime import timedelta

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "amity.health"
    label = "health"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process write to quiet partnerships; add to the desk and to public pages."""
        from amity.foundation.chores import Chore, register
        from amity.health import needs
        from amity.health.actions import tell_dormant
        from amity.health.sections import register_sections

        register(Chore("partnerships without contact", timedelta(days=1), tell_dormant))
        needs.register()
        register_sections()

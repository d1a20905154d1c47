from datetime import timedelta

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "amity.webhooks"
    label = "webhooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process tell webhooks what changed, and forget what was told long ago."""
        from amity.foundation.chores import Chore, register
        from amity.webhooks.actions.noting import forget_old, note_changes
        from amity.webhooks.actions.sending import send_due

        register(Chore("what webhooks are told", timedelta(seconds=5), note_changes))
        register(Chore("webhooks", timedelta(seconds=2), send_due, outward=True))
        register(Chore("old deliveries", timedelta(days=1), forget_old))

from datetime import timedelta

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "amity.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process forget sessions that are over."""
        from amity.accounts.sessions import forget_sessions
        from amity.foundation.chores import Chore, register

        register(Chore("sessions", timedelta(hours=1), forget_sessions))

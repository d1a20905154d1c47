from datetime import timedelta

from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "amity.tokens"
    label = "tokens"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process forget what was answered to requests that may come twice."""
        from amity.foundation.chores import Chore, register
        from amity.tokens.actions import forget_answers

        register(Chore("answers to programs", timedelta(hours=6), forget_answers))

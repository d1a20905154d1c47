from datetime import timedelta

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "amity.following"
    label = "following"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process write to followers; show on pages where they are followed; keep
        what removed records concerned."""
        from amity.following.actions import parting
        from amity.following.actions.telling import tell_followers
        from amity.following.sections import register_sections
        from amity.foundation.chores import Chore, register

        register(Chore("letters to followers", timedelta(minutes=10), tell_followers))
        register_sections()
        parting.register()

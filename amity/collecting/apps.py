from datetime import timedelta

from django.apps import AppConfig


class CollectingConfig(AppConfig):
    name = "amity.collecting"
    label = "collecting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show open forms on pages of gatherings, and at the desk what was sent in."""
        from amity.collecting import needs, queries
        from amity.collecting.actions.enclosing import forget_files
        from amity.collecting.actions.following import follow
        from amity.collecting.actions.receiving import forget_senders
        from amity.collecting.sections import (
            form_at_desk,
            hall_at_desk,
            promise_at_desk,
            register_sections,
        )
        from amity.collecting.telling import KIND
        from amity.desk import offers
        from amity.desk.words import called
        from amity.foundation.chores import Chore, register

        register(Chore("proposers told", timedelta(minutes=1), follow))
        register(Chore("senders of proposals", timedelta(hours=1), forget_senders))
        register(Chore("files of proposals", timedelta(hours=1), forget_files))
        register_sections()
        offers.register("gathering", form_at_desk)
        offers.register("gathering", hall_at_desk)
        offers.register("answer", promise_at_desk)
        called.register(KIND, queries.called)
        needs.register()

from datetime import timedelta

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "amity.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process forget contacts, release and agree what is due; show what waits.

        Sides are told where their confirmations fall away.
        """
        from amity.desk import colleagues, fallen, invited, offers, silence
        from amity.desk.contacts import forget_due
        from amity.desk.files import attached, published
        from amity.desk.merges import asking
        from amity.desk.releasing import upcoming, wholes
        from amity.desk.releasing.planned import release_due
        from amity.foundation.chores import Chore, register
        from amity.record.registration import enclosures

        register(Chore("contacts", timedelta(hours=1), forget_due))
        register(Chore("releases", timedelta(minutes=1), release_due))
        register(Chore("silence", timedelta(minutes=5), silence.agree_due))
        enclosures.register(enclosures.Holder(attached.enclosed_with, attached.find, attached.mark))
        colleagues.register()
        offers.register("gathering", wholes.offered)
        offers.register("gathering", invited.badges_offered)
        offers.register("gathering", invited.letters_offered)
        silence.register()
        fallen.register()
        upcoming.register()
        published.register()
        asking.register()

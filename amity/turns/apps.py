from datetime import timedelta

from django.apps import AppConfig


class TurnsConfig(AppConfig):
    name = "amity.turns"
    label = "turns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the loop process follow the record and ask holders; show at the desk what waits."""
        from amity.foundation.chores import Chore, register
        from amity.record.registration import partings
        from amity.record.registration.partings import Parting
        from amity.turns import needs
        from amity.turns.actions import parting
        from amity.turns.actions.asking import ask_due
        from amity.turns.actions.deriving import follow
        from amity.turns.actions.enclosing import forget_files
        from amity.turns.actions.escalating import escalate
        from amity.turns.actions.reminding import send_digests
        from amity.turns.sections import register_sections

        register(Chore("turns", timedelta(minutes=1), follow))
        register(Chore("holders asked", timedelta(minutes=5), ask_due))
        register(Chore("weekly letters", timedelta(minutes=10), send_digests))
        register(Chore("missing reports", timedelta(minutes=10), escalate))
        register(Chore("files of drafts", timedelta(hours=1), forget_files))
        needs.register()
        register_sections()
        partings.register(
            "commitment",
            Parting(parting.leave_commitments, parting.commitment_is_back, parting.what_goes),
        )
        partings.register(
            "report", Parting(parting.leave_reports, parting.report_is_back, parting.nothing_more)
        )

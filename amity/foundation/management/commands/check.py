"""`amity check`: Django's checks, and when the last good copy was made."""

from django.core.management.commands import check

from amity.foundation.copies.last import last_copy, said


class Command(check.Command):
    help = "Checks the installation, and says when its last good copy was made."

    def handle(self, *app_labels: list[str], **options: object) -> None:
        super().handle(*app_labels, **options)
        self.stdout.write(said(last_copy()))

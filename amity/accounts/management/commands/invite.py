"""`amity invite`: a link by which somebody comes to act for an office, or administers."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.accounts.actions import invite
from amity.foundation.actions import By
from amity.network.models import Office
from amity.record.choices import Mandate


class Command(BaseCommand):
    help = "Invites somebody and prints the link, which works once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="their mail address")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--administrator", action="store_true", help="of this installation")
        what.add_argument("--office", help="identifier of the organization to act for")
        parser.add_argument("--mandate", choices=Mandate.values, default=Mandate.OFFICER.value)
        parser.add_argument(
            "--language", default="en", choices=[tag for tag, _ in settings.LANGUAGES]
        )

    def handle(
        self,
        *args: object,
        address: str,
        administrator: bool,
        office: str | None,
        mandate: str,
        language: str,
        **options: object,
    ) -> None:
        desk = None
        if not administrator:
            desk = Office.objects.filter(organization__key=office).first()
            if desk is None:
                raise CommandError(f"{office} has no desk here: amity office vouch …")
        try:
            sent = invite(
                By(command="invite"), address, language, desk, Mandate(mandate) if desk else None
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(sent.address)

"""`amity mandate give`: what people may do for an office."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.accounts.actions import end_mandates, give_mandate
from amity.accounts.management.disavowing import SINCE, moment, tell
from amity.accounts.models import User
from amity.foundation.actions import By
from amity.network.models import Office
from amity.record.choices import Mandate


class Command(BaseCommand):
    help = "Says what a person may do for an office."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        give = what.add_parser("give", help="let a person do something for an office")
        end = what.add_parser("end", help="end all that a person may do for an office")
        for one in (give, end):
            one.add_argument("address", help="the person's mail address")
            one.add_argument("office", help="identifier of the organization")
        give.add_argument("mandate", choices=Mandate.values)
        end.add_argument("--since", type=moment, help=SINCE)

    def handle(
        self,
        *args: object,
        what: str,
        address: str,
        office: str,
        mandate: str = "",
        since: datetime | None = None,
        **options: object,
    ) -> None:
        user = User.objects.filter(email__iexact=address).first()
        desk = Office.objects.filter(organization__key=office).first()
        if user is None:
            raise CommandError(f"nobody signs in with {address}: amity user add …")
        if desk is None:
            raise CommandError(f"{office} has no desk here: amity office vouch …")
        by = By(command=f"mandate {what}")
        if what == "end":
            ended = end_mandates(by, user, desk, since)
            self.stdout.write(f"{ended.mandates} ended")
            tell(self.stdout, ended.disavowed)
            return
        try:
            give_mandate(by, user, desk, Mandate(mandate))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{user.email}: {mandate} of {office}")

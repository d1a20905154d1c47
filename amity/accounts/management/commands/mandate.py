"""`amity mandate give`: what people may do for an office."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.accounts.actions import end_mandates, give_mandate
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

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["address"]).first()
        office = Office.objects.filter(organization__key=options["office"]).first()
        if user is None:
            raise CommandError(f"nobody signs in with {options['address']}: amity user add …")
        if office is None:
            raise CommandError(f"{options['office']} has no desk here: amity office vouch …")
        by = By(command=f"mandate {options['what']}")
        if options["what"] == "end":
            self.stdout.write(f"{end_mandates(by, user, office)} ended")
            return
        try:
            give_mandate(by, user, office, Mandate(options["mandate"]))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{user.email}: {options['mandate']} of {options['office']}")

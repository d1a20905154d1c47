"""`amity mandate give`: what people may do for an office."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from amity.accounts.actions import end_mandates, give_mandate
from amity.accounts.management.disavowing import SINCE, moment, tell
from amity.accounts.models import User
from amity.foundation.actions import By
from amity.foundation.commands import WrongInput
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
            one.add_argument(
                "organization", help="its identifier, with which its page's address ends"
            )
        give.add_argument("mandate", choices=Mandate.values)
        end.add_argument("--since", type=moment, help=SINCE)

    def handle(
        self,
        *args: object,
        what: str,
        address: str,
        organization: str,
        mandate: str = "",
        since: datetime | None = None,
        **options: object,
    ) -> None:
        user = User.objects.filter(email__iexact=address).first()
        office = Office.objects.filter(organization__key=organization).first()
        if user is None:
            raise WrongInput(f"nobody signs in with {address}: amity user add {address} …")
        if office is None:
            raise WrongInput(f"{organization} has no desk here: amity office vouch {organization}")
        by = By(command=f"mandate {what}")
        if what == "end":
            ended = end_mandates(by, user, office, since)
            if not ended.mandates and since is None:
                raise WrongInput(f"{user.email} holds no mandate of {organization}")
            mandates = "1 mandate" if ended.mandates == 1 else f"{ended.mandates} mandates"
            self.stdout.write(f"{user.email}: {mandates} of {organization} ended.")
            tell(self.stdout, ended.disavowed)
            return
        try:
            give_mandate(by, user, office, Mandate(mandate))
        except ValidationError as error:
            raise WrongInput("; ".join(error.messages)) from error
        self.stdout.write(f"{user.email} is {mandate} of {organization} from now on.")

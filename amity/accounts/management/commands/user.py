"""`amity user`: people who may sign in, and a second factor given back."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from amity.accounts.actions import add_user
from amity.accounts.models import User
from amity.accounts.queries import lost_factor_of
from amity.accounts.regaining import vouch
from amity.foundation.actions import By
from amity.foundation.commands import WrongInput


class Command(BaseCommand):
    help = "Makes a person known who may sign in, or vouches for one who lost a second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        add = what.add_parser("add", help="make a person known")
        vouch = what.add_parser(
            "vouch", help="say that it was really them who lost their second factor and asked"
        )
        for one in (add, vouch):
            one.add_argument("address", help="their mail address")
        add.add_argument("--name", required=True, help="what they are called")
        add.add_argument(
            "--language",
            required=True,
            choices=[tag for tag, _ in settings.LANGUAGES],
            help="in which they are written to",
        )
        add.add_argument("--administrator", action="store_true", help="of this installation")

    def handle(
        self,
        *args: object,
        what: str,
        address: str,
        name: str = "",
        language: str = "",
        administrator: bool = False,
        **options: object,
    ) -> None:
        if what == "vouch":
            self._vouch(address)
            return
        try:
            add_user(
                By(command="user add"),
                address,
                name,
                language,
                administrator=administrator,
            )
        except ValidationError as error:
            raise WrongInput("; ".join(error.messages)) from error
        self.stdout.write(
            f"{address} is known, and may act for an office once it has a mandate: "
            "amity mandate give"
        )

    def _vouch(self, address: str) -> None:
        user = User.objects.with_address(address)
        lost = lost_factor_of(user) if user else None
        if lost is None or not lost.is_open:
            raise WrongInput(f"{address} has not asked for a new second factor, or no longer asks")
        vouch(By(command="user vouch"), lost)
        self.stdout.write(
            f"{address} can set up a new second factor a day from now, unless somebody stops it; "
            "all of the office are told."
        )

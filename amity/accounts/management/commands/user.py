"""`amity user add`: people who may sign in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser

from amity.accounts.actions import add_user
from amity.foundation.actions import By
from amity.foundation.commands import WrongInput


class Command(BaseCommand):
    help = "Makes a person known who may sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        add = what.add_parser("add", help="make a person known")
        add.add_argument("address", help="their mail address")
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
        address: str,
        name: str,
        language: str,
        administrator: bool,
        **options: object,
    ) -> None:
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

"""`amity office vouch`: offices with a desk here, and the sides for which they speak."""

from datetime import datetime
from typing import TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.accounts.management.disavowing import SINCE, moment, tell
from amity.foundation.actions import By
from amity.network.actions import open_office, vouch, withdraw_vouching
from amity.network.models import Organization, Side

Record = TypeVar("Record", Organization, Side)

BY = By(command="office")


class Command(BaseCommand):
    help = "Gives an organization a desk and vouches for it, for a side it speaks for."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        for name, words in (
            ("vouch", "give an organization a desk and vouch for it"),
            ("disavow", "vouch for it no longer"),
        ):
            one = what.add_parser(name, help=words)
            one.add_argument("organization", help="identifier of the organization")
            one.add_argument("--side", help="identifier of the side that it speaks for")
            if name == "vouch":
                one.add_argument("--voice", action="store_true", help="as the side's only voice")
            else:
                one.add_argument("--since", type=moment, help=SINCE)

    def handle(
        self,
        *args: object,
        organization: str,
        side: str | None,
        what: str,
        voice: bool = False,
        since: datetime | None = None,
        **options: object,
    ) -> None:
        desk = _found(Organization, organization)
        spoken_for = _found(Side, side) if side else None
        office = open_office(BY, desk)
        if what == "vouch":
            vouch(BY, office, spoken_for, voice=voice)
        else:
            tell(self.stdout, withdraw_vouching(BY, office, spoken_for, since))
        self.stdout.write(f"{what}: {desk.key}")


def _found(model: type[Record], key: str) -> Record:
    found = model.everything.filter(key=key).first()
    if found is None:
        raise CommandError(f"there is no {model._meta.model_name} {key}")
    return found

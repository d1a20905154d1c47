"""`amity office vouch`: offices with a desk here, and the sides for which they speak."""

from datetime import datetime
from typing import TypeVar

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from amity.accounts.management.disavowing import SINCE, moment, tell
from amity.foundation.actions import By
from amity.foundation.commands import WrongInput
from amity.network.actions import OfAnotherPlace, open_office, vouch, withdraw_vouching
from amity.network.models import Office, Organization, Side, SideOffice

Record = TypeVar("Record", Organization, Side)


class Command(BaseCommand):
    help = "Gives an organization a desk and vouches for it, for a side it speaks for."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        for name, words in (
            ("vouch", "give an organization a desk and vouch for it"),
            ("disavow", "vouch for it no longer"),
        ):
            one = what.add_parser(name, help=words)
            one.add_argument(
                "organization", help="its identifier, with which its page's address ends"
            )
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
        if voice and spoken_for is None:
            raise WrongInput("say with --side whose voice it is")
        by = By(command=f"office {what}")
        if what == "vouch":
            try:
                with transaction.atomic():
                    vouch(by, open_office(by, desk), spoken_for, voice=voice)
            except OfAnotherPlace as refused:
                raise WrongInput(str(refused)) from refused
            speaks = f", and speaks for {side}" + " as its only voice" * voice if side else ""
            self.stdout.write(f"{organization} is vouched for{speaks}.")
            return
        office = Office.objects.filter(organization=desk).first()
        if office is None or not (since or _stands(office, spoken_for)):
            raise WrongInput(
                f"{organization} does not speak for {side}"
                if side
                else f"nobody vouches for {organization}"
            )
        tell(self.stdout, withdraw_vouching(by, office, spoken_for, since))
        self.stdout.write(
            f"{organization} no longer speaks for {side}."
            if side
            else f"{organization} is no longer vouched for."
        )


def _stands(office: Office, side: Side | None) -> bool:
    """Whether somebody vouches for the office, or for its speaking for the side."""
    if side is None:
        return office.vouched_at is not None
    return SideOffice.objects.filter(office=office, side=side).exists()


def _found(model: type[Record], key: str) -> Record:
    found = model.everything.filter(key=key).first()
    if found is None:
        raise WrongInput(f"there is no {model._meta.model_name} {key}")
    return found

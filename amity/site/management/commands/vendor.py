"""`amity vendor refresh|check`: fonts, map geometry and scripts of others."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.site import vendoring


class Command(BaseCommand):
    help = "Refreshes vendored files from their npm packages, or checks them against the manifest."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("refresh", "check"))
        parser.add_argument("--latest", action="store_true", help="take the newest versions")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "refresh":
                for line in vendoring.refresh(latest=options["latest"]):
                    self.stdout.write(line)
            elif differences := vendoring.check():
                raise CommandError("\n".join(differences))
        except vendoring.VendorError as error:
            raise CommandError(str(error)) from error

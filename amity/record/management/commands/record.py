"""`amity record rebuild`: reckon anew what follows from the records."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.foundation.actions import By
from amity.record.actions import rebuild


class Command(BaseCommand):
    help = "Works on what follows from the records: register, readers, derived columns."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        one = what.add_parser("rebuild", help="reckon all of it anew and say what was wrong")
        one.add_argument("--check", action="store_true", help="write nothing; fail if it is wrong")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        found = rebuild(By(command="record rebuild"), only_check=check)
        for wrong in found:
            self.stdout.write(f"{wrong.kind}: {wrong.rows} {wrong.what}")
        if found and check:
            raise CommandError("what follows from the records is not as it should be")
        if not found:
            self.stdout.write("All of it is as it should be.")

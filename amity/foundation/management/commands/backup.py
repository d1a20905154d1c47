"""`amity backup`: database and media in one checked file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.foundation.copies.making import make
from amity.foundation.copies.manifest import CopyError


class Command(BaseCommand):
    help = "Writes one consistent, checked copy of database and media while Amity runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the copy is to stand")
        parser.add_argument(
            "--for", dest="recipient", default="", help="encrypt it for this recipient, age1…"
        )

    def handle(self, *args: object, file: Path, recipient: str, **options: object) -> None:
        try:
            made = make(file, recipient)
        except CopyError as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(
            f"{made.path}: {made.rows:,} rows and {made.files:,} files, {made.size:,} bytes, "
            "checked" + (f", encrypted for {recipient}" if recipient else "")
        )

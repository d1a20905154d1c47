"""`amity restore`: brings a copy back."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from amity.foundation.commands import WrongInput
from amity.foundation.copies.manifest import CopyError
from amity.foundation.copies.restoring import restore
from amity.foundation.database.schema import why_not_current


class Command(BaseCommand):
    help = "Brings a copy of amity backup back into an empty installation, whole or not at all."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the copy")
        parser.add_argument("--key", type=Path, help="file with the secret key of age-keygen")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="check the copy and write nothing")
        what.add_argument(
            "--replace", action="store_true", help="put it in the place of what stands here"
        )

    def handle(
        self,
        *args: object,
        file: Path,
        key: Path | None,
        check: bool,
        replace: bool,
        **options: object,
    ) -> None:
        try:
            found = restore(file, key=key, replace=replace, only_check=check)
        except CopyError as error:
            raise WrongInput(f"{file}: {error}") from error
        rows = sum(table.rows for table in found.tables)
        what = f"copy of {found.made_at}, {rows:,} rows, {len(found.parts):,} parts"
        if check:
            self.stdout.write(f"{file}: whole; {what}")
            return
        self.stdout.write(f"{file}: brought back; {what}")
        if reason := why_not_current():
            self.stdout.write(f"Now {reason}")

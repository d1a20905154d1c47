"""`amity dossier`: check, load and export the portable folder that holds a whole record."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amity.dossier.crosscheck import check_between
from amity.dossier.problems import DossierError
from amity.dossier.progress import Bar, Progress
from amity.dossier.staging import Staged, read_folder

WRONG = 2
"""Exit code for a dossier with mistakes."""


class Command(BaseCommand):
    help = "Checks, loads and exports dossiers: folders that hold a whole record."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="list everything that is wrong with a dossier")
        check.add_argument("folder", type=Path)
        check.add_argument("--progress", action="store_true", help="show it even to a file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except DossierError as error:
            for line in error.problems.lines():
                self.stderr.write(line, self.style.ERROR, "\n")
            raise CommandError(_summary(error), returncode=WRONG) from error

    def _check(self, options: dict[str, Any]) -> None:
        staged = _checked(options)
        counted = staged.spool.count()
        self.stdout.write(f"{staged.head['id']}: {counted:,} records, nothing wrong")


def _checked(options: dict[str, Any]) -> Staged:
    """The dossier in the folder, read and found right. Raises DossierError."""
    progress = Bar() if options["progress"] or sys.stderr.isatty() else Progress()
    try:
        staged = read_folder(options["folder"], progress)
        check_between(staged, progress)
    finally:
        progress.finish()
    if staged.problems:
        raise DossierError(staged.problems)
    return staged


def _summary(error: DossierError) -> str:
    count = error.problems.count
    return f"{count:,} {'mistake' if count == 1 else 'mistakes'}; nothing was changed"

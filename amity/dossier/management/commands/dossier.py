"""`amity dossier`: check, load and export the portable folder that holds a whole record."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import translation

from amity.accounts.queries import acting_by_command
from amity.dossier.comparing.differences import Difference
from amity.dossier.comparing.merging import Prefer
from amity.dossier.exporting.collect import Part
from amity.dossier.exporting.export import export
from amity.dossier.loading.load import Asked, load, preview
from amity.dossier.problems import DossierError
from amity.dossier.progress import Bar, Progress
from amity.dossier.staging.crosscheck import check_between
from amity.dossier.staging.folder import Staged, read_folder
from amity.dossier.telling import schema
from amity.dossier.telling.differences import described
from amity.dossier.telling.notices import free_numbers, notice
from amity.dossier.telling.starter import start
from amity.foundation.commands import WrongInput
from amity.foundation.differences import Plain
from amity.foundation.words.characters import shown
from amity.network.models import Office
from amity.record.acting import STRANGER, Acting
from amity.record.models import Dossier

COMMAND = "dossier export"


class Command(BaseCommand):
    help = "Begins, checks, loads and exports dossiers: folders that hold a whole record."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="list everything that is wrong with a dossier")
        into = what.add_parser("load", help="bring what the dossier says into the record")
        into.add_argument("--dry-run", action="store_true", help="only say what would change")
        into.add_argument(
            "--prefer",
            choices=[str(one) for one in Prefer],
            help="who is right where both the folder and the record have changed",
        )
        whose = into.add_mutually_exclusive_group()
        whose.add_argument(
            "--for", dest="office", default="", metavar="OFFICE", help="load for this office"
        )
        whose.add_argument(
            "--restore",
            action="store_true",
            help="bring back a dossier that is not here, as the administrator",
        )
        out = what.add_parser("export", help="write a dossier from the database into a folder")
        out.add_argument("--dossier", metavar="ID", help="which, when there are several")
        of = out.add_mutually_exclusive_group()
        of.add_argument("--office", metavar="OFFICE", help="what this office keeps or began")
        of.add_argument(
            "--everything",
            action="store_true",
            help="all of it, with keepers, readers and confirmations, to be restored elsewhere",
        )
        new = what.add_parser("new", help="write a folder to begin with, with examples")
        new.add_argument("folder", type=Path)
        new.set_defaults(progress=False)
        shapes = what.add_parser("schema", help="write the JSON Schemas of all records")
        shapes.add_argument("folder", type=Path)
        shapes.set_defaults(progress=False)
        for one in (check, into, out):
            one.add_argument("folder", type=Path)
            one.add_argument("--progress", action="store_true", help="show it even to a file")
            one.add_argument(
                "--language",
                choices=[code for code, _name in settings.LANGUAGES],
                default="en",
                help="in which mistakes are told, so far as their words are translated",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Bar() if options["progress"] or sys.stderr.isatty() else Progress()
        try:
            with translation.override(options.get("language", "en")):
                getattr(self, f"_{options['what']}")(options, progress)
        except DossierError as error:
            progress.finish()
            for line in error.problems.lines():
                self.stderr.write(line, self.style.ERROR, "\n")
            raise WrongInput(_summary(error)) from error
        except IntegrityError as error:
            words = shown(" ".join(str(error).split()))
            raise CommandError(f"the database refused it ({words}); nothing was changed") from error
        except OSError as error:
            words = shown(f"{error.filename or options['folder']}: {error.strerror or error}")
            raise WrongInput(f"{words}; nothing was changed") from error
        finally:
            progress.finish()

    def _check(self, options: dict[str, Any], progress: Progress) -> None:
        staged = _checked(options["folder"], progress)
        progress.finish()
        noticed = notice(staged)
        for line in noticed.lines():
            self.stdout.write(f"perhaps: {line}")
        if free := free_numbers(staged):
            self.stdout.write(f"next free numbers in this folder: {', '.join(free)}")
        worth = f", {noticed.count:,} worth a look" if noticed else ""
        self.stdout.write(
            f"{staged.head['id']}: {staged.spool.count():,} records, nothing wrong{worth}"
        )

    def _load(self, options: dict[str, Any], progress: Progress) -> None:
        staged = _checked(options["folder"], progress)
        prefer = Prefer(options["prefer"]) if options["prefer"] else None
        asked = Asked(options["office"], prefer, options["restore"])
        if options["dry_run"]:
            difference = preview(staged, progress, self._tell, asked)
        else:
            difference = load(staged, progress, asked)
        progress.finish()
        for line in difference.left:
            self.stdout.write(shown(f"left: {line}"))
        self.stdout.write(_said(staged, difference))

    def _export(self, options: dict[str, Any], progress: Progress) -> None:
        rows = Dossier.objects.order_by("key")
        found = list(rows.filter(key=options["dossier"]) if options["dossier"] else rows)
        if len(found) != 1:
            there_are = ", ".join(rows.values_list("key", flat=True))
            if not there_are:
                raise WrongInput("there is no dossier here to export")
            raise WrongInput(f"say with --dossier which one to export (there are: {there_are})")
        part, acting = _part(options)
        count = export(found[0], options["folder"], progress, acting, part=part)
        progress.finish()
        self.stdout.write(f"{found[0].key}: {count:,} records exported")

    def _new(self, options: dict[str, Any], progress: Progress) -> None:
        for path in start(options["folder"]):
            self.stdout.write(f"{path}")
        self.stdout.write(f"next: amity dossier check {options['folder']}")

    def _schema(self, options: dict[str, Any], progress: Progress) -> None:
        self.stdout.write(f"{schema.write(options['folder']):,} schemas written")

    def _tell(self, kind: str, key: str, before: Plain | None, after: Plain | None) -> None:
        for line in described(kind, key, before, after):
            self.stdout.write(shown(line))


def _part(options: dict[str, Any]) -> tuple[Part, Acting]:
    """What of a dossier is exported, and for whom. Raises CommandError."""
    if options["everything"]:
        return Part.EVERYTHING, Acting(command=COMMAND, administrator=True)
    if not options["office"]:
        return Part.PUBLIC, STRANGER
    office = Office.objects.filter(organization__key=options["office"]).first()
    if office is None:
        raise WrongInput(f"there is no office {options['office']}")
    return Part.OFFICE, acting_by_command(COMMAND, office)


def _checked(folder: Path, progress: Progress) -> Staged:
    """The dossier in the folder, read and found right. Raises DossierError."""
    staged = read_folder(folder, progress)
    check_between(staged, progress)
    if staged.problems:
        raise DossierError(staged.problems)
    return staged


def _said(staged: Staged, difference: Difference) -> str:
    return (
        f"{staged.head['id']}: {difference.added:,} added, {difference.changed:,} changed, "
        f"{difference.removed:,} removed, {difference.unchanged:,} unchanged"
    )


def _summary(error: DossierError) -> str:
    count = error.problems.count
    return f"{count:,} {'mistake' if count == 1 else 'mistakes'}; nothing was changed"

"""`amity names check`: list areas, organizations and persons that are likely one."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from amity.dossier.problems import DossierError
from amity.dossier.progress import Progress
from amity.dossier.staging.folder import read_folder
from amity.network.models import Area, Organization, Person
from amity.network.names import Named
from amity.network.queries.alike import Alike, alike

MODELS: tuple[type[Area] | type[Organization] | type[Person], ...] = (Area, Organization, Person)


class Command(BaseCommand):
    help = "Compares the names of areas, organizations and persons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="list what is likely one and stands there twice")
        check.add_argument(
            "folder", nargs="?", type=Path, metavar="DIR", help="a dossier, instead of the record"
        )

    def handle(self, *args: object, folder: Path | None = None, **options: object) -> None:
        found = _of_folder(folder) if folder else _of_record()
        for pair in found:
            self.stdout.write(_line(pair))
        self.stdout.write(f"{len(found)} pairs are likely one.")


def _of_record() -> list[Alike]:
    """Real and invented records are never one."""
    found = []
    for model in MODELS:
        for fictional in (False, True):
            rows = model.everything.filter(dossier__fictional=fictional).order_by("key")
            found += list(alike(list(rows)))
    return found


def _of_folder(folder: Path) -> list[Alike]:
    """The records of a folder among themselves, and with those of the record."""
    try:
        staged = read_folder(folder, Progress())
        if staged.problems:
            raise DossierError(staged.problems)
    except DossierError as error:
        raise CommandError("\n".join(error.problems.lines())) from error
    fictional = bool(staged.head.get("fictional"))
    found = []
    for model in MODELS:
        mine: list[Named] = list(staged.rows(model.__name__.lower()).order_by("key"))
        there = model.everything.filter(dossier__fictional=fictional).order_by("key")
        found += list(alike(mine, list(there.exclude(key__in=[one.key for one in mine]))))
    return found


def _line(pair: Alike) -> str:
    kind = type(pair.one).__name__.lower()
    return (
        f"{pair.found.score:.2f}  {pair.found.rule}  {kind} {pair.one.key} and {pair.other.key}:  "
        f"{pair.one_name}  ~  {pair.other_name}"
    )

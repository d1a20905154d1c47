"""`amity search rebuild`: write the index of search anew, while readers go on searching."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from amity.dossier.progress import Bar, Progress
from amity.record.search import writing


class Command(BaseCommand):
    help = "Works on the index of search."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        rebuild = what.add_parser("rebuild", help="write all of it anew, with no gap for readers")
        rebuild.add_argument("--progress", action="store_true", help="show it even to a file")

    def handle(self, *args: object, progress: bool, **options: object) -> None:
        bar = Bar() if progress or sys.stderr.isatty() else Progress()
        bar.start("indexing", writing.found_count())
        count = writing.rebuild(bar.step)
        bar.finish()
        self.stdout.write(f"{count:,} records are found.")

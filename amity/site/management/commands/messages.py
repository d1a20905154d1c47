"""`amity messages …`: the translations of the interface."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from amity.site import catalogs, translations


class Command(BaseCommand):
    help = (
        "Works on the translations of the interface: extract lists what the rooms say, update "
        "brings the catalogs to it, compile makes what runs, check fails unless all is complete."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("extract", "update", "compile", "check"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "check":
            if wrong := translations.check():
                raise CommandError("\n".join(wrong))
            return
        work = {"extract": _extract, "update": _update, "compile": _compile}[options["what"]]
        for line in work():
            self.stdout.write(line)


def _extract() -> Iterator[str]:
    for room in translations.rooms():
        for message in translations.extract(room):
            if message.id:
                words = message.id if isinstance(message.id, str) else message.id[0]
                yield f"{room.name}: {words}"


def _update() -> Iterator[str]:
    for path in translations.update():
        yield f"changed {path.relative_to(catalogs.ROOT.parent)}"


def _compile() -> Iterator[str]:
    for path in catalogs.compile_catalogs():
        yield f"compiled {path.relative_to(catalogs.ROOT.parent)}"

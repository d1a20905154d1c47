"""The demonstration record: its dossiers, loaded when they are not there as they are now."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

import amity
from amity.site.serving import server

DOSSIERS = Path(amity.__path__[0]) / "dossier" / "demonstrations"
MARK = "demonstration.sha256"


def dossiers() -> list[Path]:
    """The folders of the demonstration dossiers, in a fixed order."""
    return sorted(path for path in DOSSIERS.iterdir() if path.is_dir())


def digest() -> str:
    """One hash over the names and contents of all files of the demonstration dossiers."""
    made = hashlib.sha256()
    for path in sorted(DOSSIERS.rglob("*")):
        if path.is_file():
            made.update(f"{path.relative_to(DOSSIERS)}\0{path.stat().st_size}\0".encode())
            made.update(path.read_bytes())
    return made.hexdigest()


def prepare(say: Callable[[str], None]) -> None:
    """Bring the demonstration's database to this release's schema and these dossiers."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if server.missing_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    mark, now = settings.DATA_DIR / MARK, digest()
    if mark.is_file() and mark.read_text() == now and _database_stands():
        return
    for folder in dossiers():
        say(f"Loading the dossier {folder.name}")
        call_command("dossier", "load", str(folder))
    mark.write_text(now)


def _database_stands() -> bool:
    from amity.record.models import Dossier

    return Dossier.objects.count() >= len(dossiers())

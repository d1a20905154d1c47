"""The demonstration record: its dossiers, loaded when they are not there as they are now."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

import amity
from amity.foundation.database.schema import missing_migrations

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
    """Bring the demonstration's database to this release's schema and these dossiers.

    Where it holds other dossiers, or others have written in it, it is set aside and made anew:
    what somebody tried out stays in the file beside it. Raises CommandError where the database is
    an installation's own, of which nothing is touched.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    mark, now = settings.DATA_DIR / MARK, digest()
    if not mark.is_file():
        _refuse_an_installation()
        mark.touch()
    if missing_migrations():
        say("Preparing the database")
        call_command("migrate", interactive=False)
    if mark.is_file() and mark.read_text() == now and _database_stands():
        return
    if _database_holds_something():
        say("Setting the former demonstration aside")
        _set_aside()
        call_command("migrate", interactive=False)
    for folder in dossiers():
        say(f"Loading the dossier {folder.name}")
        call_command("dossier", "load", "--restore", str(folder))
    mark.write_text(now)


def _refuse_an_installation() -> None:
    """Raise CommandError where a database without a demonstration's mark holds something."""
    from amity.accounts.models import User
    from amity.record.models import Dossier

    there = connection.introspection.table_names()
    if any(one._meta.db_table in there and one.objects.exists() for one in (User, Dossier)):
        raise CommandError(
            f"the database of {settings.DATA_DIR} is no demonstration's, and stays as it is; name "
            "another folder in AMITY_DATA_DIR, and no DATABASE_URL"
        )


def _set_aside() -> None:
    """Give the database's file another name. Raises CommandError where it is no file."""
    if connection.vendor != "sqlite":
        raise CommandError("the database holds another demonstration; expected an empty one")
    path = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.is_file():
            part.replace(path.with_name(f"{path.stem}.former{path.suffix}{ending}"))


def _database_holds_something() -> bool:
    from amity.record.models import Dossier

    return Dossier.objects.exists()


def _database_stands() -> bool:
    from amity.record.models import Dossier

    return Dossier.objects.count() >= len(dossiers())

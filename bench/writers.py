"""Lets many write at once, first one record and then each a record of their own.

    ./run python bench/writers.py --database both          # 50 writers on each database

All have read the record before the first of them saves, and begin at one signal, each in a thread
with a connection of its own, as the server's are. Of those who write one record, one must win and
each other be told of the conflict, with its own version and the one that stands; of those who
write different records all must succeed. One line per database; exit 1 unless that holds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases import database  # noqa: E402 - after the path


def main() -> int:
    """Measure on the databases that are named; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        return measure(chosen.inside, chosen.writers)
    named = ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,)
    return max(outside(name, chosen.writers) for name in named)


def outside(name: str, writers: int) -> int:
    """Measure in a process of its own, for its settings name the database."""
    with (
        tempfile.TemporaryDirectory(prefix="amity-writers-") as folder,
        database(name, Path(folder)) as url,
    ):
        surroundings = os.environ | {
            "DATABASE_URL": url,
            "AMITY_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }
        command = [sys.executable, __file__, "--inside", name, "--writers", str(writers)]
        return subprocess.run(command, env=surroundings, check=False).returncode


def measure(name: str, writers: int) -> int:
    """Both races on the database of the settings."""
    import django

    django.setup()
    from django.core.management import call_command

    from amity.accounts.queries import acting_by_command
    from amity.languages.text import Text
    from amity.network.models import Office, Person
    from amity.record.actions import save
    from amity.record.models import Dossier
    from amity.record.refusals import Conflict
    from bench.one_office import prepare

    call_command("migrate", verbosity=0)
    prepare()
    acting = acting_by_command("writers", Office.objects.select_related("organization").get())
    dossier = Dossier.objects.get()
    people = [
        Person(dossier=dossier, key=f"person-{number}", name=Text.of("Nobody yet", "en"))
        for number in range(writers)
    ]
    for person in people:
        save(acting, person)

    def write(number: int, key: str) -> Callable[[], str]:
        record = Person.everything.get(key=key)
        record.name = Text.of(f"Writer {number}", "en")

        def run() -> str:
            try:
                save(acting, record)
            except Conflict as conflict:
                both = _said(conflict.mine), _said(conflict.theirs)
                won = _said_now(Person.everything.get(key=key))
                return "conflict" if both == (f"Writer {number}", won) else f"lost: {both}"
            return "saved"

        return run

    one, seconds_of_one = race([write(number, "person-0") for number in range(writers)])
    each, seconds_of_each = race([write(number, f"person-{number}") for number in range(writers)])
    revisions = set(Person.everything.values_list("revision", flat=True))
    held = (
        sorted(one) == ["conflict"] * (writers - 1) + ["saved"]
        and each == ["saved"] * writers
        and Person.everything.get(key="person-0").revision == 3
        and revisions == {2, 3}
    )
    print(
        f"{name}: {writers} writers on one record: {one.count('saved')} saved, "
        f"{one.count('conflict')} told of the conflict with both versions, {seconds_of_one:.2f} s; "
        f"on {writers} records: {each.count('saved')} saved, {seconds_of_each:.2f} s; "
        f"{'holds' if held else f'does not hold: {set(one + each)}'}",
        flush=True,
    )
    return int(not held)


def race(runs: list[Callable[[], str]]) -> tuple[list[str], float]:
    """What came of each, begun at once, and how many seconds all took together."""
    from django.db import connection

    found = [""] * len(runs)
    line = Barrier(len(runs) + 1)

    def run(number: int) -> None:
        connection.ensure_connection()
        line.wait()
        try:
            found[number] = runs[number]()
        except Exception as error:  # it is counted and told, whatever it is
            found[number] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(runs))]
    for thread in threads:
        thread.start()
    line.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    return found, time.monotonic() - began


def _said(state: object) -> str:
    """The name in the plain state of a person."""
    return str(state["name"]["versions"]["en"]["words"]) if isinstance(state, dict) else ""


def _said_now(person: object) -> str:
    from amity.network.models import Person

    return str(person.name) if isinstance(person, Person) else ""


if __name__ == "__main__":
    sys.exit(main())

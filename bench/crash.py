"""Kills a process again and again while it saves, and looks at what it left behind.

    ./run python bench/crash.py --rounds 200                          # on SQLite
    ./run python bench/crash.py --rounds 50 --database postgresql     # on a PostgreSQL of its own

Each round a process writes through `record.actions` (new records with lists, changes, releases,
removals and undos) and says on a pipe, after each, what it was told is written. After a random
while, once five were acknowledged at least, it is killed with SIGKILL. Then must hold:

- what was acknowledged is there whole, with its entry of the audit trail (else it is *lost*);
- of what was not acknowledged each is there whole or not at all: the audit trail of each record
  leads to what stands, and a rebuild from nothing would write nothing (else it is *torn*).

Last line: `crash: N rounds, A acknowledged, L lost, T torn`; exit 1 unless L and T are 0 and A is
at least 5 a round.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases import database  # noqa: E402 - after the path

LEAST = 5
"""Writes that a round acknowledges at least."""
LONGEST = 0.4
"""Seconds that a round goes on at most after these."""


def main() -> int:
    """Run the rounds; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="amity-crash-") as folder,
        database(chosen.database, Path(folder)) as url,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "AMITY_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }
        acknowledged, lost, torn = rounds(chosen.rounds, random.Random(chosen.seed))
    print(
        f"crash: {chosen.rounds} rounds, {acknowledged} acknowledged, {lost} lost, {torn} torn",
        flush=True,
    )
    return int(bool(lost or torn or acknowledged < LEAST * chosen.rounds))


def rounds(number: int, chance: random.Random) -> tuple[int, int, int]:
    """Acknowledged writes, lost ones and torn records of so many rounds."""
    import django

    import amity  # noqa: F401 - first, for it makes sure of a safe SQLite library

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.crash_writer import prepare, write

    call_command("migrate", verbosity=0)
    prepare()
    connection.close()
    acknowledged = lost = torn = 0
    for one in range(number):
        said = killed_while(lambda pipe, one=one: write(pipe, one), chance)
        acknowledged += len(said)
        lost += count_lost(said)
        torn += count_torn()
        connection.close()  # the next process must not share it
        if (one + 1) % 10 == 0:
            print(f"{one + 1} rounds, {acknowledged} acknowledged", flush=True)
    return acknowledged, lost, torn


def killed_while(work, chance: random.Random) -> list[dict]:
    """Have a process work, kill it, and give what it said was written."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    stream = os.fdopen(reading)
    said = [stream.readline() for _ in range(LEAST)]
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said += stream.readlines()
    return [json.loads(line) for line in said if line.endswith("\n")]


def count_lost(said: list[dict]) -> int:
    """Acknowledged writes whose entry of the audit trail, or whose record, is not there."""
    from amity.foundation.models import Change
    from amity.record import kinds
    from amity.record.models import Entry

    lost = 0
    for one in said:
        noted = Change.objects.filter(pk=one["change"], kind=one["kind"], key=one["key"]).exists()
        later = Change.objects.filter(kind=one["kind"], key=one["key"], pk__gt=one["change"])
        if not later.filter(verb__in=("remove", "undo", "add")).exists():
            rows = kinds.get(one["kind"]).model.everything.filter(key=one["key"])
            entry = Entry.everything.get(kind=one["kind"], key=one["key"])
            there = rows.filter(revision__gte=one["revision"]).exists() and not entry.removed_at
            noted &= there if one["there"] else bool(entry.removed_at) and not rows.exists()
        lost += not noted
    return lost


def count_torn() -> int:
    """Records that are not what their audit trail leads to, and what a rebuild would write."""
    from amity.foundation.actions import By
    from amity.foundation.differences import ABSENT, FieldChange, put
    from amity.gatherings.models import Gathering, Session
    from amity.network.models import Person
    from amity.record.actions import rebuild
    from amity.record.plain import plain_rows
    from amity.record.queries import history

    torn = sum(wrong.rows for wrong in rebuild(By(command="crash"), only_check=True))
    for model in (Gathering, Session, Person):
        records = model.everything.in_bulk()
        for number, state in plain_rows(model.everything.order_by("-pk")):
            told = ABSENT
            for change in reversed(history(records[number])):
                for path in map(FieldChange.from_json, change.paths):
                    told = put(told, path.path, path.after)
            torn += told != state
    return torn


if __name__ == "__main__":
    sys.exit(main())

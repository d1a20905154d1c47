"""Asks the desk, with an officer's session, for what another side keeps to itself.

    ./run python bench/hostile.py --requests 10000
    ./run python bench/hostile.py --database postgresql

The requests are those of `tests/access/hostile.py`: every address of the desk with every record
that not everybody reads and with all that hangs on them, then forms at random with what is not
theirs in their fields; a part of both by a program with a token. Each private field of the other
sides holds a token. The officer of A must get none of B's and C's and change nothing of theirs; an
administrator, who is no party, must read nothing that not everybody reads; the same requests, sent
by B and C, must find every one of their own.

Last line: `hostile: R requests, T tokens to find, L leaked, C changed, F failed, N not found by
their own`; exit 1 unless the last four are 0. `--seed` repeats a run.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from itertools import chain, islice
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.databases import database  # noqa: E402 - after the path


def main() -> int:
    """Make the world in a database of its own and ask; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="amity-hostile-") as folder,
        database(chosen.database, Path(folder)) as url,
    ):
        os.environ |= {
            "DATABASE_URL": url,
            "AMITY_DATA_DIR": folder,
            "AMITY_BASE_URL": "http://testserver",
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
        }
        return ask(chosen.requests, Random(chosen.seed))


def ask(number: int, chance: Random) -> int:
    """Ask so many times as A, and the same as B and C; gives the exit code."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.access.hostile import found, hidden, kept, private, reads, wanted, writes
    from tests.access.world import World

    logging.disable()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    world = World()
    clients = private(world)
    never, before = hidden(world, "a"), kept()
    asked = list(islice(chain(reads(), writes(chance)), number))
    leaked, failed, began = 0, 0, time.monotonic()
    # First: afterwards A has let everybody read some of its own.
    for one in [one for one in asked if one.method == "get" and not one.by_program]:
        if leak := found(one, one.answer(clients["root"])) & hidden(world, "root"):
            leaked += 1
            print(f"leaked to an administrator: {one}: {world.tokens.told(leak)}", flush=True)
    for one in asked:
        answer = one.answer(clients["a"])
        if leak := found(one, answer) & never:
            leaked += 1
            print(f"leaked: {one}: {world.tokens.told(leak)}", flush=True)
        if answer.status_code >= 500 or "elsewhere.example" in answer.headers.get("Location", ""):
            failed += 1
            print(f"failed: {one}: {answer.status_code}", flush=True)
    changed = sum(one != other for one, other in zip(before, kept(), strict=False))
    changed += abs(len(before) - len(kept()))
    print(f"{len(asked)} requests in {time.monotonic() - began:.0f} s", flush=True)
    missing = 0
    for letter in "bc":
        tokens = {token for one in asked for token in found(one, one.answer(clients[letter]))}
        missing += len(not_found := wanted(world, letter) - tokens)
        print(f"{letter}: not found: {world.tokens.told(not_found)}", flush=True)
    to_find = len(wanted(world, "b") | wanted(world, "c"))
    print(
        f"hostile: {len(asked)} requests, {to_find} tokens to find, {leaked} leaked, "
        f"{changed} changed, {failed} failed, {missing} not found by their own",
        flush=True,
    )
    return int(bool(leaked or changed or failed or missing))


if __name__ == "__main__":
    sys.exit(main())

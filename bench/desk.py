"""Officers of two sides at work at once, each in a browser, against a served installation.

    ./run python bench/desk.py --officers 50 --seconds 60 --database both
    ./run python bench/desk.py --database postgresql --servers 2

Each officer opens the start page, lists and records, types into forms that keep themselves, saves
a person of their own, whom the public reads, proposes changes of a gathering that both sides have
confirmed, agrees to those of the other side, and changes a record that all of their office change
(a conflict is an answer there). Between two pages they read for a second or two. The time begins
when every worker has made each page.

With two servers, each with its loop process on one database, every request goes to whichever
comes; tries to sign in at both are counted together, each letter is sent by one of them, and one
is killed half-way: what it had not answered yet is asked of the other, as a person would.

*Failed*: an answer that should not be, or a public page that shows less than was acknowledged.
*Lost*: something acknowledged, a draft too, that is not there afterwards. *p95* is over all
requests; the list is measured apart, in CPU time on a quick core (`bench/cores.py`).

Last line: `desk: N officers, R requests, F failed, L lost, p95 M ms, list of 500 C ms CPU Q
statements`; exit 1 unless F and L are 0 and R is at least 20 an officer a minute.
"""

import argparse
import os
import sys
import threading
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.cores import loop_ms  # noqa: E402 - after the path
from bench.installation import Browser, Server, apart, environment, set_up  # noqa: E402
from bench.mailbox import Mailbox, mailbox  # noqa: E402

if TYPE_CHECKING:
    from bench.desk_officers import Shift
    from bench.desk_world import Place

LEAST_A_MINUTE = 20
LONG = 3_600
LETTERS = 40
"""Letters that two loop processes have to share, and come within `PATIENCE` seconds."""
PATIENCE = 60


def main() -> int:
    """Drive the databases that are named; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    parser.add_argument("--servers", type=int, choices=(1, 2), default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        with mailbox() as box:
            return inside(chosen, box)
    named = ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,)
    return max(outside(name) for name in named)


def outside(name: str) -> int:
    """Drive one in a process of its own."""
    print(f"{name}:", flush=True)
    return apart(__file__, "desk", name)


def inside(chosen: argparse.Namespace, box: Mailbox) -> int:
    """Make the installation, drive it, look at what is there; gives the exit code."""
    set_up()
    from django.db import connection

    from bench.desk_world import lost, pages, prepare

    places = prepare(chosen.officers)
    measured = pages(places[0])
    connection.close()
    log = chosen.inside / "servers.log"
    mail = f"smtp://127.0.0.1:{box.port}"
    surroundings = environment(chosen.inside, os.environ["DATABASE_URL"], mail)
    servers = [Server(surroundings, log) for _ in range(chosen.servers)]
    try:
        for server in servers:
            server.start()
        before = loop_ms()
        shift = drive(chosen, servers, places, box)
        used = sum(server.cpu() for server in servers)
    finally:
        for server in servers:
            server.stop()
    if errors := [line for line in log.read_text().splitlines() if " ERROR " in line]:
        shift.fail(f"{len(errors)} errors, the first: {errors[0]}")
    missing = lost(shift.said)
    for one in missing[:10]:
        print(f"lost: {one}", flush=True)
    took = [one for some in shift.took.values() for one in some]
    p95 = 1000 * quantiles(took, n=20)[-1]
    print("| request | times | median ms | p95 ms |\n| --- | --: | --: | --: |")
    for sort, times in sorted(shift.took.items()):
        if len(times) > 1:
            cuts = [1000 * one for one in quantiles(times, n=20)]
            print(f"| {sort} | {len(times)} | {cuts[9]:.0f} | {cuts[-1]:.0f} |")
    print(f"CPU of the servers: {used:.0f} s in {chosen.seconds:.0f}")
    print("| page | CPU ms | on a quick core | statements |\n| --- | --: | --: | --: |")
    for page in measured:
        print(f"| {page.name} | {page.ms:.1f} | {page.quick_ms:.1f} | {page.statements} |")
    load = os.getloadavg()[0]
    print(f"{dict(shift.counts)}; load {load:.1f}, loop {before:.1f} and {loop_ms():.1f} ms")
    listed, requests = measured[0], len(took)
    print(
        f"desk: {chosen.officers} officers, {requests} requests, {len(shift.failed)} failed, "
        f"{len(missing)} lost, p95 {p95:.0f} ms, "
        f"list of 500 {listed.quick_ms:.1f} ms CPU {listed.statements} statements",
        flush=True,
    )
    enough = requests >= LEAST_A_MINUTE * chosen.officers * chosen.seconds / 60
    return int(bool(shift.failed or missing) or not enough)


def drive(
    chosen: argparse.Namespace, servers: list[Server], places: list["Place"], box: Mailbox
) -> "Shift":
    """Let all officers work; with two servers, kill one half-way."""
    from bench.desk_officers import Officer, Shift

    shift = Shift([server.port for server in servers], time.monotonic() + LONG)
    officers = [Officer(shift, place, number, chosen.seed) for number, place in enumerate(places)]
    for officer in officers[:2]:
        officer.warm()
    if len(servers) == 2:
        both(shift, places[0], box)
    shift.took.clear()
    shift.until = time.monotonic() + chosen.seconds
    threads = [threading.Thread(target=one.work) for one in officers]
    for thread in threads:
        thread.start()
    if len(servers) == 2:
        time.sleep(chosen.seconds / 2)
        gone = servers[1]
        shift.dead[gone.port] = time.monotonic()
        shift.ports = [servers[0].port]
        gone.kill()
        shift.dead[gone.port] = time.monotonic()
    for thread in threads:
        thread.join()
    return shift


def both(shift: "Shift", place: "Place", box: Mailbox) -> None:
    """What holds for two servers together: tries to sign in are counted for both, and each of
    forty letters, which both loop processes look for, is sent once."""
    from bench.desk_officers import Hasty

    first, second = shift.ports
    stranger = Browser({})
    stranger.get(first, "/en/sign-in/")
    sent = {"login": "nobody@example.org", "password": "not the right words"}
    answers = [stranger.post(shift.ports[turn % 2], "/en/sign-in/", sent) for turn in range(12)]
    for port, answer in zip((first, second), answers[-2:], strict=True):
        if "Too many tries" not in answer.text:
            shift.fail(f"a limit does not hold at {port}: {answer.status}")
    officer, before = Hasty(shift, place, 0, 0, 0), box.count
    officer.count = 5_000  # words of its own
    for _ in range(LETTERS):
        officer.invite()
    until = time.monotonic() + PATIENCE
    while box.count - before < LETTERS and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(3)  # a second one would come within two
    invited = {said.word for said in shift.said if said.what == "invite"}
    came = [ids for letter, ids in box.letters.items() if letter.recipient in invited]
    if len(came) != len(invited) or any(len(ids) != 1 for ids in came):
        shift.fail(f"{len(invited)} invitations came as {sum(map(len, came))} letters")


if __name__ == "__main__":
    sys.exit(main())

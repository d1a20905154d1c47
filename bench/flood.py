"""A flood of proposals through the form of a gathering, while an officer uses the desk.

    ./run python bench/flood.py --rate 1000 --seconds 60 --database both

A served installation of two workers takes it twice: from one network address, and from many
(127.0.0.0/8, a new one for each proposal). Each flooder opens the form, waits as long as a form
must be open, and sends it; every few seconds somebody genuine does the same from an address of
their own, and an officer opens the first page of the desk, the list of what was sent in, one of
it, and says that it is being read.

*Genuine lost*: not acknowledged, not there afterwards, or said by its own page to be unknown. The
limit of one address must hold over both workers: it is a failure if more is kept. *Desk p95* is
over all requests of the officer during both floods.

Last line: `flood: N sent, K kept, R refused, G genuine lost, desk p95 M ms`; exit 1 unless G is 0,
nothing failed, at least nine tenths of the rate was sent, and the desk stays usable (p95 within
`USABLE` seconds).
"""

import argparse
import itertools
import os
import random
import re
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.installation import (  # noqa: E402 - after the path
    Answer,
    Browser,
    Cut,
    Server,
    apart,
    environment,
    set_up,
)

GATHERING = "forum-of-both"
FORM = f"/en/gatherings/{GATHERING}/propose/"
TOKEN = re.compile(r'name="(token|held)" value="([^"]+)"')
ONE = re.compile(r'href="(/en/desk/submissions/\d+/)"')
OPEN = 3.2
"""Seconds for which a form must be open before it is sent."""
GENUINE = 2.0
"""Seconds between two people who are no flood."""
USABLE = 1.5
"""Seconds within which 95 of 100 pages of the desk must come."""
WARMING = 12
PATIENCE = 60


def main() -> int:
    """Flood the databases that are named; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=1_000, help="proposals a minute")
    parser.add_argument("--seconds", type=float, default=60, help="of each flood")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        return inside(chosen)
    named = ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,)
    return max(outside(name) for name in named)


def outside(name: str) -> int:
    """Flood one in a process of its own."""
    print(f"{name}:", flush=True)
    return apart(__file__, "flood", name)


@dataclass
class Flood:
    """One flood: from where, what was answered, and how long the officer waited."""

    name: str
    port: int
    until: float
    answers: Counter[int] = field(default_factory=Counter)
    genuine: dict[str, str] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    begun: int = 0

    def fail(self, words: str) -> None:
        """Note something that should not be."""
        self.failed.append(words)
        if len(self.failed) <= 5:
            print(f"failed: {words}", flush=True)


def propose(port: int, place: str, title: str) -> tuple[int, str]:
    """Open the form from a network address and send it; gives status and address of its page.

    Status 0: the connection ended before an answer was there.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(place, 0))
    try:
        connection.request("GET", FORM)
        opened = dict(TOKEN.findall(connection.getresponse().read().decode()))
        connection.close()
        time.sleep(OPEN)
        words = {"kind": "proposal", "title": title, "words": f"{title}. " * 20, "language": "en"}
        connection.request(
            "POST",
            FORM,
            urlencode(words | opened | {"name": "Somebody"}),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "").partition("?")[0]
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


def flood(flood: Flood, rate: int, *, one: bool) -> None:
    """Send so many a minute until the time is up, whatever is answered."""
    threads = []
    began = time.monotonic()
    for number in itertools.count():
        due = began + number * 60 / rate
        if due >= flood.until:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        place = (
            "127.9.9.9"
            if one
            else f"127.{10 + number // 65025}.{number // 255 % 255}.{number % 255}"
        )
        thread = threading.Thread(target=_flooder, args=(flood, place, number))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()


def _flooder(flood: Flood, place: str, number: int) -> None:
    status, _page = propose(flood.port, place, f"Flood {flood.name} {number}")
    flood.answers[status] += 1


def genuine(flood: Flood) -> None:
    """Somebody genuine every few seconds, each from an address of their own."""
    threads = []
    while time.monotonic() < flood.until:
        title = f"Genuine {flood.name} {flood.begun}"
        place = f"127.200.{len(flood.name)}.{1 + flood.begun}"
        flood.begun += 1
        thread = threading.Thread(target=_person, args=(flood, place, title))
        thread.start()
        threads.append(thread)
        time.sleep(GENUINE)
    for thread in threads:
        thread.join()


def _person(flood: Flood, place: str, title: str) -> None:
    status, page = propose(flood.port, place, title)
    if status == 303:
        flood.genuine[title] = page
    else:
        flood.missed.append(f"{title}: {status}")


def work(flood: Flood, browser: Browser) -> None:
    """An officer at the desk, until the time is up: what each page took goes to `took`."""
    chance = random.Random(flood.name)
    while time.monotonic() < flood.until:
        listed = ask(flood, browser, "/en/desk/submissions/")
        ask(flood, browser, "/en/desk/")
        ask(flood, browser, "/en/desk/submissions/?aside=1")
        found = ONE.findall(listed.text if listed else "")
        if found:
            one = chance.choice(found)
            ask(flood, browser, one)
            try:
                read = browser.post(flood.port, f"{one}read/", {})
            except Cut as error:
                flood.fail(f"{one}read/: {error}")
            else:
                flood.took.append(read.seconds)
                if read.status != 302:
                    flood.fail(f"{one}read/: {read.status}")
        time.sleep(chance.uniform(0.2, 0.8))


def ask(flood: Flood, browser: Browser, address: str) -> Answer | None:
    """A page of the desk; None where none came."""
    try:
        answer = browser.get(flood.port, address)
    except Cut as error:
        flood.fail(f"{address}: {error}")
        return None
    flood.took.append(answer.seconds)
    if answer.status != 200:
        flood.fail(f"{address}: {answer.status}")
    return answer


def inside(chosen: argparse.Namespace) -> int:
    """Make the installation, flood it twice, look at what is there; gives the exit code."""
    set_up()
    from django.db import connection

    from bench.desk_world import prepare

    (place, *_others) = prepare(2, people=20)
    open_form()
    connection.close()
    log = chosen.inside / "servers.log"
    server = Server(environment(chosen.inside, os.environ["DATABASE_URL"]), log)
    browser = Browser(place.cookies)
    done: list[tuple[Flood, Counter[str]]] = []
    try:
        server.start()
        quiet = Flood("quiet", server.port, time.monotonic() + WARMING)
        work(quiet, browser)
        quiet.took.clear()
        quiet.until = time.monotonic() + WARMING
        work(quiet, browser)
        for name in ("one", "many"):
            running = Flood(name, server.port, time.monotonic() + chosen.seconds)
            others = [
                threading.Thread(
                    target=flood, args=(running, chosen.rate), kwargs={"one": name == "one"}
                ),
                threading.Thread(target=genuine, args=(running,)),
            ]
            for thread in others:
                thread.start()
            work(running, browser)
            for thread in others:
                thread.join()
            for title, page in running.genuine.items():
                answer = browser.get(server.port, page)
                if answer.status != 200 or title not in answer.text:
                    running.missed.append(f"{title}: its page says {answer.status}")
            done.append((running, kept_of(running)))
    finally:
        server.stop()
    return told(chosen, log, quiet, done)


def open_form() -> None:
    """The form of a gathering, which everybody finds, with the limits it has by itself."""
    from datetime import timedelta

    from django.utils import timezone

    from amity.accounts.queries import acting_by_command
    from amity.collecting.actions.form import keep, new_call
    from amity.gatherings.models import Gathering
    from amity.languages.text import Text
    from amity.network.models import Office
    from amity.record.actions import save
    from amity.record.choices import Audience

    office = Office.objects.select_related("organization").get(organization__key="north-office")
    acting = acting_by_command("bench", office)
    like = Gathering.everything.get(key="forum-0")
    gathering = Gathering(
        dossier=like.dossier,
        key=GATHERING,
        kind=like.kind,
        title=Text.of("Forum of both towns", "en"),
        partnership=like.partnership,
        status=like.status,
        when=like.when,
        timezone=like.timezone,
    )
    save(acting, gathering, audience=Audience.PUBLIC)
    call, now = new_call(gathering), timezone.now()
    call.opens_at, call.closes_at = now - timedelta(days=1), now + timedelta(days=7)
    keep(acting, gathering, call, closed=False, renew=False)


def kept_of(flood: Flood) -> Counter[str]:
    """What is there of a flood afterwards, and of it what was set aside; genuine ones that are
    missing are added to what was lost."""
    from amity.collecting.models import Submission

    rows = Submission.objects.filter(title__startswith=f"Flood {flood.name} ")
    there = set(
        Submission.objects.filter(title__startswith=f"Genuine {flood.name} ").values_list(
            "title", flat=True
        )
    )
    flood.missed += [f"{one}: not there" for one in flood.genuine if one not in there]
    return Counter(kept=rows.count(), aside=rows.filter(aside=True).count())


def told(
    chosen: argparse.Namespace, log: Path, quiet: Flood, done: list[tuple[Flood, Counter[str]]]
) -> int:
    """Say what became of both floods; gives the exit code."""
    from amity.collecting.actions.receiving import FROM_ONE_PLACE

    failures = [words for one, _kept in done for words in one.failed]
    if errors := [line for line in log.read_text().splitlines() if " ERROR " in line]:
        failures.append(f"{len(errors)} errors, the first: {errors[0]}")
        print(failures[-1], flush=True)
    print("| from | sent | kept | of these aside | refused | genuine | lost | desk p95 ms |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    print(f"| nobody | 0 | 0 | 0 | 0 | 0 | 0 | {p95(quiet.took):.0f} |")
    sent = kept = lost = 0
    for one, held in done:
        count = sum(one.answers.values())
        sent, kept, lost = sent + count, kept + held["kept"], lost + len(one.missed)
        print(
            f"| {one.name} | {count} | {held['kept']} | {held['aside']} | {count - held['kept']} "
            f"| {one.begun} | {len(one.missed)} | {p95(one.took):.0f} |"
        )
        for words in one.missed[:5]:
            print(f"lost: {words}", flush=True)
        print(f"{one.name}: answers {dict(one.answers)}", flush=True)
        if count < 0.9 * chosen.rate * chosen.seconds / 60:
            failures.append(f"{one.name}: only {count} were sent")
        if one.name == "one" and held["kept"] > FROM_ONE_PLACE:
            failures.append(f"{held['kept']} from one place: the limit is {FROM_ONE_PLACE}")
    slow = p95([seconds for one, _kept in done for seconds in one.took])
    for words in failures[:5]:
        print(f"failed: {words}", flush=True)
    print(
        f"flood: {sent} sent, {kept} kept, {sent - kept} refused, {lost} genuine lost, "
        f"desk p95 {slow:.0f} ms",
        flush=True,
    )
    return int(bool(failures or lost) or slow > 1000 * USABLE)


def p95(took: list[float]) -> float:
    """Milliseconds within which 95 of 100 requests were answered."""
    return 1000 * quantiles(took, n=20)[-1] if len(took) > 1 else 0.0


if __name__ == "__main__":
    sys.exit(main())

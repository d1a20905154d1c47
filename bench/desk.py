"""Officers of two sides at work at once, each in a browser, against a served installation.

    ./run python bench/desk.py --officers 50 --seconds 60 --database both
    ./run python bench/desk.py --database postgresql --servers 2    # one is killed half-way

Each officer opens the start page, lists and records, types into forms that keep themselves, saves
a person of their own, whom the public reads, proposes changes of a gathering that both sides have
confirmed, agrees to those of the other side, and changes a record that all of their office change
(a conflict is an answer there). Between two pages they read for a second or two. The time begins
when every worker has made each page. With two servers, each with its loop process on one database,
every request goes to whichever comes; one is killed half-way, and what it had not answered yet is
asked of the other, as a person would.

*Failed*: an answer that should not be, or a public page that shows less than was acknowledged.
*Lost*: something acknowledged, a draft too, that is not there afterwards. *p95* is over all
requests; the list is measured apart, in CPU time on a quick core (`bench/cores.py`).

Last line: `desk: N officers, R requests, F failed, L lost, p95 M ms, list of 500 C ms CPU Q
statements`; exit 1 unless F and L are 0 and R is at least 20 an officer a minute.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.cores import loop_ms  # noqa: E402 - after the path
from bench.databases import database  # noqa: E402
from bench.installation import Answer, Browser, Cut, Server, environment, fields_of  # noqa: E402

if TYPE_CHECKING:
    from bench.desk_world import Place, Said

LEAST_A_MINUTE = 20
THINKING = (0.8, 2.2)
"""Seconds between two requests of an officer."""
WARMING = 6
"""How often each of the first two officers does everything before the time begins."""
RESTING = 3.0
"""Seconds within which a server that was killed may still be asked."""


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
        return inside(chosen)
    named = ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,)
    return max(outside(name) for name in named)


def outside(name: str) -> int:
    """Drive one in a process of its own, for its settings name the database."""
    with (
        tempfile.TemporaryDirectory(prefix="amity-desk-") as folder,
        database(name, Path(folder)) as url,
    ):
        print(f"{name}:", flush=True)
        command = [sys.executable, __file__, *sys.argv[1:], "--inside", folder]
        surroundings = environment(Path(folder), url)
        return subprocess.run(command, env=surroundings, check=False).returncode


@dataclass
class Shift:
    """What all officers share: the servers, until when they work, and what they were told."""

    ports: list[int]
    until: float
    dead: dict[int, float] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    said: list["Said"] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def fail(self, words: str) -> None:
        """Note something that should not be."""
        self.failed.append(words)
        if len(self.failed) <= 10:
            print(f"failed: {words}", flush=True)


class Officer:
    """One person at the desk, in a thread."""

    def __init__(self, shift: Shift, place: "Place", number: int, seed: int) -> None:
        self.shift, self.place, self.number = shift, place, number
        self.chance = random.Random(f"{seed} {number}")
        self.browser, self.thinking = Browser(place.cookies), THINKING
        self.count = 0

    def warm(self) -> None:
        """Do everything some times without a pause, so that each worker has made each page."""
        self.thinking = (0.0, 0.0)
        for _ in range(WARMING):
            for deed in (self.look, self.write, self.propose, self.agree, self.share):
                deed()
        self.thinking = THINKING

    def work(self) -> None:
        """Do one thing after the other until the time is up."""
        deeds = [self.look, self.write, self.write, self.propose, self.agree, self.share]
        time.sleep(self.chance.uniform(0, THINKING[1]))
        while time.monotonic() < self.shift.until:
            try:
                self.chance.choice(deeds)()
            except Over:
                return

    # What they do

    def look(self) -> None:
        """The start page, a list that is searched, a record with its history."""
        key = f"somebody-{self.chance.randrange(400)}"
        self.get("/en/desk/")
        self.get(f"/en/desk/records/persons/?q={self.chance.choice(('anna', 'some', ''))}")
        self.get(f"/en/desk/choose/?kind=persons&q=anna+{self.chance.randrange(40)}")
        self.get(f"/en/desk/records/persons/{key}/")
        self.get(f"/en/desk/records/gatherings/{self.place.gathering}/history/")

    def write(self) -> None:
        """Type into the form of one's own person, which keeps itself, save, and read it outside."""
        address = f"/en/desk/records/persons/{self.place.person}/"
        form = fields_of(self.get(f"{address}edit/").text)
        for number in range(1, self.chance.randint(2, 4)):
            word = self.word()
            form["summary-en"] = [f"Writes {word}"]
            kept = self.post(f"{address}draft/", form | {"number": [str(number)]})
            if kept.status == 200 and '"kept": true' in kept.text:
                self.acknowledged("draft", "person", self.place.person, word)
            elif kept.status != 0:
                self.shift.fail(f"draft: {kept.status} {kept.text[:200]}")
        word = self.word()
        form["summary-en"] = [f"Has written {word}"]
        if self.saved(self.post(f"{address}edit/", form | {"act": ["save"]})):
            self.acknowledged("save", "person", self.place.person, word)
            outside = self.get(f"/en/persons/{self.place.person}/", stranger=True)
            if word not in outside.text:
                self.shift.fail(f"the public reads less than was saved: {self.place.person} {word}")

    def propose(self) -> None:
        """Propose another title of the gathering."""
        address = f"/en/desk/records/gatherings/{self.place.gathering}/"
        form = fields_of(self.get(f"{address}edit/").text)
        word = self.word()
        form |= {"title-en": [f"Forum {word}"], "note": ["Better"], "act": ["propose"]}
        answer = self.post(f"{address}edit/", form)
        if answer.status == 409:
            self.shift.counts["conflicts"] += 1
        elif self.saved(answer):
            self.acknowledged("propose", "gathering", self.place.gathering, word)

    def agree(self) -> None:
        """Agree to what the other side proposes, if anything."""
        key = self.place.gathering
        page = self.get(f"/en/desk/records/gatherings/{key}/").text
        for section in page.split('<article class="proposal')[1:]:
            field_ = re.search(r'name="(verdict-\d+)"', section)
            address = re.search(r'action="(/en/desk/[^"]*/proposals/\d+/)"', section)
            word = re.search(r"<ins>Forum (w\d+x\d+x)</ins>", section)
            if field_ and address and word:
                sent = {field_[1]: ["agree"], "act": ["answer"]}
                self.post(address[1], sent)
                after = self.get(f"/en/desk/records/gatherings/{key}/").text
                if "Agreed." in after:
                    self.acknowledged("agree", "gathering", key, word[1])
                return

    def share(self) -> None:
        """Change the record of one's office, which all colleagues do."""
        key = ("all-of-north", "all-of-south")[self.number % 2]
        address = f"/en/desk/records/persons/{key}/"
        form = fields_of(self.get(f"{address}edit/").text)
        word = self.word()
        form |= {"summary-en": [f"All of us: {word}"], "act": ["save"]}
        answer = self.post(f"{address}edit/", form)
        if answer.status == 409:
            self.shift.counts["conflicts"] += 1
            if word not in answer.text:
                self.shift.fail("a conflict without one's own version")
        elif self.saved(answer):
            self.acknowledged("share", "person", key, word)

    # How they do it

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.count += 1
        return f"w{self.number}x{self.count}x"

    def saved(self, answer: Answer) -> bool:
        """Whether a form was taken; anything else but a cut is a failure."""
        if answer.status not in (302, 0):
            fault = re.search(r'class="fault"[^>]*>([^<]*)|<p>([^<]*)</p>', answer.text)
            self.shift.fail(f"a form: {answer.status} {fault[0] if fault else answer.text[:300]}")
        return answer.status == 302 and "/sign-in/" not in answer.place

    def acknowledged(self, what: str, kind: str, key: str, word: str) -> None:
        """Note what must be there afterwards."""
        from bench.desk_world import Said

        self.shift.said.append(Said(what, self.place.user, kind, key, word))
        self.shift.counts[what] += 1

    def get(self, address: str, *, stranger: bool = False) -> Answer:
        """Read a page, of the other server where one is gone."""
        return self.ask(Browser({}) if stranger else self.browser, address, None)

    def post(self, address: str, fields: dict[str, list[str]]) -> Answer:
        """Send a form; status 0 where the server was killed before it answered."""
        return self.ask(self.browser, address, fields)

    def ask(self, browser: Browser, address: str, fields: dict[str, list[str]] | None) -> Answer:
        """One request, and a while of thinking after it. Raises Over when the time is up."""
        while True:
            if time.monotonic() > self.shift.until:
                raise Over
            port = self.chance.choice(self.shift.ports)
            try:
                answer = (
                    browser.get(port, address)
                    if fields is None
                    else browser.post(port, address, fields)
                )
            except Cut as cut:
                gone = self.shift.dead.get(port)
                if gone is None or time.monotonic() > gone + RESTING:
                    self.shift.fail(f"{address}: {cut}")
                self.shift.counts["cut off"] += 1
                if fields is None:
                    continue
                return Answer(0, "", "", 0.0)
            self.shift.took[_sort(address, fields)].append(answer.seconds)
            if fields is None and answer.status != 200:
                self.shift.fail(f"{address}: {answer.status} {answer.place}")
            time.sleep(self.chance.uniform(*self.thinking))
            return answer


def _sort(address: str, fields: dict[str, list[str]] | None) -> str:
    """What sort of request this is, for the table."""
    words = address.partition("?")[0].strip("/").split("/")
    last = words[-1] if words[-1] in ("edit", "draft", "history", "choose") else ""
    kind = words[3] if len(words) > 3 else words[-1] if "desk" in words else "public page"
    shown = last or ("answer" if "proposals" in words else "list" if len(words) == 4 else "page")
    act = str((fields or {}).get("act", [""])[0])
    return f"{kind} {shown}{' ' + act if act else ''}{' (form)' if fields and not act else ''}"


class Over(Exception):
    """The time is up."""


def inside(chosen: argparse.Namespace) -> int:
    """Make the installation, drive it, look at what is there; gives the exit code."""
    import django

    import amity  # noqa: F401 - first, for it makes sure of a safe SQLite library

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.desk_world import lost, pages, prepare

    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    places = prepare(chosen.officers)
    measured = pages(places[0])
    connection.close()
    log = chosen.inside / "servers.log"
    servers = [Server(os.environ, log) for _ in range(chosen.servers)]
    try:
        for server in servers:
            server.start()
        before = loop_ms()
        shift = drive(chosen, servers, places)
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


def drive(chosen: argparse.Namespace, servers: list[Server], places: list["Place"]) -> Shift:
    """Let all officers work; with two servers, kill one half-way."""
    began = time.monotonic()
    shift = Shift([server.port for server in servers], began + chosen.seconds)
    officers = [Officer(shift, place, number, chosen.seed) for number, place in enumerate(places)]
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


if __name__ == "__main__":
    sys.exit(main())

"""Officers at their desks, each in a thread with a browser, as `bench/desk.py` and `crash.py` need
them: what they do, what they were told, and what should not have been answered."""

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Container
from dataclasses import dataclass, field

from bench.crash_world import AFTER, edition
from bench.desk_world import Place, Said
from bench.installation import Answer, Browser, Cut, fields_of

THINKING = (0.8, 2.2)
"""Seconds between two requests of an officer."""
WARMING = 6
"""How often an officer who warms servers up does everything."""
RESTING = 3.0
"""Seconds within which a server that was killed may still be asked."""


@dataclass
class Shift:
    """What all officers share: the servers, until when they work, and what they were told."""

    ports: list[int]
    until: float
    dead: dict[int, float] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    said: list[Said] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def fail(self, words: str) -> None:
        """Note something that should not be."""
        self.failed.append(words)
        if len(self.failed) <= 10:
            print(f"failed: {words}", flush=True)


class Officer:
    """One person at the desk, in a thread."""

    def __init__(self, shift: Shift, place: Place, number: int, seed: int) -> None:
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
        deeds = self.deeds()
        time.sleep(self.chance.uniform(0, self.thinking[1]))
        while time.monotonic() < self.shift.until:
            try:
                self.chance.choice(deeds)()
            except Over:
                return

    def deeds(self) -> list[Callable[[], None]]:
        """What is done, each as often as it stands here."""
        return [self.look, self.write, self.write, self.propose, self.agree, self.share]

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
        form |= {"title-en": [f"Forum {word}"], "note": [f"Better {word}"], "act": ["propose"]}
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
        self.shift.said.append(Said(what, self.place.user, kind, key, word))
        self.shift.counts[what] += 1

    def get(self, address: str, *, stranger: bool = False) -> Answer:
        """Read a page, of the other server where one is gone."""
        return self.ask(Browser({}) if stranger else self.browser, address, None)

    def post(self, address: str, fields: dict[str, list[str]]) -> Answer:
        """Send a form; status 0 where the server was killed before it answered."""
        return self.ask(self.browser, address, fields)

    def ask(
        self,
        browser: Browser,
        address: str,
        fields: dict[str, list[str]] | None,
        may: Container[int] = (),
    ) -> Answer:
        """One request, and a while of thinking after it; a page may also be answered by `may`.

        Raises Over when the time is up.
        """
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
            if fields is None and answer.status != 200 and answer.status not in may:
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


class Hasty(Officer):
    """One who does not read between two requests, and also begins, releases, removes, closes an
    edition, invites."""

    def __init__(self, shift: Shift, place: Place, number: int, seed: int, turn: int) -> None:
        super().__init__(shift, place, number, seed)
        self.thinking, self.turn, self.count = (0.0, 0.0), turn, turn * 10_000

    def deeds(self) -> list[Callable[[], None]]:
        """What is done, each as often as it stands here."""
        writing = [self.write, self.propose, self.agree, self.share, self.begin, self.close]
        return [*writing, self.invite, self.invite]

    def begin(self) -> None:
        """Begin a person, release it, and now and then remove it again."""
        form = fields_of(self.get("/en/desk/records/persons/new/").text)
        word = self.word()
        form |= {"name-en": [f"Newcomer {word}"], "summary-en": [word], "act": ["save"]}
        answer = self.post("/en/desk/records/persons/new/", form)
        if not self.saved(answer):
            return
        key = answer.place.strip("/").rpartition("/")[2]
        self.acknowledged("share", "person", key, word)
        address = f"/en/desk/records/persons/{key}/"
        page = self.get(f"{address}release/").text
        revision = re.search(r'name="revision" value="(\d+)"', page)
        sent = {"revision": [revision[1] if revision else ""], "audience": ["public"]}
        self.post(f"{address}release/", sent)
        if word in self.ask(Browser({}), f"/en/persons/{key}/", None, may={404}).text:
            self.acknowledged("release", "person", key, word)
        if self.chance.random() < 0.5:
            page = self.get(f"{address}remove/").text
            revision = re.search(r'name="revision" value="(\d+)"', page)
            sent = {"revision": [revision[1] if revision else ""], "reason": [f"Gone {word}"]}
            if self.post(f"{address}remove/", sent).status == 302:
                self.acknowledged("remove", "person", key, word)

    def close(self) -> None:
        """Split the promises of this round's edition, all at once; then close it, or agree to."""
        key = edition(self.turn, self.number // 2)
        address = f"/en/desk/gatherings/{key}/closing/"
        page = self.get(address).text
        if items := re.findall(r'name="item" value="([^"]+)"', page):
            into = {f"{one}-outcome": ["split"] for one in items}
            into |= {f"{one}-after": [" ".join(AFTER)] for one in items}
            answer = self.post(address, {"language": ["en"], "item": items} | into)
            if answer.status == 422:
                self.shift.counts["conflicts"] += 1
            elif self.saved(answer):
                self.acknowledged("split", "gathering", key, "")
        elif read := re.search(r'/closing/close/">.*?name="revision" value="(\d+)"', page, re.S):
            self.post(f"{address}close/", {"revision": [read[1]]})
            if "Agreed by every side." in self.get(address).text:
                self.acknowledged("close", "gathering", key, "")

    def invite(self) -> None:
        """Invite somebody: a letter goes out."""
        if "amity-form" not in self.browser.cookies:
            self.get("/en/desk/records/persons/new/")
        address = f"{self.word()}@example.net"
        sent = {"email": [address], "language": ["vi"], "mandate": ["editor"]}
        answer = self.post("/en/desk/office/", sent)
        if self.saved(answer):
            self.acknowledged("invite", "letter", "", address)


class Over(Exception):
    """The time is up."""

"""A year of a partnership in some minutes: is everybody reminded once, in their language?

    ./run python -m bench.year [--seed N]

300 promises of two sides, 40 people in charge, four officers with letters on different weekdays,
clocks that change twice, holidays, two dead addresses, a mail server that is gone for three days,
and chores that now and then run twice, as two loop processes would let them. The chores are the
product's own, hour by hour by a clock of ours; people answer some of what they are asked, and
officers accept it. What should be sent is reckoned here from the days themselves, what was sent is
read from the letters that the mail server took. Last line:

    year: R reminders due, S sent, D doubled, M missed

A reminder is a letter to somebody in charge, a line in an officer's weekly letter, or one in a
letter about missing reports. Exit 1 unless
D and M are 0 and R is over 3,000; a reminder that nobody was due, or in the wrong language, counts
as doubled.
"""

import argparse
import logging
import os
import sys
import tempfile
import time as watch
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LEAST = 3_000
HOUR = timedelta(hours=1)
STAGES = (7, 30, 90)


def main() -> int:
    """Run the year on a database of its own; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    with tempfile.TemporaryDirectory(prefix="amity-year-") as folder:
        os.environ |= {"AMITY_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "amity.settings.demo"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from amity.memory import collect_rarely

        collect_rarely()
        settings.EMAIL_BACKEND = "bench.year_world.MailServer"
        call_command("migrate", verbosity=0)
        logging.disable(logging.WARNING)  # of dead addresses, and of the server that is gone
        return Year(Random(seed)).run()


Line = tuple[str, str, int, str, date]
"""To whom, of which kind, stage, promise and day."""


@dataclass
class Year:
    """The clock, what was answered by now, and what is due to be told."""

    random: Random
    now: datetime = field(init=False)
    expected: Counter[Line] = field(default_factory=Counter)
    sent: Counter[Line] = field(default_factory=Counter)
    strange: int = 0
    planned: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    answered: set[tuple[str, date]] = field(default_factory=set)
    submitted: dict[str, list[tuple[int, date]]] = field(default_factory=dict)
    accepted: dict[str, tuple[int, date]] = field(default_factory=dict)
    read: int = 0

    def run(self) -> int:
        """Live through the year, and compare."""
        from bench.year_world import BEGINS, DOWN, ENDS, MailServer, build

        began = watch.process_time()
        self.now = BEGINS
        with mock.patch("django.utils.timezone.now", new=self._clock):
            self.made = build(self.random)
            while self.now < ENDS:
                MailServer.down = DOWN[0] <= self.now < DOWN[1]
                self._due_to_be_asked()
                self._due_in_letters()
                self._due_to_be_told()
                self._chores()
                self._post()
                self._people()
                self.now += HOUR
            self._post()
        self._read()
        return self._compare(watch.process_time() - began)

    def _clock(self) -> datetime:
        return self.now

    # What should be sent

    def _due_to_be_asked(self) -> None:
        from bench.year_world import MailServer, is_open

        for promise in self.made.promises:
            holder = self.made.holders[promise.office][promise.holder]
            if holder.mail in MailServer.dead or not is_open(holder, self.now):
                continue
            today = holder.at(self.now).date()
            for day in promise.due:
                if today >= day - timedelta(days=30):
                    self.expected[holder.mail, "ask", 0, promise.key, day] = 1

    def _due_in_letters(self) -> None:
        from bench.year_world import is_letter_day

        for officer in self.made.officers:
            if not is_letter_day(officer, self.now):
                continue
            today = officer.at(self.now).date()
            for promise in self.made.promises:
                if promise.office != officer.office:
                    if promise.key in self.accepted:
                        number, day = self.accepted[promise.key]
                        self._tell(officer.mail, "waiting", 0, promise.key, day, number)
                    continue
                for number, day in self.submitted.get(promise.key, ()):
                    self._tell(officer.mail, "waiting", 0, promise.key, day, number)
                for day in promise.due:
                    left = (day - today).days
                    stage = next((one for one in STAGES if 0 <= left <= one), 0)
                    if (promise.key, day) not in self.answered and (left < 0 or stage):
                        kind = "due" if stage or left >= 0 else "late"
                        self._tell(officer.mail, kind, stage, promise.key, day, 0)

    def _due_to_be_told(self) -> None:
        """Officers of whose promises no report came within a week after the day."""
        from bench.year_world import is_open_at

        for officer in self.made.officers:
            today = is_open_at(officer.office, self.now)
            for promise in self.made.promises if today else ():
                for day in promise.due if promise.office == officer.office else ():
                    passed = (today - day).days
                    if 7 <= passed <= 120 and (promise.key, day) not in self.answered:
                        self.expected[officer.mail, "missing", 0, promise.key, day] = 1

    def _tell(self, mail: str, kind: str, stage: int, key: str, day: date, report: int) -> None:
        """Each thing once: reports of one day on one promise are things of their own."""
        told = self._told.setdefault((mail, kind, stage, key, day), set())
        if report not in told:
            told.add(report)
            self.expected[mail, kind, stage, key, day] = len(told)

    _told: dict[Line, set[int]] = field(default_factory=dict)

    # What the product does

    def _chores(self) -> None:
        from amity.turns.actions.asking import ask_due
        from amity.turns.actions.deriving import follow
        from amity.turns.actions.escalating import escalate
        from amity.turns.actions.reminding import send_digests

        for chore in (follow, ask_due, escalate, send_digests):
            for _time in range(2 if self.random.random() < 0.1 else 1):
                chore(self.now)

    def _post(self) -> None:
        from amity.foundation.letters.posting import post_due

        while post_due().sent:
            pass

    # What people do

    def _people(self) -> None:
        """Read the letters that came, and do what was planned for this hour."""
        from bench.year_world import MailServer, secret_in

        for letter in MailServer.taken[self.read :]:
            secret = secret_in(letter)
            if secret and self.random.random() < 0.6:
                days = timedelta(days=self.random.randrange(1, 45))
                at = (self.now + days).replace(hour=13)
                self.planned.append((at, lambda secret=secret: self._answer(secret)))
        self.read = len(MailServer.taken)
        ready = [one for one in self.planned if one[0] <= self.now]
        self.planned = [one for one in self.planned if one[0] > self.now]
        for _at, act in ready:
            act()

    def _answer(self, secret: str) -> None:
        """Somebody in charge reports that a little was done."""
        from amity.turns.actions.answering import Answer, send
        from amity.turns.queries import link_with

        link = link_with(secret)
        if link is None:
            raise LookupError(secret)
        report = send(link, Answer("limited", link.holder.language, "A little.", "Rain.", ()))
        key = report.commitment.key
        self.answered.add((key, link.turn.due_on))
        submitted = report.submitted_on
        if submitted is None:
            raise LookupError(report.key)
        self.submitted.setdefault(key, []).append((report.pk, submitted))
        at = self.now + timedelta(days=self.random.randrange(2, 12))
        self.planned.append((at, lambda: self._accept(report.pk, key)))

    def _accept(self, number: int, key: str) -> None:
        from amity.followup.models import Report
        from amity.turns.actions.deciding import accept

        report = Report.everything.get(pk=number)
        office = next(one.office for one in self.made.promises if one.key == key)
        accept(self.made.actings[office], report)
        self.submitted[key] = [one for one in self.submitted[key] if one[0] != number]
        day = report.accepted_on
        if day is None:
            raise LookupError(report.key)
        last = self.accepted.get(key)
        if last is None or (last[1], last[0]) < (day, number):
            self.accepted[key] = (number, day)

    # What was sent

    def _read(self) -> None:
        from bench.year_letters import lines_of
        from bench.year_world import MailServer, language_of

        people = {one.mail: one for some in self.made.holders for one in some}
        people |= {one.mail: one for one in self.made.officers}
        for letter in MailServer.taken:
            (to,) = letter.to
            if language_of(letter) != people[to].language:
                self.strange += 1
            for kind, stage, key, day in lines_of(letter, people[to].language):
                self.sent[to, kind, stage, key, day] += 1

    def _compare(self, cpu: float) -> int:
        doubled, missed = self.sent - self.expected, self.expected - self.sent
        for name, found in (("not due", doubled), ("missed", missed)):
            for line in sorted(found)[:20]:
                print(f"{name}: {line}")
        if self.strange:
            print(f"letters in a language that is not the reader's: {self.strange}")
        due, many = self.expected.total(), doubled.total() + self.strange
        print(f"{cpu:.0f} s of CPU")
        print(
            f"year: {due} reminders due, {self.sent.total()} sent, {many} doubled, "
            f"{missed.total()} missed"
        )
        return int(bool(many or missed.total() or due <= LEAST))


if __name__ == "__main__":
    sys.exit(main())

"""Kills a server again and again while officers write and mails go out; looks at what it left.

    ./run python bench/crash.py --rounds 200                          # on SQLite
    ./run python bench/crash.py --rounds 50 --database postgresql     # on a PostgreSQL of its own

Each round starts `amity serve`, with its loop process, over the record as the last one left it.
Officers of two sides save, release, remove, propose, agree, keep drafts, invite, split what was
promised at an edition and close it through the desk without a pause, and note what they were told
is kept; a mail server takes the letters, and twenty people are due their weekly one. After a random
while, once five things were acknowledged and five letters came, and in every other round once the
weekly letters began, all processes are killed with SIGKILL at once. Then must hold:

- what was acknowledged is there (else it is *lost*);
- of what was not acknowledged each is there whole or not at all: the audit trail of each record
  leads to what stands, a rebuild from nothing would write nothing, all promises of an edition are
  split in two or none, it is closed only after that, and a weekly letter is there with the mark of
  its week and the reminders that it holds (else it is *torn*).

In the end the loop process sends what still waits, as after the five minutes of a lease. Every
letter of the outbox has come, and whoever an acknowledged invitation asks for has got one (else it
is *gone*); whoever got one twice got the same Message-ID twice, by which mail programs know it
(else it is *doubled*). That is looked at in letters that say the same to nobody twice: invitations,
weekly letters, and what officers are told of each proposed change, whose note holds a word of its
own, and of each edition.

Last line: `crash: N rounds, A acknowledged, L lost, T torn, M mails, G gone, D doubled without the
same Message-ID`; exit 1 unless L, T, G and D are 0, and A and M at least 5 a round.
"""

import argparse
import os
import random
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.installation import Server, apart, environment, set_up  # noqa: E402 - after the path
from bench.mailbox import Mailbox, Sort, mailbox  # noqa: E402

if TYPE_CHECKING:
    from bench.desk_officers import Shift
    from bench.desk_world import Place

OFFICERS = 4
PAIRS = OFFICERS // 2
PROPOSED = "A change is proposed"
"""How the subject of a letter to the other side's officers begins."""
LEAST = 5
"""Acknowledged things, and letters, of a round at least."""
LONGEST = 0.4
"""Seconds that a round goes on at most after these."""
PATIENCE = 90
"""Seconds in which these must have come."""


def main() -> int:
    """Run the rounds in a process of its own, for its settings name the database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=0, help="begin no round after so many")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        with mailbox() as box:
            return inside(chosen, box)
    return apart(__file__, "crash", chosen.database)


def inside(chosen: argparse.Namespace, box: Mailbox) -> int:
    """Make the installation, kill its servers, count; gives the exit code."""
    mail = environment(chosen.inside, os.environ["DATABASE_URL"], f"smtp://127.0.0.1:{box.port}")
    os.environ.update(mail)
    set_up()
    from django.db import connection

    from bench.crash_world import READERS, begin, half_done, prepare_weeks, told
    from bench.desk_world import last_change, lost, prepare, torn

    places = prepare(OFFICERS, OFFICERS)
    prepare_weeks()
    connection.close()
    chance = random.Random(chosen.seed)
    acknowledged = missing = broken = failed = weekly = rounds = 0
    invited: set[str] = set()
    deeds: Counter[str] = Counter()
    until = time.monotonic() + 60 * chosen.minutes
    for one in range(chosen.rounds):
        if chosen.minutes and time.monotonic() > until:
            break
        begin(one, PAIRS)
        since = last_change()
        due_again()
        connection.close()
        server = Server(os.environ, chosen.inside / "server.log", workers=1)
        shift = killed(server, places, box, chance, one)
        acknowledged += len(shift.said)
        deeds += shift.counts
        weekly += 0 < told(one) < READERS
        invited |= {said.word for said in shift.said if said.what == "invite"}
        for said in (found := lost(shift.said, since)):
            print(f"lost in round {one}: {said}", flush=True)
        missing += len(found)
        for words in (halves := half_done(one, PAIRS)):
            print(f"torn in round {one}: {words}", flush=True)
        broken += torn() + len(halves)
        failed += len(shift.failed)
        rounds += 1
        if rounds % 10 == 0:
            print(f"{rounds} rounds, {acknowledged} acknowledged, {box.count} mails", flush=True)
    due_again()
    gone, twice, doubled = letters(box, invited)
    print(f"{failed} failed; {twice} letters came twice; {dict(deeds)}")
    print(f"{weekly} runs of weekly letters were cut off half-way")
    print(
        f"crash: {rounds} rounds, {acknowledged} acknowledged, {missing} lost, "
        f"{broken} torn, {box.count} mails, {gone} gone, "
        f"{doubled} doubled without the same Message-ID",
        flush=True,
    )
    enough = min(acknowledged, box.count) >= LEAST * rounds
    return int(bool(missing or broken or gone or doubled or failed) or not enough)


def letters(box: Mailbox, invited: set[str]) -> tuple[int, int, int]:
    """Send what waits; gives how many letters did not come, came twice, and came twice without the
    same Message-ID."""
    from django.core.management import call_command

    from amity.foundation.models import Letter

    of_outbox = set(Letter.objects.values_list("message_id", flat=True))
    call_command("post", "--once")
    came = _told_once(box.letters)
    ids = {one for some in box.letters.values() for one in some}
    gone = (invited - {sort.recipient for sort in came}) | (of_outbox - ids)
    twice = sum(len(one) > 1 for one in came.values())
    return len(gone), twice, sum(len(set(one)) > 1 for one in came.values())


def _told_once(came: dict[Sort, list[str]]) -> dict[Sort, list[str]]:
    """Of the letters that came those that nobody gets twice: invitations, which strangers get; the
    weekly ones; what an officer is told of an edition, or of a proposed change, whose note says one
    word of its own.
    """
    from amity.accounts.models import User
    from bench.crash_world import EDITION, READER

    at_desks = set(User.objects.values_list("email", flat=True))
    return {
        sort: one
        for sort, one in came.items()
        if sort.recipient not in at_desks
        or sort.recipient.startswith(READER)
        or sort.subject.startswith(PROPOSED)
        or EDITION in sort.text
    }


def outbox() -> str:
    """How many letters wait, how many of them are under way or failed, and the last fault."""
    from django.utils import timezone

    from amity.foundation.models import Letter

    waits = Letter.objects.filter(sent_at=None)
    later = waits.filter(due_at__gt=timezone.now()).count()
    fault = waits.exclude(error="").values_list("error", flat=True).first()
    return f"{waits.count()} letters wait, {later} of them for later; {fault}"


def due_again() -> None:
    """Let the leases end of letters that were under way, as five minutes do."""
    from django.utils import timezone

    from amity.foundation.models import Letter

    Letter.objects.filter(sent_at=None).update(due_at=timezone.now())


def killed(
    server: Server, places: list["Place"], box: Mailbox, chance: random.Random, turn: int
) -> "Shift":
    """Start the server, have officers write, kill it; gives what they were told.

    In every other round not before weekly letters are written. Raises RuntimeError where nothing is
    acknowledged, or no letters come, for long: with what waits, and what the server said last.
    """
    from django.db import connection

    from bench.crash_world import told
    from bench.desk_officers import Hasty, Shift

    before = box.count
    server.start()
    until = time.monotonic() + PATIENCE
    shift = Shift([server.port], until)
    officers = [Hasty(shift, place, number, turn, turn) for number, place in enumerate(places)]
    threads = [threading.Thread(target=one.work) for one in officers]
    for thread in threads:
        thread.start()
    while (
        len(shift.said) < LEAST or box.count - before < LEAST or (turn % 2 == 1 and told(turn) == 0)
    ):
        time.sleep(0.02)
        if time.monotonic() > until:
            server.kill()
            raise RuntimeError(
                f"{len(shift.said)} acknowledged, {box.count - before} letters, "
                f"{told(turn)} weekly; {outbox()}\n{server.log.read_text()[-2_000:]}"
            )
    connection.close()
    time.sleep(chance.uniform(0, LONGEST))
    shift.dead[server.port] = time.monotonic()
    server.kill()
    shift.until = 0
    for thread in threads:
        thread.join()
    return shift


if __name__ == "__main__":
    sys.exit(main())

"""Letters to many followers of much, in one run that is killed half-way and done again.

    ./run python bench/following.py --followers 5000                          # on SQLite
    ./run python bench/following.py --followers 5000 --database postgresql    # on one of its own

`--things` promises of one partnership all change; every follower follows three of them, the
partnership, and one of its places, in one of the five languages. The first run is stopped after
half of the letters, the second does the rest.

*Doubled*: followers with more than one letter. *Missed*: those with none. Last line: `following:
F followers, L letters, D doubled, M missed, S s of the clock, C s of CPU`; exit 1 unless D and M
are 0 and S is at most a minute.
"""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.installation import demonstration  # noqa: E402 - after the path

LONGEST = 60


def main() -> int:
    """Write the letters; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--followers", type=int, default=5_000)
    parser.add_argument("--things", type=int, default=300)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    chosen = parser.parse_args()
    with demonstration("following", chosen.database):
        letters, doubled, missed, clock, cpu = run(chosen.followers, chosen.things)
    print(
        f"following: {chosen.followers} followers, {letters} letters, {doubled} doubled, "
        f"{missed} missed, {clock:.1f} s of the clock, {cpu:.1f} s of CPU",
        flush=True,
    )
    return int(bool(doubled or missed or clock > LONGEST))


def run(followers: int, things: int) -> tuple[int, int, int, float, float]:
    """Letters, followers with two, followers with none, and how long both runs took together."""
    from django.db.models import Count

    from amity.following.actions import telling
    from amity.foundation.models import Letter

    _prepare(followers, things)
    now = datetime.now(UTC)
    write, written = telling.write_letter, 0

    def stopped(*args: object, **options: object) -> Letter | None:
        nonlocal written
        written += 1
        if written > followers // 2:
            raise KeyboardInterrupt
        return write(*args, **options)  # type: ignore[arg-type]

    clock, cpu = time.perf_counter(), time.process_time()
    telling.write_letter = stopped
    try:
        telling.tell_followers(now)
    except KeyboardInterrupt:
        telling.write_letter = write
    telling.tell_followers(now)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    told = dict(Letter.objects.values_list("to").annotate(n=Count("pk")))
    doubled = sum(count > 1 for count in told.values())
    return sum(told.values()), doubled, followers - len(told), clock, cpu


def _prepare(followers: int, things: int) -> None:
    from django.conf import settings

    from amity.following.models import Follow, Follower
    from amity.followup.tests.factory import Record
    from amity.foundation.models import Change
    from amity.record.models import Entry

    record = Record()
    promises = [record.commitment(number) for number in range(1, things + 1)]
    record.tell()
    since = Change.objects.latest("pk").pk
    languages = [code for code, _name in settings.LANGUAGES]
    people = Follower.objects.bulk_create(
        Follower(
            mail=f"reader-{number}@example.org",
            language=languages[number % len(languages)],
            told=since,
        )
        for number in range(followers)
    )
    entries = {(one.kind, one.key): one for one in Entry.objects.all()}
    follows = []
    for number, follower in enumerate(people):
        own = [promises[(number * 7 + step) % things].key for step in range(3)]
        names = [("commitment", key) for key in own]
        names += [("partnership", "north-south"), ("area", ("north", "south")[number % 2])]
        follows += [Follow(follower=follower, entry=entries[one], since=since) for one in names]
    Follow.objects.bulk_create(follows, batch_size=500)
    for promise in promises:
        Change.objects.create(
            at=datetime.now(UTC),
            command="bench",
            verb="save",
            kind="commitment",
            key=promise.key,
            effect="changed",
            paths=[{"path": ["deadline"], "before": None, "after": None}],
        )


if __name__ == "__main__":
    sys.exit(main())

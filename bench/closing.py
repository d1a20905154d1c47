"""The closing list, the due list of a side and of an office of two sides, the first page of the
desk and the weekly letters, with few commitments and with many.

    ./run python bench/closing.py                              # 1,000 and 100,000, on SQLite
    ./run python bench/closing.py --database postgresql

All commitments are open, made at one edition, and have a turn; of the turns 300 are due within
the ninety days that letters look ahead, however many there are, and the rest in later years; of
these every second has a turn of the other side too. Times are seconds of CPU of this process, on
PostgreSQL of the clock, the middle of several runs, with a loop of Python timed between them that
says how fast the core was. At the end `--people` more officers of the side that is asked get their
weekly letter in one run, with the 20 turns that are due next.

Last line: `closing: list R1, due list R2, of two sides R3, first page R4, letters R5, P people C s`
with the time at many divided by that at few, and the run for all people by the clock; exit 1 unless
each ratio is at most 2.5 and the run at most a minute.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.installation import demonstration  # noqa: E402 - after the path

MOST = 2.5
LONGEST = 60
NEXT = 20
DUE_SOON = 300
RUNS = 9
NOON = datetime.min.time().replace(hour=12)
TODAY = datetime.now(UTC).date() + timedelta(days=28)
"""The day of the letters: mandates given now are older than the week they are of."""
MEASURES = ("list", "due list", "of two sides", "first page", "letters")


def main() -> int:
    """Measure at both sizes; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    chosen = parser.parse_args()
    with demonstration("closing", chosen.database):
        few, many, taken = run(chosen.few, chosen.many, chosen.people, chosen.database)
    ratios = [after / before for before, after in zip(few, many, strict=True)]
    for name, before, after, ratio in zip(MEASURES, few, many, ratios, strict=True):
        print(f"{name}: {before * 1000:.1f} ms, then {after * 1000:.1f} ms, ratio {ratio:.2f}")
    said = ", ".join(f"{name} {one:.2f}" for name, one in zip(MEASURES, ratios, strict=True))
    print(f"closing: {said}, {chosen.people} people {taken:.1f} s", flush=True)
    return int(max(ratios) > MOST or taken > LONGEST)


def run(few: int, many: int, people: int, kind: str) -> tuple[list[float], list[float], float]:
    """How long each of `MEASURES` takes with few and with many, and the letters to all people."""
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    from amity.journeys.tests.world import editions

    there = editions()
    _speak_for("east-office", there.world.sides)
    clock = time.process_time if kind == "sqlite" else time.perf_counter
    found = []
    made = 0
    for size in (few, many):
        add(there, made, size)
        made = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found.append(_measured(there, clock))
        print(f"{size} commitments: a loop took {loop() * 1000:.0f} ms", flush=True)
    return found[0], found[1], _letters_to(people)


def _speak_for(office: str, sides: Iterable[object]) -> None:
    """Let an office speak for sides; its people get no letters."""
    from amity.accounts.models import User
    from amity.network.models import Office, SideOffice

    found = Office.objects.get(organization__key=office)
    since = datetime.now(UTC)
    SideOffice.objects.bulk_create(
        SideOffice(side=side, office=found, vouched_at=since) for side in sides
    )
    User.objects.filter(mandates__office=found).update(digest_day=None)


def _letters_to(people: int) -> float:
    """How long the weekly letters to so many officers take, by the clock."""
    from amity.accounts.models import MandateHeld, User
    from amity.foundation.models import Letter
    from amity.network.models import Office
    from amity.turns.actions import reminding
    from amity.turns.models import Digest, Reminder, Turn

    soon = Turn.objects.order_by("due_on", "pk").values_list("pk", flat=True)
    answered = datetime.combine(TODAY, NOON, UTC)
    Turn.objects.filter(pk__in=list(soon[NEXT:DUE_SOON])).update(answered_at=answered)
    office = Office.objects.get(organization__key="south-office")
    languages = ("en", "vi", "ru", "fr", "id")
    users = User.objects.bulk_create(
        User(email=f"{one}@people.invalid", name=f"Officer {one}", language=languages[one % 5])
        for one in range(people)
    )
    since = answered - timedelta(days=60)
    MandateHeld.objects.bulk_create(
        MandateHeld(user=user, office=office, mandate="officer", since=since) for user in users
    )
    for model in (Reminder, Digest, Letter):
        model._base_manager.all().delete()
    began, used = time.perf_counter(), time.process_time()
    told = reminding.send_digests(answered)
    taken, used = time.perf_counter() - began, time.process_time() - used
    reminded = Reminder.objects.filter(user__in=[one.pk for one in users]).count()
    print(f"{told}, {reminded} reminders: {taken:.1f} s of the clock, {used:.1f} s of CPU")
    if Letter.objects.count() < people or reminded != people * NEXT:
        raise RuntimeError(f"{reminded} reminders in place of {people * NEXT}")
    return taken


def add(there: object, start: int, end: int) -> None:
    """Commitments from number `start` up to `end`, each with its parties and its turn."""
    from amity.followup.actions import derive_standings
    from amity.followup.models import Commitment, Party
    from amity.foundation.dates.as_said import DateAsSaid
    from amity.record import derived
    from amity.turns.models import Turn
    from tests.write.world import words

    world, first = there.world, there.first  # type: ignore[attr-defined] # made by `editions`
    for begin in range(start, end, 5_000):
        made = Commitment.everything.bulk_create(
            Commitment(
                dossier=world.dossier,
                key=f"C-2025-{number:06d}",
                kind="commitment",
                grade="will",
                title=words(f"Promise {number}"),
                gathering=first,
                deadline=DateAsSaid.parse(_due(number).isoformat()),
                keeper=first.keeper,
                begun_by=first.begun_by,
                readers="public",
            )
            for number in range(begin, min(begin + 5_000, end))
        )
        Party.everything.bulk_create(
            Party(commitment=one, position=place, side=world.sides[2 - place], role=role)
            for one in made
            for place, role in ((1, "holder"), (2, "counterpart"))
        )
        Turn.objects.bulk_create(
            Turn(commitment=one, side=world.sides[1], due_on=_due(begin + place))
            for place, one in enumerate(made)
        )
        Turn.objects.bulk_create(
            Turn(commitment=one, side=world.sides[0], due_on=_due(begin + place))
            for place, one in enumerate(made)
            if begin + place >= DUE_SOON and place % 2
        )
        numbers = [one.pk for one in made]
        derive_standings(numbers)
        derived.write_entries("commitment", numbers)


def _due(number: int) -> date:
    """The first few hundred soon, the rest in later years."""
    if number < DUE_SOON:
        return TODAY + timedelta(days=number % 90)
    return TODAY + timedelta(days=400 + number % 3_000)


def _measured(there: object, clock: Callable[[], float]) -> list[float]:
    from django.test import Client

    from amity.foundation.models import Letter
    from amity.turns.actions import reminding
    from amity.turns.models import Digest, Reminder

    south, both = there.south, there.east  # type: ignore[attr-defined] # made by `editions`

    def page(client: Client, address: str) -> Callable[[], None]:
        def ask() -> None:
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address}: {answer.status_code}")

        return ask

    def letters() -> None:
        for model in (Reminder, Digest, Letter):  # some hundred rows, whatever there is
            model._base_manager.all().delete()
        told = reminding.send_digests(datetime.combine(TODAY, NOON, UTC))
        if not told:
            raise RuntimeError("no letter was written")

    asked = (
        page(south, "/en/desk/gatherings/forum-1/closing/"),
        page(south, "/en/desk/turns/"),
        page(both, "/en/desk/turns/"),
        page(south, "/en/desk/"),
        letters,
    )
    return [middle(one, clock) for one in asked]


def middle(ask: Callable[[], None], clock: Callable[[], float]) -> float:
    """How long something takes, the middle of several runs after a first one."""
    ask()
    taken = []
    for _run in range(RUNS):
        began = clock()
        ask()
        taken.append(clock() - began)
    return statistics.median(taken)


def loop() -> float:
    """How long a loop of Python takes: how fast the core is."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())

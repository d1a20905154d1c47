"""What `bench/crash.py` has under way beside what officers write: editions whose promises are split
and that are closed, and people to whom their weekly letter is due."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from amity.accounts.actions import add_user, give_mandate
from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting_by_command
from amity.followup.choices import Outcome
from amity.followup.models import Commitment, Disposition, Party
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Letter
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Office, Side
from amity.record.acting import Acting
from amity.record.actions import confirm, save
from amity.record.choices import Mandate
from amity.turns.actions.deriving import follow
from amity.turns.models import Digest, Reminder
from bench.desk_world import BY

READER = "reader-"
"""How the mail addresses of people with weekly letters begin."""
READERS = 20
PROMISES = 3
AFTER = ("after-1", "after-2")
"""Into which promises every other one is split."""
EDITION = "Edition "
"""How the names of editions begin."""


def edition(turn: int, pair: int) -> str:
    """The identifier of the edition that two officers close in a round."""
    return f"edition-{turn}-{pair}"


def prepare_weeks() -> None:
    """People with a weekly letter, a promise that it is about, and promises to split others into.

    They write for their office and release nothing, so that nothing else is sent to them.
    """
    north = _acting("north")
    soon = timezone.localdate() + timedelta(days=20)
    _promise(north, "soon", "north", deadline=DateAsSaid.parse(soon.isoformat()))
    for key in AFTER:
        _promise(north, key, "south")
    office = Office.objects.get(organization__key="north-office")
    for number in range(READERS):
        user = add_user(BY, reader(0, number), f"Reader {number}", "en")
        give_mandate(BY, user, office, Mandate.EDITOR)
    held = MandateHeld.objects.filter(user__in=_readers())
    held.update(since=timezone.now() - timedelta(days=30))
    follow(timezone.now())


def begin(turn: int, pairs: int) -> None:
    """Before a round: editions that both sides confirmed, and a new week for who gets letters.

    Each has another address in each round, so that letters of two rounds are told apart.
    """
    north, south = _acting("north"), _acting("south")
    like = Gathering.everything.get(key="forum-0")
    for pair in range(pairs):
        one = Gathering(
            dossier=like.dossier,
            key=edition(turn, pair),
            kind=like.kind,
            title=Text.of(f"{EDITION}{turn} {pair}", "en"),
            partnership=like.partnership,
            status=GatheringStatus.HELD,
            when=like.when,
            timezone=like.timezone,
        )
        save(north, one)
        confirm(south, one, ["en"])
        for number in range(PROMISES):
            _promise(north, f"{one.key}-{number}", "south", gathering=one)
    Digest.objects.filter(user__in=_readers()).delete()
    Reminder.objects.filter(user__in=_readers()).delete()
    Letter.objects.filter(once__startswith="digest:").update(once=None)
    for number, user in enumerate(_readers()):
        user.email = reader(turn, number)
        user.save(update_fields=["email"])


def reader(turn: int, number: int) -> str:
    """The mail address of somebody in a round."""
    return f"{READER}{number}-{turn}@example.org"


def told(turn: int) -> int:
    """How many weekly letters of a round were written."""
    return Letter.objects.filter(to__in=[reader(turn, one) for one in range(READERS)]).count()


def half_done(turn: int, pairs: int) -> list[str]:
    """What of a round is there in part.

    A split is all promises of its edition at once, each into two; an edition is closed after it; a
    weekly letter is there with the mark of its week and the reminders it holds.
    """
    found = []
    for pair in range(pairs):
        key = edition(turn, pair)
        decided = Disposition.everything.filter(gathering__key=key, outcome=Outcome.SPLIT)
        into = Counter(decided.values_list("pk").filter(successor_commitments__isnull=False))
        open_ones = Commitment.everything.filter(gathering__key=key, decided="").count()
        closed = Gathering.everything.filter(key=key, status=GatheringStatus.CLOSED).exists()
        said = (len(into), sum(into.values()), open_ones)
        whole = (PROMISES, PROMISES * len(AFTER), 0)
        if said != whole and (closed or said != (0, 0, PROMISES)):
            found.append(f"{key}: {said}, closed: {closed}")
    for number, user in enumerate(_readers()):
        letters = Letter.objects.filter(to=reader(turn, number)).count()
        marks = Digest.objects.filter(user=user).count()
        reminders = Reminder.objects.filter(user=user).count()
        if not letters == marks == reminders or letters > 1:
            found.append(f"{user}: {letters} letters, {marks} marks, {reminders} reminders")
    return found


def _readers() -> list[User]:
    return list(User.objects.filter(name__startswith="Reader ").order_by("pk"))


def _acting(side: str) -> Acting:
    return acting_by_command("bench", Office.objects.get(organization__key=f"{side}-office"))


def _promise(acting: Acting, key: str, holder: str, **values: object) -> None:
    """Save a promise of one side to the other."""
    sides = {one.key: one for one in Side.everything.filter(key__startswith="twins-")}
    other = "south" if holder == "north" else "north"
    made = Commitment(
        dossier=sides["twins-north"].dossier,
        key=key,
        kind="commitment",
        grade="will",
        title=Text.of(f"Promise {key}", "en"),
        **values,
    )
    parties = [
        Party(position=1, side=sides[f"twins-{holder}"], role="holder"),
        Party(position=2, side=sides[f"twins-{other}"], role="counterpart"),
    ]
    save(acting, made, {"parties": parties})

"""The weekly letter to each person at a desk: what they can act on, each thing once.

Reminders are written in the transaction of the letter that holds them, and only the outbox sends
it; where it was given up because the mail server was gone, they come again with the next one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import translation

from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting as acting_for
from amity.followup.choices import JointState
from amity.followup.models import Commitment, Proposal
from amity.foundation.database.batches import batched
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter
from amity.languages.negotiation import preferences
from amity.languages.text import Text
from amity.network.models import Office
from amity.record import rules
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.record.numbered import number_of
from amity.record.queries import visible_to
from amity.turns import messages, queries
from amity.turns.choices import UNANSWERED, ReminderKind
from amity.turns.models import Digest, Ended, Reminder, Turn
from amity.turns.schedule import FORGOTTEN_AFTER, STAGES, stage_of, week_of

AT = time(7)
"""When in the morning of the chosen day the letter is written, by the person's clock."""
ALL = "all"
"""Ends the weekly letter as a whole."""
AT_ONCE = 25
"""Letters of one transaction: each commit waits for the disk, and others wait to write."""
REFUSED = "SMTPRecipientsRefused"


Name: TypeAlias = tuple[str, int, str, date]
"""Kind, stage, thing and day, by which it is known whether somebody was told of it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to be reminded of: see `models.Reminder`; `title` of its commitment or proposal."""

    kind: ReminderKind
    stage: int
    thing: str
    day: date
    number: str
    title: Text

    @property
    def name(self) -> Name:
        """By which it is known whether somebody was told of it."""
        return (str(self.kind), self.stage, self.thing, self.day)


@dataclass(frozen=True, slots=True)
class Due:
    """That a person's letter of a `week` is due; `today`: the day by their clock."""

    user: User
    offices: Sequence[Office]
    today: date
    week: date


@dataclass(frozen=True, slots=True)
class Before:
    """What a person was told already, and the kinds of which they want no more."""

    told: set[Name] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


TurnsRead: TypeAlias = dict[tuple[frozenset[str], frozenset[str]], list[Turn]]
"""Turns by the sides they are of and by who reads them: two offices of one side read not alike."""


@dataclass(slots=True)
class Known:
    """What was read already in one run: turns by side and reader, things by whoever acts.

    People of one office with the same mandates can act on the same things.
    """

    turns: TurnsRead = field(default_factory=dict)
    things: dict[tuple[Acting, date], tuple[Thing, ...]] = field(default_factory=dict)

    def things_of(self, acting: Acting, today: date) -> tuple[Thing, ...]:
        """All that somebody at a desk can act on now, whether they were told of it or not."""
        anyone = replace(acting, user=None)
        if (anyone, today) not in self.things:
            self.things[anyone, today] = tuple(_things(anyone, today, self.turns))
        return self.things[anyone, today]


def send_digests(now: datetime) -> str:
    """Write the letters of all people whose morning has come; says how many.

    May run twice at once, and again after it was killed: a week's letter is marked in the
    transaction in which it is written.
    """
    written, known = 0, Known()
    for some in batched(_due(now), AT_ONCE):
        written += _write_together(some, known)
    return f"{written} weekly letters" if written else ""


def _due(now: datetime) -> Iterator[Due]:
    """The letters whose time has come and that nobody wrote yet."""
    done = dict(Digest.objects.values_list("user").annotate(last=Max("day")))
    for user, offices, since in _people():
        local = now.astimezone(ZoneInfo(user.timezone))
        reached = local.date() if local.time() >= AT else local.date() - timedelta(days=1)
        holidays = [day for office in offices for day in office.holidays]
        week = week_of(user.digest_day or 0, reached, holidays)
        slot = datetime.combine(week, AT, ZoneInfo(user.timezone))
        if done.get(user.pk, date.min) < week and since <= slot:
            yield Due(user, offices, local.date(), week)


def _people() -> Iterator[tuple[User, list[Office], datetime]]:
    """Those who write for an office and want letters, with their offices, and since when."""
    held = MandateHeld.objects.filter(
        ended=None,
        mandate__in=[Mandate.OFFICER, Mandate.EDITOR],
        user__is_active=True,
        user__digest_day__isnull=False,
        office__vouched_at__isnull=False,
    ).select_related("user", "office__organization")
    of: dict[int, list[MandateHeld]] = defaultdict(list)
    for one in held.order_by("user_id", "office_id"):
        of[one.user_id].append(one)
    for mandates in of.values():
        offices = {one.office_id: one.office for one in mandates}
        yield mandates[0].user, list(offices.values()), min(one.since for one in mandates)


def _write_together(some: Sequence[Due], known: Known) -> int:
    """Write some letters in one transaction, each alone where another process was quicker."""
    try:
        with transaction.atomic():
            Digest.objects.bulk_create(Digest(user=one.user, day=one.week) for one in some)
            users = [one.user.pk for one in some]
            _forget_what_never_went(users)
            before = _before(users)
            reminders = [
                row for one in some for row in _write(one, _news(one, before[one.user.pk], known))
            ]
            Reminder.objects.bulk_create(reminders)
    except IntegrityError:
        if len(some) == 1:
            return 0
        return sum(_write_together([one], known) for one in some)
    return len({row.user_id for row in reminders})


def _forget_what_never_went(users: Sequence[int]) -> None:
    """Reminders in letters that were given up while the mail server was gone come again."""
    lost = Letter.objects.filter(given_up_at__isnull=False, sent_at=None).exclude(
        error__startswith=REFUSED
    )
    Reminder.objects.filter(user__in=users, letter__in=lost).delete()


def _before(users: Sequence[int]) -> dict[int, Before]:
    """What each of some people was told, and what they want no more of. Two statements."""
    found = {user: Before() for user in users}
    rows = Reminder.objects.filter(user__in=users)
    for user, kind, stage, thing, day in rows.values_list("user", "kind", "stage", "thing", "day"):
        found[user].told.add((kind, stage, thing, day))
    for user, kind in Ended.objects.filter(user__in=users).values_list("user", "kind"):
        found[user].ended.add(kind)
    return found


def _news(due: Due, before: Before, known: Known) -> list[Thing]:
    """What somebody can act on and was not told of, in the order of the days."""
    things: dict[Name, Thing] = {}
    for office in due.offices:
        acting = acting_for(due.user, office)
        if rules.writes(acting):
            for one in known.things_of(acting, due.today):
                if one.name not in before.told and one.kind not in before.ended:
                    things.setdefault(one.name, one)
    return sorted(things.values(), key=lambda one: (one.day, one.number, one.stage))


def _write(due: Due, chosen: Sequence[Thing]) -> list[Reminder]:
    """Write somebody's letter; gives the reminders in it, none where there is nothing to say."""
    if not chosen:
        return []
    user = due.user
    preferred = preferences(user.language)
    lines = [
        messages.Line(one.kind, one.stage, one.number, one.title.best(preferred).words, one.day)
        for one in chosen
    ]
    with translation.override(user.language):
        asked = any(one.thing.startswith("proposal:") for one in chosen)
        desk = settings.BASE_URL + reverse("desk" if asked else "desk_turns")
    stops = {kind: address_to_stop(user, str(kind)) for kind in {one.kind for one in chosen}}
    letter = write_letter(
        user.email,
        user.language,
        lambda: messages.digest(lines, desk, stops),
        stops_at=address_to_stop(user, ALL),
        once=f"digest:{user.pk}:{due.week.isoformat()}",
    )
    if letter is None:
        return []
    return [
        Reminder(
            user=user, kind=one.kind, stage=one.stage, thing=one.thing, day=one.day, letter=letter
        )
        for one in chosen
    ]


def _things(acting: Acting, today: date, turns: TurnsRead) -> Iterator[Thing]:
    sides = frozenset(queries.sides_of(acting))
    of = (sides, acting.readers)
    if of not in turns:
        turns[of] = list(_turns(acting, today + timedelta(days=max(STAGES))))
    for turn in turns[of]:
        stage = stage_of(turn.due_on, today)
        kind = ReminderKind.LATE if turn.due_on < today else ReminderKind.DUE
        if kind == ReminderKind.LATE or stage is not None:
            yield _thing(kind, stage or 0, f"turn:{turn.pk}", turn.due_on, turn.commitment)
    differing = visible_to(acting, Commitment).filter(
        joint_state=JointState.DIFFER, open=True, parties__side__key__in=sides
    )
    for one in differing.annotate(since=Max("reports__accepted_on")).distinct():
        since: date | None = one.since
        if since is not None:
            yield _thing(ReminderKind.DIFFER, 0, f"commitment:{one.pk}", since, one)
    yield from _questions(acting, today)
    if rules.RELEASING & acting.mandates:
        for report in queries.to_accept(acting):
            day, about = report.submitted_on, report.commitment
            yield _thing(ReminderKind.WAITING, 1, f"report:{report.pk}", day, about)
        for report in queries.to_reply(acting):
            day, about = report.accepted_on or report.submitted_on, report.commitment
            yield _thing(ReminderKind.WAITING, 2, f"report:{report.pk}", day, about)


def _questions(acting: Acting, today: date) -> Iterator[Thing]:
    """What one's side is asked and has not answered, of which there is no turn.

    Where there is a term they are told before its day and after it, in place of the first time
    when that is near already.
    """
    rows = queries.to_answer(acting)
    by = queries.days_of(queries.ours(acting, rows))
    for one in rows.annotate(since=queries.when_asked()):
        thing, day = f"proposal:{one.pk}", by.get(one.pk)
        since: date | None = one.since
        stage = stage_of(day, today) if day else None
        if day and stage is not None:
            yield _thing(ReminderKind.DUE, stage, thing, day, one)
        elif day and day < today:
            if day >= today - FORGOTTEN_AFTER:
                yield _thing(ReminderKind.LATE, UNANSWERED, thing, day, one)
        elif since is not None and since >= today - FORGOTTEN_AFTER:
            yield _thing(ReminderKind.WAITING, 3, thing, since, one)


def _turns(acting: Acting, until: date) -> Iterable[Turn]:
    """Turns without an answer that are due by a day, of what whoever acts reads.

    A day more, since days begin earlier east of here.
    """
    rows = queries.turns_of(acting).filter(
        Q(answered_at=None), dropped_at=None, commitment__open=True
    )
    return rows.filter(due_on__lte=until + timedelta(days=1)).order_by("due_on", "pk")


def _thing(
    kind: ReminderKind, stage: int, thing: str, day: date, about: Commitment | Proposal
) -> Thing:
    return Thing(kind, stage, thing, day, number_of(about.key), about.title)


SIGNER_SALT = "amity.turns.reminders"


def address_to_stop(user: User, kind: str) -> str:
    """The address at which a person ends reminders of a kind, or all of them."""
    secret = Signer(salt=SIGNER_SALT).sign(f"{user.pk}.{kind}")
    with translation.override(user.language):
        return settings.BASE_URL + reverse("stop_reminders", args=[secret])


def to_stop(secret: str) -> tuple[User, str] | None:
    """Whose reminders of which kind an address ends; None where it is none of ours."""
    try:
        number, _dot, kind = Signer(salt=SIGNER_SALT).unsign(secret).partition(".")
    except BadSignature:
        return None
    user = User.objects.filter(pk=int(number)).first()
    known = kind == ALL or kind in ReminderKind.values
    return (user, kind) if user is not None and known else None


def stop(user: User, kind: str) -> None:
    """End reminders of a kind, or the weekly letter."""
    if kind == ALL:
        User.objects.filter(pk=user.pk).update(digest_day=None)
    else:
        Ended.objects.get_or_create(user=user, kind=kind)


def resume(user: User, kind: str) -> None:
    """Send reminders of a kind again, or the weekly letter, on Mondays."""
    if kind == ALL:
        User.objects.filter(pk=user.pk, digest_day=None).update(digest_day=0)
    else:
        Ended.objects.filter(user=user, kind=kind).delete()


def is_stopped(user: User, kind: str) -> bool:
    """Whether reminders of a kind are ended."""
    if kind == ALL:
        return user.digest_day is None
    return Ended.objects.filter(user=user, kind=kind).exists()

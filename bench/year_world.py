"""A partnership for `bench/year.py`: offices by different clocks, promises, people, a mailbox."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from random import Random
from smtplib import SMTPRecipientsRefused
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMultiAlternatives

from amity.accounts.actions import add_user, give_mandate
from amity.accounts.models import User
from amity.accounts.queries import acting_by_command
from amity.followup.models import Commitment, Party
from amity.foundation.actions import By
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.text import Text
from amity.network.models import Office, Side
from amity.record.acting import Acting
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.turns.actions.asking import keep_holder, put_in_charge
from amity.turns.actions.deriving import follow
from amity.turns.models import Holder, Turn

BY = By(command="bench")
BEGINS = datetime(2027, 1, 1, tzinfo=UTC)
ENDS = datetime(2028, 1, 1, tzinfo=UTC)
DOWN = (datetime(2027, 6, 8, tzinfo=UTC), datetime(2027, 6, 11, tzinfo=UTC))
"""When no mail server answers: three working days."""
LANGUAGES = ("en", "vi", "ru", "fr", "id")
ZONES = ("Europe/Lisbon", "Asia/Ho_Chi_Minh")
"""Of the two offices; the clocks of the first change twice in the year."""
HOLIDAYS = (
    ("2027-02-09", "2027-03-26", "2027-04-26", "2027-06-10", "2027-10-05", "2027-12-08"),
    ("2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-04-30", "2027-09-02"),
)
OFFICERS = ((0, "en", "Europe/Lisbon"), (3, "fr", "America/New_York"))
"""Weekday of the letter, language and clocks of the two at the first office."""
OTHERS = ((1, "vi", "Asia/Ho_Chi_Minh"), (4, "ru", "Europe/Moscow"))
HOLDERS = 20
"""At each office; the last of them has an address that is dead."""
ONCE, QUARTERLY, MONTHLY = 100, 120, 80
"""How many promises are due once, and how many come back."""


class MailServer(BaseEmailBackend):
    """Takes letters but for those to dead addresses; none while it is down."""

    down: ClassVar[bool] = False
    dead: ClassVar[set[str]] = set()
    taken: ClassVar[list[EmailMultiAlternatives]] = []

    def send_messages(self, email_messages: list[EmailMultiAlternatives]) -> int:  # type: ignore[override]
        """Take each letter, or raise as `smtplib` does."""
        if self.down:
            raise ConnectionRefusedError("no mail server")
        for letter in email_messages:
            (to,) = letter.to
            if to in self.dead:
                raise SMTPRecipientsRefused({to: (550, b"no such person")})
            self.taken.append(letter)
        return len(email_messages)


@dataclass(frozen=True)
class Promise:
    """A commitment: its key, which office's side holds it, who is asked, and when it is due."""

    key: str
    office: int
    holder: int
    due: tuple[date, ...]


@dataclass(frozen=True)
class Person:
    """Somebody who gets letters: address, language, clocks and, at a desk, the weekday."""

    mail: str
    language: str
    zone: str
    office: int
    weekday: int = 0

    def at(self, moment: datetime) -> datetime:
        """A moment by the person's clocks."""
        return moment.astimezone(ZoneInfo(self.zone))


@dataclass
class Partnership:
    """All there is: `actings` of both offices, their `holders` and `officers`, the `promises`."""

    actings: list[Acting]
    sides: list[Side]
    promises: list[Promise] = field(default_factory=list)
    holders: list[list[Person]] = field(default_factory=lambda: [[], []])
    officers: list[Person] = field(default_factory=list)


def due_days(number: int, random: Random) -> tuple[DateAsSaid, tuple[date, ...]]:
    """A deadline as said, and the days of the year on which it is due, reckoned here."""
    if number < ONCE:
        day = date(2027, 1, 20) + timedelta(days=random.randrange(330))
        return DateAsSaid.parse(day.isoformat()), (day,)
    step = 3 if number < ONCE + QUARTERLY else 1
    first = date(2027, 2 if step == 1 else random.choice((2, 3)), random.randrange(1, 29))
    said = DateAsSaid.parse(first.isoformat(), every=f"P{step}M", until=date(2027, 12, 31))
    months = range(first.month, 13, step)
    return said, tuple(first.replace(month=month) for month in months)


def build(random: Random) -> Partnership:
    """Make it through the product's own actions, with the clock at `BEGINS`."""
    from tests.write.world import build as two_cities

    world = two_cities()
    names = ("north-office", "south-office")
    offices = [Office.objects.get(organization__key=name) for name in names]
    for office, zone, holidays in zip(offices, ZONES, HOLIDAYS, strict=True):
        Office.objects.filter(pk=office.pk).update(timezone=zone, holidays=list(holidays))
    offices = [Office.objects.get(pk=office.pk) for office in offices]
    made = Partnership([acting_by_command("bench", one) for one in offices], world.sides)
    for number, people in enumerate((OFFICERS, OTHERS)):
        for weekday, language, zone in people:
            mail = f"officer-{number}-{weekday}@example.org"
            user = add_user(BY, mail, f"Officer {language}", language)
            User.objects.filter(pk=user.pk).update(timezone=zone, digest_day=weekday)
            give_mandate(BY, user, offices[number], Mandate.OFFICER)
            made.officers.append(Person(mail, language, zone, number, weekday))
    for number in range(ONCE + QUARTERLY + MONTHLY):
        _promise(made, world.dossier, number, random)
    follow(BEGINS)
    _charge(made)
    return made


def _promise(made: Partnership, dossier: object, number: int, random: Random) -> None:
    said, days = due_days(number, random)
    office = number % 2
    key = f"C-2027-{number + 1:03}"
    record = Commitment(
        dossier=dossier,
        key=key,
        kind="commitment",
        grade="will",
        title=Text.of(f"Promise {number + 1}", "en"),
        deadline=said,
    )
    parties = [
        Party(position=1, side=made.sides[office], role="holder"),
        Party(position=2, side=made.sides[1 - office], role="counterpart"),
    ]
    save(made.actings[0], record, {"parties": parties}, audience=Audience.PUBLIC)
    made.promises.append(Promise(key, office, number // 2 % HOLDERS, days))


def _charge(made: Partnership) -> None:
    """Make the people who are asked, and put each in charge of their promises."""
    rows: list[list[Holder]] = [[], []]
    for office in (0, 1):
        for number in range(HOLDERS):
            language = LANGUAGES[number % len(LANGUAGES)]
            mail = f"holder-{office}-{number}@example.org"
            zone = ZONES[office] if number % 3 else "Asia/Tokyo"
            holder = Holder(
                side=made.sides[office],
                name=f"Holder {number}",
                mail=mail,
                language=language,
                timezone=zone,
            )
            rows[office].append(keep_holder(made.actings[office], holder))
            made.holders[office].append(Person(mail, language, zone, office))
        MailServer.dead.add(made.holders[office][-1].mail)
    for promise in made.promises:
        turn = Turn.objects.filter(commitment__key=promise.key).order_by("due_on")[0]
        put_in_charge(made.actings[promise.office], turn, rows[promise.office][promise.holder])


SECRET = re.compile(r"/turns/([\w-]{20,})/")


def secret_in(letter: EmailMultiAlternatives) -> str:
    """The secret of the link in a letter to somebody in charge; empty in any other."""
    found = SECRET.search(str(letter.body))
    return found[1] if found else ""


def language_of(letter: EmailMultiAlternatives) -> str:
    """The language that the letter says it is in."""
    message: EmailMessage = letter.message()  # type: ignore[assignment] # Django's own subclass
    return str(message["Content-Language"])


def is_open(person: Person, moment: datetime) -> bool:
    """Whether somebody in charge may be asked now: in office hours of a working day of theirs."""
    local = person.at(moment)
    holidays = HOLIDAYS[person.office]
    working = local.weekday() < 5 and local.date().isoformat() not in holidays
    return working and time(8) <= local.time() < time(18)


def is_open_at(office: int, moment: datetime) -> date | None:
    """The day at an office, where it is told of missing reports in this hour: at work."""
    local = moment.astimezone(ZoneInfo(ZONES[office]))
    working = local.weekday() < 5 and local.date().isoformat() not in HOLIDAYS[office]
    return local.date() if working and time(8) <= local.time() < time(18) else None


def is_letter_day(person: Person, moment: datetime) -> bool:
    """Whether an officer's weekly letter is written in this hour: at seven, not on a holiday."""
    local = person.at(moment)
    holidays = HOLIDAYS[person.office]
    chosen = local.date() - timedelta(days=(local.weekday() - person.weekday) % 7)
    while chosen.isoformat() in holidays:
        chosen += timedelta(days=1)
    return local.hour == 7 and chosen == local.date()

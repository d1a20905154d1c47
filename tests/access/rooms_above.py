"""What stands in the rooms above the desk, each field with a token of its own.

Proposals sent in with their files, people in charge and what they are asked, who is told that a
report is missing, absences, planned releases, records that two offices merge, followers, webhooks,
tokens for programs.
"""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from amity.accounts.models import Deputy, MandateHeld, User
from amity.accounts.queries import digest_of
from amity.collecting.actions.enclosing import path_of
from amity.collecting.models import Call, SentFile, Submission
from amity.desk.models import PlannedRelease, ProposedMerge, SilenceDays
from amity.following.models import Asked, Follow, Follower
from amity.followup.models import Commitment
from amity.foundation import files
from amity.languages.text import Text
from amity.network.models import Person
from amity.record.choices import Mandate
from amity.record.models import Entry
from amity.record.plain.states import plain_of
from amity.tokens.choices import Purpose
from amity.tokens.models import Answered, Token
from amity.turns.actions import deriving, enclosing
from amity.turns.models import (
    AnswerTerm,
    Charge,
    DraftFile,
    Escalation,
    GivenPassage,
    Holder,
    Link,
    Turn,
)
from amity.webhooks.models import Delivery, Hook
from amity.webhooks.signing import new_secret
from tests.access.world import AUDIENCES, World

SIDES = {"b": "one-b", "c": "two-c"}
NEVER_SHOWN = "never shown: "
"""How the field of a token begins that no page shows to anybody."""


def settle() -> None:
    """Derive the turns of all commitments, as the loop process does, so that no page need."""
    deriving.follow(timezone.now())


def fill(world: World, letter: str, audience: str, entry: Entry) -> None:
    """What an office, or the sides together, have in these rooms about records of an audience.

    `entry`: a gathering of the audience.
    """
    if audience.startswith("circle"):
        _sent_in(world, audience, entry)
        _asked(world, letter, audience)
    if audience.startswith("office"):
        _absent(world, letter)
        _planned(world, letter, entry)
        _merged(world, letter)
        _told_by_webhook(world, letter)
        _program(world, letter)
    _followed(world, audience, entry)


def changed() -> list[QuerySet]:
    """The rows of B and C, which an officer of A must not have changed."""
    own = {"side__key": "one-a"}
    return [
        Call.objects.exclude(gathering__readers=AUDIENCES["circle-1"]),
        Submission.objects.exclude(call__gathering__readers=AUDIENCES["circle-1"]),
        Holder.objects.exclude(office="organization:office-a"),
        Charge.objects.exclude(**own),
        Turn.objects.exclude(**own),
        Link.objects.exclude(turn__side__key="one-a"),
        DraftFile.objects.exclude(turn__side__key="one-a"),
        GivenPassage.objects.exclude(turn__side__key="one-a"),
        Deputy.objects.exclude(office__organization__key="office-a"),
        PlannedRelease.objects.exclude(office="organization:office-a"),
        SilenceDays.objects.exclude(**own),
        Escalation.objects.exclude(**own),
        AnswerTerm.objects.exclude(gathering__readers=AUDIENCES["circle-1"]),
        SentFile.objects.exclude(call__gathering__readers=AUDIENCES["circle-1"]),
        ProposedMerge.objects.all(),
        Hook.objects.exclude(office__organization__key="office-a"),
        Delivery.objects.exclude(hook__office__organization__key="office-a"),
        Token.objects.exclude(office__organization__key="office-a"),
        Follow.objects.all(),
    ]


def _sent_in(world: World, audience: str, entry: Entry) -> None:
    """A form of the gathering, and what somebody proposed through it: read by all its sides."""
    now = timezone.now()

    def token(field: str) -> str:
        return world.tokens.new(audience, f"sent in: {field}")

    AnswerTerm.objects.create(gathering=entry, days=30)
    call = Call.objects.create(
        gathering=entry,
        code=token("code"),
        opens_at=now - timedelta(days=2),
        closes_at=now - timedelta(days=1),
        introduction=Text.of(token("introduction"), "en"),
        who=Text.of(token("who"), "en"),
        office="",
        changed_at=now,
    )
    for number, stage in enumerate(("received", "declined"), 1):
        submission = Submission.objects.create(
            call=call,
            number=number,
            at=now,
            kind="proposal",
            title=token("title"),
            words=token("words"),
            language="en",
            name=token("name"),
            organization=token("organization"),
            others=token("others"),
            mail=f"{token('mail')}@example.org",
            stage=stage,
            stage_at=now,
            reason=token("reason") if stage == "declined" else "",
            reason_language="en" if stage == "declined" else "",
            seed="seed",
            digest=f"{audience}{number}",
        )
        content = b"%PDF-1.4 " + token("file").encode()
        file = SentFile.objects.create(
            call=call,
            submission=submission,
            place=f"{submission.pk:032x}",
            name=f"{token('name of a file')}.pdf",
            media_type="application/pdf",
            sha256=f"{submission.pk:064x}",
            size=len(content),
            at=now,
        )
        files.keep(path_of(file), content)


def _asked(world: World, letter: str, audience: str) -> None:
    """Somebody in charge of a commitment for an office's side, asked by a letter with a link."""
    now, office = timezone.now(), f"organization:office-{letter}"
    side = world.sides[SIDES[letter]]
    turn = Turn.objects.create(
        commitment=Commitment.everything.get(readers=AUDIENCES[audience]),
        side=side,
        due_on=date(2025, 10, 1),
        asked_at=now,
        returned_words=world.tokens.new(
            f"side-{letter}", f"{NEVER_SHOWN}why a report was given back, while there is none"
        ),
    )
    holder = Holder.objects.create(
        office=office,
        side=side,
        name=world.tokens.new(f"office-{letter}", "in charge: name"),
        mail=f"{world.tokens.new(f'office-{letter}', 'in charge: mail')}@example.org",
        language="en",
    )
    Charge.objects.create(commitment=turn.commitment, side=side, holder=holder)
    Link.objects.create(
        turn=turn,
        holder=holder,
        digest=f"{letter}{audience}",
        made_at=now,
        expires_at=now + timedelta(days=30),
        draft={"words": world.tokens.new(f"office-{letter}", f"{NEVER_SHOWN}draft of a holder")},
    )
    never = f"office-{letter}"
    content = b"%PDF-1.4 " + world.tokens.new(never, f"{NEVER_SHOWN}file of a draft").encode()
    file = DraftFile.objects.create(
        turn=turn,
        holder=holder,
        place=f"{turn.pk:032x}",
        name=f"{world.tokens.new(never, f'{NEVER_SHOWN}name of a file of a draft')}.pdf",
        media_type="application/pdf",
        sha256=f"{turn.pk:064x}",
        size=len(content),
        at=now,
    )
    files.keep(enclosing.path_of(file), content)
    GivenPassage.objects.create(
        turn=turn,
        language="en",
        **{
            field: world.tokens.new(never, f"{NEVER_SHOWN}{field} of what waits to be accepted")
            for field in ("publisher", "title", "quoted")
        },
    )
    SilenceDays.objects.create(side=side, days=10, set_at=now)
    named = User.objects.create(
        email=f"{letter}@told.example",
        name=world.tokens.new(f"office-{letter}", "who is told of a missing report"),
    )
    MandateHeld.objects.create(
        user=named, office=world.offices[letter], mandate=Mandate.OBSERVER, since=now
    )
    Escalation.objects.create(side=side, named=named)


def _absent(world: World, letter: str) -> None:
    """A colleague who is away, and another who stands in."""
    office, now = world.offices[letter], timezone.now()
    people = [
        User.objects.create(
            email=f"{letter}-{said}@away.example",
            name=world.tokens.new(f"office-{letter}", f"absence: {said}"),
        )
        for said in ("absent", "deputy")
    ]
    for user in people:
        MandateHeld.objects.create(user=user, office=office, mandate=Mandate.OFFICER, since=now)
    today = timezone.localdate()
    Deputy.objects.create(
        office=office,
        user=people[0],
        deputy=people[1],
        first=today + timedelta(days=1),
        last=today + timedelta(days=5),
        made_at=now,
    )


def _planned(world: World, letter: str, entry: Entry) -> None:
    """A release on a set day that was refused."""
    now = timezone.now()
    PlannedRelease.objects.create(
        entry=entry,
        office=f"organization:office-{letter}",
        due=now,
        made_at=now,
        outcome=PlannedRelease.Outcome.REFUSED,
        settled_at=now,
        failure=world.tokens.new(f"office-{letter}", "why it was not released"),
    )


def _merged(world: World, letter: str) -> None:
    """Two records that this office and another are to merge."""
    other = "d"
    stays, goes = (
        Person.everything.create(
            **world.common,
            keeper=f"organization:office-{of}",
            key=f"twice-{letter}{of}",
            name=Text.of("Twice", "en"),
        )
        for of in (letter, other)
    )
    world.reckon()
    entries = Entry.everything.filter(kind="person")
    changed = Text.of(world.tokens.new(f"office-{letter}", "merged: what shall stand"), "en")
    ProposedMerge.objects.create(
        stays=entries.get(key=stays.key),
        stays_revision=stays.revision,
        goes=entries.get(key=goes.key),
        goes_revision=goes.revision,
        state={**plain_of(stays), "summary": changed.to_json()},
        office=f"organization:office-{letter}",
        answering=f"organization:office-{other}",
        reason=world.tokens.new(f"office-{letter}", "merged: reason"),
        at=timezone.now(),
    )


def _told_by_webhook(world: World, letter: str) -> None:
    """An address of an office that is told what changes, and what it was told."""
    now = timezone.now()

    def token(field: str) -> str:
        return world.tokens.new(f"office-{letter}", field)

    hook = Hook.objects.create(
        office=world.offices[letter],
        address=f"https://example.org/{token('webhook: address')}",
        secret=token(f"{NEVER_SHOWN}secret of a webhook"),
        earlier_secret=new_secret(),
        made_at=now,
    )
    Delivery.objects.create(
        hook=hook,
        message=f"msg_{token('webhook: message')}",
        written_at=now,
        due_at=now + timedelta(days=1),
    )


def _program(world: World, letter: str) -> None:
    """A program of an office that may do all that a program may, and what it was answered."""
    own = f"office-{letter}"
    token = program(world, letter, f"{letter}@hostile.example", world.tokens.new(own, "program"))
    Answered.objects.create(
        token=token,
        key="hostile-requests",
        digest="",
        status=201,
        body={"words": world.tokens.new(own, f"{NEVER_SHOWN}what a program was answered")},
        at=timezone.now(),
    )


def program(world: World, letter: str, mail: str, name: str) -> Token:
    """A token of somebody for an office, which serves for a day."""
    return Token.objects.create(
        user=User.objects.get(email=mail),
        office=world.offices[letter],
        name=name,
        purposes=[str(one) for one in Purpose],
        digest=digest_of(secret_of(letter)),
        ending="hold",
        made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )


def secret_of(letter: str) -> str:
    """What the program of an office shows of its token."""
    return f"amity_hostile-{letter}"


def _followed(world: World, audience: str, entry: Entry) -> None:
    """Addresses that follow the gathering, or asked to: no page shows them to anybody."""

    def mail(said: str) -> str:
        return f"{world.tokens.new(audience, f'{NEVER_SHOWN}{said}')}@example.org"

    follower = Follower.objects.create(mail=mail("follower"), language="en")
    Follow.objects.create(follower=follower, entry=entry, since=0)
    Asked.objects.create(
        mail=mail("asked to follow"),
        language="en",
        entry=entry,
        digest=f"asked {audience}",
        expires_at=timezone.now() + timedelta(days=1),
    )

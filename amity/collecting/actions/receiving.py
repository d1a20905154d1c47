"""Receiving what strangers send: within limits that hold for all processes, with a receipt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.accounts.queries import digest_of
from amity.collecting import messages, queries
from amity.collecting.actions import enclosing
from amity.collecting.actions.places import digest_of_place
from amity.collecting.models import Call, SentFile, Submission
from amity.collecting.telling import secret_of, tell
from amity.foundation.actions import take_turn

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FROM_ONE_PLACE = 60
"""In an hour from one network address: a hall full of people may share one."""
TO_ONE_ADDRESS = 5
"""In a day with one mail address: nobody is flooded with receipts that others asked for."""

MOST_ASIDE = 20_000
"""In a day by one form, beyond what its officers want to read in one: nothing genuine is refused
because others send too much, and the disk does not fill."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sends: see `models.Submission`. `trapped`: what people do not see was filled
    in, by a machine or by what fills in forms for people. `seed`: of the opened form; `held`: by
    what it holds its files; `place`: the network address it comes from."""

    kind: str
    title: str
    words: str
    language: str
    name: str
    organization: str
    others: str
    mail: str
    shown: bool
    written_to: bool
    trapped: bool
    seed: str
    held: str
    place: str


def receive(call: Call, sent: Sent) -> str:
    """Keep what was sent, with its receipt; gives the secret of its page.

    The same form sent twice is kept once. Raises ValidationError where the form is not open, a
    limit is reached, or it was sent before with other words; then nothing is kept.
    """
    secret = secret_of(sent.seed)
    sender = digest_of_place(sent.place)
    if not Submission.objects.filter(digest=digest_of(secret)).exists():
        _refuse_a_flood(call, sent, sender)  # a flood that is refused keeps no writer waiting
    with transaction.atomic():
        take_turn()
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        before = Submission.objects.filter(digest=digest_of(secret)).first()
        if before is not None:
            if not _is_the_same(before, sent):
                raise ValidationError(
                    _("This form was sent before. To propose this too, send it again.")
                )
            return secret
        if queries.state_of(call) != "open":
            raise ValidationError(_("The form is closed."))
        today = _refuse_a_flood(call, sent, sender)
        now = timezone.now()
        made = Submission(
            call=call,
            number=next_number(call),
            at=now,
            kind=sent.kind,
            title=sent.title,
            words=sent.words,
            language=sent.language,
            name=sent.name,
            organization=sent.organization,
            others=sent.others,
            mail=sent.mail,
            shown=sent.shown,
            written_to=sent.written_to,
            aside=sent.trapped or today >= call.most_a_day,
            stage_at=now,
            seed=sent.seed,
            digest=digest_of(secret),
            sender=sender,
        )
        made.full_clean(exclude=["call"])
        made.save()
        enclosing.give(made, sent.held)
        files = made.files.count()
        tell(made, "received", lambda about: messages.received(about, files))
    return secret


def next_number(call: Call) -> int:
    """The number of what comes next; call it while nobody else writes."""
    last: int = Submission.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
    return last + 1


def _is_the_same(before: Submission, sent: Sent) -> bool:
    said = ("kind", "title", "words", "language", "name", "organization", "others", "mail")
    wished = ("shown", "written_to")
    the_same = all(getattr(before, name) == getattr(sent, name) for name in (*said, *wished))
    files = SentFile.objects.filter(submission=before)
    return the_same and enclosing.hashes(files) == enclosing.hashes(enclosing.held_by(sent.held))


def _refuse_a_flood(call: Call, sent: Sent, sender: str) -> int:
    """Raise ValidationError where too much comes from one place, to one address, by one form.

    Gives how many the form has taken within a day.
    """
    now = timezone.now()
    from_here = Submission.objects.filter(sender=sender, at__gt=now - HOUR)
    if from_here.count() >= FROM_ONE_PLACE:
        raise ValidationError(
            _(
                "Very many proposals came from your network within an hour. Yours is still here: "
                "please send it a little later."
            )
        )
    if sent.mail:
        to_it = Submission.objects.alias(to=Lower("mail")).filter(to=sent.mail.lower())
        if to_it.filter(at__gt=now - DAY).count() >= TO_ONE_ADDRESS:
            raise ValidationError(
                _(
                    "Five proposals were sent with this mail address within a day. Yours is still "
                    "here: please send it tomorrow, or without an address."
                )
            )
    today = Submission.objects.filter(call=call, at__gt=now - DAY).count()
    if today >= call.most_a_day + MOST_ASIDE:
        raise ValidationError(
            _(
                "The form takes no more proposals today. Yours is still here: please send it "
                "tomorrow."
            )
        )
    return today


def forget_senders(now: datetime) -> str:
    """Forget where things were sent from, a day later; says of how many."""
    old = Submission.objects.filter(at__lt=now - DAY).exclude(sender="")
    count = old.update(sender="")
    return f"senders of {count} proposals forgotten" if count else ""

"""The letters to followers: what the public reads changed, gathered into one a day at most.

What a follower was told is noted in the transaction of the letter. So nothing is told twice, though
two processes do it, or one is killed and does it again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import translation

from amity.following import messages
from amity.following.actions.asking import LETTERS, forget
from amity.following.events import Told
from amity.following.models import Asked, Follow, Follower
from amity.following.queries.changes import steps_after, told_together
from amity.following.queries.concerned import things_concerned
from amity.following.queries.follows import address_of, newest_public, secret_to_end
from amity.following.queries.known import Name
from amity.following.saying import told_line, told_words
from amity.foundation.database.batches import batched
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter
from amity.foundation.pages.links import absolute
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.titles import titled

NAMED = 10
"""How many records that changed a letter names of each thing."""
AT_ONCE = 25
"""Letters of one transaction: each commit waits for the disk, and others wait to write."""
REFUSED = "SMTPRecipientsRefused"


@dataclass(slots=True)
class Run:
    """What is known in one run: the changes of each thing by number, and how they were told.

    `said` remembers by language, thing and first change, since many follow the same.
    """

    until: int
    steps: dict[Name, list[int]]
    names: dict[int, Name]
    told: dict[tuple[Name, int], list[Told]] = field(default_factory=dict)
    said: dict[tuple[str, Name, int], messages.News | None] = field(default_factory=dict)


def tell_followers(now: datetime) -> str:
    """Write the letters of all followers of whose things something changed; says how many."""
    _forget(now)
    until = newest_public()
    waiting = Follower.objects.filter(told__lt=until)
    waiting = waiting.filter(Q(letter_on=None) | Q(letter_on__lt=now.date())).order_by("pk")
    first = waiting.order_by("told").values_list("told", flat=True).first()
    if first is None:
        return ""
    run, written = _changed(first, until), 0
    own = Prefetch("follows", Follow.objects.select_related("entry__dossier", "entry__moved_to"))
    for some in batched(list(waiting.values_list("pk", flat=True)), AT_ONCE):
        quiet = []
        with transaction.atomic():
            for follower in Follower.objects.filter(pk__in=some).prefetch_related(own):
                news = [one for one in _news(follower, run) if one is not None]
                if news:
                    written += _write(follower, news, until, now)
                else:
                    quiet.append(follower.pk)
            Follower.objects.filter(pk__in=quiet, told__lt=until).update(told=until)
    return f"{written} letters to followers" if written else ""


def _changed(first: int, until: int) -> Run:
    """What changed after one change up to another, by the things that it concerns."""
    rows = list(steps_after(first, until))
    names = {pk: (kind, key) for pk, kind, key in rows}
    concerned = things_concerned(names.values())
    steps: dict[Name, list[int]] = defaultdict(list)
    for pk, name in names.items():
        for thing in concerned.get(name, ()):
            steps[thing].append(pk)
    return Run(until, steps, names)


def _news(follower: Follower, run: Run) -> Iterator[messages.News | None]:
    """What is to be told to a follower, in the order in which they began to follow the things."""
    things: dict[int, tuple[Entry, int]] = {}
    for follow in follower.follows.all():
        entry = follow.entry.moved_to or follow.entry
        # Two that were followed may be one by now, and are told as one.
        _entry, since = things.get(entry.pk, (entry, follow.since))
        things[entry.pk] = (entry, min(since, follow.since))
    with translation.override(follower.language):
        for entry, first in things.values():
            if entry.readers != PUBLIC:
                continue
            thing, since = (entry.kind, entry.key), max(follower.told, first)
            later = [pk for pk in run.steps.get(thing, ()) if pk > since]
            if not later:
                continue
            known = (follower.language, thing, later[0])
            if known not in run.said:
                run.said[known] = _said(entry, later, run)
            yield run.said[known]


def _said(entry: Entry, steps: Sequence[int], run: Run) -> messages.News | None:
    """What changed about a thing in words; None where nothing of it can be read any more."""
    thing = (entry.kind, entry.key)
    records = list(dict.fromkeys(run.names[pk] for pk in steps))
    shown = set(records[:NAMED])
    if (thing, steps[0]) not in run.told:
        run.told[thing, steps[0]] = told_together(pk for pk in steps if run.names[pk] in shown)
    told = run.told[thing, steps[0]]
    if not told:
        return None
    return messages.News(
        title=titled(entry.title, invented=entry.dossier.fictional),
        address=absolute(address_of(entry)),
        lines=tuple(_line(one) for one in told),
        more=len(records) - len(shown),
    )


def _line(told: Told) -> str:
    """What became of a record; of one that is gone who removed it, when and why."""
    if told.removal is not None:
        return told.removal.all_words
    return f"{told_words(told)}: {told_line(told)}"


def _write(follower: Follower, news: Sequence[messages.News], until: int, now: datetime) -> bool:
    """Write a follower's letter, and note what it told; call it in a transaction.

    False where another process was quicker.
    """
    with translation.override(follower.language):
        end = settings.BASE_URL + reverse("following", args=[secret_to_end(follower)])
    own = Follower.objects.filter(pk=follower.pk, told=follower.told)
    if not own.update(told=until, letter_on=now.date()):
        return False
    letter = write_letter(
        follower.mail,
        follower.language,
        lambda: messages.changed(news, end),
        stops_at=end,
        once=f"{LETTERS}{follower.pk}:{now.date().isoformat()}",
    )
    return letter is not None


def _forget(now: datetime) -> None:
    """Forget addresses that nobody confirmed in time, and those that a mail server refused."""
    late = Asked.objects.filter(expires_at__lte=now)
    for mail in sorted(set(late.values_list("mail", flat=True))):
        if Follower.objects.filter(mail=mail).exists():
            late.filter(mail=mail).delete()
        elif not Asked.objects.filter(mail=mail, expires_at__gt=now).exists():
            forget(mail)
    refused = Letter.objects.filter(
        once__startswith=LETTERS, given_up_at__isnull=False, error__startswith=REFUSED
    )
    for mail in sorted(set(refused.values_list("to", flat=True))):
        forget(mail.lower())

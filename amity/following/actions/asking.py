"""Following by mail: asked for, confirmed by whoever reads the address, and ended."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.queries import digest_of
from amity.following import messages
from amity.following.models import Asked, Follow, Follower
from amity.following.queries.follows import newest_public
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter
from amity.record.models import Entry
from amity.record.titles import titled

SERVES = timedelta(days=2)
"""How long an address that nobody confirms is known."""
LETTERS = "following:"
"""How the names of letters to followers begin."""


def ask(mail: str, language: str, entry: Entry) -> None:
    """Write a letter that asks whether its reader wants to follow `entry`.

    Whether the address follows something already makes no difference.
    """
    secret = secrets.token_urlsafe(24)
    expires = timezone.now() + SERVES
    with translation.override(language):
        address = settings.BASE_URL + reverse("follow_confirm", args=[secret])
        title = titled(entry.title, invented=entry.dossier.fictional)
    with transaction.atomic():
        asked = Asked.objects.create(
            mail=as_kept(mail),
            language=language,
            entry=entry,
            digest=digest_of(secret),
            expires_at=expires,
        )
        write_letter(
            mail,
            language,
            lambda: messages.confirm(title, address, expires.date()),
            once=f"{LETTERS}asked:{asked.digest}",
        )


def confirm(asked: Asked) -> Follower:
    """Let the address follow what was asked for, from now on; a second time changes nothing."""
    newest = newest_public()
    with transaction.atomic():
        follower, _made = Follower.objects.update_or_create(
            mail=asked.mail,
            defaults={"language": asked.language},
            create_defaults={"language": asked.language, "told": newest},
        )
        Follow.objects.get_or_create(
            follower=follower, entry=asked.entry, defaults={"since": newest}
        )
        Asked.objects.filter(mail=asked.mail, entry=asked.entry).delete()
    return follower


def follow_no_more(number: int, follow: int) -> None:
    """End one thing of a follower's; with the last one the address is forgotten.

    Where several that they followed are one by now, all of these are ended.
    """
    with transaction.atomic():
        own = Follow.objects.filter(follower=number)
        chosen = own.filter(pk=follow).select_related("entry").first()
        if chosen is not None:
            thing = chosen.entry.moved_to_id or chosen.entry_id
            own.filter(Q(entry=thing) | Q(entry__moved_to=thing)).delete()
        if not Follow.objects.filter(follower=number).exists():
            end(number)


def end(number: int) -> None:
    """End all letters to a follower, and forget the address, in letters too."""
    with transaction.atomic():
        for follower in Follower.objects.filter(pk=number):
            forget(follower.mail)


def forget(mail: str) -> None:
    """Forget an address: what it follows and what it asked for, and letters to it, sent or not."""
    with transaction.atomic():
        Follower.objects.filter(mail=mail).delete()
        Asked.objects.filter(mail=mail).delete()
        Letter.objects.filter(to__iexact=mail, once__startswith=LETTERS).delete()


def as_kept(mail: str) -> str:
    """An address as it is compared: however its letters are written, it is the same box."""
    return mail.strip().lower()

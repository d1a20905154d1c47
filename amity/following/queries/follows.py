"""Reads of who follows what, by a link of a letter or for the letters of a day."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.utils import timezone

from amity.accounts.queries import digest_of
from amity.following.choices import DEADLINES_OF, FOLLOWABLE
from amity.following.models import Asked, Follow, Follower
from amity.foundation.models import Change
from amity.foundation.pages.links import url
from amity.record import kinds
from amity.record.managers import PUBLIC
from amity.record.models import Entry
from amity.record.removals import missing

SIGNER_SALT = "amity.following.end"


@dataclass(frozen=True, slots=True)
class Ways:
    """How a thing can be followed: the addresses of the page that says how, with the form for mail,
    of its feed and of its calendar; the last is empty where there is none.
    """

    page: str
    feed: str
    calendar: str


def followable_or_404(kind: str, key: str) -> Entry:
    """The register entry of what can be followed. One statement.

    Raises Http404, and Removed or Moved of what was there.
    """
    if kind not in FOLLOWABLE:
        raise Http404(kind)
    found = Entry.objects.select_related("dossier").filter(kind=kind, key=key).first()
    if found is None:
        raise missing(kinds.get(kind).model, key)
    return found


def address_of(entry: Entry) -> str:
    """Where a thing that can be followed is read."""
    return kinds.entry_url(entry.kind, entry.key) or url("followup:theme", key=entry.key)


def ways_of(kind: str, key: str) -> Ways:
    """How a thing can be followed. No statement."""
    calendar = ""
    if kind == "gathering":
        calendar = url("gatherings:calendar", key=key)
    elif kind in DEADLINES_OF:
        calendar = url(f"{kind}_deadlines", key=key)
    return Ways(url("follow", kind=kind, key=key), url(f"{kind}_feed", key=key), calendar)


def asked_with(secret: str) -> Asked | None:
    """What was asked for by the link that holds `secret`, while it serves. One statement."""
    rows = Asked.objects.select_related("entry__dossier")
    rows = rows.filter(digest=digest_of(secret), expires_at__gt=timezone.now())
    return rows.filter(entry__readers=PUBLIC).first()


def secret_to_end(follower: Follower) -> str:
    """What stands in the address at which a follower ends their letters."""
    return Signer(salt=SIGNER_SALT).sign(str(follower.pk))


def number_to_end(secret: str) -> int | None:
    """Number of the follower whose letters an address ends, there or gone; None where it is none
    of ours."""
    try:
        return int(Signer(salt=SIGNER_SALT).unsign(secret))
    except BadSignature:
        return None


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed, as the register has it now (`entry`), and the `number` by which it is
    ended."""

    entry: Entry
    number: int


def follows_of(number: int) -> list[Followed]:
    """What a follower follows and everybody may read, each thing once. One statement."""
    rows = Follow.objects.filter(follower=number).order_by("pk")
    found: dict[int, Followed] = {}
    for follow in rows.select_related("entry__dossier", "entry__moved_to__dossier"):
        entry = follow.entry.moved_to or follow.entry
        if entry.readers == PUBLIC:
            found.setdefault(entry.pk, Followed(entry, follow.pk))
    return list(found.values())


def is_follower(number: int) -> bool:
    """Whether letters still go to a follower. One statement."""
    return Follower.objects.filter(pk=number).exists()


def newest_public() -> int:
    """Number of the last change that the public reads; 0 while there is none. One statement."""
    rows = Change.objects.filter(public=True).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0

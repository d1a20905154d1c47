"""The one way to send a letter: a row in the outbox, in the transaction of what it tells of."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import make_msgid
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from amity.foundation.letters.wording import Wording
from amity.foundation.models import Letter
from amity.foundation.words.characters import in_a_line

LONGEST_SUBJECT = 200


def write_letter(
    to: str,
    language: str,
    wording: Callable[[], Wording],
    *,
    office: str = "",
    kind: str = "",
    key: str = "",
    stops_at: str = "",
    once: str | None = None,
    after: timedelta = timedelta(),
) -> Letter | None:
    """Put a letter into the outbox; call it in the transaction of what it tells of.

    `wording` is called with the recipient's language active. `once`: a name under which this is
    sent a single time; None is returned where it was written before. `after`: how long it waits.
    `stops_at`: where letters like it are ended by one press.
    """
    if once is not None and Letter.objects.filter(once=once).exists():
        return None
    laid_out = _lay_out(language, wording)
    letter = _letter(to, language, laid_out, office, kind, key, once)
    letter.stops_at = stops_at
    letter.due_at += after
    letter.save(force_insert=True)
    return letter


@dataclass(frozen=True, slots=True)
class Copy:
    """Somebody who gets a letter that others get too. `once` as for `write_letter`."""

    to: str
    language: str
    office: str = ""
    once: str | None = None


def write_copies(
    copies: Sequence[Copy], wording: Callable[[str], Wording], *, kind: str = "", key: str = ""
) -> int:
    """Put a letter that says the same to several people into the outbox; gives how many it is for.

    It is laid out once in each language: `wording` is called with it, and with it active. However
    many there are, two statements: other writers may be waiting meanwhile.
    """
    names = [one.once for one in copies if one.once is not None]
    there: set[str | None] = {*Letter.objects.filter(once__in=names).values_list("once", flat=True)}
    laid_out: dict[str, LaidOut] = {}
    letters = []
    for one in copies:
        if one.once is not None and one.once in there:
            continue
        there.add(one.once)
        if one.language not in laid_out:
            laid_out[one.language] = _lay_out(one.language, partial(wording, one.language))
        named = (one.office, kind, key, one.once)
        letters.append(_letter(one.to, one.language, laid_out[one.language], *named))
    Letter.objects.bulk_create(letters)
    return len(letters)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A letter as it is sent, in one language."""

    subject: str
    text: str
    html: str


def _lay_out(language: str, wording: Callable[[], Wording]) -> LaidOut:
    with translation.override(language):
        said = wording()
        html = render_to_string(said.template, said.names())
    return LaidOut(one_line(said.subject), said.as_text(), html)


def _letter(
    to: str, language: str, said: LaidOut, office: str, kind: str, key: str, once: str | None
) -> Letter:
    """A letter that is due now, and not in the outbox yet."""
    now = timezone.now()
    return Letter(
        message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname or "localhost"),
        to=to,
        language=language,
        subject=said.subject,
        text=said.text,
        html=said.html,
        office=office,
        kind=kind,
        key=key,
        once=once,
        written_at=now,
        due_at=now,
    )


def one_line(words: str) -> str:
    """`words` as a header takes them: no control characters, and not endless."""
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in words)
    return in_a_line(plain)[:LONGEST_SUBJECT]

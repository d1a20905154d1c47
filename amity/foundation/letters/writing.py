"""The one way to send a letter: a row in the outbox, in the transaction of what it tells of."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from amity.foundation.letters.wording import Wording
from amity.foundation.models import Letter

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
    with translation.override(language):
        said = wording()
        html = render_to_string(said.template, said.names())
    now = timezone.now()
    return Letter.objects.create(
        message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname or "localhost"),
        to=to,
        language=language,
        subject=one_line(said.subject),
        text=said.as_text(),
        html=html,
        office=office,
        kind=kind,
        key=key,
        stops_at=stops_at,
        once=once,
        written_at=now,
        due_at=now + after,
    )


def one_line(words: str) -> str:
    """`words` as a header takes them: no control characters, and not endless."""
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in words)
    return " ".join(plain.split())[:LONGEST_SUBJECT]

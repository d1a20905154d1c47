"""Sends what waits in the outbox.

A letter is taken by moving its `due_at` ahead (a lease), so that several processes never send it
at once, and a process that dies leaves it to be taken again. Just before it goes it is asked
whether it is ours still, and wanted: while others of its round went it may have been taken back.
What a slow server leaves no time for is handed back. `sent_at` is written for each letter after the
mail server has taken it; what is sent twice because the process died in between has the same
Message-ID.
"""

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from amity.foundation.models import Letter

logger = logging.getLogger(__name__)

AT_ONCE = 20
LEASE = timedelta(minutes=5)
FOR_ONE = timedelta(minutes=3)
"""So much of the lease is left when the sending of a letter begins."""
PATIENCE = tuple(timedelta(minutes=one) for one in (1, 2, 4, 8, 15, 30, 60))
"""How long to wait after the first failure, the second, …; the last holds from then on."""
GIVEN_UP_AFTER = timedelta(days=7)
PERMANENT = 500
"""From this code on a mail server refuses for good."""


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters of one round were sent, and how many failed."""

    sent: int = 0
    failed: int = 0


def can_post() -> bool:
    """Whether a mail server is configured; without one letters wait."""
    return bool(settings.EMAIL_BACKEND)


def post_due() -> Posted:
    """Send the letters that are due, twenty at most. Nothing happens without a mail server."""
    if not can_post():
        return Posted()
    until = timezone.now() + LEASE
    letters = _take(until)
    if not letters:
        return Posted()
    sent = failed = 0
    server = get_connection()
    try:
        for letter in letters:
            if timezone.now() > until - FOR_ONE:
                _hand_back(letters, until)
                break
            if not _is_ours(letter, until):
                continue
            if _send(letter, server):
                sent += 1
            else:
                failed += 1
    finally:
        server.close()
    return Posted(sent, failed)


def _take(until: datetime) -> list[Letter]:
    with transaction.atomic():
        due = _waiting().filter(due_at__lte=until - LEASE)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        letters = list(due.order_by("due_at", "id")[:AT_ONCE])
        _with(letters).update(due_at=until)
    return letters


def _waiting() -> QuerySet[Letter]:
    return Letter.objects.filter(sent_at=None, given_up_at=None)


def _with(letters: Iterable[Letter]) -> QuerySet[Letter]:
    return _waiting().filter(pk__in=[letter.pk for letter in letters])


def _is_ours(letter: Letter, until: datetime) -> bool:
    return _with([letter]).filter(due_at=until).exists()


def _hand_back(letters: Iterable[Letter], until: datetime) -> None:
    """Leave to the next round what has not gone; what failed has a day of its own."""
    _with(letters).filter(due_at=until).update(due_at=timezone.now())


def _send(letter: Letter, server: BaseEmailBackend) -> bool:
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's absence note answers it
        "Content-Language": letter.language,
    }
    if letter.stops_at:
        headers["List-Unsubscribe"] = f"<{letter.stops_at}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers=headers,
        connection=server,
    )
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _failed(letter, error)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), error="")
    return True


def _failed(letter: Letter, error: Exception) -> None:
    now = timezone.now()
    wait = PATIENCE[min(letter.tries, len(PATIENCE) - 1)]
    given_up = now - letter.written_at > GIVEN_UP_AFTER or _is_refused_for_good(error)
    Letter.objects.filter(pk=letter.pk).update(
        tries=letter.tries + 1,
        due_at=now + wait,
        given_up_at=now if given_up else None,
        error=f"{type(error).__name__}: {error}"[:1000],
    )
    logger.warning("letter %s could not be sent: %s", letter.pk, error)


def _is_refused_for_good(error: Exception) -> bool:
    """Whether the server takes no letter to this address; "later" (greylisting) is not never.

    RFC 5321, 4.2.1: a code that begins with 4 asks to try again.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= PERMANENT for code, _words in error.recipients.values())

"""Tells whoever proposed something, at each step and in the language of the proposal.

Each letter is written in the transaction of what it tells of, once. No office sees these letters:
they would show whose address it is to all who read its outbox.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from amity.accounts.queries import digest_of
from amity.collecting import messages
from amity.collecting.models import Submission
from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter
from amity.languages.negotiation import preferences

SALT = "amity.collecting.link"
KIND = "submission"
"""What letters and the audit trail call what was sent in."""


def secret_of(seed: str) -> str:
    """The secret of a link, made from the seed and the installation's own key.

    The table alone gives no link away, and each letter can lead to the same page.
    """
    digest = salted_hmac(SALT, seed, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def address_of(submission: Submission) -> str:
    """The absolute address of the page that shows where something sent in stands.

    Where the installation's key was changed, former links serve no more, and this one does.
    """
    secret = secret_of(submission.seed)
    if digest_of(secret) != submission.digest:
        submission.digest = digest_of(secret)
        Submission.objects.filter(pk=submission.pk).update(digest=submission.digest)
    with translation.override(submission.language):
        return settings.BASE_URL + reverse("submission", args=[secret])


def number_of(submission: Submission) -> str:
    """The number that stands on a receipt."""
    return f"{submission.call.gathering.key}/{submission.number}"


def tell(submission: Submission, step: str, say: Callable[[messages.About], Wording]) -> None:
    """Write a letter about a step, where whoever proposed it wants letters; once for each step."""
    if not submission.written_to or not submission.mail:
        return
    preferred = preferences(submission.language)
    about = messages.About(
        number=number_of(submission),
        gathering=submission.call.gathering.title.words(preferred),
        address=address_of(submission),
    )
    write_letter(
        submission.mail,
        submission.language,
        lambda: say(about),
        kind=KIND,
        key=str(submission.pk),
        stops_at=about.address,
        once=once_of(submission, step),
    )


def once_of(submission: Submission, step: str) -> str:
    """Under which name a letter about a step is written a single time."""
    return f"{KIND}:{submission.pk}:{step}"


def take_back_letters(submission: Submission) -> None:
    """Remove what waits of a decision that holds no more, so that nobody is told of both."""
    waiting = Letter.objects.filter(
        kind=KIND, key=str(submission.pk), sent_at=None, given_up_at=None
    )
    waiting.exclude(once=once_of(submission, "received")).delete()


def forget_letters(submission: Submission) -> None:
    """Remove all letters about something sent in: what waits is not sent."""
    Letter.objects.filter(kind=KIND, key=str(submission.pk)).delete()

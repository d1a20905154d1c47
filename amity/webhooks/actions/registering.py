"""What an office does with its webhooks: registering, choosing, trying, pausing, removing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.following.queries.follows import newest_public
from amity.foundation.actions import By, record_change, take_turn
from amity.network.models import Office
from amity.record.models import Dossier, Entry
from amity.webhooks.addresses import target_of
from amity.webhooks.choices import Pause
from amity.webhooks.models import Delivery, Hook
from amity.webhooks.rule import MOST_HOOKS, OVERLAP
from amity.webhooks.signing import new_message, new_secret


@dataclass(frozen=True, slots=True)
class Heard:
    """Of what a webhook hears: see `models.Hook`."""

    topics: Sequence[str] = ()
    dossier: Dossier | None = None
    partnership: Entry | None = None


def register(by: By, office: Office, address: str, heard: Heard) -> Hook:
    """Let an address be told what changes from now on; its secret is in `hook.secret`.

    Raises ValidationError.
    """
    target_of(address, loopback=settings.WEBHOOKS_TO_LOOPBACK)
    with transaction.atomic():
        take_turn()
        if Hook.objects.filter(office=office).count() >= MOST_HOOKS:
            raise ValidationError(_("Your office has as many webhooks as it may have."))
        hook = Hook(
            office=office,
            address=address,
            secret=new_secret(),
            told=newest_public(),
            made_at=timezone.now(),
            made_by_id=by.user,
        )
        _choose(hook, heard)
        hook.full_clean()
        hook.save()
        _noted(by, hook, "register_webhook")
    return hook


def choose(by: By, hook: Hook, heard: Heard) -> None:
    """Say anew of what a webhook hears."""
    with transaction.atomic():
        _choose(hook, heard)
        hook.save(update_fields=["topics", "dossier", "partnership"])
        _noted(by, hook, "change_webhook")


def renew_secret(by: By, hook: Hook, now: datetime) -> str:
    """Sign with another secret from now on, and beside it with the earlier one for a day.

    The one that receivers know keeps its day where another is made within it.
    """
    secret = new_secret()
    with transaction.atomic():
        own = Hook.objects.select_for_update().get(pk=hook.pk)
        if own.earlier_until is None or own.earlier_until <= now:
            own.earlier_secret, own.earlier_until = own.secret, now + OVERLAP
        own.secret = secret
        own.save(update_fields=["secret", "earlier_secret", "earlier_until"])
        _noted(by, own, "renew_webhook_secret")
    return secret


def pause(by: By, hook: Hook) -> None:
    """Tell a webhook nothing until it is taken up again."""
    with transaction.atomic():
        if Hook.objects.filter(pk=hook.pk, paused="").update(paused=Pause.PERSON):
            _noted(by, hook, "pause_webhook")


def resume(by: By, hook: Hook) -> None:
    """Tell a webhook again: what waits, and what changes from now on."""
    with transaction.atomic():
        take_turn()
        rows = Hook.objects.filter(pk=hook.pk).exclude(paused="")
        if rows.update(
            paused="", failures=0, failing_since=None, rests_until=None, told=newest_public()
        ):
            _noted(by, hook, "resume_webhook")


def remove(by: By, hook: Hook) -> None:
    """Forget a webhook, its secret, and what it was told."""
    with transaction.atomic():
        _noted(by, hook, "remove_webhook")
        hook.delete()


def try_out(hook: Hook) -> Delivery:
    """Send a webhook something that tells of nothing, once and now."""
    now = timezone.now()
    return Delivery.objects.create(
        hook=hook, message=new_message(), by_hand=True, written_at=now, due_at=now
    )


def send_again(hook: Hook, number: int) -> bool:
    """Send once more what went or failed, under the same name; False where it is none of these."""
    now = timezone.now()
    rows = hook.deliveries.filter(pk=number, withheld_at=None)
    ended = rows.exclude(sent_at=None, given_up_at=None)
    again = {"sent_at": None, "given_up_at": None, "trouble": "", "status": None}
    return bool(ended.update(by_hand=True, due_at=now, **again))


def _choose(hook: Hook, heard: Heard) -> None:
    hook.topics = list(heard.topics)
    hook.dossier, hook.partnership = heard.dossier, heard.partnership


def _noted(by: By, hook: Hook, verb: str) -> None:
    key = hook.office.organization.key
    record_change(by, verb, "office", key, details={"address": hook.address}, public=False)

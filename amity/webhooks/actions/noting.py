"""What webhooks are to be told, read from the trail into rows that wait to be sent.

How far the trail was read is noted in the transaction of the rows, so nothing is told under two
names, though two processes do it, or one is killed and does it again.
"""

from datetime import datetime

from django.db import transaction

from amity.following.queries.follows import newest_public
from amity.webhooks.models import Delivery, Hook
from amity.webhooks.queries import About, Step, about, hears, steps_between
from amity.webhooks.rule import KEPT
from amity.webhooks.signing import new_message


def note_changes(now: datetime) -> str:
    """Note for each webhook what changed since it was last looked at; says how many things."""
    until = newest_public()
    rows = Hook.objects.filter(paused="", told__lt=until, office__vouched_at__isnull=False)
    waiting = list(rows.select_related("partnership__moved_to").order_by("pk"))
    if not waiting:
        return ""
    steps = steps_between(min(hook.told for hook in waiting), until)
    known = about(steps)
    noted = sum(_note(hook, steps, known, until, now) for hook in waiting)
    return f"{noted} things to tell webhooks" if noted else ""


def _note(hook: Hook, steps: list[Step], known: About, until: int, now: datetime) -> int:
    later = (step for step in steps if step.number > hook.told)
    wholes = {step.whole for step in later if hears(hook, step, known)}
    with transaction.atomic():
        if not Hook.objects.filter(pk=hook.pk, told=hook.told).update(told=until):
            return 0  # another process was quicker
        made = [
            Delivery(hook=hook, change_id=whole, message=new_message(), written_at=now, due_at=now)
            for whole in sorted(wholes)
        ]
        # A load is noted once, though its steps were read in two runs.
        Delivery.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return len(made)


def forget_old(now: datetime) -> str:
    """Forget what was told long ago."""
    rows = Delivery.objects.filter(written_at__lt=now - KEPT)
    count, _of = rows.exclude(sent_at=None, given_up_at=None, withheld_at=None).delete()
    return f"{count} old deliveries forgotten" if count else ""

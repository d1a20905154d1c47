"""Sends webhooks what waits for them.

A delivery is taken by moving its `due_at` ahead (a lease), so that several processes never send it
at once, and a process that dies leaves it to be taken again, under the same name. Each webhook is
told one thing after another, several webhooks at once; after a failure it rests, so that one that
is dead holds up nobody. Only what was asked of the database beforehand goes out: threads that talk
to receivers do not touch it.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.queries import people_of
from amity.following.formats.changes import change_as_json
from amity.following.queries.changes import changes, tell
from amity.foundation.letters.wording import Wording
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Change
from amity.foundation.pages.public import current_page
from amity.record.choices import Mandate
from amity.record.queries import ALL_DOSSIERS
from amity.webhooks import messages, transport
from amity.webhooks.choices import Pause, Trouble
from amity.webhooks.models import Delivery, Hook
from amity.webhooks.queries import about, hears, is_narrow, steps_of
from amity.webhooks.rule import GIVEN_UP_AFTER, rest_after
from amity.webhooks.signing import headers
from amity.webhooks.transport import Answer

AT_ONCE = 8
"""So many webhooks are told something at one time."""
EACH = 5
"""So many things one webhook is told in a round."""
ROUND = 10.0
"""Seconds after which a webhook is told nothing more in this round; letters wait meanwhile."""
LEASE = timedelta(minutes=3)
NAMED = 25
"""How many records of each kind a message names; the interface names more."""
MOST_STEPS = 1_000
"""What changed more records than these is told as a whole, though not all of it was asked for."""


@dataclass(frozen=True, slots=True)
class Message:
    """A delivery as it goes out."""

    delivery: Delivery
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a delivery; no `answer` where it was left for later."""

    delivery: Delivery
    answer: Answer | None


def send_due(now: datetime) -> str:
    """Send what is due to as many webhooks as can be told at once; says how many things."""
    sent = failed = 0
    with ThreadPoolExecutor(AT_ONCE, "webhook") as pool:
        under_way = [
            pool.submit(_tell, hook, messages_to, _secrets(hook, now))
            for hook, messages_to in _taken(now).items()
        ]
        for done in as_completed(under_way):
            for outcome in done.result():
                _write(outcome, now)
                if outcome.answer is not None:
                    sent += outcome.answer.trouble is None
                    failed += outcome.answer.trouble is not None
    return f"{sent} things told to webhooks, {failed} failed" if sent or failed else ""


def _taken(now: datetime) -> dict[Hook, list[Message]]:
    """What is due by webhook, leased, as it is to go out.

    Which webhooks come first is left to chance: one that has much to tell, or whose receiver takes
    its time, stands before no other.
    """
    able = Q(hook__paused="") & (Q(hook__rests_until=None) | Q(hook__rests_until__lte=now))
    due = Delivery.objects.filter(
        Q(by_hand=True) | able & Q(hook__office__vouched_at__isnull=False),
        sent_at=None,
        given_up_at=None,
        withheld_at=None,
        due_at__lte=now,
    )
    some = Hook.objects.filter(Exists(due.filter(hook=OuterRef("pk")))).order_by("?")[:AT_ONCE]
    of: dict[Hook, list[Delivery]] = {}
    with transaction.atomic():
        for hook in some.select_related("office__organization", "partnership__moved_to"):
            rows = due.filter(hook=hook).order_by("due_at", "pk")
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            of[hook] = list(rows[:EACH])
        taken = [delivery.pk for own in of.values() for delivery in own]
        Delivery.objects.filter(pk__in=taken).update(due_at=now + LEASE)
    return {hook: list(_messages(hook, own)) for hook, own in of.items()}


def _messages(hook: Hook, deliveries: Sequence[Delivery]) -> Iterator[Message]:
    """What is to go out; what nobody may read any more is withheld."""
    for delivery in deliveries:
        said = _said(hook, delivery)
        if said is None:
            Delivery.objects.filter(pk=delivery.pk).update(withheld_at=timezone.now())
            continue
        words = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        yield Message(delivery, words.encode())


def _said(hook: Hook, delivery: Delivery) -> dict[str, object] | None:
    """What a delivery tells, as the public reads it at this moment; None where it reads nothing."""
    if delivery.change is None:
        return {
            "type": "test",
            "timestamp": _moment(delivery.written_at),
            "data": {"office": hook.office.organization.key},
        }
    change = _change(hook, delivery.change)
    if change is None:
        return None
    return {
        "type": "record.changed",
        "timestamp": _moment(delivery.change.at),
        "data": change,
    }


def _change(hook: Hook, change: Change) -> dict[str, object] | None:
    page = current_page(timezone.now().date(), "")
    if not changes(page, ALL_DOSSIERS).filter(pk=change.pk).exists():
        return None
    steps = steps_of(change)
    known = about(steps)
    heard = [step.number for step in steps if hears(hook, step, known)]
    if not heard:
        return None
    all_of_it = not is_narrow(hook) or len(heard) > MOST_STEPS
    with translation.override("en"):
        found = tell(page, [change], None if all_of_it else Q(pk__in=heard), named=NAMED)
        return {**change_as_json(found[0])} if found else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _secrets(hook: Hook, now: datetime) -> list[str]:
    """The secrets that sign, the newest first."""
    earlier = hook.earlier_until is not None and hook.earlier_until > now
    return [hook.secret, hook.earlier_secret] if earlier else [hook.secret]


def _tell(hook: Hook, said: Sequence[Message], secrets: Sequence[str]) -> list[Outcome]:
    """Tell one webhook one thing after another until something fails; in a thread of its own."""
    began, outcomes, going = monotonic(), [], True
    for message in said:
        if not going or monotonic() - began > ROUND:
            outcomes.append(Outcome(message.delivery, None))
            continue
        name, moment = message.delivery.message, int(timezone.now().timestamp())
        answer = transport.post(
            hook.address,
            message.body,
            headers(secrets, name, moment, message.body),
            loopback=settings.WEBHOOKS_TO_LOOPBACK,
        )
        going = answer.trouble is None
        outcomes.append(Outcome(message.delivery, answer))
    return outcomes


def _write(outcome: Outcome, now: datetime) -> None:
    """Keep what came of a delivery, and how its webhook fares."""
    own = Delivery.objects.filter(pk=outcome.delivery.pk)
    if outcome.answer is None:
        own.update(due_at=now)
    elif outcome.answer.trouble is None:
        with transaction.atomic():
            own.update(sent_at=now, status=outcome.answer.status, trouble="", tries=F("tries") + 1)
            Hook.objects.filter(pk=outcome.delivery.hook_id).update(
                failures=0, failing_since=None, rests_until=None
            )
    else:
        _failed(outcome.delivery, outcome.answer, outcome.answer.trouble, now)


def _failed(delivery: Delivery, answer: Answer, trouble: Trouble, now: datetime) -> None:
    told = {"status": answer.status, "trouble": trouble, "tries": F("tries") + 1}
    own = Delivery.objects.filter(pk=delivery.pk)
    if delivery.by_hand:
        own.update(given_up_at=now, **told)
        return
    with transaction.atomic():
        hook = Hook.objects.select_for_update().filter(pk=delivery.hook_id).first()
        if hook is None:
            return  # it was removed meanwhile
        hook.failures = min(hook.failures + 1, 1_000)
        hook.failing_since = hook.failing_since or now
        hook.rests_until = now + rest_after(hook.failures)
        gone = answer.status == HTTPStatus.GONE
        ended = gone or now - hook.failing_since > GIVEN_UP_AFTER
        if ended and not hook.paused:
            hook.paused = Pause.GONE if gone else Pause.FAILING
            _tell_office(hook)
        hook.save(update_fields=["failures", "failing_since", "rests_until", "paused"])
        own.update(due_at=hook.rests_until, given_up_at=now if ended else None, **told)


def _tell_office(hook: Hook) -> None:
    """Write to the officers that a webhook is told nothing any more."""
    rows = people_of(hook.office).filter(mandate=Mandate.OFFICER)
    for held in rows:
        with translation.override(held.user.language):
            page = settings.BASE_URL + reverse("webhook", args=[hook.pk])
        write_letter(
            held.user.email,
            held.user.language,
            _wording(hook, page),
            office=hook.office.register_key,
            once=f"webhook:{hook.pk}:{hook.failing_since}:{held.user_id}",
        )


def _wording(hook: Hook, page: str) -> Callable[[], Wording]:
    return lambda: messages.stopped(hook.address, Pause(hook.paused), page)

"""Calling a gathering off, postponing it, and holding it after all; the other sides are told once.

A letter waits two minutes: what is taken back within them was never told. A later one takes the
place of what has not gone out, so that nobody reads last what was said first.

Status and days are weighty: where every side has confirmed the gathering, this is proposed to them
as one, and they are told by what a proposal tells. Nobody else is told: contacts of an office are
its own book, and people in charge are asked about promises alone. Calendars and feeds follow by
themselves.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.accounts.queries import officers_of_others
from amity.accounts.signed_in import AtDesk
from amity.desk.messages import About
from amity.desk.telling import Telling, write_to
from amity.foundation.actions import take_turn
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.differences import FieldChange
from amity.foundation.letters.wording import Wording
from amity.foundation.models import Change, Letter
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.journeys import messages
from amity.journeys.actions.closing import may_close, needs_agreement
from amity.journeys.choices import Became
from amity.journeys.queries.standing import NOT_HELD, STATUS, may_be_changed, status_before
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.models import Entry
from amity.record.refusals import NotAllowed

Say = Callable[[About], Wording]
WAITS = timedelta(minutes=2)
PLANS, INSTEAD = "plans:", ":instead"
"""How the name of a letter begins, and ends where it took the place of one that had not gone."""


def call_off(at_desk: AtDesk, gathering: Gathering, reason: str) -> Became:
    """Call a gathering off. Raises as `postpone` does."""
    _refuse(gathering)
    if gathering.status == GatheringStatus.CANCELLED:
        raise ValidationError(_("It is called off already."))
    gathering.status = GatheringStatus.CANCELLED
    return _to(at_desk, gathering, "call_off", reason, partial(messages.off, reason=reason))


def postpone(at_desk: AtDesk, gathering: Gathering, reason: str, when: DateAsSaid | None) -> Became:
    """Postpone a gathering: to other days, for which it is announced, or until days are known.

    `gathering` carries the revision that was read. Raises NotAllowed, ValidationError without a
    reason or where it was held, Conflict where it was saved since, and what saving raises.
    """
    _refuse(gathering)
    if when is None:
        if gathering.status == GatheringStatus.POSTPONED:
            raise ValidationError(_("It is postponed already; say to when, or hold it after all."))
        gathering.status = GatheringStatus.POSTPONED
    else:
        if when == gathering.when:
            raise ValidationError(_("These are the days that it has; expected others."))
        gathering.status, gathering.when = GatheringStatus.ANNOUNCED, when
    return _to(
        at_desk,
        gathering,
        "postpone",
        reason,
        lambda about: messages.postponed(about, reason, when),
    )


def restore(at_desk: AtDesk, gathering: Gathering, reason: str) -> Became:
    """Hold after all a gathering that was called off or postponed. Raises as `postpone` does."""
    if gathering.status not in NOT_HELD:
        raise ValidationError(_("It is neither called off nor postponed."))
    gathering.status = status_before(gathering)
    say = partial(messages.restored, reason=reason, when=gathering.when)
    return _to(at_desk, gathering, "restore", reason, say)


def _refuse(gathering: Gathering) -> None:
    if not may_be_changed(gathering, timezone.localdate()):
        raise ValidationError(_("It has begun or was held, so it is not called off or postponed."))


def _to(at_desk: AtDesk, gathering: Gathering, verb: str, reason: str, say: Say) -> Became:
    """Write what was changed in the gathering, or propose it, with its letters."""
    acting, kind = at_desk.acting, kinds.get("gathering")
    if not may_close(acting, gathering):
        raise NotAllowed(f"gathering {gathering.key}")
    if not reason.strip():
        raise ValidationError(_("Say why: the other sides read it."))
    with transaction.atomic():
        take_turn()
        if needs_agreement(acting, gathering):
            made = writing.propose(acting, gathering, note=reason, together=True)
            Telling(at_desk, kind, gathering).proposed(made)
            return Became.PROPOSED
        change = writing.save(acting, gathering, reason=reason, verb=verb)
        if change is not None:
            _tell(at_desk, gathering, change, say)
    return Became.DONE


def _tell(at_desk: AtDesk, gathering: Gathering, change: Change, say: Say) -> None:
    """Tell officers of the other sides, each once, what holds now."""
    if not rules.is_joint(gathering) or at_desk.office is None:
        return
    entry = Entry.everything.get(kind="gathering", key=gathering.key)
    sender = at_desk.office.organization.name
    waiting = Letter.objects.filter(
        once__startswith=PLANS, kind=entry.kind, key=entry.key, sent_at=None
    )
    late: dict[str, list[Letter]] = {}
    for letter in waiting:
        late.setdefault(letter.to, []).append(letter)
    waiting.delete()
    for held in officers_of_others(at_desk.acting, gathering.keeper):
        replaced = late.get(held.user.email, [])
        if change.verb == "restore" and _was_never_told(replaced, gathering):
            continue
        once = f"{PLANS}{change.pk}:{held.user_id}{INSTEAD if replaced else ''}"
        write_to(held, sender, entry, "confirmed", say, once, after=WAITS)


def _was_never_told(waiting: list[Letter], gathering: Gathering) -> bool:
    """Whether all that somebody was to be told has been taken back before anything went out.

    `waiting`: what was to go to them. Not where it took the place of another, which said more, nor
    where it was tried, or is being sent at this moment.
    """
    if len(waiting) != 1:
        return False
    letter, once = waiting[0], waiting[0].once or ""
    if letter.tries or letter.due_at != letter.written_at + WAITS or once.endswith(INSTEAD):
        return False
    said = Change.objects.get(pk=int(once.split(":")[1]))
    paths = (FieldChange.from_json(path) for path in said.paths)
    return any(one.path == STATUS and one.before == gathering.status for one in paths)

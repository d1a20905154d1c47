"""Releasing on a set day: set by whoever may release now, done with the rights they have then."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting as acting_for
from amity.accounts.queries import with_deputies
from amity.desk import messages
from amity.desk.models import PlannedRelease
from amity.foundation.actions import take_turn
from amity.foundation.letters.writing import write_letter
from amity.languages.negotiation import preferences
from amity.network.models import Office
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting, key_of
from amity.record.actions import standings
from amity.record.choices import Audience, Mandate
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded
from amity.record.refusals import NotAllowed, Refused, words_of

logger = logging.getLogger(__name__)

Outcome = PlannedRelease.Outcome
SETTLED = gettext_lazy("Every side has confirmed it, so it is released when the others agree.")


def plan(acting: Acting, record: Recorded, due: datetime) -> PlannedRelease:
    """Let everybody read a record from `due` on; in the place of what was set before.

    Raises NotAllowed where whoever acts may not release it now, and ValidationError for a moment
    that has passed, a record that everybody reads, or one that every side has confirmed.
    """
    if not rules.may_release(acting, record):
        raise NotAllowed(record.key)
    if record.readers == PUBLIC:
        raise ValidationError(_("Everybody reads it already."))
    if due <= timezone.now():
        raise ValidationError(_("This day has passed; choose one to come."))
    kind = kinds.of_model(type(record)).kind
    entry = Entry.everything.get(kind=kind, key=record.key)
    with transaction.atomic():
        take_turn()  # of two who set a day at once the second takes the place of the first
        if standings.settled(kind, record):
            raise ValidationError(SETTLED)
        _settle(waiting(entry), Outcome.WITHDRAWN)
        return PlannedRelease.objects.create(
            entry=entry,
            office=acting.office,
            user_id=acting.user,
            due=due,
            made_at=timezone.now(),
        )


def withdraw(acting: Acting, record: Recorded) -> bool:
    """Let a record be released on no set day; False where none was set. Raises NotAllowed."""
    if not rules.may_release(acting, record):
        raise NotAllowed(record.key)
    entry = Entry.everything.get(kind=kinds.of_model(type(record)).kind, key=record.key)
    return bool(_settle(waiting(entry), Outcome.WITHDRAWN))


def waiting(entry: Entry) -> QuerySet[PlannedRelease]:
    """What is set for a record: one or none."""
    return PlannedRelease.objects.filter(entry=entry, outcome="")


def release_due(now: datetime) -> str:
    """Release what is due; says how many, for the log. Each is done once, by whichever process.

    One that fails stops no other. Raises OperationalError where the database does not answer.
    """
    released = 0
    for number in due_at(now):
        try:
            released += _release(number)
        except OperationalError:
            raise
        except Exception:
            logger.exception("planned release %s failed; it is tried again", number)
    return f"{released} records released on their day" if released else ""


def due_at(now: datetime) -> list[int]:
    """The numbers of what is to be released by now, in the order of their days."""
    due = PlannedRelease.objects.filter(outcome="", due__lte=now)
    return list(due.values_list("pk", flat=True))


def _release(number: int) -> bool:
    with transaction.atomic():
        take_turn()  # before the row, as setting a day does: nobody waits for the other
        rows = PlannedRelease.objects.select_for_update(of=("self",))
        rows = rows.select_related("entry", "user")
        planned = rows.filter(pk=number, outcome="").first()
        if planned is None:  # done by another process, or withdrawn
            return False
        office = Office.objects.filter(organization__key=key_of(planned.office)).first()
        user = planned.user
        language = user.language if user else settings.LANGUAGE_CODE
        with translation.override(language):
            failure = _why_not(planned, user, office)
        planned.outcome = Outcome.REFUSED if failure else Outcome.RELEASED
        planned.failure, planned.settled_at = failure, timezone.now()
        planned.save(update_fields=["outcome", "failure", "settled_at"])
        if failure and office is not None:
            _tell(planned, office)
        return not failure


def _why_not(planned: PlannedRelease, user: User | None, office: Office | None) -> str:
    """Release it; gives in words why it is refused, empty where it is done."""
    kind = kinds.get(planned.entry.kind)
    record = kind.model.everything.filter(key=planned.entry.key).first()
    acting = acting_for(user, office) if user and office else Acting()
    if record is None:
        return _("It is not in the record any more.")
    if record.readers == PUBLIC:
        return ""
    if standings.settled(kind.kind, record):
        return str(SETTLED)
    if not rules.may_release(acting, record):
        return _("Whoever set the day may not release it any more.")
    try:
        with transaction.atomic():
            writing.release(acting, record, Audience.PUBLIC)
    except (ValidationError, Refused, NotAllowed) as error:
        return words_of(error)
    return ""


def _tell(planned: PlannedRelease, office: Office) -> None:
    """Tell the officers of the office that it was not released, each in their language."""
    held = MandateHeld.objects.filter(
        office=office, mandate=Mandate.OFFICER, ended=None, user__is_active=True
    )
    kind = kinds.get(planned.entry.kind)
    rows = held.select_related("user", "office__organization").order_by("user")
    for one in with_deputies(rows):
        user = one.user
        with translation.override(user.language):
            address = reverse("desk_release", args=[kind.plural, planned.entry.key])
        about = messages.About(
            office=office.organization.name.words(preferences(user.language)),
            record=planned.entry.title.words(preferences(user.language)),
            address=f"{settings.BASE_URL}{address}",
        )
        write_letter(
            user.email,
            user.language,
            lambda about=about: messages.not_released(about, planned.failure),  # type: ignore[misc] # bound now, called at once
            office=planned.office,
            kind=kind.kind,
            key=planned.entry.key,
        )


def _settle(rows: QuerySet[PlannedRelease], outcome: str) -> int:
    return rows.update(outcome=outcome, settled_at=timezone.now())

"""The silence procedure: set by each side, taking effect where nobody has objected in time."""

import logging
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.accounts.models import MandateHeld
from amity.accounts.queries import acting_by_command, officers_of_others, speakers_of
from amity.desk import messages, needs
from amity.desk.clocks.procedures import procedure_of
from amity.desk.clocks.reckoning import WARNED, Clock, clocks_of, told_as, warned_as
from amity.desk.models import FEWEST_DAYS, MOST_DAYS, SilenceDays
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.desk.telling import Say, write_to
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.models import Letter
from amity.foundation.pages.formatting import day
from amity.network.models import Office, Side
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting, key_of
from amity.record.actions import standings
from amity.record.choices import ProposalState
from amity.record.models import Entry, ProposedChange, ProposedField, Recorded
from amity.record.plain.states import plain_of
from amity.record.queries import visible_entries
from amity.record.refusals import NotAllowed

logger = logging.getLogger(__name__)

MOST_RUNNING = 4
COMMAND = "silence"
"""What the audit trail calls whoever lets it take effect."""


def set_days(acting: Acting, side: Side, days: int | None) -> bool:
    """Set in how many working days a side wants changes objected to; None for no procedure.

    The other sides are told. False where it stood so. Raises NotAllowed, and ValidationError for a
    number that cannot be.
    """
    partnership = f"partnership:{side.partnership.key}"
    if f"side:{side.key}" not in acting.voices(partnership) or not rules.may_confirm(
        acting, partnership
    ):
        raise NotAllowed(words=_("Only whoever agrees for a side sets its silence procedure."))
    if days is not None and not FEWEST_DAYS <= days <= MOST_DAYS:
        bounds = {"fewest": FEWEST_DAYS, "most": MOST_DAYS}
        raise ValidationError(_("Give %(fewest)s to %(most)s working days, or none.") % bounds)
    with transaction.atomic():
        take_turn()
        stood = SilenceDays.objects.filter(side=side)
        if days == stood.values_list("days", flat=True).first():
            return False
        if days is None:
            stood.delete()
        else:
            SilenceDays.objects.update_or_create(
                side=side, defaults={"days": days, "set_at": timezone.now()}
            )
        by = By(acting.user, acting.command, acting.office)
        details = {"side": side.key, "days": days}
        key = side.partnership.key
        record_change(by, "set_silence", "partnership", key, details={**details}, public=False)
        entry = Entry.everything.get(kind="partnership", key=key)
        holds = procedure_of(partnership) is not None
        sender = Office.objects.get(organization__key=acting.organization)
        for held in officers_of_others(acting, partnership):
            _write(held, sender, entry, lambda about: messages.days_set(about, days or 0, holds))
    return True


def agree_due(now: datetime) -> str:
    """Tell sides whose clocks stand still or run out, and let take effect what is due.

    Says how many took effect, for the log. Each is done once, by whichever process; one that fails
    stops no other. Raises OperationalError where the database does not answer.
    """
    agreed = 0
    for number in open_changes():
        try:
            agreed += _go(number, now)
        except OperationalError:
            raise
        except Exception:
            logger.exception("silence procedure of %s failed; it is tried again", number)
    return f"{agreed} proposed changes agreed by silence" if agreed else ""


def register() -> None:
    """Put what runs out on the desk's first page; called once, from `AppConfig.ready`."""
    needs.register("silence runs out", 3, running_out)


def running_out(acting: Acting) -> Need | None:
    """The proposed changes to which a side of whoever acts agrees by silence in a few days.

    Those of which it was told once again; two statements where there are none.
    """
    voices = {one.side for one in acting.sides if one.voice and acting.vouched}
    if not voices or not rules.AGREEING & acting.mandates:
        return None
    told = Letter.objects.filter(office=acting.office, once__startswith=WARNED)
    numbers = {int(str(one).split(":")[1]) for one in told.values_list("once", flat=True)}
    changes = ProposedChange.objects.filter(
        pk__in=numbers,
        fields__in=ProposedField.objects.filter(state=ProposalState.OPEN),
        entry__in=visible_entries(acting),
    ).exclude(side__in=voices)
    rows = changes.select_related("entry__dossier").prefetch_related("fields__replies").distinct()
    listed = [row for change in rows[:MOST_RUNNING] for row in _rows(change, voices)]
    title = _("Agreed by silence soon, unless our side objects")
    return Need(title, tuple(listed), False, "", "") if listed else None


def _rows(change: ProposedChange, voices: Collection[str]) -> Iterator[Row]:
    """A line for each of these sides whose clock runs for a change."""
    kind, entry = kinds.get(change.entry.kind), change.entry
    record = kind.model.everything.filter(key=entry.key).first()
    if record is None:
        return
    address = reverse("desk_record", args=[kind.plural, entry.key])
    for clock in clocks_on(kind, record, [change], timezone.now()).get(change.pk, ()):
        if clock.side in voices and clock.until is not None:
            until = _("until %(day)s") % {"day": day(clock.until)}
            where = f"{address}#proposals"
            yield Row(entry.title, str(kind.label), where, until, entry.dossier.fictional)


def open_changes() -> list[int]:
    """The numbers of proposed changes that wait, of sides that have set a procedure."""
    sides = SilenceDays.objects.values_list("side__key", flat=True)
    waiting = ProposedChange.objects.filter(
        fields__state=ProposalState.OPEN, side__in=[f"side:{key}" for key in sides]
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True).distinct())


def clocks_on(
    kind: kinds.Kind, record: Recorded, changes: Iterable[ProposedChange], now: datetime
) -> dict[int, tuple[Clock, ...]]:
    """The clocks of a record's proposed changes; none while not every side has confirmed it."""
    listed = list(changes)
    if not listed or not standings.settled(kind.kind, record):
        return {}
    procedure = procedure_of(record.keeper)
    return clocks_of(listed, record.keeper, procedure, plain_of(record), now)


def _go(number: int, now: datetime) -> bool:
    """Do what the clocks of a change ask for; whether anything took effect."""
    with transaction.atomic():
        take_turn()
        rows = ProposedChange.objects.select_related("entry")
        change = rows.prefetch_related("fields__replies").get(pk=number)
        kind = kinds.get(change.entry.kind)
        record = kind.model.everything.filter(key=change.entry.key).first()
        if record is None:
            return False
        clocks = clocks_on(kind, record, [change], now).get(number, ())
        office = Office.objects.filter(organization__key=key_of(change.office)).first()
        if not clocks or office is None:
            return False
        for clock in clocks:
            _tell(change, clock, office)
        return _agree(change, record, office, [one.side for one in clocks if one.due])


def _tell(change: ProposedChange, clock: Clock, office: Office) -> None:
    """Write what somebody is still to be told: of the change, or that the days pass."""
    for held in clock.people:
        until = clock.until
        if until is None:
            name = told_as(change.pk, held.user_id)
            _write(held, office, change.entry, _proposed(change, clock.days), name)
        elif clock.warns:
            name = warned_as(change.pk, held.user_id)
            _write(held, office, change.entry, _soon(until), name)


def _proposed(change: ProposedChange, days: int) -> Say:
    return lambda about: messages.proposed(about, change.note, days)


def _soon(until: date) -> Say:
    return lambda about: messages.soon_agreed(about, until)


def _agree(change: ProposedChange, record: Recorded, office: Office, sides: list[str]) -> bool:
    """Let these sides agree by silence; all sides are told of what took effect by it."""
    acting = acting_by_command(COMMAND, office)
    settled = [one for side in sides for one in writing.agree_by_silence(acting, change, side)]
    entry = Entry.everything.get(pk=change.entry_id)  # as it is called from now on
    for state, say in (
        (ProposalState.AGREED, messages.agreed_by_silence),
        (ProposalState.OVERTAKEN, messages.overtaken),
    ):
        if any(one.state == state for one in settled):
            for held in speakers_of(record.keeper):
                _write(held, office, entry, say)
    return any(one.state == ProposalState.AGREED for one in settled)


def _write(
    held: MandateHeld, office: Office, entry: Entry, say: Say, once: str | None = None
) -> None:
    write_to(held, office.organization.name, entry, "proposals", say, once)

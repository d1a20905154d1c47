"""Asking holders: who is in charge, the letter with its link, and taking a link back."""

import secrets
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from amity.accounts.queries import digest_of
from amity.foundation.actions import By, record_change
from amity.foundation.dates.working import is_working_day
from amity.foundation.letters.writing import write_letter
from amity.foundation.models import Letter
from amity.languages.negotiation import preferences
from amity.network.models import Office
from amity.record import rules
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.record.refusals import NotAllowed
from amity.turns import messages, queries
from amity.turns.actions import enclosing
from amity.turns.models import Charge, DraftFile, Holder, Link, Turn

SERVES = timedelta(days=90)
"""How long a link serves after its turn's day, or after it was sent where that is later."""


def may_ask(acting: Acting, side: str) -> bool:
    """Whether whoever acts sets who is asked for a side (`side:…`), and asks."""
    return acting.speaks_for(side) and Mandate.OFFICER in acting.mandates


def keep_holder(acting: Acting, holder: Holder) -> Holder:
    """Write somebody who is asked, new or not. Raises NotAllowed, ValidationError.

    Links that went to a former address of theirs serve no more; new ones go to the new address.
    """
    if not may_ask(acting, f"side:{holder.side.key}") or holder.office not in ("", acting.office):
        raise NotAllowed("holder")
    holder.office = acting.office
    holder.full_clean()
    before = Holder.objects.filter(pk=holder.pk).values_list("mail", flat=True).first()
    with transaction.atomic():
        holder.save()
        if before is not None and before != holder.mail:
            open_links = Link.objects.filter(holder=holder, ended_at=None, used_at=None)
            turns = Turn.objects.filter(links__in=open_links, commitment__open=True)
            again = list(turns.select_related("commitment", "side__area"))
            _end(Link.objects.filter(holder=holder, ended_at=None))
            for turn in again:
                if queries.is_askers(turn, holder):
                    send_link(turn, holder)
    return holder


def put_in_charge(acting: Acting, turn: Turn, holder: Holder) -> None:
    """Let `holder` be asked about the turn's commitment. Raises NotAllowed.

    Open links of somebody else for it serve no more, and what they typed is not passed on.
    """
    if not may_ask(acting, f"side:{turn.side.key}"):
        raise NotAllowed("turn")
    if holder.side_id != turn.side_id or holder.office != acting.office:
        raise NotAllowed("holder")
    with transaction.atomic():
        Charge.objects.update_or_create(
            commitment_id=turn.commitment_id, side_id=turn.side_id, defaults={"holder": holder}
        )
        others = Link.objects.filter(
            turn__commitment=turn.commitment_id, turn__side=turn.side_id, ended_at=None
        )
        others = others.exclude(holder=holder)
        unanswered = Turn.objects.filter(links__in=others, answered_at=None)
        Turn.objects.filter(pk__in=list(unanswered.values_list("pk", flat=True))).update(
            asked_at=None, opened_at=None
        )
        _end(others)
        here = DraftFile.objects.filter(
            turn__commitment=turn.commitment_id, turn__side=turn.side_id
        )
        enclosing.remove(here.exclude(holder=holder))
        _told(acting, "put_in_charge", turn)


def ask(acting: Acting, turn: Turn) -> None:
    """Ask the holder of a turn now; a link that was sent before serves no more.

    Raises NotAllowed, and ValidationError where nobody can be asked.
    """
    if not may_ask(acting, f"side:{turn.side.key}"):
        raise NotAllowed("turn")
    charge = queries.charge_of(turn)
    if charge is None or charge.holder.office != acting.office:
        raise ValidationError(_("Say first who is in charge at your office’s side."))
    if turn.dropped_at is not None or not turn.commitment.open:
        raise ValidationError(_("This is due no more, so nobody is asked."))
    if turn.answered_at is not None and not turn.returned_words:
        raise ValidationError(_("This turn has its report already."))
    with transaction.atomic():
        send_link(turn, charge.holder)
        _told(acting, "ask", turn)


def withdraw(acting: Acting, turn: Turn) -> None:
    """Let the link of a turn serve no more; a letter that still waits is not sent.

    Files in its draft go for good. Raises NotAllowed.
    """
    if not may_ask(acting, f"side:{turn.side.key}"):
        raise NotAllowed("turn")
    with transaction.atomic():
        _end(Link.objects.filter(turn=turn, ended_at=None))
        enclosing.remove(DraftFile.objects.filter(turn=turn))
        _told(acting, "withdraw_link", turn)


def ask_due(now: datetime) -> str:
    """Ask the holders of all turns whose time has come and who were never asked; says how many.

    Each in the morning of a working day of theirs. May run twice at once, and again after it was
    killed: the letter has a name that is written once.
    """
    asked = 0
    for turn, holder in queries.never_asked(now):
        office = queries.office_of(holder.office)
        if office is None or not is_time_for(holder, office, turn.due_on, now):
            continue
        if not queries.is_askers(turn, holder):
            continue  # what the office may read no more its letters do not tell
        with transaction.atomic():
            asked += send_link(turn, holder, once=f"turn:{turn.pk}:{holder.pk}") is not None
    return f"{asked} holders asked" if asked else ""


def is_time_for(holder: Holder, office: Office, due: date, now: datetime) -> bool:
    """Whether a holder may be asked now: on a working day of theirs, between 8 and 18 o'clock."""
    local = now.astimezone(ZoneInfo(holder.timezone))
    return (
        queries.is_asked_by(due, local.date())
        and 8 <= local.hour < 18
        and is_working_day(local.date(), office.holidays)
    )


def send_link(turn: Turn, holder: Holder, *, why: str = "", once: str = "") -> Link | None:
    """Write the letter with a new link; call it in a transaction. Draft and mail carry on.

    None where the letter named `once` was written before.
    """
    turn = Turn.objects.select_for_update(of=("self",)).get(pk=turn.pk)
    now = timezone.now()
    former = Link.objects.filter(turn=turn, holder=holder).first()
    number = Link.objects.filter(turn=turn, holder=holder).count()
    if once and number:
        return None
    secret = secrets.token_urlsafe(24)
    today = now.astimezone(ZoneInfo(holder.timezone)).date()
    until = max(turn.due_on, today) + SERVES
    expires = datetime.combine(until, datetime.max.time(), ZoneInfo(holder.timezone))
    _end(Link.objects.filter(turn=turn, ended_at=None))
    office = queries.office_of(holder.office)
    preferred = preferences(holder.language)
    promise = turn.commitment.title.best(preferred).words
    side = turn.side.area.name.best(preferred).words
    sender = office.organization.name.best(preferred).words if office else ""
    with translation.override(holder.language):
        address = settings.BASE_URL + reverse("turn", args=[secret])
    letter = write_letter(
        holder.mail,
        holder.language,
        lambda: messages.asked(
            messages.Asked(holder.name, promise, side, sender, turn.due_on, address, until, why)
        ),
        office=holder.office,
        kind="commitment",
        key=turn.commitment.key,
        once=once or f"turn:{turn.pk}:{holder.pk}:{number}",
    )
    if letter is None:
        return None
    Turn.objects.filter(pk=turn.pk).update(asked_at=now)
    return Link.objects.create(
        turn=turn,
        holder=holder,
        digest=digest_of(secret),
        letter=letter,
        made_at=now,
        expires_at=expires,
        draft=former.draft if former else {},
    )


def _end(links: QuerySet[Link]) -> None:
    """End these links; letters of theirs that still wait are not sent."""
    now = timezone.now()
    letters = [one.letter_id for one in links if one.letter_id]
    waiting = Letter.objects.filter(pk__in=letters, sent_at=None, given_up_at=None)
    waiting.update(given_up_at=now, error="withdrawn: its link serves no more")
    links.update(ended_at=now)


def _told(acting: Acting, verb: str, turn: Turn) -> None:
    by = By(acting.user, acting.command, acting.office)
    record_change(by, verb, "turn", str(turn.pk), public=False)


def may_see_holders(acting: Acting) -> bool:
    """Whether whoever acts sees who is in charge at the office acted for."""
    return bool(rules.WRITING & acting.mandates)

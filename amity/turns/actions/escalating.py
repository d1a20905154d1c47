"""Telling an office, and then its signatories, that a turn has no report: each step once.

What was told is noted in the transaction of the letters, so nothing comes twice though two
processes do it, or one is killed and does it again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from amity.accounts.models import MandateHeld
from amity.accounts.queries import acting_by_command, holds_any, people_of, with_deputies
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.dates.working import is_working_day
from amity.foundation.letters.writing import write_letter
from amity.languages.negotiation import preferences
from amity.network.models import Office
from amity.record import rules
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.record.refusals import NotAllowed
from amity.turns import messages, queries
from amity.turns.actions.asking import may_ask
from amity.turns.choices import Step
from amity.turns.models import Escalated, Escalation, Turn
from amity.turns.schedule import BETWEEN, is_told

COMMAND = "escalate"


def set_escalation(acting: Acting, wanted: Escalation) -> None:
    """Say after how many days a side wants to be told, and whom beside its signatories.

    Raises NotAllowed, ValidationError.
    """
    if not may_ask(acting, f"side:{wanted.side.key}"):
        raise NotAllowed("escalation")
    if wanted.named is not None and not holds_any(wanted.named, acting.office):
        raise NotAllowed("named")
    wanted.full_clean()
    with transaction.atomic():
        wanted.save()
        by = By(acting.user, acting.command, acting.office)
        record_change(by, "set_escalation", "side", wanted.side.key, public=False)


def escalate(now: datetime) -> str:
    """Tell all offices of what has no report, whose day has come; says how many letters."""
    written = 0
    rows = Office.objects.filter(vouched_at__isnull=False, sides__vouched_at__isnull=False)
    for office in rows.select_related("organization").distinct().order_by("pk"):
        local = now.astimezone(ZoneInfo(office.timezone))
        if 8 <= local.hour < 18 and is_working_day(local.date(), office.holidays):
            written += _of_office(office, now)
    return f"{written} letters about missing reports" if written else ""


def _of_office(office: Office, now: datetime) -> int:
    acting = acting_by_command(COMMAND, office)
    today = now.astimezone(ZoneInfo(office.timezone)).date()
    turns = queries.missing_reports(acting, today)
    if not turns:
        return 0
    with transaction.atomic():
        take_turn()  # or two processes write one letter at once, and the second fails
        set_by = queries.escalations_of({turn.side_id: turn.side for turn in turns}.values())
        told = queries.escalated(turns, acting.office)
        written = 0
        for step in Step:
            due: dict[int, list[Turn]] = defaultdict(list)
            for turn in turns:
                plan = set_by[turn.side_id]
                after = plan.office_after if step == Step.OFFICE else plan.signatories_after
                name = (turn.pk, turn.due_on)
                office_knew = told.get((*name, Step.OFFICE))
                late = step == Step.SIGNATORIES and plan.office_after is not None
                if late and (office_knew is None or now - office_knew < BETWEEN):
                    continue
                if (*name, step) not in told and is_told(turn.due_on, after, today):
                    due[turn.side_id].append(turn)
            for side, some in due.items():
                written += _tell(office, step, some, set_by[side], now)
    return written


def _tell(
    office: Office, step: Step, turns: Sequence[Turn], set_by: Escalation, now: datetime
) -> int:
    """Write to the people of a step about turns of one side, and note it."""
    key = office.register_key
    written = 0
    for held in _people(office, step, set_by):
        preferred = preferences(held.user.language)
        lines = [
            messages.Missing(
                turn.commitment.key, turn.commitment.title.best(preferred).words, turn.due_on
            )
            for turn in turns
        ]
        with translation.override(held.user.language):
            page = settings.BASE_URL + reverse("desk_turns")
        letter = write_letter(
            held.user.email,
            held.user.language,
            lambda lines=lines, page=page: messages.missing(  # type: ignore[misc]
                lines, page, higher=step == Step.SIGNATORIES
            ),
            office=key,
            once=f"escalated:{step}:{held.user_id}:{turns[0].pk}:{turns[0].due_on}:{office.pk}",
        )
        written += letter is not None
    Escalated.objects.bulk_create(
        Escalated(turn=turn, due_on=turn.due_on, step=step, office=key, at=now, people=written)
        for turn in turns
    )
    return written


def _people(office: Office, step: Step, set_by: Escalation) -> Iterator[MandateHeld]:
    """Who is told: those who write for the office, or its signatories and whoever was named."""
    held = people_of(office)
    if step == Step.OFFICE:
        wanted = held.filter(mandate__in=rules.WRITING)
        yield from with_deputies(wanted.select_related("user", "office__organization"))
        return
    found = {one.user_id: one for one in held.filter(mandate=Mandate.SIGNATORY)}
    if set_by.named_id is not None and (named := held.filter(user=set_by.named_id).first()):
        found.setdefault(named.user_id, named)
    yield from found.values()

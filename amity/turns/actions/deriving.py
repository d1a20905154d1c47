"""Turns follow the record: derived from deadline, rhythm and parties, and again when these change.

The audit trail says what changed, so that no write need know of turns.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from amity.followup.choices import Completion, PartyRole, ReportState
from amity.followup.models import Commitment, Party, Report
from amity.foundation.actions import take_turn
from amity.foundation.database.batches import batched
from amity.foundation.models import Change
from amity.turns.models import Followed, Link, Turn
from amity.turns.schedule import Due, Standing, asked_on, plan, turns_due

FOLLOWED = ("commitment", "report", "disposition")
"""Kinds whose changes may change turns."""


def follow(now: datetime) -> str:
    """Bring all turns up to the record as it stands; says how many commitments were looked at.

    What changed since the last time is looked at, and once a day everything that is open, since
    what comes back goes on by itself. May run twice at once, and again after it was killed.
    """
    followed, _made = Followed.objects.get_or_create(pk=1)
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    today = now.date()
    if followed.day != today:
        numbers = Commitment.everything.filter(deadline__isnull=False).values_list("pk", flat=True)
        changed = sorted({*numbers, *Turn.objects.values_list("commitment_id", flat=True)})
    elif newest > followed.change:
        changed = _changed(followed.change, newest)
    else:
        return ""
    for few in batched(changed):
        with transaction.atomic():
            derive(few, today)
    Followed.objects.filter(pk=1).update(change=newest, day=today)
    return f"turns of {len(changed)} commitments followed" if changed else ""


def _changed(after: int, until: int) -> list[int]:
    """The commitments that changes of the trail concern."""
    rows = Change.objects.filter(pk__gt=after, pk__lte=until, kind__in=FOLLOWED)
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in rows.values_list("kind", "key"):
        keys[kind].add(key)
    found: set[int] = set()
    for model, kind, column in (
        (Commitment, "commitment", "pk"),
        (Report, "report", "commitment_id"),
    ):
        for few in batched(sorted(keys[kind])):
            rows_of = model.everything.filter(key__in=few)
            found.update(rows_of.values_list(column, flat=True))
    if keys["disposition"]:
        of = Commitment.everything.filter(dispositions__key__in=keys["disposition"])
        found.update(of.values_list("pk", flat=True))
    return sorted(found)


def derive(commitments: Sequence[int], today: date) -> None:
    """Derive the turns of these commitments anew; call it in a transaction.

    Nothing that was asked or answered is lost: see `schedule.plan`.
    """
    take_turn()
    sides: dict[int, set[int]] = defaultdict(set)
    holding = Party.everything.filter(commitment__in=commitments, role=PartyRole.HOLDER)
    for commitment, side in holding.values_list("commitment_id", "side_id"):
        sides[commitment].add(side)
    there: dict[tuple[int, int], list[Turn]] = defaultdict(list)
    live = Turn.objects.filter(commitment__in=commitments, dropped_at=None).annotate(
        linked=Exists(Link.objects.filter(turn=OuterRef("pk")))
    )
    for turn in live.order_by("due_on", "pk"):
        there[(turn.commitment_id, turn.side_id)].append(turn)
    rows = Commitment.everything.filter(pk__in=commitments)
    for pk, deadline, is_open in rows.values_list("pk", "deadline", "open"):
        known = {side for commitment, side in there if commitment == pk}
        for side in sorted(sides[pk] | known):
            standing = there[(pk, side)]
            since = min([today, *(one.due_on for one in standing if one.due_on < today)])
            due = turns_due(deadline, since) if is_open and side in sides[pk] else []
            _become(pk, side, due, standing)
    _settle(commitments)


def _become(commitment: int, side: int, due: Sequence[Due], there: Sequence[Turn]) -> None:
    standing = [
        Standing(
            one.pk,
            one.due_on,
            touched=one.linked or one.answered_at is not None,  # type: ignore[attr-defined]
            answered=one.answered_at is not None,
        )
        for one in there
    ]
    steps = plan(due, standing)
    if steps.empty:
        return
    now = timezone.now()
    Turn.objects.filter(pk__in=steps.removed).delete()
    if steps.dropped:
        Turn.objects.filter(pk__in=steps.dropped).update(dropped_at=now)
        Link.objects.filter(turn__in=steps.dropped, ended_at=None).update(ended_at=now)
    for number, day in steps.moved.items():
        Turn.objects.filter(pk=number).update(due_on=day.on, starts=day.starts)
    Turn.objects.bulk_create(
        [
            Turn(commitment_id=commitment, side_id=side, due_on=day.on, starts=day.starts)
            for day in steps.added
        ],
        ignore_conflicts=True,
    )


def _settle(commitments: Iterable[int]) -> None:
    """Turns that the side answered at its desk without being asked: by an accepted report of the
    days in which its holder would be asked."""
    waiting = list(
        Turn.objects.filter(commitment__in=commitments, dropped_at=None, answered_at=None)
    )
    if not waiting:
        return
    reports: dict[tuple[int, int], list[Report]] = defaultdict(list)
    rows = Report.everything.filter(
        commitment__in={one.commitment_id for one in waiting},
        state=ReportState.ACCEPTED,
        readers=F("commitment__readers"),
        turns__isnull=True,
    ).defer("text", "obstacles")
    for report in rows.order_by("accepted_on", "key"):
        reports[(report.commitment_id, report.side_id)].append(report)
    for turn in waiting:
        for report in reports[(turn.commitment_id, turn.side_id)]:
            if _answers(report, turn):
                reports[(turn.commitment_id, turn.side_id)].remove(report)
                answered = datetime.combine(
                    report.submitted_on, datetime.min.time(), timezone.get_default_timezone()
                )
                Turn.objects.filter(pk=turn.pk).update(report=report, answered_at=answered)
                break


def _answers(report: Report, turn: Turn) -> bool:
    """Whether a report of the turn's side speaks of its period."""
    if report.period and report.period.end:
        within = turn.starts is None or report.period.end >= turn.starts
        return within and report.period.end <= turn.due_on
    if report.completion == Completion.WITHDRAWN:
        return report.submitted_on <= turn.due_on
    return asked_on(turn.due_on) <= report.submitted_on

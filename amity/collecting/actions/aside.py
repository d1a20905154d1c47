"""What was set aside, declined together: with one reason, as one change that is taken back as one.

A flood leaves hundreds of proposals that nobody opens one by one.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.collecting import messages, queries
from amity.collecting.actions.sorting import Decided, step_of
from amity.collecting.choices import Stage
from amity.collecting.models import Submission
from amity.collecting.queries import DECLINED_TOGETHER, TAKEN_BACK
from amity.collecting.telling import KIND, once_of, tell
from amity.foundation.actions import By, record_change, take_turn
from amity.foundation.database.batches import batched
from amity.foundation.differences import JSON
from amity.foundation.models import Change, Letter
from amity.record import rules
from amity.record.acting import Acting
from amity.record.refusals import NotAllowed

AT_ONCE = 1_000
"""The most that are declined by one act: others wait to write meanwhile."""


def decline_together(
    acting: Acting, reason: str, language: str, *, only: int, chosen: Collection[int] | None
) -> Change:
    """Do not take up what was set aside and waits, the oldest first, with a reason that is sent.

    `only`: of the form with this number, 0 for all; `chosen`: these of it alone. At most `AT_ONCE`.
    Raises ValidationError without a reason, NotAllowed, and Decided where nothing of it waits.
    """
    if not reason.strip():
        raise ValidationError(_("Say why: whoever sent it in reads it."))
    if not rules.writes(acting):
        raise NotAllowed(KIND)
    with transaction.atomic():
        take_turn()
        numbers = _numbers(acting, only, chosen)
        if not numbers:
            raise Decided(_("This waits no more: somebody has decided on it."))
        by = By(acting.user, acting.command, acting.office)
        whole = record_change(
            by, DECLINED_TOGETHER, KIND, details={"count": len(numbers)}, public=False
        )
        for some in batched(numbers):
            for one in _locked(some):
                before: dict[str, JSON] = {"stage": one.stage, "again": one.again}
                one.stage, one.stage_at, one.office = Stage.DECLINED, timezone.now(), acting.office
                one.reason, one.reason_language = reason, language
                one.save()
                record_change(
                    by, "decline", KIND, str(one.pk), details=before, part_of=whole, public=False
                )
                tell(one, step_of(one, "declined"), lambda about: messages.declined(about, reason))
    return whole


def take_back(acting: Acting, number: int) -> int:
    """Let everything wait again that was declined together; says how many.

    What was decided on anew or withdrawn meanwhile stays as it is. Who was told already is told of
    this too; letters that wait still do not go. Raises NotAllowed, and Decided where it was taken
    back before.
    """
    if not rules.writes(acting):
        raise NotAllowed(KIND)
    with transaction.atomic():
        take_turn()
        whole = queries.declined_together(acting).filter(pk=number).first()
        if whole is None:
            raise Decided(_("This was taken back before."))
        by = By(acting.user, acting.command, acting.office)
        undone = record_change(by, TAKEN_BACK, KIND, details={"undoes": whole.pk}, public=False)
        steps = Change.objects.filter(part_of=whole).values_list("key", "details")
        before = {int(key): details for key, details in steps}
        count = 0
        for some in batched(before):
            for one in _locked(_read_by(acting, some)):
                stage, again = before[one.pk]["stage"], before[one.pk]["again"]
                if one.stage == Stage.DECLINED and one.again == again:
                    _let_wait(acting, one, stage)
                    record_change(by, "reconsider", KIND, str(one.pk), part_of=undone, public=False)
                    count += 1
    return count


def _let_wait(acting: Acting, submission: Submission, stage: str) -> None:
    letters = Letter.objects.filter(once=once_of(submission, step_of(submission, "declined")))
    was_told = letters.filter(sent_at__isnull=False).exists()
    letters.filter(sent_at=None, given_up_at=None).delete()
    submission.stage, submission.stage_at, submission.office = stage, timezone.now(), acting.office
    submission.reason = submission.reason_language = ""
    submission.again += 1
    submission.save()
    if was_told:
        tell(submission, step_of(submission, "undeclined"), messages.undeclined)


def _numbers(acting: Acting, only: int, chosen: Collection[int] | None) -> list[int]:
    rows = queries.set_aside(acting, only)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    if chosen is not None:
        numbers = [one for one in numbers if one in chosen]
    return numbers[:AT_ONCE]


def _read_by(acting: Acting, numbers: list[int]) -> list[int]:
    """Those of which whoever acts still reads: the sides of a gathering may be others by now."""
    rows = queries.submissions_of(acting).filter(pk__in=numbers)
    return list(rows.order_by().values_list("pk", flat=True))


def _locked(numbers: list[int]) -> list[Submission]:
    rows = Submission.objects.select_for_update(of=("self",)).filter(pk__in=numbers)
    return list(rows.select_related("call__gathering").order_by("pk"))

"""Letting others read a record: what to know before, at once or on a set day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.desk.contexts import ReleasePage
from amity.desk.models import PlannedRelease
from amity.desk.releasing import planned
from amity.desk.releasing.answers import answers_for
from amity.desk.releasing.wholes import may_release
from amity.desk.telling import Telling
from amity.desk.views.lines import row_of
from amity.foundation.dates.zones import moments_of
from amity.foundation.pages.context import show
from amity.record import actions as writing
from amity.record import rules
from amity.record.acting import Acting
from amity.record.actions import standings
from amity.record.actions.write import audience_of
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.refusals import NeedsAgreement, NotAllowed, Refused, words_of

MORNING = "09:00"


@dataclass(frozen=True, slots=True)
class _Typed:
    day: str = ""
    time: str = MORNING
    problem: str = ""
    reason: str = ""
    stopped: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def release(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Release a record or withdraw it from the public, or set the day on which it is released."""
    kind = queries.kind_or_404(plural)
    found = queries.record_or_404(request.at_desk.acting, kind, key)
    if request.method != "POST":
        return _page(request, kind, found, _Typed())
    revision = request.POST.get("revision", "")
    if not revision.isascii() or not revision.isdigit():
        raise PermissionDenied
    found.revision = int(revision[:9])
    act = request.POST.get("act", "")
    if act in ("set", "unset"):
        return _set_day(request, kind, found, withdrawn=act == "unset")
    return _at_once(request, kind, found)


def _at_once(request: DeskRequest, kind: Kind, found: Recorded) -> HttpResponse:
    wanted = request.POST.get("audience", "")
    if wanted not in Audience.values:
        raise PermissionDenied
    audience, acting = Audience(wanted), request.at_desk.acting
    try:
        reason = as_typed(request.POST.get("reason", ""), LONGEST_REASON)
        try:
            writing.release(acting, found, audience, reason)
            messages.success(request, _("Done: it is read by those whom you chose."))
        except NeedsAgreement:
            with transaction.atomic():
                made = writing.propose(acting, found, audience=audience, note=reason)
                Telling(request.at_desk, kind, found).proposed(made)
            messages.success(request, _("Every side has confirmed it, so the others are asked."))
    except NotAllowed as error:
        messages.error(request, words_of(error))
    except (ValidationError, Refused) as error:
        fresh = queries.record_or_404(acting, kind, found.key)
        typed = _Typed(reason=request.POST.get("reason", ""), stopped=words_of(error))
        return _page(request, kind, fresh, typed)
    return redirect("desk_record", kind.plural, found.key)


def _set_day(request: DeskRequest, kind: Kind, found: Recorded, *, withdrawn: bool) -> HttpResponse:
    acting = request.at_desk.acting
    day, at = request.POST.get("day", "")[:40], request.POST.get("time", MORNING)[:40]
    try:
        if withdrawn:
            if planned.withdraw(acting, found):
                messages.success(request, _("No day is set any more."))
            else:
                messages.error(request, _("No day was set, or it has come already."))
        else:
            planned.plan(acting, found, _moment(day, at, request.at_desk.user.timezone))
            messages.success(request, _("The day is set; until then you can take it back here."))
    except ValidationError as error:
        return _page(request, kind, found, _Typed(day, at, " ".join(error.messages)))
    except NotAllowed as error:
        raise PermissionDenied from error
    return redirect("desk_release", kind.plural, found.key)


def _moment(day: str, at: str, zone: str) -> datetime:
    """The moment at which the clocks of `zone` show it. Raises ValidationError."""
    try:
        wall = datetime.combine(date.fromisoformat(day), time.fromisoformat(at))
    except ValueError as error:
        raise ValidationError(_("Give a day and a time, such as 2027-03-01 and 09:00.")) from error
    if not (moments := moments_of(wall, zone)):
        raise ValidationError(_("The clocks leave this time out on that day; choose another."))
    return moments[0]


def _page(request: DeskRequest, kind: Kind, found: Recorded, typed: _Typed) -> HttpResponse:
    acting = request.at_desk.acting
    entry = Entry.everything.get(kind=kind.kind, key=found.key)
    settled = standings.settled(kind.kind, found)
    if not may_release(acting, kind, found, settled=settled):
        raise PermissionDenied
    last = PlannedRelease.objects.filter(entry=entry).select_related("user").order_by("-pk").first()
    answers = answers_for(kind, found)
    first = queries.entries_by_key(acting, answers.first)
    page = ReleasePage(
        kind=kind,
        record=found,
        name=entry.title,
        audience=audience_of(found),
        settled=settled,
        answers=answers,
        first=tuple(row_of(one) for one in first),
        planned=last if last and not last.outcome else None,
        refused=last if last and _failed(last, acting) else None,
        may_set=rules.may_release(acting, found),
        typed_day=typed.day,
        typed_time=typed.time,
        zone=timezone.get_current_timezone_name(),
        problem=typed.problem,
        typed_reason=typed.reason,
        stopped=typed.stopped,
        noindex=True,
    )
    return show(request, page, status=422 if typed.problem or typed.stopped else 200)


def _failed(last: PlannedRelease, acting: Acting) -> bool:
    """Whether what the office acted for had set was refused, and nothing was set since."""
    return last.outcome == PlannedRelease.Outcome.REFUSED and last.office == acting.office

"""Calling a gathering off at the desk, postponing it, holding it after all."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.gatherings.choices import GatheringStatus
from amity.gatherings.models import Gathering
from amity.journeys.actions import calling_off as verbs
from amity.journeys.actions.closing import may_close, needs_agreement
from amity.journeys.choices import Became
from amity.journeys.contexts import PlansPage
from amity.journeys.forms import CALL_OFF, POSTPONE, RESTORE, PlansForm
from amity.journeys.queries import standing
from amity.record.refusals import NotAllowed, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def plans(request: DeskRequest, key: str) -> HttpResponse:
    """What stands of the plan; POST changes it, or proposes to."""
    acting = request.at_desk.acting
    gathering = standing.gathering_or_404(acting, key)
    today = timezone.localdate()
    agreed = needs_agreement(acting, gathering)
    proposed = any(one.proposed for one in standing.sides_of(gathering))
    may = may_close(acting, gathering) and standing.may_be_changed(gathering, today)
    sent = request.POST if request.method == "POST" else None
    form = PlansForm(sent, _acts(gathering), page_language(), today) if may else None
    problems: list[str] = []
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                became = _done(request, gathering, form)
            except ValidationError as error:
                problems = error.messages
            except (Refused, NotAllowed) as error:
                problems = [str(error)]
            else:
                said = {Became.PROPOSED: _("Proposed. It takes effect when every side agrees.")}
                told = _("Done. The other sides are told by mail, and confirm it.")
                messages.success(request, said.get(became, told))
                return redirect("desk_record", "gatherings", key)
            gathering = standing.gathering_or_404(acting, key)
    page = PlansPage(
        gathering=gathering,
        form=form,
        agreed=agreed,
        proposed=proposed,
        problems=problems,
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    wrong = bool(problems) or bool(form and form.errors)
    return show(request, page, status=422 if wrong else 200)


def _acts(gathering: Gathering) -> tuple[str, ...]:
    """What may become of a gathering as it stands."""
    if gathering.status == GatheringStatus.CANCELLED:
        return (POSTPONE, RESTORE)
    if gathering.status == GatheringStatus.POSTPONED:
        return (POSTPONE, CALL_OFF, RESTORE)
    return (POSTPONE, CALL_OFF)


def _done(request: DeskRequest, gathering: Gathering, form: PlansForm) -> Became:
    said, at_desk = form.cleaned_data, request.at_desk
    revision = request.POST.get("revision", "")
    if not revision.isascii() or not revision.isdigit():
        raise PermissionDenied
    gathering.revision = int(revision[:9])
    if said["act"] == CALL_OFF:
        return verbs.call_off(at_desk, gathering, said["reason"])
    if said["act"] == RESTORE:
        return verbs.restore(at_desk, gathering, said["reason"])
    return verbs.postpone(at_desk, gathering, said["reason"], said["when"])

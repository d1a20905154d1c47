"""The list of what was sent in: by form, what was set aside, declined together; and as CSV."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.collecting import queries
from amity.collecting.actions import aside, sorting
from amity.collecting.columns import SUBMISSIONS
from amity.collecting.contexts import SubmissionsPage, Together
from amity.collecting.forms.deciding import AsideForm
from amity.collecting.models import Submission
from amity.foundation.pages.asked import page_asked, whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.formatting import number as number_shown
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.speaking import page_language
from amity.foundation.pages.tables import answer_csv
from amity.record import rules
from amity.record.refusals import words_of

MOST_GATHERINGS = 50


@require_safe
@desk_page
def submissions(request: DeskRequest) -> HttpResponse:
    """What was sent in for gatherings of one's own sides, and their forms."""
    return _listed(request, AsideForm(initial={"language": page_language()}))


def _listed(request: DeskRequest, form: AsideForm, status: int = 200) -> HttpResponse:
    acting = request.at_desk.acting
    only = _form_asked(request)
    apart = form.is_bound or request.GET.get("aside", "") == "1"
    decides = apart and rules.writes(acting)
    rows = _of_form(request, only, aside=apart)
    page = page_of(rows, page_asked(request.GET))
    gatherings = list(queries.gatherings_of(acting)[:MOST_GATHERINGS])
    shown = SubmissionsPage(
        rows=tuple(page.items),
        paging=page,
        calls=tuple(queries.lines(gatherings)),
        gone=tuple(queries.orphaned(acting)) if rules.writes(acting) else (),
        aside=_of_form(request, only, aside=True).count(),
        apart=apart,
        only=only,
        form=form if decides and queries.set_aside(acting, only).exists() else None,
        together=tuple(_together(request)) if decides else (),
        noindex=True,
    )
    return show(request, shown, status=status)


def _together(request: DeskRequest) -> Iterator[Together]:
    for one in queries.declined_together(request.at_desk.acting)[: queries.LAST_TOGETHER]:
        yield Together(one.pk, one.details["count"], one.at)


@require_POST
@desk_page
def decline_together(request: DeskRequest) -> HttpResponse:
    """Do not take up what was set aside: what is ticked, or all of it, with one reason."""
    acting = request.at_desk.acting
    if not rules.writes(acting):
        raise PermissionDenied
    form = AsideForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        only = _form_asked(request)
        try:
            done = aside.decline_together(
                acting,
                said["reason"],
                said["language"],
                only=only,
                chosen=None if said["everything"] else form.ticked,
            )
        except sorting.Decided as error:
            messages.error(request, words_of(error))
        else:
            count = done.details["count"]
            words = ngettext(
                "%(count)s was not taken up. Whoever sent it in is told why.",
                "%(count)s were not taken up. Whoever sent them in is told why.",
                count,
            )
            messages.success(request, words % {"count": number_shown(count)})
        return redirect(_apart(request))
    return _listed(request, form, status=422)


@require_POST
@desk_page
def take_back(request: DeskRequest, number: int) -> HttpResponse:
    """Let everything wait again that was declined together."""
    acting = request.at_desk.acting
    if not rules.writes(acting):
        raise PermissionDenied
    try:
        count = aside.take_back(acting, number)
    except sorting.Decided as error:
        messages.error(request, words_of(error))
    else:
        words = ngettext("%(count)s waits again.", "%(count)s wait again.", count)
        messages.success(request, words % {"count": number_shown(count)})
    return redirect(_apart(request))


def _apart(request: DeskRequest) -> str:
    """The list of what was set aside, of the form that is asked for."""
    only = _form_asked(request)
    return f"{reverse('desk_submissions')}?aside=1" + (f"&form={only}" if only else "")


@require_safe
@desk_page
def table(request: DeskRequest) -> StreamingHttpResponse:
    """What was sent in, all of it or by one form, as CSV: for the offices that read it."""
    rows = _of_form(request, _form_asked(request), aside=None)
    return answer_csv(request, "submissions", SUBMISSIONS, rows)


def _of_form(request: DeskRequest, only: int, *, aside: bool | None) -> "QuerySet[Submission]":
    rows = queries.submissions_of(request.at_desk.acting).prefetch_related("files")
    if aside is not None:
        rows = rows.filter(aside=aside)
    return rows.filter(call=only) if only else rows


def _form_asked(request: DeskRequest) -> int:
    """Which form's the list is to be; 0 for all."""
    return whole_number(request.GET.get("form")) or 0

"""Letting everybody read a gathering with all that hangs on it: checked on one page, in one act."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.contexts import ReleaseWholePage
from amity.desk.releasing import wholes
from amity.desk.releasing.answers import answers_for_all
from amity.desk.releasing.wholes import ToRelease, Whole
from amity.desk.shown import RowToRelease
from amity.desk.telling import ask_to_release
from amity.desk.ticks import Tick, tick_in
from amity.desk.views.lines import row_of
from amity.foundation.pages.context import show
from amity.record import actions as writing
from amity.record import kinds
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed, Refused

MOST_TICKED = 2 * queries.MOST_OF_A_WHOLE


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def release_whole(request: DeskRequest, key: str) -> HttpResponse:
    """Check and release a gathering with what hangs on it, without the rows that are left out."""
    acting, kind = request.at_desk.acting, kinds.get("gathering")
    found = queries.record_or_404(acting, kind, key)
    if not wholes.may_release_of(acting, found):
        raise PermissionDenied
    whole = wholes.whole_of(acting, kind, found)
    if request.method != "POST":
        return _page(request, found, whole, whole.ours)
    sent = request.POST.getlist("ticked")[:MOST_TICKED]
    read = {(one.kind, one.key): one.revision for one in filter(None, map(tick_in, sent))}
    ticked = [one for one in whole.ours if one.name in read]
    if request.POST.get("act") != "release":
        return _page(request, found, whole, ticked)
    problems = _released(request, found, ticked, read)
    return (
        _page(request, found, whole, ticked, problems)
        if problems
        else redirect("desk_record", kind.plural, key)
    )


def _released(
    request: DeskRequest,
    gathering: Recorded,
    ticked: Sequence[ToRelease],
    read: Mapping[tuple[str, str], int],
) -> tuple[str, ...]:
    """Release what was ticked, as it was read; gives in words why it is refused, none if done."""
    for one in ticked:
        one.record.revision = read[one.name]
    try:
        with transaction.atomic():
            done = writing.release_together(
                request.at_desk.acting,
                [one.record for one in ticked],
                about=("gathering", gathering.key),
            )
            ask_to_release(request.at_desk, gathering, done.asked)
    except (ValidationError, writing.Stopped) as error:
        return tuple(error.messages)
    except (Refused, NotAllowed) as error:
        return (str(error),)
    if done.read:
        told = ngettext(
            "Released: everybody reads %(count)s record now. The history undoes it as one.",
            "Released: everybody reads %(count)s records now. The history undoes it as one.",
            done.read,
        )
        messages.success(request, told % {"count": done.read})
    if done.asked:
        told = ngettext(
            "The other sides are asked to agree that everybody reads %(count)s record.",
            "The other sides are asked to agree that everybody reads %(count)s records.",
            len(done.asked),
        )
        messages.success(request, told % {"count": len(done.asked)})
    return ()


def _page(
    request: DeskRequest,
    gathering: Recorded,
    whole: Whole,
    ticked: Sequence[ToRelease],
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    acting = request.at_desk.acting
    answers = answers_for_all([one.record for one in ticked])
    chosen = {one.name for one in ticked}
    page = ReleaseWholePage(
        gathering=gathering,
        name=queries.name_of(acting, f"gathering:{gathering.key}"),
        rows=tuple(
            RowToRelease(
                row=row_of(one.entry),
                ticked=str(Tick(one.entry.kind, one.record.revision, one.entry.key)),
                on=one.name in chosen,
                settled=one.settled,
                named=one.named,
            )
            for one in whole.ours
        ),
        theirs=tuple(row_of(one) for one in whole.others),
        first=tuple(
            row_of(one)
            for one in queries.entries_by_key(acting, answers.first)
            if (one.kind, one.key) not in {(other.kind, other.key) for other in whole.others}
        ),
        answers=answers,
        asks=any(one.settled for one in ticked),
        problems=problems,
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if problems else 200)

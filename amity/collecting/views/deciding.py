"""What was sent in, at the desk: one of it, and all that can be done with it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.collecting import queries, telling
from amity.collecting.actions import publishing, sorting
from amity.collecting.choices import TAKEN_UP
from amity.collecting.contexts import FileLine, SubmissionPage
from amity.collecting.forms.deciding import (
    DeclineForm,
    MergeForm,
    MoveForm,
    PartForm,
    PublishForm,
    named_sides,
)
from amity.collecting.models import Submission
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.gatherings.models import Gathering
from amity.languages.negotiation import preferences
from amity.record import rules
from amity.record.acting import Acting
from amity.record.choices import Audience
from amity.record.numbered import number_of
from amity.record.refusals import NotAllowed, Refused, words_of

MOST_PARTS = 6
MOST_TO_JOIN = 300


@require_safe
@desk_page
def submission(request: DeskRequest, number: int) -> HttpResponse:
    """Something sent in, with what can be done with it."""
    found = queries.submission_or_404(request.at_desk.acting, number)
    return _shown(request, found)


@require_POST
@desk_page
def read(request: DeskRequest, number: int) -> HttpResponse:
    """Say that it is being read."""
    return _done(
        request, number, sorting.take_to_read, _("Whoever sent it in knows that it is being read.")
    )


@require_POST
@desk_page
def take_up(request: DeskRequest, number: int) -> HttpResponse:
    """Make proposals of the record of it."""
    acting = request.at_desk.acting
    found = _kept(request, number)
    gathering = queries.gathering_of(found.call)
    sides = queries.sides_of(gathering) if gathering else []
    parts = _parts(request, found)
    publish = PublishForm(request.POST, named_sides(sides, page_language()))
    if not all([publish.is_valid(), *(part.is_valid() for part in parts)]):
        return _shown(request, found, parts=parts, publish=publish, tried="take_up")
    said = publish.cleaned_data
    try:
        made = sorting.take_up(
            acting,
            found,
            [
                sorting.Part(one["kind"], one["title"], one["words"])
                for one in (part.cleaned_data for part in parts)
            ],
            [side for side in sides if side.key in said["addressees"]],
            Audience(said["audience"]),
        )
    except NotAllowed:
        problem = _("Your mandate does not allow this. An officer of the office can do it.")
    except (ValidationError, Refused) as error:
        problem = words_of(error)
    else:
        numbers = ", ".join(number_of(one.key) for one in made)
        words = _("Taken up: %(numbers)s. Whoever sent it in is told.") % {"numbers": numbers}
        messages.success(request, words)
        return redirect("desk_submission", number)
    return _shown(request, found, parts=parts, publish=publish, problem=problem, tried="take_up")


@require_POST
@desk_page
def join(request: DeskRequest, number: int) -> HttpResponse:
    """Join it to a proposal of the record."""
    acting = request.at_desk.acting
    found = _kept(request, number)
    gathering = queries.gathering_of(found.call)
    merge = MergeForm(request.POST, _to_join(request, gathering))
    problem = ""
    if gathering and merge.is_valid():
        chosen = queries.mergeable(acting, gathering).get(key=merge.cleaned_data["proposal"])
        try:
            sorting.join(acting, found, chosen)
        except ValidationError as error:
            problem = words_of(error)
        else:
            messages.success(request, _("Joined. Whoever sent it in is told."))
            return redirect("desk_submission", number)
    return _shown(request, found, merge=merge, problem=problem, tried="join")


@require_POST
@desk_page
def decline(request: DeskRequest, number: int) -> HttpResponse:
    """Do not take it up, with a reason."""
    found = _kept(request, number)
    form = DeclineForm(request.POST)
    problem = ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            sorting.decline(request.at_desk.acting, found, said["reason"], said["language"])
        except ValidationError as error:
            problem = words_of(error)
        else:
            messages.success(request, _("Not taken up. Whoever sent it in is told why."))
            return redirect("desk_submission", number)
    return _shown(request, found, decline=form, problem=problem, tried="decline")


@require_POST
@desk_page
def bring_in(request: DeskRequest, number: int) -> HttpResponse:
    """Let what was set aside wait with all the others."""
    return _done(request, number, sorting.bring_in, _("It waits with all the others now."))


@require_POST
@desk_page
def again(request: DeskRequest, number: int) -> HttpResponse:
    """Decide on it anew: what came of it was taken out of the record."""
    return _done(
        request, number, sorting.reconsider, _("It waits again. Whoever sent it in is told.")
    )


@require_POST
@desk_page
def move(request: DeskRequest, number: int) -> HttpResponse:
    """Let it wait for another gathering of the same sides."""
    acting = request.at_desk.acting
    found = _kept(request, number)
    form = MoveForm(request.POST, _to_move(request, found))
    problem = ""
    if form.is_valid():
        chosen = queries.other_calls(acting, found.call).get(pk=form.cleaned_data["form"])
        try:
            sorting.move(acting, found, chosen)
        except ValidationError as error:
            problem = words_of(error)
        else:
            messages.success(request, _("Moved, with a new number. Whoever sent it in is told."))
            return redirect("desk_submission", number)
    return _shown(request, found, move=form, problem=problem, tried="move")


def _done(
    request: DeskRequest, number: int, verb: Callable[[Acting, Submission], object], words: str
) -> HttpResponse:
    """Do what needs nothing typed, and say so, or why it is refused."""
    found = _kept(request, number)
    try:
        verb(request.at_desk.acting, found)
    except ValidationError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, words)
    return redirect("desk_submission", number)


def _to_move(request: DeskRequest, found: Submission) -> list[tuple[str, str]]:
    rows = queries.other_calls(request.at_desk.acting, found.call)[:MOST_TO_JOIN]
    preferred = preferences(page_language())
    return [(str(one.pk), one.gathering.title.words(preferred)) for one in rows]


def _kept(request: DeskRequest, number: int) -> Submission:
    """Something sent in that the reader decides on. Raises Http404, PermissionDenied."""
    acting = request.at_desk.acting
    found = queries.submission_or_404(acting, number)
    if not rules.writes(acting):
        raise PermissionDenied
    return found


def _parts(request: DeskRequest, found: Submission) -> tuple[PartForm, ...]:
    posted = request.POST if request.method == "POST" else None
    asked = (posted or request.GET).get("parts", "")
    count = min(max(whole_number(asked) or 0, 1), MOST_PARTS)
    return tuple(PartForm(posted, found, number) for number in range(1, count + 1))


def _to_join(request: DeskRequest, gathering: Gathering | None) -> list[tuple[str, str]]:
    if gathering is None:
        return []
    rows = queries.mergeable(request.at_desk.acting, gathering)[:MOST_TO_JOIN]
    preferred = preferences(page_language())
    return [(one.key, f"{number_of(one.key)} {one.title.words(preferred)}") for one in rows]


def _shown(
    request: DeskRequest,
    found: Submission,
    *,
    parts: tuple[PartForm, ...] = (),
    publish: PublishForm | None = None,
    merge: MergeForm | None = None,
    decline: DeclineForm | None = None,
    move: MoveForm | None = None,
    problem: str = "",
    tried: str = "",
) -> HttpResponse:
    acting = request.at_desk.acting
    gathering = queries.gathering_of(found.call)
    sides = named_sides(queries.sides_of(gathering) if gathering else [], page_language())
    proposals = queries.proposals_of(acting, found)
    files = queries.files_of(found)
    page = SubmissionPage(
        submission=found,
        receipt=telling.number_of(found),
        files=tuple(FileLine(one, filesizeformat(one.size)) for one in files),
        proposals=tuple(proposals),
        offer=tuple(publishing.offered(acting, [p for p in proposals if queries.is_public(p)])),
        parts=parts or _parts(request, found),
        publish=publish or PublishForm(None, sides),
        merge=merge or MergeForm(None, _to_join(request, gathering) if found.waits else []),
        decline=decline or DeclineForm(initial={"language": found.language}),
        gone=gathering is None,
        move=move or MoveForm(None, _to_move(request, found) if gathering is None else []),
        decidable=found.stage in TAKEN_UP and queries.all_removed(found),
        problem=problem,
        tried=tried,
        fictional=found.call.gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if tried else 200)

"""Reports at the desk: accept, give back with words, and speak to those of the other side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.followup.choices import Completion
from amity.followup.models import Report
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.languages.negotiation import preferences
from amity.record import rules
from amity.record.refusals import NotAllowed, Refused, words_of
from amity.turns import queries
from amity.turns.actions import deciding
from amity.turns.contexts import ReplyPage, ReportPage
from amity.turns.forms import PUBLISHERS, ReplyForm, numbers, offered_language


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def report(request: DeskRequest, key: str) -> HttpResponse:
    """A submitted report of one's side; POST accepts it, or gives it back."""
    acting = request.at_desk.acting
    rows = queries.to_accept(acting).prefetch_related("evidence", "turns")
    found = rows.filter(key=key).first()
    if found is None:
        if request.method == "POST":
            messages.error(request, _("This report waits no more: somebody has decided on it."))
            return redirect("desk_turns")
        raise Http404(key)
    problem, words = "", request.POST.get("words", "").strip()
    kept_back = numbers(request.POST.getlist("kept_back"))
    publisher = request.POST.get("publisher", "")
    if publisher not in dict(PUBLISHERS):
        publisher = ""
    given = queries.passage_with(found)
    if request.method == "POST":
        if not deciding.may_accept(acting, found):
            raise PermissionDenied
        found.revision = _revision(request)
        try:
            if request.POST.get("act") == "give_back":
                deciding.give_back(acting, found, as_typed(words, LONGEST_REASON))
                messages.success(request, _("Given back; whoever wrote it is told why."))
            else:
                deciding.accept(acting, found, kept_back, publisher)
                messages.success(request, _("Accepted: it counts from now on."))
        except (ValidationError, Refused, NotAllowed) as error:
            problem = words_of(error)
        else:
            return redirect("desk_turns")
    page = ReportPage(
        report=found,
        turn=next(iter(found.turns.all()), None),
        files=tuple(queries.files_with(acting, found)),
        may_accept=deciding.may_accept(acting, found),
        kept_back=kept_back,
        given=given,
        article=queries.article_at(given.address) if given else None,
        source=queries.source_called(given.publisher) if given else None,
        publishers=tuple((value, str(label)) for value, label in PUBLISHERS),
        publisher_kind=publisher,
        words=words,
        problem=problem,
        fictional=found.commitment.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def reply(request: DeskRequest, key: str) -> HttpResponse:
    """How one's own side sees what another side reports: the same, or differently and why."""
    acting = request.at_desk.acting
    rows = queries.to_reply(acting).prefetch_related("evidence")
    found = get_object_or_404(rows, key=key)
    side = queries.own_side(acting, found.commitment)
    if side is None:
        raise Http404(key)
    if not rules.speaks(acting, f"side:{side.key}"):
        raise PermissionDenied
    language = offered_language(page_language())
    initial = {"completion": found.completion, "language": language}
    form = ReplyForm(request.POST or None, theirs=found.completion, initial=initial)
    problem = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        words = said["words"] or _agreeing(found, said["language"])
        try:
            deciding.reply(acting, found, said["completion"], words, said["language"])
        except (ValidationError, Refused, NotAllowed) as error:
            problem = words_of(error)
        else:
            same = said["completion"] == found.completion
            messages.success(
                request,
                _("Confirmed: both sides say the same.")
                if same
                else _("Said: the page shows that the sides differ, with the words of both."),
            )
            return redirect("desk_turns")
    page = ReplyPage(
        report=found,
        files=tuple(queries.files_with(acting, found)),
        commitment=found.commitment,
        side=side,
        form=form,
        problem=problem,
        fictional=found.commitment.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if form.errors or problem else 200)


def _agreeing(found: Report, language: str) -> str:
    """The words of a side that confirms without any of its own."""
    with translation.override(language):
        side = found.side.area.name.best(preferences(language)).words
        label = Completion(found.completion).label
        return _("We confirm what %(side)s reports: %(state)s.") % {"side": side, "state": label}


def _revision(request: DeskRequest) -> int:
    revision = request.POST.get("revision", "")
    if not revision.isascii() or not revision.isdigit():
        raise PermissionDenied
    return int(revision[:9])

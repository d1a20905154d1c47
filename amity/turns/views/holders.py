"""The form behind a mailed link. Looking at it changes nothing; only its buttons do.

Whoever has the link is the holder for this one turn, and nobody is signed in by it: no cookie is
read or set, so there is none that another site could use, and the secret in the address stands
for the form's token.
"""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amity.foundation.pages.context import show
from amity.foundation.pages.given import as_attachment
from amity.foundation.pages.links import url
from amity.foundation.pages.strangers import by_link
from amity.record.refusals import NotAllowed, Refused
from amity.turns import queries
from amity.turns.actions import answering, enclosing
from amity.turns.contexts import AnswerPage, FileLine
from amity.turns.forms import PASSAGE, AnswerForm, numbers, offered_language, passage_initial
from amity.turns.models import GivenPassage, Link

FIELDS = ("completion", "words", "obstacles", "links", *PASSAGE, "language")
TAKEN_BACK = "taken_back"
"""The ticks at files that were sent before and go no more with the report."""
STATUS = {"open": 200, "sent": 200, "unknown": 404}
"""What is answered by the state of a link; what served once and serves no more is gone."""


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, secret: str) -> HttpResponse:
    """The form; POST keeps it as a draft, or sends it."""
    link = queries.link_with(secret)
    state = _state(link)
    if request.method == "POST":
        if link is None or state not in ("open", "sent"):
            return _shown(request, link, state)
        if state == "sent":
            return _shown(request, link, state, again=True, status=409)
        return _posted(request, link)
    form = AnswerForm(initial=_initial(link)) if link and state == "open" else None
    return _shown(request, link, state, form)


@by_link
@require_POST
def draft(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep what was typed so far, as the page's script does by itself."""
    link = queries.link_with(secret)
    state = _state(link)
    if link is None or state != "open":
        return HttpResponse(status=STATUS.get(state, 410) if state != "sent" else 409)
    try:
        answering.keep_draft(link, _typed(request))
    except ValidationError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


@by_link
@require_safe
def file(request: HttpRequest, secret: str, number: int) -> HttpResponseBase:
    """A file in the draft, for whoever has the link."""
    link = queries.link_with(secret)
    found = None
    if link is not None and _state(link) == "open":
        found = queries.draft_files(link).filter(pk=number).first()
    if found is None:
        raise Http404(str(number))
    return as_attachment(enclosing.path_of(found), found.name, found.media_type)


def _posted(request: HttpRequest, link: Link) -> HttpResponse:
    form = AnswerForm(request.POST)
    try:
        answering.keep_draft(link, _typed(request))
    except ValidationError as error:
        form.add_error(None, error)
        return _shown(request, link, "open", form, status=422)
    taken_back = numbers(request.POST.getlist(TAKEN_BACK))
    not_taken = _files(request, link, taken_back)
    if request.POST.get("act") == "keep":
        form = AnswerForm(initial=_typed(request))
        page = queries.as_it_stands(link)
        return _shown(request, page, "open", form, kept=True, not_taken=not_taken)
    for words in not_taken:
        form.add_error("enclosed", words)
    if not form.is_valid():
        return _shown(request, link, "open", form, status=422)
    said = form.cleaned_data
    answer = answering.Answer(
        completion=said["completion"],
        language=said["language"],
        words=said["words"],
        obstacles=said["obstacles"],
        links=said["links"],
        passage=_passage(form),
    )
    try:
        answering.send(link, answer, taken_back)
    except answering.SentBefore:
        return _shown(request, queries.as_it_stands(link), "sent", again=True, status=409)
    except (NotAllowed, Refused):
        return _shown(request, link, "ended")
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return _shown(request, link, "open", form, status=422)
    return _shown(request, queries.as_it_stands(link), "sent")


def _passage(form: AnswerForm) -> GivenPassage | None:
    said = form.cleaned_data
    if not said["publisher"]:
        return None
    return GivenPassage(
        publisher=said["publisher"],
        title=said["piece"],
        published=said["published"],
        address=said["address"],
        quoted=said["quoted"],
        language=said["written_in"] or said["language"],
    )


def _files(request: HttpRequest, link: Link, taken_back: frozenset[int]) -> list[str]:
    """Keep the files that arrive, and remove those left out; gives in words what was not taken."""
    left_out = numbers(request.POST.getlist("left_out"))
    if left_out:
        enclosing.leave_out(link, left_out)
    uploads = [one for one in request.FILES.getlist("enclosed") if isinstance(one, UploadedFile)]
    besides = queries.sent_by(link).exclude(attachment__in=taken_back).count() if uploads else 0
    return enclosing.hold(link, uploads, besides)


def _typed(request: HttpRequest) -> dict[str, str]:
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    return typed | {TAKEN_BACK: " ".join(request.POST.getlist(TAKEN_BACK))}


def _state(link: Link | None) -> str:
    if link is None:
        return "unknown"
    why = queries.why_not(link)
    if link.used_at is not None and why in ("", "dropped"):
        return "sent"
    return why or ("open" if _is_asked(link) else "sent")


def _is_asked(link: Link) -> bool:
    """Whether the turn still waits for its report, or for it anew."""
    return link.turn.answered_at is None or bool(link.turn.returned_words)


def _initial(link: Link) -> dict[str, str]:
    """What the form shows: the draft, else the report that was given back."""
    language = offered_language(link.holder.language)
    if link.draft:
        return {"language": language} | link.draft
    report = link.turn.report
    if report is None:
        return {"language": language, "written_in": language}
    tag = report.text.original
    return {
        "completion": report.completion,
        "words": report.text.versions[tag].words,
        "obstacles": report.obstacles.versions[tag].words if report.obstacles else "",
        "links": "\n".join(one.url for one in report.evidence.all() if one.url),
        "language": offered_language(tag),
    } | passage_initial(queries.passage_of(link.turn), offered_language(tag))


def _shown(
    request: HttpRequest,
    link: Link | None,
    state: str,
    form: AnswerForm | None = None,
    *,
    kept: bool = False,
    again: bool = False,
    not_taken: Sequence[str] = (),
    status: int | None = None,
) -> HttpResponse:
    served = link if state in ("open", "sent") else None
    office = queries.office_of(link.holder.office) if link else None
    passage = tuple(form[name] for name in PASSAGE) if form else ()
    page = AnswerPage(
        state=state,
        turn=served.turn if served else None,
        holder=served.holder if served else None,
        office=office.organization.name if office else None,
        report=served.turn.report if served and state == "sent" else None,
        form=form,
        kept=kept,
        again=again,
        why=served.turn.returned_words if served and state == "open" else "",
        files=tuple(_lines(request, served, state)) if served else (),
        passage=passage,
        passage_begun=any(one.value() for one in passage[:-1])
        or any(one.errors for one in passage),
        not_taken=tuple(not_taken),
        fictional=bool(served and served.turn.commitment.dossier.fictional),
        noindex=True,
    )
    return show(request, page, status=status or STATUS.get(state, 410))


def _lines(request: HttpRequest, link: Link, state: str) -> Iterator[FileLine]:
    """The files that go with the report, or went with it."""
    ticked = numbers(request.POST.getlist(TAKEN_BACK) or link.draft.get(TAKEN_BACK, "").split())
    for sent in queries.sent_by(link):
        one = sent.attachment
        yield FileLine(one.name, filesizeformat(one.size), one.pk, "", one.pk in ticked)
    if state != "open":
        return
    for draft in queries.draft_files(link):
        named = request.resolver_match.kwargs if request.resolver_match else {}
        address = url("turn_file", secret=named["secret"], number=draft.pk)
        yield FileLine(draft.name, filesizeformat(draft.size), draft.pk, address, False)

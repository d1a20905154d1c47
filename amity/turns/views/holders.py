"""The form behind a mailed link. Looking at it changes nothing; only its buttons do.

Whoever has the link is the holder for this one turn, and nobody is signed in by it: no cookie is
read or set, so there is none that another site could use, and the secret in the address stands
for the form's token.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from amity.foundation.pages.context import show
from amity.foundation.pages.strangers import by_link
from amity.record.refusals import NotAllowed, Refused
from amity.turns import queries
from amity.turns.actions import answering
from amity.turns.contexts import AnswerPage
from amity.turns.forms import AnswerForm, offered_language
from amity.turns.models import Link

FIELDS = ("completion", "words", "obstacles", "links", "language")
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


def _posted(request: HttpRequest, link: Link) -> HttpResponse:
    form = AnswerForm(request.POST)
    try:
        answering.keep_draft(link, _typed(request))
    except ValidationError as error:
        form.add_error(None, error)
        return _shown(request, link, "open", form, status=422)
    if request.POST.get("act") == "keep":
        form = AnswerForm(initial=_typed(request))
        return _shown(request, link, "open", form, kept=True)
    if not form.is_valid():
        return _shown(request, link, "open", form, status=422)
    said = form.cleaned_data
    answer = answering.Answer(
        completion=said["completion"],
        language=said["language"],
        words=said["words"],
        obstacles=said["obstacles"],
        links=said["links"],
    )
    try:
        answering.send(link, answer)
    except answering.SentBefore:
        return _shown(request, queries.as_it_stands(link), "sent", again=True, status=409)
    except (NotAllowed, Refused):
        return _shown(request, link, "ended")
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return _shown(request, link, "open", form, status=422)
    return _shown(request, queries.as_it_stands(link), "sent")


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in FIELDS}


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
        return {"language": language}
    tag = report.text.original
    return {
        "completion": report.completion,
        "words": report.text.versions[tag].words,
        "obstacles": report.obstacles.versions[tag].words if report.obstacles else "",
        "links": "\n".join(one.url for one in report.evidence.all() if one.url),
        "language": offered_language(tag),
    }


def _shown(
    request: HttpRequest,
    link: Link | None,
    state: str,
    form: AnswerForm | None = None,
    *,
    kept: bool = False,
    again: bool = False,
    status: int | None = None,
) -> HttpResponse:
    served = link if state in ("open", "sent") else None
    office = queries.office_of(link.holder.office) if link else None
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
        fictional=bool(served and served.turn.commitment.dossier.fictional),
        noindex=True,
    )
    return show(request, page, status=status or STATUS.get(state, 410))

"""The form, and the page of what was sent: for people without an account, without cookies.

Looking changes nothing. No cookie is read or set, so there is none that another site could use:
the form carries a signed token that is sent once, and the secret in its address stands for the
token of a page that shows where something stands.
"""

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from amity.accounts.queries import digest_of
from amity.collecting import queries, telling
from amity.collecting.actions import enclosing, receiving, regretting
from amity.collecting.contexts import FileLine, ProposePage, StatusPage
from amity.collecting.forms.proposing import HELD, Opened, ProposeForm, new_held
from amity.collecting.models import SentFile, Submission
from amity.collecting.queries import Form
from amity.foundation.letters.posting import can_post
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.foundation.pages.strangers import for_strangers

FIELDS = (
    *("kind", "title", "words", "language", "name", "shown", "organization", "others", "mail"),
    "written_to",
)
SHOWN = (*FIELDS[:3], "enclosed", *FIELDS[3:])
"""The fields of the form in their order."""
ACTS = {
    "unfile": regretting.take_files_out,
    "unname": regretting.take_name_out,
    "stop": regretting.stop_letters,
    "withdraw": regretting.withdraw,
}


@for_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a gathering, for everybody."""
    return _form(request, queries.public_form(key))


@for_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def propose_closed(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a gathering, for those who were given its address."""
    return _form(request, queries.form_with(code))


def _form(request: HttpRequest, found: Form) -> HttpResponse:
    opened = Opened(found.call)
    if found.state != "open" and request.method != "POST":
        return _shown(request, found, None)
    if request.method != "POST":
        return _shown(request, found, _blank(opened))
    typed = request.POST.copy()
    if not HELD.match(typed.get("held") or ""):
        typed["held"] = new_held()
    held = digest_of(str(typed["held"]))
    form = ProposeForm(typed)
    problem = _problem(form, opened)
    for words in _files(request, found, opened, held):
        form.add_error("enclosed", words)
    if problem is None and form.is_valid():
        try:
            secret = receiving.receive(found.call, _sent(request, form, opened, held))
        except ValidationError as error:
            problem = error
        else:
            answer = redirect("submission", secret)
            answer["Location"] += "?sent=1"
            answer.status_code = 303
            return answer
    if problem is not None:
        form.add_error(None, problem)
        typed["token"] = opened.token()  # what was typed is shown in a form opened now
    return _shown(request, found, form, tuple(enclosing.held_by(held)), status=422)


def _blank(opened: Opened) -> ProposeForm:
    initial = {"language": page_language(), "token": opened.token(), "held": new_held()}
    return ProposeForm(initial=initial)


def _files(request: HttpRequest, found: Form, opened: Opened, held: str) -> list[str]:
    """Keep the files that arrive with an open form, and give back those that are left out.

    Gives in words what was not taken.
    """
    if found.state != "open" or not opened.is_ours(request.POST.get("token", "")):
        return []
    marked = request.POST.getlist("left_out")
    left_out = [int(one) for one in marked if re.fullmatch(r"[0-9]{1,9}", one)]
    if left_out:
        enclosing.leave_out(held, left_out)
    uploads = [one for one in request.FILES.getlist("enclosed") if isinstance(one, UploadedFile)]
    return enclosing.hold(found.call, held, uploads, get_adapter().get_client_ip(request))


def _problem(form: ProposeForm, opened: Opened) -> ValidationError | None:
    """Why an opened form is not taken, whatever was typed into it."""
    try:
        opened.seed(str(form.data.get("token", "")))
    except ValidationError as error:
        return error
    return None


def _sent(request: HttpRequest, form: ProposeForm, opened: Opened, held: str) -> receiving.Sent:
    said = form.cleaned_data
    return receiving.Sent(
        **{name: said[name] for name in FIELDS},
        trapped=bool(said["website"]),
        seed=opened.seed(said["token"]),
        held=held,
        place=get_adapter().get_client_ip(request),
    )


def _shown(
    request: HttpRequest,
    found: Form,
    form: ProposeForm | None,
    files: tuple[SentFile, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    page = ProposePage(
        found=found,
        form=form,
        fields=tuple(form[name] for name in SHOWN) if form else (),
        files=_named(files),
        trap=form["website"] if form else None,
        fictional=found.gathering.dossier.fictional,
        noindex=found.call.code is not None,
    )
    return show(request, page, status=status)


def _named(files: Iterable[SentFile]) -> tuple[FileLine, ...]:
    return tuple(FileLine(one, filesizeformat(one.size)) for one in files)


@for_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, secret: str) -> HttpResponse:
    """Where something sent in stands; POST withdraws it, the name, or the wish for letters."""
    found = queries.submission_with(secret)
    if found is None:
        return _status(request, None, status=404)
    done = ""
    if request.method == "POST":
        # A mail program presses the link of a letter by itself, with a word of its own (RFC 8058).
        by_itself = request.POST.get("List-Unsubscribe") == "One-Click"
        done = "stop" if by_itself else request.POST.get("act", "")
        if done not in ACTS:
            return _status(request, found, status=400)
        try:
            ACTS[done](found)
        except ValidationError:
            return _status(request, queries.submission_with(secret), done="late", status=409)
        found = queries.submission_with(secret)
    return _status(request, found, done=done, fresh=request.GET.get("sent") == "1")


def _status(
    request: HttpRequest,
    found: Submission | None,
    *,
    done: str = "",
    fresh: bool = False,
    status: int = 200,
) -> HttpResponse:
    zone = queries.zone_of(found.call) if found else "UTC"
    today = timezone.localdate(timezone=ZoneInfo(zone))
    page = StatusPage(
        submission=found,
        secret=request.resolver_match.kwargs["secret"] if request.resolver_match else "",
        receipt=telling.number_of(found) if found else "",
        gathering=queries.told_title(found) if found else None,
        files=_named(queries.files_of(found)) if found else (),
        outcomes=tuple(queries.outcomes_of(found, today)) if found else (),
        done=done,
        fresh=fresh and not done,
        by_mail=bool(found and found.written_to and can_post()),
        fictional=bool(found and found.call.gathering.dossier.fictional),
        noindex=True,
    )
    with timezone.override(zone):
        return show(request, page, status=status)

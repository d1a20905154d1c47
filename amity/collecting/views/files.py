"""Files that came with something sent in: for its sender, at the desk, and with a proposal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.collecting import queries
from amity.collecting.actions import enclosing, publishing
from amity.collecting.models import SentFile
from amity.desk.telling import Telling
from amity.followup.models import Proposal
from amity.foundation.pages.given import as_attachment
from amity.foundation.pages.strangers import by_link
from amity.record import kinds
from amity.record.numbered import number_of
from amity.record.refusals import NotAllowed, words_of


def _given(file: SentFile) -> HttpResponseBase:
    return as_attachment(enclosing.path_of(file), file.name, file.media_type)


@by_link
@require_safe
def own(request: HttpRequest, secret: str, number: int) -> HttpResponseBase:
    """A file, for whoever has the link of what it came with."""
    found = queries.submission_with(secret)
    if found is None:
        raise Http404
    return _given(queries.file_or_404(found, number))


@require_safe
def public(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """A file that an office gives to everybody with a proposal."""
    found = queries.published_with(key).filter(pk=number).first()
    if found is None:
        raise Http404(str(number))
    return _given(found)


@require_safe
@desk_page
def at_desk(request: DeskRequest, number: int, file: int) -> HttpResponseBase:
    """A file, for the offices of the sides."""
    found = queries.submission_or_404(request.at_desk.acting, number)
    return _given(queries.file_or_404(found, file))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def publish(request: DeskRequest, number: int, file: int) -> HttpResponse:
    """Give everybody a file with a proposal, or the offices alone again; GET leads to the form."""
    if request.method != "POST":
        return redirect("desk_submission", number)
    acting = request.at_desk.acting
    found = queries.submission_or_404(acting, number)
    sent = queries.file_or_404(found, file)
    entries = {one.key: one for one in queries.proposals_of(acting, found)}
    wanted = request.POST.get("proposal", "")
    try:
        if not wanted:
            publishing.take_back(acting, sent)
            words = _("The offices of the sides alone get the file now.")
        elif wanted in entries:
            with transaction.atomic():
                publishing.publish(acting, sent, entries[wanted])
                proposal = Proposal.everything.get(key=wanted)
                Telling(request.at_desk, kinds.of_model(Proposal), proposal).published(sent.name)
            words = _("Everybody gets the file on the page of %(number)s now.") % {
                "number": number_of(wanted)
            }
        else:
            raise Http404(wanted)
    except ValidationError as error:
        messages.error(request, words_of(error))
    except NotAllowed as error:
        raise PermissionDenied from error
    else:
        messages.success(request, words)
    return redirect("desk_submission", number)

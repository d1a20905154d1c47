"""A promise that is made from an answer, at the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.collecting import queries
from amity.collecting.actions import promising
from amity.collecting.contexts import PromisePage
from amity.collecting.forms.deciding import PromiseForm
from amity.collecting.rules import may_promise
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.record.refusals import NotAllowed, Refused, words_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def promise(request: DeskRequest, key: str) -> HttpResponse:
    """A form that the answer has filled in; POST begins the commitment."""
    acting = request.at_desk.acting
    answer = queries.answer_or_404(acting, key)
    if not may_promise(acting, answer):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = PromiseForm(posted, answer, page_language(), timezone.localdate())
    problem = ""
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        asked = promising.Promise(
            kind=said["kind"],
            grade=said["grade"],
            title=said["title"],
            words=said["words"],
            language=said["language"],
            deadline=said["deadline"],
        )
        try:
            made = promising.promise(acting, answer, asked)
        except (ValidationError, Refused, NotAllowed) as error:
            problem = words_of(error)
        else:
            messages.success(
                request, _("Begun, and read by the sides alone: look it over, then release it.")
            )
            return redirect("desk_record", "commitments", made.key)
    page = PromisePage(
        answer=answer,
        form=form,
        promised=tuple(queries.promised_from(request.at_desk.acting, answer)),
        problem=problem,
        fictional=answer.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if form.errors or problem else 200)

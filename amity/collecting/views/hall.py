"""What is said in the hall, noted line by line at the desk."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.collecting import queries
from amity.collecting.actions import hearing
from amity.collecting.contexts import HallPage
from amity.collecting.forms.deciding import HeardForm, named_sides
from amity.desk.finding.choosing import Chooser
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.record.refusals import NotAllowed, Refused, words_of

CARRIED_ON = ("kind", "language", "side")
"""What the next line begins with."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def hall(request: DeskRequest, key: str) -> HttpResponse:
    """One line to fill in, and the last ones; POST notes a statement and offers the next line."""
    acting = request.at_desk.acting
    gathering = queries.gathering_or_404(acting, key)
    sides = queries.sides_of(gathering)
    posted = request.POST if request.method == "POST" else None
    initial = {name: request.GET[name] for name in CARRIED_ON if name in request.GET}
    form = HeardForm(
        posted,
        named_sides(sides, page_language()),
        Chooser(acting),
        {"language": page_language()} | initial,
    )
    problem = ""
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        heard = hearing.Heard(
            person=form.person,
            side=next((side for side in sides if side.key == said["side"]), None),
            kind=said["kind"],
            words=said["words"],
            language=said["language"],
        )
        try:
            hearing.note(acting, gathering, heard)
        except (ValidationError, Refused, NotAllowed) as error:
            problem = words_of(error)
        else:
            messages.success(request, _("Noted. The sides alone read it."))
            again = urlencode({name: said[name] for name in CARRIED_ON})
            return redirect(f"{reverse('desk_hall', args=[key])}?{again}")
    page = HallPage(
        gathering=gathering,
        form=form,
        heard=tuple(queries.heard_at(acting, gathering)),
        problem=problem,
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if form.errors or problem else 200)

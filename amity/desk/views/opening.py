"""The offices of the installation, for its administrators, and how a partnership begins."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts.actions import Sent, how_it_reaches_them, invite
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk.contexts import OfficesPage
from amity.desk.forms.opening import OfficerForm, OpeningForm
from amity.desk.new.opening import open_partnership
from amity.desk.shown import OfficeShown
from amity.foundation.actions import By
from amity.foundation.pages.context import show
from amity.languages.listing import by_name
from amity.network.models import Office, SideOffice
from amity.record.choices import Mandate
from amity.record.refusals import NotAllowed, Refused, words_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def offices(request: DeskRequest) -> HttpResponse:
    """All offices; POST begins a partnership with its places, sides and offices."""
    _only_administrators(request)
    if request.method != "POST":
        return _page(request, OpeningForm(request.at_desk.user.language))
    form = OpeningForm(request.at_desk.user.language, request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        opened = open_partnership(request.at_desk.user, form.wanted())
    except (ValidationError, Refused, NotAllowed) as error:
        return _page(request, form, words_of(error))
    messages.success(request, _("The partnership has begun, and its offices can work."))
    for sent in opened.invitations:
        _tell(request, sent)
    return redirect("desk_offices")


@require_POST
@desk_page
def invite_officer(request: DeskRequest) -> HttpResponse:
    """Invite an officer to any office, such as one to which nobody was invited yet."""
    _only_administrators(request)
    user = request.at_desk.user
    form = OfficerForm(user.language, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            sent = invite(
                By(user=user.pk), said["email"], said["language"], said["to"], Mandate.OFFICER, user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _tell(request, sent)
            return redirect("desk_offices")
    return _page(request, OpeningForm(user.language), officer=form)


def _only_administrators(request: DeskRequest) -> None:
    if not request.at_desk.user.administrator:
        raise PermissionDenied


def _tell(request: DeskRequest, sent: Sent) -> None:
    messages.success(request, f"{sent.invitation.email}: {how_it_reaches_them(sent)}")


def _page(
    request: DeskRequest, form: OpeningForm, problem: str = "", officer: OfficerForm | None = None
) -> HttpResponse:
    language = request.at_desk.user.language
    wrong = bool(problem) or officer is not None or any(one.errors for one in form)
    page = OfficesPage(
        offices=_offices(),
        form=form,
        problem=problem,
        officer=officer or OfficerForm(language),
        noindex=True,
    )
    return show(request, page, status=422 if wrong else 200)


def _offices() -> tuple[OfficeShown, ...]:
    """Every office by name: the sides it speaks for, how many act for it. Two statements."""
    spoken: dict[int, list[SideOffice]] = {}
    rows = SideOffice.objects.select_related("side__area", "side__partnership").order_by("pk")
    for row in rows:
        spoken.setdefault(row.office_id, []).append(row)
    people = Count("mandates__user", filter=Q(mandates__ended=None), distinct=True)
    found = Office.objects.select_related("organization").annotate(people=people).order_by("pk")
    shown = (
        OfficeShown(
            name=one.organization.name,
            vouched=one.vouched_at is not None,
            sides=tuple(row.side.area.name for row in spoken.get(one.pk, ())),
            people=one.people,
        )
        for one in found
    )
    return tuple(by_name(shown, lambda one: one.name))

"""What the form of a record asks while it is typed: to be kept, who else types, what is meant."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.actions import Place, Typed
from amity.desk.contexts import Presence
from amity.desk.forms import sent
from amity.desk.forms.understanding import Meaning, understand
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.record import rules


@require_POST
@desk_page
def keep(request: DeskRequest, plural: str, key: str = "") -> HttpResponse:
    """Keep what is typed, while it is typed. Answers whether it is kept, in JSON."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    if key:
        record = queries.record_or_404(acting, kind, key)
        if not rules.may_change(acting, record):
            raise PermissionDenied
    elif not rules.writes(acting):
        raise PermissionDenied
    if sent.is_for_another(request.POST, acting):
        return JsonResponse({"kept": False}, status=409)
    place = Place(kind, key, request.GET.get("part_of", "")[:121])
    typed = Typed(
        request.POST.get("form", "")[:40],
        whole_number(request.POST.get("number")) or 0,
        whole_number(request.POST.get("opened")) or 0,
        sent.typed(request.POST),
    )
    try:
        kept = actions.keep_draft(acting, place, typed)
    except ValidationError as error:
        return JsonResponse({"kept": False, "words": " ".join(error.messages)}, status=422)
    return JsonResponse({"kept": kept, "at": timezone.now().isoformat()})


@require_POST
@desk_page
def present(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Say that the form is still open, or is closed; answers who else has it open."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    if not rules.may_change(acting, record):
        raise PermissionDenied
    if request.POST.get("closed"):
        actions.stops_editing(acting, kind, key)
    else:
        actions.is_editing(acting, kind, key)
    others = queries.others_editing(request.at_desk.user.pk, kind, key)
    return show(request, Presence(others=tuple(one.user.name for one in others)))


@require_POST
@desk_page
def understood(request: DeskRequest) -> HttpResponse:
    """How a date as said is understood, in JSON, for the form to show while it is typed."""
    words = request.POST.get("words", "")[:200]
    meant = understand(words, request.POST.get("language", "")[:35], timezone.localdate())
    until = meant.until.isoformat() if meant.until else ""
    told = {"edtf": meant.edtf or "", "every": meant.every or "", "until": until}
    return JsonResponse(told | {"said": _understood(words, meant)})


def _understood(words: str, meant: Meaning) -> str:
    """How a date was understood, in the reader's words; empty where nothing was typed."""
    if not meant.edtf:
        return _("Kept as words, without a day.") if words.strip() else ""
    date_meant = DateAsSaid.parse(meant.edtf, every=meant.every, until=meant.until)
    return _("Understood as: %(date)s") % {"date": in_words(date_meant)}

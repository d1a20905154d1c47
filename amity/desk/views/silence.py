"""The silence procedure of each partnership of the office, and the office's working days."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amity.accounts.signed_in import AtDesk, DeskRequest, desk_page
from amity.desk import queries
from amity.desk.contexts import SilencePage
from amity.desk.forms.silence import DaysForm, WorkingDaysForm
from amity.desk.models import FEWEST_DAYS, MOST_DAYS
from amity.desk.shown import NOTHING, Again, SilenceShown, SilentSide
from amity.desk.silence import set_days
from amity.foundation.actions import By
from amity.foundation.pages.context import show
from amity.network.actions import set_working_days
from amity.network.models import Office, Side
from amity.record import rules
from amity.record.acting import Acting
from amity.record.choices import Mandate
from amity.record.refusals import NotAllowed, words_of


@require_safe
@desk_page
def silence(request: DeskRequest) -> HttpResponse:
    """What each side has set, and when the office works."""
    own = _office(request.at_desk)
    return _page(request, WorkingDaysForm(own))


@require_POST
@desk_page
def set_of_side(request: DeskRequest, key: str) -> HttpResponse:
    """Set the working days of a side that the office speaks for."""
    acting = request.at_desk.acting
    own = [one.side.removeprefix("side:") for one in acting.sides] if acting.vouched else []
    side = get_object_or_404(Side.everything.select_related("partnership"), key=key, key__in=own)
    form = DaysForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors["days"].data)
        changed = set_days(acting, side, form.cleaned_data["days"])
    except ValidationError as error:
        place = f"days-{key}"
        faults = tuple((place, message) for message in error.messages)
        again = Again(place, {"days": request.POST.get("days", "")}, faults)
        return _page(request, WorkingDaysForm(_office(request.at_desk)), again, status=422)
    except NotAllowed as error:
        messages.error(request, words_of(error))
    else:
        done = _("Set; the other sides are told.") if changed else _("It stood so already.")
        messages.success(request, done)
    return redirect("desk_silence")


@require_POST
@desk_page
def set_of_office(request: DeskRequest) -> HttpResponse:
    """Say by which clocks the office works, and on which days it does not."""
    own, acting = _office(request.at_desk), request.at_desk.acting
    if Mandate.OFFICER not in acting.mandates:
        messages.error(request, _("Only an officer of the office sets this."))
        return redirect("desk_silence")
    form = WorkingDaysForm(own, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    by = By(acting.user, acting.command, acting.office)
    set_working_days(by, own, form.cleaned_data["timezone"], form.cleaned_data["holidays"])
    messages.success(request, _("Saved."))
    return redirect("desk_silence")


def _office(at_desk: AtDesk) -> Office:
    if at_desk.office is None:
        raise Http404
    return at_desk.office


def _page(
    request: DeskRequest, form: WorkingDaysForm, again: Again = NOTHING, status: int = 200
) -> HttpResponse:
    acting = request.at_desk.acting
    page = SilencePage(
        rows=_rows(acting),
        fewest=FEWEST_DAYS,
        most=MOST_DAYS,
        form=form,
        again=again,
        may_set=Mandate.OFFICER in acting.mandates,
        noindex=True,
    )
    return show(request, page, status=status)


def _rows(acting: Acting) -> tuple[SilenceShown, ...]:
    """The partnerships of the office with the days of their sides; two statements."""
    sides = list(queries.silent_sides(acting))
    names = queries.names_of(
        acting,
        {f"partnership:{one.partnership.key}" for one in sides} | {_key(one) for one in sides},
    )
    found: dict[str, list[Side]] = {}
    for one in sides:
        found.setdefault(f"partnership:{one.partnership.key}", []).append(one)
    return tuple(
        SilenceShown(
            name=names.get(partnership),
            sides=tuple(
                SilentSide(
                    key=one.key,
                    name=names.get(_key(one)),
                    days=_days(one),
                    own=acting.speaks_for(_key(one)),
                    may_set=_key(one) in acting.voices(partnership)
                    and rules.may_confirm(acting, partnership),
                )
                for one in listed
            ),
            days=_all_the_same([_days(one) for one in listed]),
        )
        for partnership, listed in found.items()
    )


def _key(side: Side) -> str:
    return f"side:{side.key}"


def _days(side: Side) -> int | None:
    silence = getattr(side, "silence", None)
    return silence.days if silence else None


def _all_the_same(days: list[int | None]) -> int | None:
    return days[0] if len(days) > 1 and len(set(days)) == 1 else None

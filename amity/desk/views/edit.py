"""The form of a record: opening it, saving it or a draft of it, and showing what was refused."""

import secrets
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amity.accounts.recovering import recovered
from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.actions import LONGEST_NOTE, Place, Typed, as_typed
from amity.desk.contexts import EditPage
from amity.desk.finding.choosing import Chooser
from amity.desk.forms import RecordForm, sent
from amity.desk.forms.records import Setting
from amity.desk.models import Draft
from amity.desk.new import beginning
from amity.desk.new.naming import new_key
from amity.desk.telling import Telling
from amity.desk.views import conflicts
from amity.foundation.actions import take_turn
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.formatting import zone_place
from amity.foundation.pages.speaking import page_language
from amity.languages.zones import NOWHERE
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.models import ProposedChange, Recorded
from amity.record.refusals import Conflict, NeedsAgreement, NotAllowed, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest, plural: str) -> HttpResponse:
    """Begin a record of a kind; `?part_of=kind:key` says what it is part of."""
    kind = queries.kind_or_404(plural)
    if not rules.writes(request.at_desk.acting):
        raise PermissionDenied
    part_of = request.GET.get("part_of", "")[:121]
    record = beginning.begin(request.at_desk.acting, kind, part_of)
    return _page(request, Place(kind, "", part_of), record)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Change a record."""
    kind = queries.kind_or_404(plural)
    record = queries.record_or_404(request.at_desk.acting, kind, key)
    if not rules.may_change(request.at_desk.acting, record):
        raise PermissionDenied
    actions.is_editing(request.at_desk.acting, kind, key)
    return _page(request, Place(kind, key), record)


def _page(request: DeskRequest, place: Place, record: Recorded) -> HttpResponse:
    if request.method == "POST":
        return _sent(request, place, record)
    typed = recovered(request)
    draft = queries.draft_of(
        request.at_desk.user.pk, request.at_desk.acting.office, place.kind, place.key, place.part_of
    )
    data = typed if typed is not None else _typed(draft)
    first = beginning.rows_at_first(request.at_desk.acting, place.kind, record)
    form = RecordForm(place.kind, record, _setting(request, record), data, begins_with=first)
    if not record.pk:
        form.initial.update(beginning.named_at_first(request.at_desk.acting, place.kind))
    opened = whole_number(typed.get("opened")) if typed else None
    if opened is None:
        opened = draft.opened if draft else queries.last_change(record) if record.pk else 0
    return _shown(request, place, record, form, opened, draft=draft, recovered=typed is not None)


def _sent(request: DeskRequest, place: Place, record: Recorded) -> HttpResponse:
    opened = whole_number(request.POST.get("opened")) or 0
    act = request.POST.get("act", "save")
    token = request.POST.get("form", "")[:40]
    acting = request.at_desk.acting
    if act == "discard":
        actions.drop_draft(acting, place, token)
        return redirect(_leave(place))
    form = RecordForm(place.kind, record, _setting(request, record), request.POST)
    if act == "keep":
        typed = Typed(token, 10**6, opened, sent.typed(request.POST))
        try:
            actions.keep_draft(acting, place, typed)
        except ValidationError as error:
            problem = " ".join(error.messages)
            return _shown(
                request, place, record, form, opened, token=token, problem=problem, status=422
            )
        messages.success(request, _("Kept as a draft. Nobody else sees it."))
        return redirect(request.get_full_path())
    if act.startswith("add:"):
        return _shown(request, place, record, form, opened, token=token, added=act[4:])
    if sent.is_for_another(request.POST, acting):
        problem = _("This was opened for another of your offices. Look it over and save it again.")
        return _shown(
            request, place, record, form, opened, token=token, problem=problem, status=409
        )
    if not form.is_valid():
        proposed = act == "propose"
        return _shown(
            request,
            place,
            record,
            form,
            opened,
            token=token,
            needs_agreement=proposed,
            status=422,
        )
    return _saved(request, place, record, form, opened, token)


def _saved(
    request: DeskRequest,
    place: Place,
    record: Recorded,
    form: RecordForm,
    opened: int,
    token: str,
) -> HttpResponse:
    acting = request.at_desk.acting
    record.revision = whole_number(request.POST.get("revision")) or record.revision
    problem, status, agreement = "", 422, request.POST.get("act") == "propose"
    zone = ""
    try:
        with transaction.atomic():
            take_turn()  # so that nobody else is given the same number before this is written
            rows = form.filled()
            if record.pk is None:
                zone = beginning.take_zone(record)
                office = acting.organization
                record.key = new_key(place.kind, record, office)
                if not place.part_of:
                    beginning.bring_home(acting, [record])
                beginning.put_last(place.kind, record)
            if request.POST.get("act") == "propose":
                _proposed(request, record, rows)
            else:
                writing.save(acting, record, rows)
            actions.drop_draft(acting, place, token)
    except NeedsAgreement as error:
        problem, status, agreement = str(error), 403, True
    except Conflict as conflict:
        return conflicts.page(request, place.kind, record, conflict.mine, opened)
    except ValidationError as error:
        form.refuse(error)
    except NotAllowed as error:
        problem, status = str(error), 403
        if record.pk and not error.told and _may_only_propose(acting, record):
            problem = _("Another office began this and changes it until every side has confirmed.")
            agreement = True
    except Refused as error:
        problem = str(error)
    else:
        proposed = request.POST.get("act") == "propose"
        messages.success(
            request, _("Proposed: the other side is asked.") if proposed else _("Saved.")
        )
        if zone:
            messages.success(request, _told_of(zone))
        actions.stops_editing(acting, place.kind, record.key)
        return redirect("desk_record", place.kind.plural, record.key)
    return _shown(
        request,
        place,
        record,
        form,
        opened,
        token=token,
        problem=problem,
        needs_agreement=agreement,
        status=status,
    )


def _told_of(zone: str) -> str:
    """By which clocks a record goes for which nobody chose any."""
    if zone == NOWHERE:
        return _("No time zone was chosen, and the place tells none: its times are those of UTC.")
    told = _("Its times are those of its place, by the clocks of %(zone)s.")
    return told % {"zone": zone_place(zone)}


def _may_only_propose(acting: Acting, record: Recorded) -> bool:
    """Whether what is weighty in a record is for the office that began it, and not for this one."""
    may = rules.is_joint(record) and rules.may_change(acting, record)
    return may and not rules.may_change_all(acting, record)


def _proposed(
    request: DeskRequest, record: Recorded, rows: dict[str, list[models.Model]]
) -> ProposedChange:
    number = whole_number(request.POST.get("answers")) or 0
    answered = ProposedChange.objects.filter(pk=number, entry__key=record.key).first()
    note = as_typed(request.POST.get("note", ""), LONGEST_NOTE)
    made = writing.propose(
        request.at_desk.acting,
        record,
        rows,
        note=note,
        together=request.POST.get("together") == "on",
        answers=answered,
    )
    Telling(request.at_desk, kinds.of_model(type(record)), record).proposed(made)
    return made


def _shown(
    request: DeskRequest,
    place: Place,
    record: Recorded,
    form: RecordForm,
    opened: int,
    *,
    token: str = "",
    draft: Draft | None = None,
    problem: str = "",
    needs_agreement: bool = False,
    recovered: bool = False,
    added: str = "",
    status: int = 200,
) -> HttpResponse:
    for listed in form.lists:
        if listed.name == added:
            listed.add()
    at_desk, named = request.at_desk, form.named | {f"{place.kind.kind}:{record.key}"}
    at_desk.names.update(dict.fromkeys(named), **queries.names_of(at_desk.acting, named))
    page = EditPage(
        kind=place.kind,
        record=record,
        form=form,
        part_of=place.part_of,
        opened=opened,
        token=token or secrets.token_hex(8),
        draft=draft,
        back=_leave(place),
        problem=problem,
        needs_agreement=needs_agreement,
        recovered=recovered,
        at_once=beginning.read_at_once(request.at_desk.acting, place.kind, record),
        acting_for=request.at_desk.acting.office,
        note=request.POST.get("note", ""),
        together=request.POST.get("together") == "on",
        noindex=True,
    )
    return show(request, page, status=status)


def _setting(request: DeskRequest, record: Recorded) -> Setting:
    return Setting(
        language=page_language(),
        languages=beginning.languages_of(record, page_language()),
        zone=beginning.zone_of(record) or request.at_desk.user.timezone,
        today=timezone.localdate(),
        chooser=Chooser(request.at_desk.acting),
    )


def _typed(draft: Draft | None) -> QueryDict | None:
    if draft is None:
        return None
    return QueryDict(urlencode(draft.values, doseq=True), mutable=False)


def _leave(place: Place) -> str:
    if place.key:
        return reverse("desk_record", args=[place.kind.plural, place.key])
    owner, _colon, key = place.part_of.partition(":")
    if owner and key and (address := beginning.address_of(owner, key)):
        return address
    return reverse("desk_list", args=[place.kind.plural])

"""Lists of records, a record at the desk, and what is done with it as a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import offers, queries, waiting
from amity.desk.actions import LONGEST_REASON, as_typed
from amity.desk.contexts import KindsPage, Options, RecordPage, RecordsPage, RemovePage
from amity.desk.files import attached
from amity.desk.files.attachments import may_publish
from amity.desk.finding import listing
from amity.desk.finding.apart import told_apart
from amity.desk.finding.choosing import Chooser
from amity.desk.models import Draft
from amity.desk.new import beginning
from amity.desk.releasing.wholes import may_release
from amity.desk.shown import NOTHING, Again, FieldShown, ProposalShown, Row
from amity.desk.views import disputes, files, notes, proposals
from amity.desk.views.lines import called_so_far, new_at, row_of
from amity.desk.words import showing
from amity.foundation.differences import Plain
from amity.foundation.pages.asked import page_asked, whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.paging import page_of
from amity.foundation.pages.speaking import page_language
from amity.languages.collation import sort_key
from amity.languages.interface import interface_languages
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.actions.write import audience_of
from amity.record.choices import KeptBy, ProposalState
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Recorded
from amity.record.plain.states import plain_as_read
from amity.record.refusals import NotAllowed, Refused, words_of
from amity.record.registration import partings


@require_safe
@desk_page
def all_kinds(request: DeskRequest) -> HttpResponse:
    """All kinds of records, in the reader's alphabet."""
    rows = sorted(
        (
            Row(None, str(kind.plural_label), reverse("desk_list", args=[kind.plural]))
            for kind in kinds.kinds()
        ),
        key=lambda row: sort_key(row.kind, page_language()),
    )
    return show(request, KindsPage(rows=tuple(rows), noindex=True))


@require_safe
@desk_page
def listed(request: DeskRequest, plural: str) -> HttpResponse:
    """The records of a kind that the reader may read."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    words, mine = request.GET.get("q", "").strip()[:200], request.GET.get("mine") == "1"
    drafts = queries.drafts_of(request.at_desk.user.pk, acting.office)
    page = page_of(listing.found(acting, kind, words, mine), page_asked(request.GET))
    apart = told_apart(acting, kind, page.items)
    shown = RecordsPage(
        kind=kind,
        rows=tuple(
            replace(line, kind="", remark=line.remark or apart.get(entry.key, ""))
            for entry, line in ((entry, row_of(entry)) for entry in page.items)
        ),
        paging=page,
        words=words,
        mine=mine,
        drafts=tuple(
            _draft(kind, draft, said)
            for draft, said in listing.drafts_with(drafts.filter(kind=kind.kind), words)
        ),
        begins=rules.writes(acting) and not kind.keeping.part_of,
        noindex=True,
    )
    return show(request, shown)


def _draft(kind: Kind, draft: Draft, said: str) -> Row:
    """A draft by its name so far, or else by the first that was typed."""
    name = called_so_far(draft)
    return Row(name, str(kind.label), new_at(kind, draft), "" if name else said)


@require_safe
@desk_page
def record(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """A record: what stands in it, who keeps and reads it, and what may be done with it."""
    kind = queries.kind_or_404(plural)
    return page(request, kind, queries.record_or_404(request.at_desk.acting, kind, key))


def page(request: DeskRequest, kind: Kind, found: Recorded, again: Again = NOTHING) -> HttpResponse:
    """The page of a record; with what was typed there and refused, 422."""
    acting, key = request.at_desk.acting, found.key
    state, standings = plain_as_read(found), queries.standings_of(acting, found)
    planned = queries.planned_release_of(found) if found.readers != PUBLIC else None
    own = f"{kind.kind}:{key}"
    written = list(attached.notes_on(acting, kind, found))
    named = {own, found.keeper, found.begun_by, *showing.named(kind, state)} - {""}
    kept = files.on(acting, kind, key)
    named |= {file.office for file in kept} | {one.office for one in written if one.shared}
    named |= {planned.office} if planned else set()
    circle = waiting.circle_to_join(acting, found)
    named |= {circle} - {""}
    names = queries.names_of(acting, named) | {one.side: one.name for one in standings}
    joint = kind.keeping.kept_by == KeptBy.PARTNERSHIP
    settled = queries.are_settled(standings)
    proposed = proposals.shown(acting, kind, found, names, standings, state)
    shown = RecordPage(
        kind=kind,
        record=found,
        name=names.get(own),
        fields=_fields(kind, found, state, names),
        keeper=names.get(found.keeper),
        begun_by=names.get(found.begun_by),
        audience=audience_of(found),
        standings=tuple(standings),
        planned=planned,
        planned_by=names.get(planned.office) if planned else None,
        joining=names.get(circle),
        may_change=rules.may_change(acting, found),
        may_release=may_release(acting, kind, found, settled=settled),
        may_confirm=joint
        and rules.may_confirm(acting, found.keeper)
        and any(one.own and one.state != "confirmed" for one in standings),
        may_remove=rules.may_change_all(acting, found),
        offers=offers.offers_of(acting, kind.kind, found),
        may_merge=writing.may_merge(acting, found),
        parts=(held := tuple(queries.parts_of(acting, found))),
        apart={
            f"{part.kind.kind}:{key}": words
            for part in held
            for key, words in told_apart(acting, part.kind, part.entries).items()
        },
        may_attach=rules.writes(acting),
        may_publish=may_publish(acting, found),
        encloses=(rules.may_change_all(acting, found) and not settled) if joint else None,
        files=files.shown(acting, found, kept, names, settled=settled, asked=_asked(proposed)),
        notes=notes.shown(request, (one for one in written if not one.shared), names),
        comments=notes.shown(request, (one for one in written if one.shared), names)
        if attached.may_comment_on(acting, found)
        else None,
        may_comment=rules.writes(acting),
        public_address=kinds.entry_url(kind.kind, key) or "" if found.readers == "public" else "",
        draft=queries.draft_of(request.at_desk.user.pk, acting.office, kind, key),
        proposals=proposed,
        disputes=disputes.shown(acting, kind, found) if joint else (),
        may_dispute=rules.may_dispute(acting, found),
        places=disputes.places(kind, state) if rules.may_dispute(acting, found) else (),
        languages=tuple(interface_languages()),
        again=again,
        fictional=found.dossier.fictional,
        noindex=True,
    )
    return show(request, shown, status=422 if again.faults else 200)


def _asked(proposed: Iterable[ProposalShown]) -> set[int]:
    """The numbers of the files about which the sides are asked."""
    fields = (field for one in proposed for field in one.fields)
    return {one.file for one in fields if one.file and one.state == ProposalState.OPEN}


def _fields(
    kind: Kind, found: Recorded, state: Plain, names: Mapping[str, Text]
) -> tuple[FieldShown, ...]:
    """The fields of a record, with the names of the records in them."""
    zone = beginning.zone_of(found) or timezone.get_current_timezone_name()
    return tuple(showing.Showing(page_language(), zone, names).fields(kind, state))


@require_POST
@desk_page
def confirm(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Confirm a joint record as it was read, for one's side."""
    kind, found = _read(request, plural, key)
    try:
        writing.confirm(request.at_desk.acting, found, _languages(request))
    except (ValidationError, Refused, NotAllowed) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("Confirmed as it stands."))
    return _back(kind, key)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def remove(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Remove a record, with a reason; its address stays and says so."""
    kind, found = (
        _read(request, plural, key) if request.method == "POST" else _seen(request, plural, key)
    )
    problem = ""
    if request.method == "POST":
        try:
            reason = as_typed(request.POST.get("reason", ""), LONGEST_REASON)
            if not reason:
                raise ValidationError(_("Say why: readers of the address are told."))
            writing.remove(request.at_desk.acting, found, reason)
        except (ValidationError, Refused, NotAllowed) as error:
            problem = words_of(error)
        else:
            messages.success(request, _("Removed. The history can bring it back."))
            return redirect("desk_list", plural)
    page = RemovePage(
        kind=kind,
        record=found,
        name=queries.name_of(request.at_desk.acting, f"{kind.kind}:{key}"),
        problem=problem,
        typed=request.POST.get("reason", ""),
        goes=queries.going_along(request.at_desk.acting, kind, found),
        beside=tuple(partings.told(kind.kind, request.at_desk.acting, found)),
        noindex=True,
    )
    return show(request, page, status=422 if problem else 200)


@require_safe
@desk_page
def choose(request: DeskRequest) -> HttpResponse:
    """What may be meant by what is typed into a field."""
    plural, words = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:200]
    kind = queries.kind_or_404(plural).kind if plural else ""
    found = Chooser(request.at_desk.acting).suggestions(kind, words) if words else []
    return show(request, Options(suggestions=tuple(found)))


def _seen(request: DeskRequest, plural: str, key: str) -> tuple[Kind, Recorded]:
    kind = queries.kind_or_404(plural)
    return kind, queries.record_or_404(request.at_desk.acting, kind, key)


def _read(request: DeskRequest, plural: str, key: str) -> tuple[Kind, Recorded]:
    """The record with the revision that the reader saw, so that a later one is not meant."""
    kind, found = _seen(request, plural, key)
    revision = whole_number(request.POST.get("revision"))
    if revision is None:
        raise PermissionDenied
    found.revision = revision
    return kind, found


def _languages(request: DeskRequest) -> list[str]:
    return [one for one in request.POST.getlist("language") if len(one) <= 35][:40]


def _back(kind: Kind, key: str) -> HttpResponse:
    return redirect("desk_record", kind.plural, key)

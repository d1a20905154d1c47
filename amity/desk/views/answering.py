"""What is typed on the page of a record: an answer, a dispute, a note, a file.

What is refused stands there again as it was typed, with what is wrong beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import actions, queries
from amity.desk.actions import LONGEST_NOTE, as_typed
from amity.desk.files import attached, attachments
from amity.desk.files.documents import LARGEST
from amity.desk.shown import Again
from amity.desk.telling import Telling
from amity.desk.views import records
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.text import Text
from amity.languages.version import Version
from amity.record import actions as writing
from amity.record import kinds, standing
from amity.record.acting import Acting
from amity.record.choices import ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import ProposedChange, ProposedField, Recorded
from amity.record.refusals import Conflict, NotAllowed, Refused


@require_POST
@desk_page
def answer(request: DeskRequest, plural: str, key: str, number: int) -> HttpResponse:
    """Agree or object to fields of a proposed change, or withdraw one's own."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    change = get_object_or_404(queries.proposals_of(acting, record), pk=number)
    telling = Telling(request.at_desk, kind, record)
    if request.POST.get("act") == "withdraw":
        try:
            with transaction.atomic():
                writing.withdraw(acting, change)
                telling.withdrawn()
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Withdrawn."))
        return _back(kind, key, "proposals")
    try:
        with transaction.atomic():
            said = _answers(request, acting, change)
            if said.given:
                reasons = [one.reasons for one in said.given if one.verdict == Verdict.OBJECT]
                telling.answered("\n\n".join(reasons))
    except NotAllowed as error:
        messages.error(request, str(error))
        return _back(kind, key, "proposals")
    for one in said.given:
        agreed = one.verdict == Verdict.AGREE
        done = _("Agreed.") if agreed else _("Your objection stands beside it.")
        messages.success(request, done)
    if not said.given and not said.faults:
        said.faults.append((f"proposal-{number}", _("Choose first whether we agree or object.")))
    if said.faults:
        return _refused(request, kind, record, f"proposal-{number}", *said.faults)
    return _back(kind, key, "proposals")


@dataclass(frozen=True, slots=True)
class _Said:
    verdict: Verdict
    reasons: str


@dataclass(frozen=True, slots=True)
class _Answers:
    """What a form says to the open fields of a change, and what of it is refused, by its place."""

    given: list[_Said] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def _answers(request: DeskRequest, acting: Acting, change: ProposedChange) -> _Answers:
    """What the form says to the open fields; one that is refused stops no other.

    Raises NotAllowed: then the form has no field for whoever acts.
    """
    said = _Answers()
    for one in change.fields.filter(state=ProposalState.OPEN):
        try:
            answered = _answered(request, acting, one)
        except ValidationError as error:
            still = change.fields.filter(pk=one.pk, state=ProposalState.OPEN).exists()
            place = f"reasons-{one.pk}" if still else f"proposed-{one.pk}"
            said.faults.extend(_at(place, error))
        except Refused as error:
            said.faults.append((f"proposed-{one.pk}", str(error)))
        else:
            said.given.extend([answered] if answered else [])
    return said


def _answered(request: DeskRequest, acting: Acting, proposed: ProposedField) -> _Said | None:
    """What the form says to a field, given as the side's reply; None for nothing."""
    verdict = request.POST.get(f"verdict-{proposed.pk}") or request.POST.get("verdict", "")
    if not verdict:
        return None
    if verdict not in Verdict.values:
        raise PermissionDenied
    reasons = request.POST.get(f"reasons-{proposed.pk}", "") or request.POST.get("reasons", "")
    said = _Said(Verdict(verdict), as_typed(reasons, LONGEST_NOTE))
    with transaction.atomic():
        writing.reply(acting, proposed, said.verdict, said.reasons, [page_language()])
    return said


@require_POST
@desk_page
def dispute(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Dispute a record or a place in it, or withdraw that; the other sides are told."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    number = whole_number(request.POST.get("withdraw"))
    try:
        if number is not None:
            made = get_object_or_404(standing.disputes_of(kind, record), pk=number)
            writing.withdraw_dispute(acting, made)
            messages.success(request, _("Withdrawn."))
        else:
            _dispute(request, acting, kind, record)
            messages.success(request, _("Disputed: whoever reads the record reads your reasons."))
    except ValidationError as error:
        return _refused(request, kind, record, "dispute", *_at("dispute-reasons", error))
    except NotAllowed as error:
        messages.error(request, str(error))
    return _back(kind, key, "disputes")


def _dispute(request: DeskRequest, acting: Acting, kind: Kind, record: Recorded) -> None:
    words = as_typed(request.POST.get("reasons", ""), LONGEST_NOTE)
    tag = request.POST.get("language", "")
    tag = codes.canonical(tag) if codes.is_valid(tag) else page_language()
    if not words:
        raise ValidationError(_("Say why: whoever reads the record reads the reasons."))
    place = request.POST.get("place", "")
    reasons = Text(tag, {tag: Version(words)})
    with transaction.atomic():
        writing.dispute(acting, record, reasons, (place,) if place else ())
        Telling(request.at_desk, kind, record).disputed(words)


@require_POST
@desk_page
def note(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Write a note of one's office, or a comment for all sides; or remove one's own."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    if not acting.mandates:
        raise PermissionDenied
    shared = request.POST.get("shared") == "on"
    form = "comment" if shared else "note"
    number = whole_number(request.POST.get("remove"))
    if number is not None:
        actions.remove_note(acting, number)
    elif words := request.POST.get("words", "").strip():
        try:
            with transaction.atomic():
                written = actions.write_note(acting, kind, record, words, shared=shared)
                if shared:
                    Telling(request.at_desk, kind, record).commented(written.words)
        except ValidationError as error:
            return _refused(request, kind, record, form, *_at(form, error))
        except NotAllowed as error:
            raise PermissionDenied from error
        else:
            if shared:
                messages.success(request, _("Your comment stands at the desks of all sides."))
    return _back(kind, key, f"{form}s")


@require_POST
@desk_page
def attach(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """Put a file on a record. Where it is refused the file has to be chosen again."""
    acting = request.at_desk.acting
    kind = queries.kind_or_404(plural)
    record = queries.record_or_404(acting, kind, key)
    file = request.FILES.get("file")
    try:
        if not isinstance(file, UploadedFile):
            raise ValidationError(_("Choose a file first."))
        content, about = file.read(LARGEST + 1), _about(request.POST)
        with transaction.atomic():
            name = attachments.attach(acting, record, file.name or "", content, about)
            if about.public:
                Telling(request.at_desk, kind, record).published(name)
    except ValidationError as error:
        return _refused(request, kind, record, "file", *_at("file", error))
    messages.success(request, _("The file is kept."))
    return _back(kind, key, "files")


def _about(posted: QueryDict) -> attachments.About:
    """What the form says of a file. Raises ValidationError."""
    tag = posted.get("language", "")
    if tag and tag not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language from the list."))
    return attachments.About(
        shared=posted.get("shared") == "on",
        public=posted.get("public") == "on",
        description=posted.get("description", "")[:200],
        language=tag,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def propose_file(request: DeskRequest, number: int) -> HttpResponse:
    """Ask the other sides that a file is confirmed with its record from now on, or is no more.

    GET leads to the form.
    """
    acting = request.at_desk.acting
    file, record = attached.file_or_404(acting, number)
    kind = kinds.get(file.kind)
    if request.method != "POST":
        return _back(kind, record.key, "files")
    form = f"file-note-{number}"
    try:
        with transaction.atomic():
            made = writing.propose_file(
                acting,
                record,
                number,
                instead_of=whole_number(request.POST.get("instead_of")),
                note=as_typed(request.POST.get("note", ""), LONGEST_NOTE),
            )
            Telling(request.at_desk, kind, record).proposed(made)
    except ValidationError as error:
        return _refused(request, kind, record, form, *_at(form, error))
    except Conflict as error:
        return _refused(request, kind, record, form, ("files", str(error)))
    messages.success(request, _("Proposed: the other side is asked."))
    return _back(kind, record.key, "proposals")


def _at(place: str, error: ValidationError) -> Iterator[tuple[str, str]]:
    return ((place, message) for message in error.messages)


def _refused(
    request: DeskRequest, kind: Kind, record: Recorded, form: str, *faults: tuple[str, str]
) -> HttpResponse:
    """The page of the record with a form as it was sent, and what is wrong with it."""
    again = Again(form, {name: str(value) for name, value in request.POST.items()}, faults)
    fresh = queries.record_or_404(request.at_desk.acting, kind, record.key)
    return records.page(request, kind, fresh, again)


def _back(kind: Kind, key: str, part: str) -> HttpResponse:
    return redirect(f"{reverse('desk_record', args=[kind.plural, key])}#{part}")

"""Proposed changes of what every side has confirmed: shown, answered, withdrawn."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries, saying
from amity.desk.shown import PathShown, ProposalShown, ProposedShown, ReplyShown
from amity.foundation.differences import FieldChange
from amity.foundation.pages.speaking import page_language
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import rules
from amity.record.acting import Acting
from amity.record.actions.agreement import AUDIENCE
from amity.record.choices import Audience, ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import ProposedChange, ProposedField, Recorded
from amity.record.refusals import NotAllowed, Refused


def shown(
    acting: Acting, kind: Kind, record: Recorded, names: Mapping[str, Text]
) -> tuple[ProposalShown, ...]:
    """The proposed changes of a record as its page shows them, open ones first.

    `names`: what the sides are called, by register key.
    """
    found = queries.proposals_of(acting, record)
    listed = [_proposal(acting, kind, record, one, names) for one in found]
    return tuple(sorted(listed, key=lambda one: not one.open))


def _proposal(
    acting: Acting, kind: Kind, record: Recorded, change: ProposedChange, names: Mapping[str, Text]
) -> ProposalShown:
    own = acting.speaks_for(change.side)
    voices = acting.voices(record.keeper) - {change.side}
    may = bool(voices) and bool(rules.AGREEING & acting.mandates)
    fields = tuple(
        ProposedShown(
            number=field.pk,
            path=_path(kind, FieldChange.from_json(field.difference)),
            state=field.state,
            replies=tuple(
                ReplyShown(names.get(said.side), said.verdict == Verdict.AGREE, said.reasons)
                for said in field.replies.all()
            ),
            may_answer=may
            and field.state == ProposalState.OPEN
            and not voices <= {said.side for said in field.replies.all()},
        )
        for field in change.fields.all()
    )
    return ProposalShown(
        number=change.pk,
        side=names.get(change.side),
        own=own,
        at=change.at,
        note=change.note,
        together=change.together,
        open=any(field.state == ProposalState.OPEN for field in fields),
        fields=fields,
    )


def _path(kind: Kind, change: FieldChange) -> PathShown:
    language = page_language()
    if change.path == AUDIENCE:
        labels = dict(Audience.choices)
        before, after = labels.get(str(change.before), ""), labels.get(str(change.after), "")
        return PathShown(_("Who reads it"), str(before), str(after))
    return PathShown(
        saying.label(kind, change.path, language),
        saying.words(change.before, language),
        saying.words(change.after, language),
    )


@require_POST
@desk_page
def answer(request: DeskRequest, plural: str, key: str, number: int) -> HttpResponse:
    """Agree or object to fields of a proposed change, or withdraw one's own."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    change = get_object_or_404(queries.proposals_of(acting, record), pk=number)
    back = redirect(reverse("desk_record", args=[plural, key]) + "#proposals")
    try:
        if request.POST.get("act") == "withdraw":
            writing.withdraw(acting, change)
            messages.success(request, _("Withdrawn."))
            return back
        for field in change.fields.filter(state=ProposalState.OPEN):
            _answered(request, acting, field)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except (Refused, NotAllowed) as error:
        messages.error(request, str(error))
    return back


def _answered(request: DeskRequest, acting: Acting, field: ProposedField) -> None:
    said = request.POST.get(f"verdict-{field.pk}") or request.POST.get("verdict", "")
    if not said:
        return
    if said not in Verdict.values:
        raise PermissionDenied
    reasons = request.POST.get(f"reasons-{field.pk}", "") or request.POST.get("reasons", "")
    writing.reply(acting, field, Verdict(said), reasons[:10_000], [page_language()])
    done = _("Agreed.") if said == Verdict.AGREE else _("Your objection stands beside it.")
    messages.success(request, done)

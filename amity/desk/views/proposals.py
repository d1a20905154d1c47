"""Proposed changes of what every side has confirmed: shown, answered, withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_NOTE, as_typed
from amity.desk.clocks.procedures import procedure_in
from amity.desk.clocks.reckoning import Clock, clocks_of
from amity.desk.queries import StandingShown
from amity.desk.shown import ClockShown, PathShown, ProposalShown, ProposedShown, ReplyShown
from amity.desk.telling import Telling
from amity.desk.words import saying, showing
from amity.foundation.differences import Absent, FieldChange, Plain
from amity.foundation.pages.speaking import page_language
from amity.foundation.words.typography import labelled
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import rules
from amity.record.acting import Acting
from amity.record.actions.enclosing import is_of_file, name_in, number_in
from amity.record.actions.taking_effect import AUDIENCE
from amity.record.choices import Audience, ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import ProposedChange, ProposedField, Recorded
from amity.record.refusals import NotAllowed, Refused, words_of


@dataclass(frozen=True, slots=True)
class _Said:
    verdict: Verdict
    reasons: str


def shown(
    acting: Acting,
    kind: Kind,
    record: Recorded,
    names: Mapping[str, Text],
    standings: Sequence[StandingShown],
    state: Plain,
) -> tuple[ProposalShown, ...]:
    """The proposed changes of a record as its page shows them, open ones first.

    `names`: what the sides are called, by register key. `state`: the record as it stands. Where
    every side has confirmed it (`standings`), their clocks run.
    """
    found = list(queries.proposals_of(acting, record))
    procedure = procedure_in((one.side, one.days, one.days_set_at) for one in standings)
    clocks: Mapping[int, tuple[Clock, ...]] = {}
    if queries.are_settled(standings):
        clocks = clocks_of(found, record.keeper, procedure, state, timezone.now())
    differences = [
        change
        for one in found
        for field in one.fields.all()
        if not is_of_file(change := FieldChange.from_json(field.difference))
    ]
    said = queries.names_of(acting, showing.names_of_changes(kind, differences))
    names = {**names, **said}
    listed = [_proposal(acting, kind, record, one, names, clocks.get(one.pk, ())) for one in found]
    return tuple(sorted(listed, key=lambda one: not one.open))


def _proposal(
    acting: Acting,
    kind: Kind,
    record: Recorded,
    change: ProposedChange,
    names: Mapping[str, Text],
    clocks: Iterable[Clock],
) -> ProposalShown:
    own = acting.speaks_for(change.side)
    voices = acting.voices(record.keeper) - {change.side}
    may = bool(voices) and bool(rules.AGREEING & acting.mandates)
    fields = tuple(
        ProposedShown(
            number=field.pk,
            path=_path(kind, difference := FieldChange.from_json(field.difference), names),
            state=field.state,
            replies=tuple(
                ReplyShown(
                    names.get(said.side),
                    said.verdict == Verdict.AGREE,
                    said.reasons,
                    said.by_silence,
                )
                for said in field.replies.all()
            ),
            may_answer=may
            and field.state == ProposalState.OPEN
            and not voices <= {said.side for said in field.replies.all()},
            file=number_in(difference) if is_of_file(difference) else None,
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
        clocks=tuple(ClockShown(names.get(c.side), c.until, c.still or "") for c in clocks),
    )


def _path(kind: Kind, change: FieldChange, names: Mapping[str, Text]) -> PathShown:
    language = page_language()
    if change.path == AUDIENCE:
        labels = dict(Audience.choices)
        before, after = labels.get(str(change.before), ""), labels.get(str(change.after), "")
        return PathShown(_("Who reads it"), str(before), str(after))
    if is_of_file(change):
        confirmed, beside = _("part of what the sides confirm"), _("beside the record")
        put = isinstance(change.before, Absent)
        label = labelled(_("File"), name_in(change))
        return PathShown(label, beside if put else confirmed, confirmed if put else beside)
    said = showing.in_names(kind, change, names, language)
    return PathShown(
        saying.label(kind, said.path, language),
        saying.at(kind, said.path, said.before, language),
        saying.at(kind, said.path, said.after, language),
    )


@require_POST
@desk_page
def answer(request: DeskRequest, plural: str, key: str, number: int) -> HttpResponse:
    """Agree or object to fields of a proposed change, or withdraw one's own."""
    kind = queries.kind_or_404(plural)
    acting = request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    change = get_object_or_404(queries.proposals_of(acting, record), pk=number)
    telling = Telling(request.at_desk, kind, record)
    back = redirect(reverse("desk_record", args=[plural, key]) + "#proposals")
    if request.POST.get("act") == "withdraw":
        try:
            with transaction.atomic():
                writing.withdraw(acting, change)
                telling.withdrawn()
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Withdrawn."))
        return back
    if not any(given for name, given in request.POST.items() if name.startswith("verdict")):
        messages.error(request, _("Choose first whether we agree or object."))
    with transaction.atomic():
        said = _answers(request, acting, change)
        if said:
            reasons = [one.reasons for one in said if one.verdict == Verdict.OBJECT]
            telling.answered("\n\n".join(reasons))
    for one in said:
        agreed = one.verdict == Verdict.AGREE
        done = _("Agreed.") if agreed else _("Your objection stands beside it.")
        messages.success(request, done)
    return back


def _answers(request: DeskRequest, acting: Acting, change: ProposedChange) -> list[_Said]:
    """What the form says to the open fields; one that is refused stops no other."""
    said = []
    for field in change.fields.filter(state=ProposalState.OPEN):
        try:
            answered = _answered(request, acting, field)
        except (ValidationError, Refused, NotAllowed) as error:
            messages.error(request, words_of(error))
        else:
            said += [answered] if answered else []
    return said


def _answered(request: DeskRequest, acting: Acting, field: ProposedField) -> _Said | None:
    """What the form says to a field, given as the side's reply; None for nothing."""
    verdict = request.POST.get(f"verdict-{field.pk}") or request.POST.get("verdict", "")
    if not verdict:
        return None
    if verdict not in Verdict.values:
        raise PermissionDenied
    reasons = request.POST.get(f"reasons-{field.pk}", "") or request.POST.get("reasons", "")
    said = _Said(Verdict(verdict), as_typed(reasons, LONGEST_NOTE))
    writing.reply(acting, field, said.verdict, said.reasons, [page_language()])
    return said

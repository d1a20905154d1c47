"""Proposed changes of what every side has confirmed, as the page of a record shows them."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk import queries
from amity.desk.clocks.procedures import procedure_in
from amity.desk.clocks.reckoning import Clock, clocks_of
from amity.desk.queries import StandingShown
from amity.desk.shown import ClockShown, PathShown, ProposalShown, ProposedShown, ReplyShown
from amity.desk.words import saying, showing
from amity.foundation.differences import Absent, FieldChange, Plain
from amity.foundation.pages.speaking import page_language
from amity.foundation.words.typography import labelled
from amity.languages.text import Text
from amity.record import rules
from amity.record.acting import Acting
from amity.record.actions.enclosing import is_of_file, name_in, number_in
from amity.record.actions.taking_effect import AUDIENCE
from amity.record.choices import Audience, ProposalState, Verdict
from amity.record.kinds import Kind
from amity.record.models import ProposedChange, Recorded


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

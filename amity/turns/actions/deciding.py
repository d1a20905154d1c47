"""What the desk does with reports: accept, give back with words, and speak for the other side."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk.new.naming import new_key
from amity.followup.choices import ReportState
from amity.followup.models import Report
from amity.foundation.actions import take_turn
from amity.foundation.models import Change
from amity.languages.text import Text
from amity.network.models import Side
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.actions.write import audience_of
from amity.record.choices import Audience
from amity.record.refusals import NotAllowed
from amity.turns import queries
from amity.turns.actions import enclosing, quoting
from amity.turns.actions.asking import send_link
from amity.turns.models import Turn
from amity.turns.schedule import day_in_record


def may_accept(acting: Acting, report: Report) -> bool:
    """Whether whoever acts lets a report of their side count: as the voice of the side."""
    side = f"side:{report.side.key}"
    return acting.speaks_for(side) and rules.speaks(acting, side)


def accept(
    acting: Acting, report: Report, kept_back: Collection[int] = (), publisher: str = ""
) -> Change | None:
    """Let a submitted report count: whoever reads the commitment reads it from now on.

    So with the files that its holder sent, but those whose numbers are `kept_back`, and with what
    they say was published; `publisher`: of which kind one is that the record does not know yet.
    `report` carries the revision that was read. Raises NotAllowed, ValidationError for one that
    waits no more, and what `record.actions.save` raises.
    """
    if not may_accept(acting, report):
        raise NotAllowed("report")
    _only_submitted(report)
    report.state = ReportState.ACCEPTED
    report.accepted_on = max(_today(), report.submitted_on)
    audience = audience_of(report.commitment)
    with transaction.atomic():
        take_turn()  # so that nobody else is given the same identifiers before these are written
        given = queries.passage_with(report)
        article = None
        if given is not None and audience == Audience.PUBLIC:
            article = quoting.article_of(acting, report, given, publisher)
        rows = {"evidence": quoting.evidence_with(report, given, article)} if given else {}
        change = writing.save(acting, report, rows, audience=audience, verb="accept")
        enclosing.publish(acting, report, kept_back)
        if given is not None:
            if article is not None and given.quoted:
                quoting.quote(acting, report, article, given)
            given.delete()
    return change


def give_back(acting: Acting, report: Report, words: str) -> None:
    """Give a submitted report back; its holder is asked again, with these words.

    Raises NotAllowed, ValidationError, and what `record.actions.save` raises.
    """
    if not may_accept(acting, report):
        raise NotAllowed("report")
    _only_submitted(report)
    if not words.strip():
        raise ValidationError(_("Say what is missing: whoever wrote the report reads it."))
    report.state = ReportState.RETURNED
    with transaction.atomic():
        writing.save(acting, report, reason=words[:1000], verb="give_back")
        turns = Turn.objects.filter(report=report).select_related("commitment", "side__area")
        for turn in turns:
            turn.returned_words = words.strip()[:4000]
            turn.save(update_fields=["returned_words"])
            charge = queries.charge_of(turn)
            if charge is not None and charge.holder.office == acting.office:
                send_link(turn, charge.holder, why=turn.returned_words)


def reply(acting: Acting, report: Report, completion: str, words: str, language: str) -> Report:
    """Say for one's own side how the commitment of another side's report stands.

    It is one's own report, accepted as it is said. Raises NotAllowed, and what
    `record.actions.save` raises.
    """
    side = queries.own_side(acting, report.commitment)
    if side is None or not rules.speaks(acting, f"side:{side.key}"):
        raise NotAllowed("report")
    own = _own(acting, report, side, completion, _today())
    own.text = Text.of(words, language)
    with transaction.atomic():
        take_turn()  # so that nobody else is given the same identifier before this is written
        own.key = new_key(kinds.get("report"), own, acting.organization)
        writing.save(acting, own, audience=audience_of(report.commitment), verb="report")
    return own


def _today() -> date:
    return day_in_record(timezone.localdate(), timezone.now())


def _own(acting: Acting, report: Report, side: Side, completion: str, today: date) -> Report:
    office = queries.office_of(acting.office)
    day = max(today, report.accepted_on or today)  # what it answers was there before it
    return Report(
        commitment=report.commitment,
        dossier=report.commitment.dossier,
        side=side,
        organization=office.organization if office else None,
        period=report.period,
        completion=completion,
        state=ReportState.ACCEPTED,
        submitted_on=day,
        accepted_on=day,
    )


def _only_submitted(report: Report) -> None:
    if report.state != ReportState.SUBMITTED:
        raise ValidationError(_("This report waits no more: somebody has decided on it."))

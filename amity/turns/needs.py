"""What of turns stands on the desk's first page."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk import needs
from amity.desk.needs import Need
from amity.desk.shown import Row
from amity.followup.models import Proposal, Report
from amity.record import rules
from amity.record.acting import Acting
from amity.record.actions.write import audience_of
from amity.record.managers import PUBLIC
from amity.record.numbered import number_of
from amity.turns import messages, queries
from amity.turns.models import Turn

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 8


def register() -> None:
    """Called once, from `AppConfig.ready`."""
    needs.register("questions to answer", 8, questions_to_answer, queries.to_answer)
    needs.register("reports to accept", 10, reports_to_accept, queries.to_accept)
    needs.register("reports to speak to", 20, reports_to_reply, queries.to_reply)
    needs.register("turns without a report", 15, turns_without_a_report, queries.escalated_to)
    needs.register("turns of nobody", 30, turns_of_nobody, _of_nobody)


def questions_to_answer(acting: Acting) -> Need | None:
    """Proposals that ask one's side and that it has not answered: first due first, then newest."""
    if not rules.writes(acting):
        return None
    asked = queries.ours(acting, queries.to_answer(acting))
    first = queries.numbers(asked, by_day=True)
    if not first:
        return None
    by = queries.days_of(asked)
    found = queries.to_answer(acting).in_bulk(first[:MOST])
    rows = tuple(_asked(found[one], by.get(one)) for one in first[:MOST] if one in found)
    address = reverse("desk_questions")
    return Need(_("Our side is asked"), rows, len(first) > MOST, address, _("All questions"))


def _asked(proposal: Proposal, by: date | None) -> Row:
    return Row(
        proposal.title,
        str(proposal.get_kind_display()),
        reverse("desk_record", args=["proposals", proposal.key]),
        number_of(proposal.key),
        proposal.dossier.fictional,
        "" if proposal.readers == PUBLIC else str(audience_of(proposal)),
        messages.answer_due(by, timezone.localdate()) if by else "",
    )


def reports_to_accept(acting: Acting) -> Need | None:
    """Reports of one's side that wait for whoever may let them count."""
    if not rules.RELEASING & acting.mandates:
        return None
    found = list(queries.to_accept(acting)[: MOST + 1])
    rows = tuple(_report(one, "desk_report") for one in found[:MOST])
    return _need(_("Reports to accept"), rows, len(found) > MOST)


def reports_to_reply(acting: Acting) -> Need | None:
    """Reports of other sides to which one's own has not spoken."""
    if not rules.RELEASING & acting.mandates:
        return None
    found = list(queries.to_reply(acting)[: MOST + 1])
    rows = tuple(_report(one, "desk_report_reply") for one in found[:MOST])
    return _need(_("Reports of the other side"), rows, len(found) > MOST)


def turns_of_nobody(acting: Acting) -> Need | None:
    """Turns that come near without anybody to ask."""
    if not rules.RELEASING & acting.mandates:
        return None
    found = list(_of_nobody(acting)[: MOST + 1])
    rows = tuple(_turn(one) for one in found[:MOST])
    return _need(_("Nobody in charge"), rows, len(found) > MOST)


def _of_nobody(acting: Acting) -> QuerySet[Turn]:
    return queries.nobody_to_ask(acting, timezone.localdate())


def turns_without_a_report(acting: Acting) -> Need | None:
    """Turns of which the signatories were told, and that have no report still."""
    if not rules.AGREEING & acting.mandates:
        return None
    found = list(queries.escalated_to(acting)[: MOST + 1])
    rows = tuple(_turn(one) for one in found[:MOST])
    return _need(_("No report, though the signatories were told"), rows, len(found) > MOST)


def _need(title: "StrOrPromise", rows: tuple[Row, ...], more: bool) -> Need | None:
    if not rows:
        return None
    return Need(title, rows, more, reverse("desk_turns"), _("All turns"))


def _report(report: Report, page: str) -> Row:
    commitment = report.commitment
    return Row(
        commitment.title,
        str(report.get_completion_display()),
        reverse(page, args=[report.key]),
        number_of(commitment.key),
        commitment.dossier.fictional,
    )


def _turn(turn: Turn) -> Row:
    commitment = turn.commitment
    address = reverse("desk_turn", args=[turn.pk])
    return Row(
        commitment.title, "", address, number_of(commitment.key), commitment.dossier.fictional
    )

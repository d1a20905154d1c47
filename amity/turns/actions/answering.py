"""What a holder does by the link: keep a draft, and send the report. No other thing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk.new.naming import new_key
from amity.followup.choices import ReportState
from amity.followup.models import Evidence, Report
from amity.foundation.actions import take_turn
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.text import Text
from amity.record import actions as writing
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.choices import Audience
from amity.record.refusals import NotAllowed
from amity.turns import queries
from amity.turns.actions import enclosing
from amity.turns.models import GivenPassage, Link, Turn
from amity.turns.schedule import day_in_record

LARGEST_DRAFT = 60_000
"""Characters in all fields of the form together."""


class SentBefore(ValidationError):
    """The turn has its report already."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a holder says: state, words and obstacles in one language, and what shows it.

    `passage`: something published, of no turn yet.
    """

    completion: str
    language: str
    words: str
    obstacles: str
    links: tuple[str, ...]
    passage: GivenPassage | None = None


def keep_draft(link: Link, values: Mapping[str, str]) -> None:
    """Keep what was typed so far; raises ValidationError where it is too much.

    From now on the turn's form counts as begun.
    """
    if sum(len(value) for value in values.values()) > LARGEST_DRAFT:
        raise ValidationError(_("This is too long for the form; please shorten it."))
    with transaction.atomic():
        rows = Link.objects.filter(pk=link.pk, used_at=None, ended_at=None)
        # No database keeps U+0000; what else no text holds is told of when the form is sent.
        kept = {name: value.replace("\0", "") for name, value in values.items()}
        if rows.update(draft=kept):
            Turn.objects.filter(pk=link.turn_id, opened_at=None).update(opened_at=timezone.now())


def send(link: Link, answer: Answer, taken_back: Collection[int] = ()) -> Report:
    """Write the report of a turn, submitted and read by the holder's side alone, with its files.

    `taken_back`: numbers of files sent before, where it was given back, that go no more with it.

    Raises SentBefore for a second one, NotAllowed where the office that asked may speak for the
    side no more, and what `record.actions.save` raises.
    """
    with transaction.atomic():
        take_turn()
        turn = Turn.objects.select_for_update(of=("self",)).get(pk=link.turn_id)
        locked = Link.objects.select_for_update().get(pk=link.pk)
        if turn.answered_at is not None and not turn.returned_words:
            raise SentBefore(_("This report was sent already."))
        if locked.ended_at is not None or locked.used_at is not None:
            raise SentBefore(_("This report was sent already."))
        acting = _acting(link, turn)
        report = _written(acting, link, turn, answer)
        enclosing.hand_over(acting, link, report, taken_back, answer.language)
        _keep_passage(turn, answer.passage)
        now = timezone.now()
        Turn.objects.filter(pk=turn.pk).update(
            report=report, answered_at=now, returned_words="", opened_at=turn.opened_at or now
        )
        Link.objects.filter(pk=link.pk).update(used_at=now, draft={})
    return report


def _keep_passage(turn: Turn, passage: GivenPassage | None) -> None:
    GivenPassage.objects.filter(turn=turn).delete()
    if passage is not None:
        passage.turn = turn
        passage.full_clean()
        passage.save()


def _acting(link: Link, turn: Turn) -> Acting:
    office = queries.office_of(link.holder.office)
    acting = queries.acting_of_holder(office, turn.side) if office else None
    if acting is None:
        raise NotAllowed("turn")
    return acting


def _written(acting: Acting, link: Link, turn: Turn, answer: Answer) -> Report:
    office = queries.office_of(link.holder.office)
    if office is None:
        raise NotAllowed("turn")
    report = turn.report or Report(
        commitment=turn.commitment, side=turn.side, dossier=turn.commitment.dossier
    )
    language = answer.language
    report.organization = office.organization
    report.completion = answer.completion
    report.text = Text.of(answer.words, language)
    report.obstacles = Text.of(answer.obstacles, language) if answer.obstacles else None
    report.period = _period(turn)
    report.state = ReportState.SUBMITTED
    report.submitted_on = _today(link)
    report.accepted_on = None
    if report.pk is None:
        report.key = new_key(kinds.get("report"), report, office.organization.key)
    evidence = [
        Evidence(position=number, label=Text.of(_host(address), language), url=address)
        for number, address in enumerate(answer.links, 1)
    ]
    fresh = report.pk is None
    writing.save(
        acting,
        report,
        {"evidence": evidence},
        audience=Audience.KEEPER if fresh else None,
        verb="submit",
    )
    return report


def _period(turn: Turn) -> DateAsSaid | None:
    """The days a turn is about: those of what comes back; what is due once has none."""
    if turn.commitment.deadline is None or turn.commitment.deadline.every is None:
        return None
    return DateAsSaid.on(turn.starts or turn.due_on, turn.due_on)


def _today(link: Link) -> date:
    now = timezone.now()
    return day_in_record(now.astimezone(ZoneInfo(link.holder.timezone)).date(), now)


def _host(address: str) -> str:
    return urlsplit(address).hostname or address[:80]

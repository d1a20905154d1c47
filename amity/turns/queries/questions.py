"""Reads of what sides are asked and have not answered: since when, and by which day they are to.

The day is reckoned from the trail: when others than its office first read the proposal, or when
the side was named, whichever came last, by the clocks of the gathering.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from amity.followup.models import Answer, Proposal
from amity.foundation.database.batches import batched
from amity.foundation.differences import FieldChange
from amity.foundation.models import Change, Effect
from amity.gatherings.models import Gathering
from amity.network.models import Side
from amity.record.acting import STRANGER, Acting
from amity.record.queries import visible_to
from amity.turns import messages
from amity.turns.models import AnswerTerm
from amity.turns.schedule import NO_TERM, Term

ASKS = Proposal.addressees.through
"""Which proposal asks which side."""
MOST_READ = 1_000
"""So many questions are read for a list, the newest."""


@dataclass(frozen=True, slots=True)
class Question:
    """That a proposal (by number) asks a side, which is to answer `by` a day (None: no term)."""

    proposal: int
    side: str
    by: date | None

    def late(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.by is not None and self.by < today


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A `side` that was asked and has not answered, and whether it is `late`.

    `words`: by which day it is to, or was; empty without a term.
    """

    side: Side
    late: bool
    words: str


def term_of(gathering: Gathering) -> Term:
    """The term that is set for answers to what is proposed at a gathering. One statement."""
    rows = AnswerTerm.objects.filter(
        gathering__kind="gathering", gathering__key=gathering.key
    ).values_list("days", "until")
    return Term(*found) if (found := rows.first()) else NO_TERM


def own_sides(acting: Acting) -> list[str]:
    """The sides for which the office acted for answers."""
    if not acting.vouched:
        return []
    return sorted(one.side.removeprefix("side:") for one in acting.sides if one.voice)


def ours(acting: Acting, proposals: "QuerySet[Proposal]", most: int = MOST_READ) -> list[Question]:
    """What of some proposals one's own sides are asked and have not answered, the newest first.

    One statement, two more where there is a term.
    """
    return _open(proposals, Q(side__key__in=own_sides(acting)), Answer.everything.all(), most)


def others(acting: Acting, most: int = MOST_READ) -> list[Question]:
    """What the other sides of one's own circles have not answered, as far as whoever acts reads."""
    rows = visible_to(acting, Proposal).filter(decided="", keeper__in=acting.partnerships)
    whose = ~Q(side__key__in=own_sides(acting))
    return _open(rows, whose, visible_to(acting, Answer), most)


def due_of(proposals: Sequence[Proposal], today: date) -> dict[int, tuple[QuestionLine, ...]]:
    """The sides that owe each of some proposals (by number) an answer by a day, as all read it.

    One statement, three more where there is a term.
    """
    found = [one for one in _waiting(proposals, STRANGER) if one.by is not None]
    return _lines(found, today, STRANGER)


def waiting_of(
    acting: Acting, proposals: Sequence[Proposal], today: date
) -> dict[int, tuple[QuestionLine, ...]]:
    """The sides that owe an answer to each of some proposals (by number), as whoever acts reads.

    Two statements, two more where there is a term.
    """
    return _lines(_waiting(proposals, acting), today, acting)


def _waiting(proposals: Sequence[Proposal], acting: Acting) -> list[Question]:
    open_ones = [one.pk for one in proposals if not one.decided]
    if not open_ones:
        return []
    own = Q(side__key__in=own_sides(acting)) if acting.sides else Q(pk__in=())
    given = visible_to(acting, Answer) | Answer.everything.filter(own)
    return _open(Proposal.everything.filter(pk__in=open_ones), Q(), given, MOST_READ)


def _lines(
    found: Sequence[Question], today: date, acting: Acting
) -> dict[int, tuple[QuestionLine, ...]]:
    if not found:
        return {}
    rows = visible_to(acting, Side).filter(key__in={one.side for one in found})
    sides = {one.key: one for one in rows.select_related("area")}
    lines: dict[int, tuple[QuestionLine, ...]] = {}
    for one in found:
        if one.side in sides:
            words = messages.answer_due(one.by, today) if one.by else ""
            line = QuestionLine(sides[one.side], one.late(today), words)
            lines[one.proposal] = (*lines.get(one.proposal, ()), line)
    return lines


def numbers(questions: Iterable[Question], *, by_day: bool) -> list[int]:
    """The proposals of some questions, each once: those due first, or else as they come."""
    ordered = sorted(questions, key=lambda one: one.by or date.max) if by_day else questions
    return list(dict.fromkeys(one.proposal for one in ordered))


def days_of(questions: Iterable[Question]) -> dict[int, date]:
    """The first day by which each proposal (by number) is to be answered, of those with a term."""
    found: dict[int, date] = {}
    for one in questions:
        if one.by is not None:
            found[one.proposal] = min(one.by, found.get(one.proposal, one.by))
    return found


def _open(
    proposals: "QuerySet[Proposal]", whose: Q, answers: "QuerySet[Answer]", most: int
) -> list[Question]:
    given = answers.filter(proposal=OuterRef("proposal"), side=OuterRef("side"))
    term = AnswerTerm.objects.filter(
        gathering__kind="gathering", gathering__key=OuterRef("proposal__gathering__key")
    )
    rows = ASKS.objects.filter(
        whose, ~Exists(given), proposal__in=proposals.order_by().values("pk")
    )
    found = list(
        rows.order_by("-proposal", "side__position", "side__key").values_list(
            "proposal_id",
            "proposal__key",
            "side__key",
            "proposal__gathering__timezone",
            Subquery(term.values("days")[:1]),
            Subquery(term.values("until")[:1]),
        )[:most]
    )
    asked = _asked({(key, side) for _pk, key, side, _zone, days, until in found if days or until})
    return [
        Question(pk, side, _by(Term(days, until), asked.get((key, side)), zone))
        for pk, key, side, zone, days, until in found
    ]


def _by(term: Term, asked: datetime | None, zone: str | None) -> date | None:
    if asked is None:
        return None
    return term.answer_by(asked.astimezone(ZoneInfo(zone or "UTC")).date())


def _asked(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], datetime]:
    """When sides were asked, by proposal and side. Two statements per thousand proposals."""
    found: dict[tuple[str, str], datetime] = {}
    for few in batched(sorted({key for key, _side in wanted})):
        trail = Change.objects.filter(kind="proposal", key__in=few)
        first = dict(trail.order_by().values_list("key").annotate(first=Min("at")))
        found |= {(key, side): first[key] for key, side in wanted if key in first}
        later = trail.exclude(effect=Effect.ADDED).order_by("pk")
        for key, at, paths in later.values_list("key", "at", "paths"):
            for change in map(FieldChange.from_json, paths):
                if change.path == ("addressees",):
                    before = change.before if isinstance(change.before, list) else []
                    after = change.after if isinstance(change.after, list) else []
                    named = {(key, str(side)) for side in after if side not in before}
                    found |= {one: at for one in named if one in found}
    return found

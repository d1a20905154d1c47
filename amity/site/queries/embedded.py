"""What a small box on another site shows of a promise, a partnership or a place."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from amity.followup.choices import STATES
from amity.followup.models import Commitment, Party
from amity.followup.queries.parties import PartyLine, party_lines, with_parties
from amity.followup.queries.tallies import overdue
from amity.record import kinds
from amity.record.models import Entry
from amity.record.removals import missing

EMBEDDED = ("commitment", "partnership", "area")
"""Kinds of records that other sites can show."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is shown of a record (`entry`).

    Of a `commitment` itself its sides (`parties`), None of anything else; of that, how many
    commitments there are by state, all in all, and with a date that has passed (`late`).
    """

    entry: Entry
    commitment: Commitment | None
    parties: tuple[PartyLine, ...]
    by_state: tuple[tuple[str, int], ...]
    late: int

    @property
    def total(self) -> int:
        """How many commitments there are."""
        return sum(count for _state, count in self.by_state)


def embedded_or_404(kind: str, key: str, today: date) -> Embedded:
    """What is shown of a public record. Three statements at most.

    Raises Http404, and Removed or Moved of what was there: other sites keep the address they got.
    """
    if kind not in EMBEDDED:
        raise Http404(kind)
    entry = Entry.objects.select_related("dossier").filter(kind=kind, key=key).first()
    if entry is None:
        raise missing(kinds.get(kind).model, key)
    if kind == "commitment":
        commitment = with_parties(Commitment.objects.filter(key=key)).first()
        if commitment is None:
            raise Http404(key)
        return Embedded(entry, commitment, party_lines(commitment), (), 0)
    of_it = Q(side__area__key=key) if kind == "area" else Q(side__partnership__key=key)
    return _counted(entry, Party.objects.filter(of_it), today)


def _counted(entry: Entry, parties: QuerySet[Party], today: date) -> Embedded:
    rows = (
        Commitment.objects.filter(pk__in=parties.values("commitment"))
        .order_by()
        .values_list("joint_state", "joint_completion")
        .annotate(count=Count("pk"), late=Count("pk", filter=overdue(today)))
    )
    found: Counter[str] = Counter()
    late = 0
    for state, completion, count, passed in rows:
        found[completion or state] += count
        late += passed
    by_state = tuple((state, found[state]) for state in STATES if found[state])
    return Embedded(entry, None, (), by_state, late)

"""The life of a partnership in order of date: stages, agreements, gatherings, promises."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from amity.followup.choices import CommitmentKind
from amity.followup.queries.lists import CommitmentLine
from amity.followup.queries.outcomes import SHOWN, commitments_of_partnership
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.models import Gathering
from amity.network.models import Agreement, Partnership, PartnershipStage


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a time line: a stage, an agreement, a gathering, or promises.

    `promises`: those made at the gathering; without one, those made on that day.
    """

    when: DateAsSaid | None
    stage: PartnershipStage | None = None
    agreement: Agreement | None = None
    gathering: Gathering | None = None
    promises: tuple[CommitmentLine, ...] = ()

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What was given then, each kind once: promises first, then what is less than one."""
        there = {line.commitment.kind for line in self.promises}
        return tuple((str(kind), str(kind.label)) for kind in CommitmentKind if kind in there)

    @property
    def sorts_by(self) -> str:
        """The first day; what has none stands at the end."""
        first = (self.when.start or self.when.end) if self.when else None
        return first.isoformat() if first else "9999"


def time_line(partnership: Partnership) -> list[Point]:
    """The points of a partnership's life, the oldest first.

    Three statements where its stages and agreements are at hand. An agreement by which a stage
    began stands there and nowhere else, and so do promises at the gathering where they were made.
    """
    stages = list(partnership.stages.all())
    gatherings = list(
        partnership.gatherings.select_related("place", "dossier").order_by("-starts_on", "key")[
            :SHOWN
        ]
    )
    made_at: dict[int, list[CommitmentLine]] = defaultdict(list)
    elsewhere: list[CommitmentLine] = []
    here = {one.pk for one in gatherings}
    for line in reversed(commitments_of_partnership(partnership)):
        at = line.commitment.gathering_id
        if at is not None and at in here:
            made_at[at].append(line)
        else:
            elsewhere.append(line)
    of_stages = {one.agreement_id for one in stages}
    points = [
        *(Point(one.when, stage=one) for one in stages),
        *(
            Point(one.signed, agreement=one)
            for one in partnership.agreements.all()
            if one.pk not in of_stages
        ),
        *(Point(one.when, gathering=one, promises=tuple(made_at[one.pk])) for one in gatherings),
        *_by_day(elsewhere),
    ]
    return sorted(points, key=lambda point: point.sorts_by)


def _by_day(lines: list[CommitmentLine]) -> Iterator[Point]:
    together: dict[DateAsSaid | None, list[CommitmentLine]] = defaultdict(list)
    for line in lines:
        together[line.commitment.made].append(line)
    for when, promised in together.items():
        yield Point(when, promises=tuple(promised))

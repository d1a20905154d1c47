"""Writes of the follow-up. Derived columns are reckoned here, many at a time, and nowhere else.

What follows from answers, reports and dispositions is read by whoever reads the proposal or
commitment, so only those count that all its readers may read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from django.db import connection
from django.db.models import F

from amity.followup.choices import ProposalStanding
from amity.followup.joint_state import (
    Reported,
    decided,
    derived,
    proposal_standing,
    waits_at,
)
from amity.followup.models import Answer, Commitment, Disposition, Party, Proposal, Report
from amity.foundation.database.batches import batched

DERIVED = ("joint_state", "joint_completion", "due_on", "open", "decided")
"""What `joint_state.derived` says of a commitment, in its order."""


@dataclass(frozen=True, slots=True)
class _Decisions:
    """What editions decided of items: the `outcomes` that all their readers read, and how each
    `passed` from edition to edition, whoever reads it.
    """

    outcomes: Mapping[int, list[str]]
    passed: Mapping[int, list[tuple[int, int | None]]]

    @classmethod
    def of(cls, name: str, numbers: Sequence[int]) -> "_Decisions":
        """Those of items of one kind. One statement."""
        outcomes: dict[int, list[str]] = defaultdict(list)
        passed: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
        rows = Disposition.everything.filter(**{f"{name}__in": numbers}).order_by("pk")
        for item, outcome, at, into, readers, whose in rows.values_list(
            f"{name}_id", "outcome", "gathering_id", "into_id", "readers", f"{name}__readers"
        ):
            passed[item].append((at, into))
            if readers == whose:
                outcomes[item].append(outcome)
        return cls(outcomes, passed)


def derive_standings(commitments: Sequence[int]) -> None:
    """Reckon how far these commitments are, when due, whether open, and where they are decided.

    Five statements per thousand, and rows are written only where something changed. Call it in
    the transaction of the change it follows from.
    """
    for ids in batched(commitments):
        sides: dict[int, list[int]] = defaultdict(list)
        for commitment, side in Party.everything.filter(commitment__in=ids).values_list(
            "commitment_id", "side_id"
        ):
            sides[commitment].append(side)
        reports = _reports(ids)
        decisions = _Decisions.of("commitment", ids)
        rows = Commitment.everything.filter(pk__in=ids).values_list(
            "pk", "gathering_id", "deadline", *DERIVED, "waits_at_id"
        )
        changed = []
        for pk, made_at, deadline, *before in rows:
            now = derived(sides[pk], reports[pk], deadline, decisions.outcomes[pk])
            where = waits_at(made_at, decisions.passed[pk], settled=not now.open)
            if (*astuple(now), where) != tuple(before):
                changed.append((*astuple(now), where, pk))
        _update(
            "UPDATE followup_commitment SET joint_state = %s, joint_completion = %s, due_on = %s, "
            "open = %s, decided = %s, waits_at_id = %s WHERE id = %s",
            changed,
        )


def derive_proposals(proposals: Sequence[int]) -> None:
    """Reckon standing and decision of the proposals with these ids; as `derive_standings` does."""
    for ids in batched(proposals):
        asked: dict[int, list[int]] = defaultdict(list)
        for proposal, side in Proposal.addressees.through.objects.filter(
            proposal__in=ids
        ).values_list("proposal_id", "side_id"):
            asked[proposal].append(side)
        verdicts: dict[int, dict[int, str]] = defaultdict(dict)
        for proposal, side, verdict in Answer.everything.filter(
            proposal__in=ids, readers=F("proposal__readers")
        ).values_list("proposal_id", "side_id", "verdict"):
            verdicts[proposal][side] = verdict
        decisions = _Decisions.of("proposal", ids)
        changed: list[tuple[str, str, int | None, int]] = []
        rows = Proposal.everything.filter(pk__in=ids).values_list(
            "pk", "gathering_id", "standing", "decided", "waits_at_id"
        )
        for pk, made_at, *before in rows:
            standing = proposal_standing(asked[pk], verdicts[pk])
            outcome = decided(decisions.outcomes[pk])
            settled = bool(outcome) or standing == ProposalStanding.DECLINED
            where = waits_at(made_at, decisions.passed[pk], settled=settled)
            if [standing, outcome, where] != before:
                changed.append((standing, outcome, where, pk))
        _update(
            "UPDATE followup_proposal SET standing = %s, decided = %s, waits_at_id = %s "
            "WHERE id = %s",
            changed,
        )


def _reports(commitments: Sequence[int]) -> dict[int, list[Reported]]:
    found: dict[int, list[Reported]] = defaultdict(list)
    rows = Report.everything.filter(
        commitment__in=commitments, readers=F("commitment__readers")
    ).defer("text", "obstacles")
    for one in rows:
        found[one.commitment_id].append(
            Reported(
                one.side_id,
                one.completion,
                one.state,
                one.period,
                one.submitted_on,
                one.accepted_on,
                one.key,
            )
        )
    return found


def _update(statement: str, rows: Sequence[Sequence[str | int | date | None]]) -> None:
    """Write derived columns, a row at a time by one prepared statement.

    `bulk_update` takes eight times as long (2.0 s of CPU for 4,000 commitments), and a load of
    100,000 derives them all.
    """
    adapt = connection.ops.adapt_datefield_value
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                statement,
                [[adapt(one) if isinstance(one, date) else one for one in row] for row in rows],
            )

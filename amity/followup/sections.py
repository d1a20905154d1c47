"""What follow-up adds to the pages of gatherings, and of areas, organizations and persons."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amity.followup.choices import JointState, ProposalStanding, ReportState
from amity.followup.models import Answer, Commitment, Disposition, Party, Proposal, Report
from amity.foundation.collect import Nested, collected
from amity.foundation.pages.public import Page
from amity.foundation.prepared import prepared
from amity.gatherings.models import Gathering
from amity.network.models import Area, Organization, Partnership, Person
from amity.record.sections import Section, register, until_converted

SHOWN = 100
"""How many items a section lists; the lists under Commitments and Proposals have them all."""


def register_sections() -> None:
    """Register all of them."""
    register(
        "gathering",
        Section(
            "outcome",
            until_converted("followup/sections/outcome.html", outcome_of_gathering),
            40,
            2,
        ),
    )
    for kind, load in (
        ("area", promises_of_area),
        ("organization", promises_of_organization),
        ("partnership", promises_of_partnership),
    ):
        register(
            kind,
            Section("promises", until_converted("followup/sections/promises.html", load), 40, 1),
        )
    register(
        "person",
        Section(
            "proposals",
            until_converted("followup/sections/proposals.html", proposals_of_person),
            40,
            1,
        ),
    )


def outcome_of_gathering(gathering: Gathering, page: Page) -> Mapping[str, Any] | None:
    """What came of it: what was asked and promised there or carried into it. Two statements."""
    proposals, commitments = _proposals_at(gathering.pk), _commitments_at(gathering.pk)
    if not proposals and not commitments:
        return None
    answered = [one for one in proposals if one.standing != ProposalStanding.UNANSWERED]
    done = [one for one in commitments if one.joint_completion == "complete"]
    late = [one for one in commitments if one.open and one.due_on and one.due_on < page.today]
    return {
        "gathering": gathering,
        "proposals": proposals,
        "commitments": commitments,
        "answered": len(answered),
        "complete": len(done),
        "overdue": len(late),
        "by_state": _by_state(commitments),
    }


@prepared
def _proposals_at(gathering: int) -> QuerySet[Any]:
    carried = Disposition.objects.filter(into=gathering, proposal__isnull=False)
    return (
        Proposal.objects.filter(Q(gathering=gathering) | Q(pk__in=carried.values("proposal")))
        .annotate(
            asked=collected(
                Proposal.addressees.through.objects.all(),
                by="proposal",
                side="side_id",
                position="side__position",
                name=Nested("side__area__name"),
            ),
            replies=collected(
                Answer.objects.all(), by="proposal", side="side_id", verdict="verdict"
            ),
        )
        .order_by("key")[:SHOWN]
    )


@prepared
def _commitments_at(gathering: int) -> QuerySet[Any]:
    carried = Disposition.objects.filter(into=gathering, commitment__isnull=False)
    rows = Commitment.objects.filter(
        Q(gathering=gathering) | Q(pk__in=carried.values("commitment"))
    )
    return with_parties(rows).order_by("key")[:SHOWN]


def promises_of_area(area: Area, page: Page) -> Mapping[str, Any] | None:
    """Commitments to which a side of this area is party. One statement."""
    return _promises(Party.objects.filter(side__area=area), {"side": area.key})


def promises_of_organization(organization: Organization, page: Page) -> Mapping[str, Any] | None:
    """Commitments in which the organization speaks for a side. One statement."""
    return _promises(Party.objects.filter(organization=organization), None)


def promises_of_partnership(partnership: Partnership, page: Page) -> Mapping[str, Any] | None:
    """Commitments between the partnership's sides. One statement."""
    return _promises(Party.objects.filter(side__partnership=partnership), None)


def proposals_of_person(person: Person, page: Page) -> Mapping[str, Any] | None:
    """What the person has asked. One statement."""
    rows = list(person.proposals.select_related("gathering").order_by("-key")[:SHOWN])
    return {"proposals": rows} if rows else None


def _promises(parties: Any, filters: Mapping[str, str] | None) -> Mapping[str, Any] | None:
    held = parties.filter(commitment=OuterRef("pk"))
    rows = list(with_parties(Commitment.objects.filter(Exists(held))).order_by("-key")[:SHOWN])
    return {"commitments": rows, "filters": filters, "full": len(rows) == SHOWN} if rows else None


def with_parties(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Commitments with their parties and what each side reported, collected."""
    return rows.annotate(
        party_rows=collected(
            Party.objects.all(),
            by="commitment",
            side="side_id",
            position="side__position",
            role="role",
            name=Nested("side__area__name"),
        ),
        report_rows=collected(
            Report.objects.filter(state=ReportState.ACCEPTED),
            by="commitment",
            side="side_id",
            completion="completion",
            accepted_on="accepted_on",
            submitted_on="submitted_on",
            key="key",
        ),
    )


def last_completion(commitment: Any, side: int) -> str | None:
    """The completion in the side's latest accepted report, from the collected rows."""
    own = [row for row in commitment.report_rows or () if row["side"] == side]
    if not own:
        return None
    newest = max(own, key=lambda row: (row["accepted_on"], row["submitted_on"], row["key"]))
    return str(newest["completion"])


def _by_state(commitments: list[Any]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for one in commitments:
        state = one.joint_completion if one.joint_state == JointState.CONFIRMED else one.joint_state
        counts[state] = counts.get(state, 0) + 1
    return sorted(counts.items())

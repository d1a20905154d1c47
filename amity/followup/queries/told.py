"""Statements that the page of a gathering tells by what came of them."""

from django.db.models import Exists, OuterRef

from amity.followup.models import Commitment, Proposal


def as_proposal() -> Exists:
    """Statements from which a proposal at their gathering came."""
    here = Proposal.objects.filter(statements=OuterRef("pk"), gathering=OuterRef("gathering"))
    return Exists(here)


def as_commitment() -> Exists:
    """Statements from which a commitment at their gathering came."""
    here = Commitment.objects.filter(statements=OuterRef("pk"), gathering=OuterRef("gathering"))
    return Exists(here)

"""Commitments and proposals as schema.org actions, for search engines and other programs."""

from amity.followup.choices import Completion, JointState, PartyRole
from amity.followup.models import Commitment
from amity.followup.queries.threads import CommitmentThread, ProposalThread
from amity.foundation.formats.structured import Thing
from amity.foundation.pages.links import absolute, url
from amity.languages.jinja import plain

CONTEXT = "https://schema.org"


def commitment_data(thread: CommitmentThread) -> Thing:
    """A commitment as an `Action`: agents are its holders, participants its counterparts.

    Only what both sides confirmed is called completed or failed.
    """
    commitment = thread.commitment
    data: Thing = {
        "@context": CONTEXT,
        "@type": "Action",
        "identifier": commitment.key,
        "name": plain(commitment.title),
        "url": absolute(url("followup:commitment", key=commitment.key)),
        "actionStatus": f"{CONTEXT}/{action_status(commitment)}",
        "agent": _sides(thread, PartyRole.HOLDER),
        "participant": _sides(thread, PartyRole.COUNTERPART),
    }
    if commitment.text:
        data["description"] = plain(commitment.text)
    if commitment.made and commitment.made.start:
        data["startTime"] = commitment.made.start.isoformat()
    if commitment.deadline and commitment.deadline.end:
        data["endTime"] = commitment.deadline.end.isoformat()
    return {name: value for name, value in data.items() if value != []}


def proposal_data(thread: ProposalThread) -> Thing:
    """A proposal as an `AskAction`."""
    proposal = thread.proposal
    data: Thing = {
        "@context": CONTEXT,
        "@type": "AskAction",
        "identifier": proposal.key,
        "name": plain(proposal.title),
        "url": absolute(url("followup:proposal", key=proposal.key)),
        "recipient": [_place(plain(side.area.name)) for side in proposal.addressees.all()],
    }
    if proposal.proposer:
        data["agent"] = {"@type": "Person", "name": plain(proposal.proposer.name)}
    elif proposal.proposer_organization:
        name = plain(proposal.proposer_organization.name)
        data["agent"] = {"@type": "Organization", "name": name}
    if proposal.made and proposal.made.start:
        data["startTime"] = proposal.made.start.isoformat()
    return {name: value for name, value in data.items() if value != []}


def action_status(commitment: Commitment) -> str:
    """The schema.org ActionStatusType of a commitment."""
    if commitment.joint_state == JointState.SILENT:
        return "PotentialActionStatus"
    if commitment.joint_state == JointState.CONFIRMED:
        if commitment.joint_completion == Completion.COMPLETE:
            return "CompletedActionStatus"
        if commitment.joint_completion == Completion.WITHDRAWN:
            return "FailedActionStatus"
    return "ActiveActionStatus"


def _sides(thread: CommitmentThread, role: PartyRole) -> list[Thing]:
    return [
        {"@type": "Organization", "name": plain(line.party.organization.name)}
        if line.party.organization
        else _place(plain(line.party.side.area.name))
        for line in thread.parties
        if line.party.role == role
    ]


def _place(name: str) -> Thing:
    return {"@type": "AdministrativeArea", "name": name}

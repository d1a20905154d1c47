"""Rules between proposals, answers, commitments, reports and dispositions."""

from collections.abc import Iterator

from amity.followup.choices import CommitmentKind, Outcome, PartyRole
from amity.record.folder_rules import Broken, Record, Records

SUCCESSORS = {Outcome.SPLIT: 2, Outcome.MERGED: 1, Outcome.REPLACED: 1}
"""How many items come after one that is disposed of so, at least; after others, none."""


def answered_by_one_concerned(record: Record, records: Records) -> Iterator[Broken]:
    """Who answers was asked, or is a side of a partnership that the proposal is about."""
    proposal = records.find("proposal", record["proposal"])
    side = records.find("side", record["side"])
    if proposal is None or side is None:
        return
    asked = proposal.get("addressees", ())
    gathering = records.find("gathering", proposal.get("gathering", ""))
    sides = [records.find("side", key) for key in asked]
    partnerships = {one["partnership"] for one in sides if one}
    if gathering and "partnership" in gathering:
        partnerships.add(gathering["partnership"])
    if record["side"] in asked or not partnerships or side["partnership"] in partnerships:
        return
    yield Broken(
        "side",
        f"{record['side']} was not asked in {record['proposal']} and is no side of its "
        f"partnership; expected one of {', '.join(asked) or 'its sides'}",
    )


def chooses_an_alternative(record: Record, records: Records) -> Iterator[Broken]:
    """The alternative chosen is one of the proposal's."""
    proposal = records.find("proposal", record["proposal"])
    chosen = record.get("alternative")
    if proposal is None or chosen is None:
        return
    offered = len(proposal.get("alternatives", ()))
    if chosen > offered:
        yield Broken("alternative", f"{chosen} of {offered}; expected a number the proposal has")


def has_a_holder(record: Record, records: Records) -> Iterator[Broken]:
    """Somebody holds a commitment; a joint position is held by all its parties, two at least."""
    parties = record.get("parties", ())
    holders = [party for party in parties if party["role"] == PartyRole.HOLDER]
    if record["kind"] == CommitmentKind.POSITION:
        if len(parties) < 2 or len(holders) < len(parties):
            yield Broken(
                "parties", "a joint position; expected two or more parties, all of them holders"
            )
    elif not holders:
        yield Broken("parties", "nobody holds it; expected a party with the role holder")


def reported_by_a_party(record: Record, records: Records) -> Iterator[Broken]:
    """Only a side that is party to a commitment reports on it, and before it is accepted."""
    commitment = records.find("commitment", record["commitment"])
    if commitment is not None:
        sides = [party["side"] for party in commitment.get("parties", ())]
        if record["side"] not in sides:
            yield Broken(
                "side",
                f"{record['side']} is no party to {record['commitment']}; expected one of "
                f"{', '.join(sides) or 'none'}",
            )
    submitted, accepted = record.get("submitted_on"), record.get("accepted_on")
    if submitted and accepted and accepted < submitted:
        yield Broken("accepted_on", f"{accepted} is before {submitted}, when it was submitted")


def disposes_properly(record: Record, records: Records) -> Iterator[Broken]:
    """What comes after an item fits the outcome, and nothing comes after itself."""
    after = [*record.get("successor_commitments", ()), *record.get("successor_proposals", ())]
    least = SUCCESSORS.get(Outcome(record["outcome"]), 0)
    if len(after) < least:
        yield Broken(
            "outcome",
            f"{record['outcome']}; expected at least {least} in successor_commitments "
            "or successor_proposals",
        )
    if after and not least:
        yield Broken("outcome", f"nothing comes after what is {record['outcome']}; expected none")
    for reference, listed in (
        ("commitment", "successor_commitments"),
        ("proposal", "successor_proposals"),
    ):
        if record.get(reference) in record.get(listed, ()):
            yield Broken(listed, f"{record[reference]} cannot come after itself")
    if record.get("into") == record["gathering"]:
        yield Broken("into", "carried into the edition that was closed; expected a later one")


def disposed_where_it_was_open(record: Record, records: Records) -> Iterator[Broken]:
    """An edition disposes of what was made at it or carried into it."""
    for kind in ("proposal", "commitment"):
        key = record.get(kind)
        item = records.find(kind, key) if key is not None else None
        if item is None or item.get("gathering", record["gathering"]) == record["gathering"]:
            continue
        earlier = records.referring("disposition", kind, str(key))
        if not any(one.get("into") == record["gathering"] for one in earlier):
            yield Broken(
                "gathering",
                f"{key} was neither made at {record['gathering']} nor carried into it",
            )


def carried_within_the_series(record: Record, records: Records) -> Iterator[Broken]:
    """What is carried goes into a later edition of the same series."""
    into = records.find("gathering", record.get("into", ""))
    closed = records.find("gathering", record["gathering"])
    if into is None or closed is None or into["id"] == closed["id"]:
        return
    if into.get("series") != closed.get("series"):
        yield Broken("into", f"{into['id']} is no edition of the same series")
    elif into.get("number", 0) and into["number"] <= closed.get("number", 0):
        yield Broken("into", f"{into['id']} is no later edition than {closed['id']}")

"""What not everybody may read changes nothing that everybody reads: not a word, not a number."""

from datetime import UTC, date, datetime

import pytest

from amity.followup.choices import (
    Ambition,
    Completion,
    EarlyResults,
    Outcome,
    PartyRole,
    ReportState,
    Verdict,
)
from amity.followup.models import Answer, Commitment, Disposition, Party, Proposal, Report, Review
from amity.followup.tests.factory import Record, said, words
from amity.foundation.models import Change
from amity.network.choices import AreaKind, OrganizationKind
from amity.network.models import Area, Organization, Person, Side, Theme
from amity.record.models import Dossier

pytestmark = pytest.mark.django_db

SECRET = "Not for everybody"
CIRCLE = "partnership:north-south"

# The feeds of what changed follow from the trail; tests/access asks them of what is hidden.
ADDRESSES = [
    "en/",
    "en/commitments/",
    "en/commitments/?state=silent",
    "en/commitments/?side=north",
    "en/commitments/?holder=south",
    "en/commitments/?theme=transport",
    "en/commitments/?gathering=forum-1",
    "en/commitments/?dossier=sample",
    "en/commitments/?overdue=1",
    "en/commitments/feed.atom",
    "en/commitments/C-2025-001/",
    "en/commitments.csv",
    "en/commitments.csv?side=north",
    "en/proposals/",
    "en/proposals/?standing=unanswered",
    "en/proposals/?side=north",
    "en/proposals/?theme=transport",
    "en/proposals/P-2025-001/",
    "en/proposals.csv",
    "en/gatherings/forum-1/",
    "en/areas/north/",
    "en/organizations/union/",
    "en/partnerships/north-south/",
    "en/persons/speaker/",
    "api/v1/dossiers",
    "api/v1/commitments",
    "api/v1/commitments?theme=transport",
    "api/v1/proposals",
    "api/v1/answers",
    "api/v1/reports",
    "api/v1/reviews",
    "api/v1/dispositions",
]
HIDDEN = [
    "en/commitments/C-2025-900/",
    "en/proposals/P-2025-900/",
    "api/v1/commitments/C-2025-900",
    "api/v1/proposals/P-2025-900",
    "api/v1/answers/hidden",
    "api/v1/reports/hidden",
    "api/v1/reviews/hidden",
    "api/v1/dispositions/hidden",
]


class Peopled(Record):
    """The small record with an organization that is party, and a person who proposes."""

    def __init__(self) -> None:
        super().__init__()
        own = {"dossier": self.dossier, "readers": "public"}
        self.union = Organization.everything.create(
            **own, key="union", kind=OrganizationKind.values[0], name=words("Union")
        )
        self.person = Person.everything.create(**own, key="speaker", name=words("Speaker"))
        self.report(self.commitment(1, deadline="2025-11"), 0, Completion.LIMITED)
        self.commitment(2, deadline=None)
        Party.everything.filter(commitment__key="C-2025-001").update(organization=self.union)
        self.proposal(1, proposer=self.person)


@pytest.fixture
def record():
    return Peopled()


def hide(record: Peopled, readers: str) -> None:
    """Add one row of each kind, which `readers` may read."""
    own = {"dossier": record.dossier, "readers": readers, "key": "hidden"}
    secret = words(SECRET)
    commitment = record.commitment(
        900, deadline="2025-12", readers=readers, title=secret, text=secret
    )
    commitment.parties.update(organization=record.union)
    proposal = record.proposal(900, readers=readers, title=secret, proposer=record.person)
    known = Commitment.everything.get(key="C-2025-001")
    asked = Proposal.everything.get(key="P-2025-001")
    Report.everything.create(
        **own,
        commitment=known,
        side=record.sides[1],
        completion=Completion.COMPLETE,
        text=secret,
        state=ReportState.ACCEPTED,
        submitted_on=date(2026, 9, 14),
        accepted_on=date(2026, 9, 14),
    )
    Answer.everything.create(
        **own,
        proposal=asked,
        side=record.sides[0],
        verdict=Verdict.DECLINED,
        reasons=secret,
        given=said("2026-09-14"),
    )
    Review.everything.create(
        **own,
        commitment=known,
        organization=record.union,
        reviewed_on=date(2026, 9, 14),
        verifiable=True,
        ambition=Ambition.MODEST,
        completion=Completion.LIMITED,
        early_results=EarlyResults.NONE,
        text=secret,
    )
    Disposition.everything.create(
        **own,
        gathering=record.forum,
        commitment=known,
        outcome=Outcome.DROPPED,
        reason=secret,
        decided_on=date(2026, 9, 14),
    )
    theme = Theme.everything.create(**own, name=secret)
    area = Area.everything.create(**own, kind=AreaKind.CITY, name=secret)
    partnership = record.sides[0].partnership
    side = Side.everything.create(**own, partnership=partnership, position=3, area=area)
    commitment.themes.add(theme)
    proposal.themes.add(theme)
    proposal.addressees.add(side)
    Party.everything.create(
        commitment=commitment, position=3, side=side, role=PartyRole.COUNTERPART
    )
    other = Dossier.objects.create(key="other", title=secret, fictional=False, languages=["en"])
    record.commitment(901, dossier=other, readers=readers, title=secret)
    record.proposal(901, dossier=other, readers=readers, title=secret)
    Change.objects.create(at=datetime.now(UTC), command="test", verb="load")


def read(client, address: str) -> bytes:
    """What stands at an address."""
    answer = client.get(f"/{address}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_what_is_not_public_changes_nothing_that_is(client, record):
    record.tell()
    before = {address: read(client, address) for address in ADDRESSES}
    hide(record, CIRCLE)
    after = {address: read(client, address) for address in ADDRESSES}
    assert [address for address in ADDRESSES if after[address] != before[address]] == []
    assert [address for address in ADDRESSES if SECRET.encode() in after[address]] == []


def test_the_same_rows_would_be_seen_if_they_were_public(client, record):
    """Otherwise the test before this one could not fail."""
    before = {address: read(client, address) for address in ADDRESSES}
    hide(record, "public")
    after = {address: read(client, address) for address in ADDRESSES}
    assert [address for address in ADDRESSES if after[address] == before[address]] == []


@pytest.mark.parametrize("address", HIDDEN)
def test_what_is_not_public_is_not_found(client, record, address):
    hide(record, CIRCLE)
    assert client.get(f"/{address}").status_code == 404

"""The front page, the feeds and the site map as strangers read them: without what is not public."""

from datetime import UTC, date, datetime

import pytest

from amity.followup.choices import (
    CommitmentKind,
    Completion,
    Grade,
    Outcome,
    PartyRole,
    ProposalKind,
    ReportState,
    Verdict,
)
from amity.followup.models import (
    Answer,
    Commitment,
    Disposition,
    Party,
    Proposal,
    Report,
    Review,
)
from amity.followup.tests.factory import Record, said, words
from amity.foundation.tests.strangers import HIDDEN, read_anew
from amity.gatherings.choices import GatheringKind, GatheringStatus
from amity.gatherings.models import Gathering
from amity.network.models import Organization
from amity.record.models import Entry

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/en/",
    "/en/feed.atom",
    "/en/gatherings/forum-1/feed.atom",
    "/sitemap.xml",
    "/sitemaps/gathering-1.xml",
]


@pytest.fixture
def record() -> Record:
    """A forum with a promise, an idea and a report; and another forum to come."""
    made = Record()
    made.report(made.commitment(), 0, Completion.LIMITED)
    made.proposal()
    public = {"dossier": made.dossier, "readers": "public"}
    Gathering.objects.create(
        **public,
        key="next",
        kind=GatheringKind.FORUM,
        title=words("Next forum"),
        status=GatheringStatus.ANNOUNCED,
        when=said("2099-10"),
        timezone="Europe/Moscow",
    )
    for key in ("forum-1", "next"):
        Entry.objects.create(
            **public,
            kind="gathering",
            key=key,
            title=words(key),
            page_kind="gathering",
            page_key=key,
        )
    return made


def hide(record: Record) -> None:
    """One of each thing that a feed tells of, about public and hidden things, later than all."""
    own = {"dossier": record.dossier, "readers": HIDDEN}
    for number, (status, when) in enumerate(
        [
            (GatheringStatus.ANNOUNCED, "2098-10"),
            (GatheringStatus.ANNOUNCED, "2020-10"),
            (GatheringStatus.HELD, "2026-01-01"),
        ]
    ):
        Gathering.everything.create(
            **own,
            key=f"secret-{number}",
            kind=GatheringKind.FORUM,
            title=words("Secret forum"),
            status=status,
            when=said(when),
            timezone="Europe/Moscow",
        )
    commitment = Commitment.everything.create(
        **own,
        key="C-2026-001",
        kind=CommitmentKind.COMMITMENT,
        grade=Grade.WILL,
        title=words("Secret promise"),
        text=words("Secret words"),
        gathering=record.forum,
        made=said("2026-01-02"),
        deadline=said("2026-01-03"),
    )
    Party.everything.create(
        commitment=commitment, position=1, side=record.sides[0], role=PartyRole.HOLDER
    )
    proposal = Proposal.everything.create(
        **own,
        key="P-2026-001",
        kind=ProposalKind.PROPOSAL,
        title=words("Secret idea"),
        gathering=record.forum,
        made=said("2026-01-01"),
    )
    made, asked = Commitment.objects.get(), Proposal.objects.get()
    institute = Organization.everything.create(
        **own, key="institute", kind="university", name=words("Secret institute")
    )
    for number, (promise, idea) in enumerate([(made, asked), (commitment, proposal)]):
        Report.everything.create(
            **own,
            key=f"secret-report-{number}",
            commitment=promise,
            side=record.sides[1],
            completion=Completion.COMPLETE,
            text=words("Secret account"),
            state=ReportState.ACCEPTED,
            submitted_on=date(2026, 1, 4),
            accepted_on=date(2026, 10, 4),
        )
        Answer.everything.create(
            **own,
            key=f"secret-answer-{number}",
            proposal=idea,
            side=record.sides[1],
            verdict=Verdict.NOTED,
            reasons=words("Secret reasons"),
            given=said("2026-01-05"),
        )
        Review.everything.create(
            **own,
            key=f"secret-review-{number}",
            commitment=promise,
            organization=institute,
            reviewed_on=date(2026, 1, 6),
            verifiable=True,
            ambition="modest",
            completion=Completion.LIMITED,
            early_results="none",
            text=words("Secret reading"),
        )
        Disposition.everything.create(
            **own,
            key=f"secret-decision-{number}",
            gathering=record.forum,
            commitment=promise,
            outcome=Outcome.DROPPED,
            reason=words("Secret end"),
            decided_on=date(2026, 1, 7),
        )
    removed = {"readers": "public", "removed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    for number, fields in enumerate([{}, removed]):
        Entry.everything.create(
            **own | fields,
            kind="gathering",
            key=f"secret-{number}",
            title=words("Secret"),
            page_kind="gathering",
            page_key=f"secret-{number}",
        )
        Entry.everything.create(
            **own | fields,
            kind="area",
            key=f"secret-{number}",
            title=words("Secret"),
            page_kind="area",
            page_key=f"secret-{number}",
        )


def test_what_is_hidden_changes_nothing_that_strangers_read(client, record):
    before = read_anew(client, ADDRESSES)
    hide(record)
    after = read_anew(client, ADDRESSES)
    assert after == before
    assert [address for address, body in after.items() if b"ecret" in body] == []


@pytest.mark.parametrize("address", ["/en/gatherings/secret-0/feed.atom", "/sitemaps/area-1.xml"])
def test_feeds_and_files_of_what_is_hidden_are_not_found(client, record, address):
    hide(record)
    assert client.get(address).status_code == 404

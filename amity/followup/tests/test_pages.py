"""The pages of commitments and proposals as everybody sees them."""

from datetime import date

import pytest

from amity.followup.choices import Completion, Outcome, ReportState, Verdict
from amity.followup.models import Answer, Disposition
from amity.followup.queries import lists
from amity.followup.tests.factory import Record, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return Record()


def test_a_new_record_says_what_will_stand_there(client, db):
    page = client.get("/en/commitments/").content.decode()
    assert page.count("No commitment is recorded yet.") == 1


@pytest.mark.parametrize("number", [1, 30])
def test_commitments_list_asks_the_database_as_often_for_one_as_for_thirty(
    client, record, number, django_assert_num_queries
):
    for i in range(1, number + 1):
        record.report(record.commitment(i), 0, Completion.LIMITED)
    client.get("/en/commitments/")  # totals and choices are kept while the record stays as it is
    with django_assert_num_queries(5):
        page = client.get("/en/commitments/?overdue=1").content.decode()
    assert page.count('<li class="line">') == number


@pytest.mark.parametrize("number", [1, 30])
def test_commitment_asks_the_database_as_often_for_one_report_as_for_thirty(
    client, record, number, django_assert_num_queries
):
    commitment = record.commitment()
    for i in range(number):
        record.report(commitment, i % 2, Completion.LIMITED, on=date(2026, 1, i + 1))
    with django_assert_num_queries(16):
        page = client.get("/en/commitments/C-2025-001/").content.decode()
    assert page.count(">Reported&nbsp;<") == number


@pytest.mark.parametrize("number", [1, 30])
def test_proposals_list_asks_the_database_as_often_for_one_as_for_thirty(
    client, record, number, django_assert_num_queries
):
    for i in range(1, number + 1):
        record.proposal(i)
    client.get("/en/proposals/?standing=declined")  # choices are kept
    with django_assert_num_queries(6):
        page = client.get("/en/proposals/").content.decode()
    assert page.count('<li class="line">') == number


def test_a_bare_proposal_asks_fifteen_times(client, record, django_assert_num_queries):
    record.proposal()
    with django_assert_num_queries(15):
        client.get("/en/proposals/P-2025-001/")


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.RETURNED])
def test_only_accepted_reports_are_shown_or_counted(client, record, state):
    commitment = record.commitment()
    record.report(commitment, 1, Completion.COMPLETE, text="Nobody may read this yet", state=state)
    for address in (
        "/en/commitments/",
        "/en/commitments/C-2025-001/",
        "/en/commitments/feed.atom",
        "/en/",
        "/en/feed.atom",
    ):
        page = client.get(address).content.decode()
        assert "Nobody may read" not in page
        assert "reported by one side only" not in page.replace(
            "reported by one side only</option>", ""
        )
    commitment.refresh_from_db()
    assert commitment.joint_state == "silent"


def test_sides_that_differ_are_shown_both(client, record):
    commitment = record.commitment()
    record.report(commitment, 0, Completion.SUBSTANTIAL, text="Five groups are forming")
    record.report(commitment, 1, Completion.COMPLETE, text="Dates and venue are announced")
    page = client.get("/en/commitments/C-2025-001/").content.decode()
    assert page.count("The two sides differ.") == 1
    assert page.count("Five groups are forming") == 1
    assert page.count("Dates and venue are announced") == 1
    listed = client.get("/en/commitments/?state=differ").content.decode()
    assert listed.count("C-2025-001") == 2  # its number, and its address


@pytest.mark.parametrize("few", [0, 1, lists.FEW])
def test_filters_leave_out_what_does_not_fit(client, record, monkeypatch, few):
    monkeypatch.setattr(lists, "FEW", few)
    record.report(record.commitment(1), 0, Completion.LIMITED)
    both = record.commitment(2, deadline="2099")
    for side in (0, 1):
        record.report(both, side, Completion.COMPLETE)
    shown = {
        query: sorted(
            key
            for key in ("C-2025-001", "C-2025-002")
            if f"/commitments/{key}/" in client.get(f"/en/commitments/?{query}").content.decode()
        )
        for query in (
            "state=one_sided",
            "state=complete",
            "holder=south",
            "holder=north",
            "side=north",
            "theme=transport",
            "overdue=1",
            "year=2024",
            "year=2025",
        )
    }
    assert shown == {
        "state=one_sided": ["C-2025-001"],
        "state=complete": ["C-2025-002"],
        "holder=south": ["C-2025-001", "C-2025-002"],
        "holder=north": [],
        "side=north": ["C-2025-001", "C-2025-002"],
        "theme=transport": ["C-2025-001", "C-2025-002"],
        "overdue=1": ["C-2025-001"],
        "year=2024": [],
        "year=2025": ["C-2025-001", "C-2025-002"],
    }


@pytest.mark.parametrize(
    "query", ["state=kept", "page=0", "page=x", "overdue=yes", "side=%00", "year=20250"]
)
def test_a_filter_that_makes_no_sense_is_refused(client, record, query):
    assert client.get(f"/en/commitments/?{query}").status_code == 400


@pytest.mark.parametrize("address", ["commitments/C-2099-001", "proposals/P-2099-001"])
def test_what_is_not_there_is_not_found(client, record, address):
    assert client.get(f"/en/{address}/").status_code == 404


def test_a_reader_of_another_language_reads_theirs(client, record):
    record.commitment()
    page = client.get("/vi/commitments/C-2025-001/").content.decode()
    assert page.count("<h1>Cam kết 1</h1>") == 1
    russian = client.get("/ru/commitments/C-2025-001/").content.decode()
    assert russian.count('<h1><span lang="en" dir="ltr">Promise 1</span>') == 1


def test_unanswered_stays_unanswered_beside_the_side_that_answered(client, record):
    proposal = record.proposal()
    Answer.objects.create(
        dossier=record.dossier,
        readers="public",
        key="answer-1",
        proposal=proposal,
        side=record.sides[0],
        verdict=Verdict.DECLINED,
        reasons=words("There is no airport"),
    )
    page = client.get("/en/proposals/P-2025-001/").content.decode()
    assert page.count("There is no airport") == 1
    assert page.count("No answer yet") == 1


def test_a_dropped_commitment_says_why(client, record):
    commitment = record.commitment()
    Disposition.objects.create(
        dossier=record.dossier,
        readers="public",
        key="closing-1",
        gathering=record.forum,
        commitment=commitment,
        outcome=Outcome.DROPPED,
        reason=words("The bridge was built by others"),
        decided_on=date(2026, 10, 10),
    )
    page = client.get("/en/commitments/C-2025-001/").content.decode()
    assert page.count("The bridge was built by others") == 1


def test_hostile_words_stay_words(client, record):
    record.commitment(title=words("<script>alert(1)</script>"))
    page = client.get("/en/commitments/C-2025-001/").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 0

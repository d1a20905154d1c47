"""Milestones and indicators of a commitment: what each side reported of them last, and no more."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
import rfc8785
from lxml import html

from amity.followup.choices import Completion, ReportState
from amity.followup.models import (
    Commitment,
    IndicatorValue,
    Milestone,
    MilestoneState,
    Report,
    SuccessIndicator,
)
from amity.followup.tests.factory import Record, said, words
from amity.record import kinds
from amity.record.actions.standings import digest_of

pytestmark = pytest.mark.django_db

PAGE = "/{}/commitments/C-2025-001/"


@pytest.fixture
def record() -> Record:
    return Record()


@pytest.fixture
def promise(record: Record) -> Commitment:
    """Two milestones and an indicator, with nothing reported yet."""
    made = record.commitment()
    Milestone.everything.create(
        commitment=made,
        position=1,
        text=words("The land is found", vi="Tìm được đất"),
        deadline=said("2026-02"),
    )
    Milestone.everything.create(commitment=made, position=2, text=words("The roof is on"))
    SuccessIndicator.everything.create(
        commitment=made,
        position=1,
        text=words("Pupils learn there"),
        measure=words("pupils a year"),
        baseline=0,
        target=Decimal("1200.5"),
    )
    return made


def reports(record: Record, promise: Commitment, side: int, day: int) -> Report:
    return record.report(promise, side, Completion.LIMITED, on=date(2026, 3, day))


def shown(client, name: str, language: str = "en") -> list[str]:
    """What each milestone or indicator says on the page, its spaces plain."""
    page = html.fromstring(client.get(PAGE.format(language)).text)
    items = page.xpath("//section[@id=$id]//ol/li", id=name)
    return [" ".join(" ".join(item.itertext()).split()) for item in items]


def test_what_nobody_reported_says_so(client, promise):
    assert shown(client, "milestones") == [
        "The land is found Due: February 2026 No side has reported on it yet.",
        "The roof is on No side has reported on it yet.",
    ]
    assert shown(client, "indicators") == [
        "Pupils learn there Measured in pupils a year Baseline 0 Target 1,200.5 "
        "No side has reported on it yet."
    ]
    assert shown(client, "milestones", "vi")[0] == (
        "Tìm được đất Thời hạn: tháng 2/2026 Chưa bên nào báo cáo về điểm này."
    )


def test_each_side_speaks_for_itself_and_its_last_word_counts(client, record, promise):
    for day, side, number, state in (
        (1, 1, 1, "not_reached"),
        (2, 1, 1, "reached"),
        (3, 0, 1, "not_reached"),
        (4, 0, 2, "reached"),
    ):
        report = reports(record, promise, side, day)
        MilestoneState.everything.create(report=report, position=1, number=number, state=state)
    value = reports(record, promise, 1, 5)
    IndicatorValue.everything.create(report=value, position=1, number=1, value=Decimal("4000.25"))
    assert shown(client, "milestones") == [
        "The land is found Due: February 2026 sides differ "
        "Northtown not reached report accepted 3 March 2026 "
        "Southtown reached report accepted 2 March 2026",
        "The roof is on Northtown reached report accepted 4 March 2026",
    ]
    assert shown(client, "indicators") == [
        "Pupils learn there Measured in pupils a year Baseline 0 Target 1,200.5 "
        "Southtown 4,000.25 report accepted 5 March 2026"
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": ReportState.SUBMITTED},
        {"state": ReportState.RETURNED},
        {"readers": "side:north-south-south"},
    ],
)
def test_what_is_not_accepted_or_not_public_says_nothing(client, record, promise, hidden):
    report = reports(record, promise, 1, 1)
    accepted = {"accepted_on": None} if "state" in hidden else {}
    Report.everything.filter(pk=report.pk).update(**hidden, **accepted)
    MilestoneState.everything.create(report=report, position=1, number=2, state="reached")
    IndicatorValue.everything.create(report=report, position=1, number=1, value=987654)
    assert shown(client, "milestones")[1] == "The roof is on No side has reported on it yet."
    for address in (PAGE.format("en"), "/api/v1/reports", "/api/v1/commitments"):
        assert "987" not in client.get(address).text, address


def test_a_commitment_without_any_has_no_empty_section(client, record):
    record.commitment()
    assert shown(client, "milestones") == shown(client, "indicators") == []
    assert 'id="milestones"' not in client.get(PAGE.format("en")).text


def test_programs_read_them_with_the_commitment_and_the_report(client, record, promise):
    report = reports(record, promise, 1, 1)
    MilestoneState.everything.create(report=report, position=1, number=2, state="reached")
    IndicatorValue.everything.create(report=report, position=1, number=1, value=Decimal("2.5"))
    read = client.get("/api/v1/commitments/C-2025-001").json()
    assert [one["text"]["en"] for one in read["milestones"]] == [
        "The land is found",
        "The roof is on",
    ]
    assert [(one["baseline"], one["target"]) for one in read["indicators"]] == [(0, 1200.5)]
    said_of_it = client.get(f"/api/v1/reports/{report.key}").json()
    assert said_of_it["milestones"] == [{"number": 2, "state": "reached"}]
    assert said_of_it["indicators"] == [{"number": 1, "value": 2.5}]


def test_what_was_confirmed_before_there_were_milestones_stays_confirmed():
    kind = kinds.get("commitment")
    weighty = dict.fromkeys(
        ("kind", "title", "text", "gathering", "grade", "made", "deadline", "parties")
    ) | {"kind": "commitment", "parties": [{"side": "south", "role": "holder"}]}
    before = hashlib.sha256(rfc8785.dumps(weighty | {"readers": "public"})).hexdigest()
    empty = weighty | {"milestones": [], "indicators": []}
    assert digest_of(kind, empty, "public") == before
    with_one = weighty | {"milestones": [{"text": "The land is found"}], "indicators": []}
    assert digest_of(kind, with_one, "public") != before

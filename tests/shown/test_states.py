"""States follow the days and what is known; red is for what a side itself has said."""

from datetime import date

import pytest
from django.conf import settings
from lxml import html

from amity.followup.choices import Completion
from amity.followup.tests.factory import Record
from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.agreement import state_on

ON = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("status", "when", "state"),
    [
        ("announced", "2026-12-01/2026-12-03", "announced"),
        ("announced", "2026-11-25/2026-11-27", "running"),
        ("announced", "2026-11", "announced"),  # a day within the month, nobody knows which
        ("announced", "2026-11-01/2026-11-03", "passed"),
        ("announced", None, "announced"),
        ("held", "2026-11-19/2026-12-20", "running"),
        ("held", "2026-11-19/2026-11-20", "held"),
        ("closed", "2026-11-19/2026-12-20", "closed"),
        ("postponed", "2026-11-01/2026-11-03", "postponed"),
        ("cancelled", "2026-11-25/2026-11-27", "cancelled"),
    ],
)
def test_the_state_of_a_gathering_follows_its_days(status, when, state):
    given = DateAsSaid.parse(when) if when else None
    assert state_on(status, given, ON) == state


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_date_that_passed_without_a_report_is_told_in_a_quiet_colour(client, language):
    record = Record()
    record.commitment(1, deadline="2020-01")
    reported = record.commitment(2, deadline="2020-01")
    record.report(reported, 0, Completion.LIMITED)
    record.commitment(3, deadline="2999-01")
    for address in ("", "commitments/", "commitments/C-2025-001/", "gatherings/forum-1/"):
        tree = html.fromstring(client.get(f"/{language}/{address}").content.decode())
        assert tree.xpath("//main//*[contains(@class, 'late')]") == [], address
    if language == "en":
        tree = html.fromstring(client.get("/en/commitments/").content.decode())
        chips = [
            [
                " ".join(one.text_content().split())
                for one in row.xpath(".//*[@class='chip state ']")
            ]
            for row in tree.xpath("//ul[@class='lines']/li")
        ]
        told = [[words for words in row if "ate passed" in words] for row in chips]
        assert told == [[], ["Date passed"], ["Date passed, no report known"]]


@pytest.mark.django_db
def test_a_recurrence_says_which_turn_it_is_about(client):
    record = Record()
    every = DateAsSaid.parse("2020-01", every="P6M", until=date(2029, 12, 31))
    kept = record.commitment(1, deadline=None)
    kept.deadline = every
    kept.due_on, kept.open = date(2020, 1, 31), True
    kept.save()
    page = " ".join(client.get("/en/commitments/C-2025-001/").content.decode().split())
    assert "Turn of 31 January 2020: date passed, no report known" in page
    kept.due_on = date(2029, 7, 31)
    kept.save()
    client.get("/en/commitments/C-2025-001/")
    record.tell()
    page = " ".join(client.get("/en/commitments/C-2025-001/").content.decode().split())
    assert "Next turn: 31 July 2029" in page


@pytest.mark.django_db
def test_of_a_rhythm_without_a_first_day_only_the_last_turn_is_known(client):
    record = Record()
    kept = record.commitment(1, deadline=None)
    kept.deadline = DateAsSaid.parse(
        said=("en", "twice a year until 2029"), every="P6M", until=date(2029, 12, 31)
    )
    kept.due_on, kept.open = date(2029, 12, 31), True
    kept.save()
    for address in ("/en/commitments/C-2025-001/", "/en/commitments/"):
        page = " ".join(client.get(address).content.decode().split())
        assert ("Last turn: 31 December 2029" in page, "Next turn" in page) == (True, False)


def test_what_both_report_of_a_recurrence_is_of_the_period_last_reported(client, demonstrations):
    """C-2025-106 is complete for its first period, and the date of its second has passed."""
    for address in ("commitments/C-2025-106/", "commitments/", "gatherings/lpc-forum-2/"):
        page = html.fromstring(client.get(f"/en/{address}").content.decode())
        chips = {" ".join(one.text_content().split()) for one in page.xpath("//*[@class]")}
        assert "Both sides: complete (so far)" in chips, address


def test_a_list_shows_what_both_report_of_what_a_closing_decided(client, demonstrations):
    """So that as many are listed in each state as the bar above counts."""
    page = html.fromstring(client.get("/en/gatherings/lpc-forum-1/").content.decode())
    outcome = page.xpath("//section[@aria-labelledby='outcome']")[0]
    chips = {
        one.xpath("string(.//a/@href)").split("/")[-2]: [
            " ".join(chip.text_content().split())
            for chip in one.xpath(".//p[contains(@class, 'state')]/*[contains(@class, 'chip')]")
        ]
        for one in outcome.xpath(".//ul[@class='lines']/li")
    }
    assert {key: chips[key] for key in ("C-2025-110", "C-2025-111", "C-2025-112")} == {
        "C-2025-110": ["dropped", "Both sides: withdrawn"],
        "C-2025-111": ["split", "Both sides: limited"],
        "C-2025-112": ["merged", "reported by one side only"],
    }

"""Sustainable Development Goals: read strictly, kept, listed, filtered, chosen at the desk."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from amity.followup.choices import Goal
from amity.followup.fields import as_bits, of_bits
from amity.followup.models import Commitment, Proposal
from amity.followup.tests.factory import Record, words
from amity.foundation.faults import faults_of


@pytest.fixture
def record(db) -> Record:
    made = Record()
    made.commitment(1, goals=[4, 17], title=words("Teach the other language"))
    made.commitment(2, goals=[1], title=words("Feed the fishermen"))
    made.commitment(3, title=words("No goal named"))
    made.proposal(1, goals=[14], title=words("Count the herring"))
    made.proposal(2, goals=[4], title=words("Exchange students"))
    made.tell()
    return made


def test_goals_are_the_seventeen_of_the_united_nations():
    assert [int(goal) for goal in Goal] == list(range(1, 18))
    assert (str(Goal(1).label), str(Goal(17).label)) == ("No Poverty", "Partnerships for the Goals")


def test_goals_are_kept_as_they_were_given():
    for goals in ([], [1], [17], [4, 11, 14], list(range(1, 18))):
        assert of_bits(as_bits(goals)) == goals


@pytest.mark.parametrize("model", [Commitment, Proposal])
def test_they_are_read_from_numbers_and_words_in_their_order(model):
    column = model._meta.get_field("goals")
    assert column.clean([11, "4"], None) == [4, 11]
    assert column.clean([], None) == []


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        (4, [((), "“4” is not a list of goals such as [4, 11]")]),
        ([0], [((0,), "“0” is not the number of a goal; expected one from 1 to 17")]),
        ([18], [((0,), "“18” is not the number of a goal; expected one from 1 to 17")]),
        ([True], [((0,), "“True” is not the number of a goal; expected one from 1 to 17")]),
        ([4, "x", 4], [
            ((1,), "“x” is not the number of a goal; expected one from 1 to 17"),
            ((2,), "the goal 4 is given twice; expected it once"),
        ]),
    ],
)  # fmt: skip
def test_what_is_no_goal_is_refused_with_its_place(written, faults):
    with pytest.raises(ValidationError) as caught:
        Commitment._meta.get_field("goals").clean(written, None)
    assert [(one.path, str(one.problem)) for one in faults_of(caught.value)] == faults


def test_the_database_gives_them_back_and_finds_by_them(record):
    assert Commitment.objects.get(key="C-2025-001").goals == [4, 17]
    found = {
        goal: list(Commitment.objects.filter(goals__has=goal).values_list("key", flat=True))
        for goal in (1, 4, 7, 17)
    }
    assert found == {1: ["C-2025-002"], 4: ["C-2025-001"], 7: [], 17: ["C-2025-001"]}


def test_lists_are_narrowed_by_goal(record):
    page = Client().get("/en/commitments/?goal=4").text
    assert ("Teach the other language" in page, "Feed the fishermen" in page) == (True, False)
    page = Client().get("/en/proposals/?goal=14").text
    assert ("Count the herring" in page, "Exchange students" in page) == (True, False)
    table = b"".join(Client().get("/en/commitments.csv?goal=17")).decode()
    assert "4. Quality Education; 17. Partnerships for the Goals" in table
    items = Client().get("/api/v1/commitments?goal=17").json()["items"]
    assert [(one["id"], one["goals"]) for one in items] == [("C-2025-001", [4, 17])]
    assert Client().get("/api/v1/commitments?goal=18").status_code == 400


def test_a_page_names_its_goals(record):
    page = Client().get("/ru/commitments/C-2025-001/").text
    assert "4. Качественное образование" in page
    assert 'href="/ru/commitments/?goal=4"' in page

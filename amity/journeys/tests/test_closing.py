"""The closing list, and closing: refused with the list, decided, closed by both sides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amity.followup.models import Answer, Commitment, Disposition, Party, Proposal
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.journeys.actions.closing import StillOpen
from amity.record.actions import save, writing
from amity.record.choices import Audience
from amity.record.models import ProposedField
from tests.write.world import words

from .world import at, editions

pytestmark = pytest.mark.django_db
LIST = ("desk_closing", "forum-1")


@pytest.fixture
def there():
    return editions()


def decided(**rows: object) -> dict[str, object]:
    """What the page sends: items, with underscores for hyphens, and what becomes of each."""
    sent: dict[str, object] = {"language": "en", "into": "forum-2", "outcome": "", "reason": ""}
    listed = []
    for name, outcome in rows.items():
        kind = "commitment" if name[0] in "Cc" else "proposal"
        item = f"{kind}:{name.replace('_', '-')}"
        listed.append(item)
        given = outcome if isinstance(outcome, dict) else {"outcome": outcome}
        for field in ("outcome", "reason", "after"):
            sent[f"{item}-{field}"] = given.get(field, "")
    return sent | {"item": listed}


def outcomes():
    rows = Disposition.everything.values_list(
        "commitment__key", "proposal__key", "outcome", "into__key"
    )
    return {commitment or proposal: (one, into) for commitment, proposal, one, into in rows}


def test_the_list_has_what_was_made_there_or_carried_into_it_and_has_no_decision(there):
    kept = there.promise("C-2025-001")
    there.promise("C-2025-002")
    there.ask("P-2025-001")
    there.promise("C-2025-009", at=there.second)
    there.decide(kept, "carried", into=there.second)
    first = there.north.get(at(*LIST)).text
    assert ["C-2025-002" in first, "P-2025-001" in first] == [True, True]
    assert ["C-2025-001" in first, "C-2025-009" in first] == [False, False]
    assert "C-2025-001" in there.north.get(at(*LIST) + "?shown=decided").text
    second = there.north.get(at("desk_closing", "forum-2")).text
    assert ["C-2025-001" in second, "C-2025-009" in second] == [True, True]
    assert "carried from: First forum" in second


def test_what_one_side_alone_reads_is_in_no_list_and_stops_no_closing(there):
    secret = Commitment(
        dossier=there.world.dossier,
        key="C-2025-777",
        kind="commitment",
        grade="will",
        title=words("A secret of the east"),
        gathering=there.first,
    )
    party = Party(position=1, side=there.world.sides[0], role="holder")
    save(there.world.east, secret, {"parties": [party]})
    assert secret.readers == "organization:east-office"
    page = there.north.get(at(*LIST)).text
    assert "C-2025-777" not in page
    assert "Everything has its decision." in page
    there.north.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "closed"


def test_several_are_decided_at_once_and_undone_as_one(there):
    for key in ("C-2025-001", "C-2025-002", "C-2025-003"):
        there.promise(key)
    there.ask("P-2025-001")
    sent = decided(
        C_2025_001="completed",
        C_2025_002="carried",
        C_2025_003={"outcome": "dropped", "reason": "The harbour was sold."},
        P_2025_001="",
    )
    answer = there.north.post(at(*LIST), sent)
    assert (answer.status_code, answer["Location"]) == (302, at(*LIST))
    assert outcomes() == {
        "C-2025-001": ("completed", None),
        "C-2025-002": ("carried", "forum-2"),
        "C-2025-003": ("dropped", None),
    }
    dropped = Disposition.everything.get(commitment__key="C-2025-003")
    assert dropped.reason is not None
    assert dropped.reason.versions["en"].words == "The harbour was sold."
    assert (dropped.keeper, dropped.readers) == ("partnership:twins", "public")
    shown = there.north.get(at(*LIST) + "?shown=decided").text
    assert shown.count("Not yet confirmed by") == 3
    there.south.post(
        at("desk_confirm_all"),
        {"ticked": [f"disposition:{dropped.revision}:{dropped.key}"]},
    )
    assert there.north.get(at(*LIST) + "?shown=decided").text.count("Not yet confirmed by") == 2


def test_the_public_reads_which_side_has_not_confirmed_a_decision(there, client):
    there.promise("C-2025-001")
    there.ask("P-2025-001")
    there.north.post(at(*LIST), decided(C_2025_001="completed", P_2025_001="completed"))

    def decisions(page: str) -> list[str]:
        text = client.get(page).text.split("<h3>Decision")[1:]
        return [
            one.split("</li>")[0].partition("Not yet confirmed by: ")[2].split(".")[0]
            for one in text
        ]

    pages = ("/en/commitments/C-2025-001/", "/en/proposals/P-2025-001/")
    assert [decisions(page) for page in pages] == [["South"], ["South"]]
    for one in Disposition.everything.all():
        ticked = {"ticked": [f"disposition:{one.revision}:{one.key}"]}
        there.south.post(at("desk_confirm_all"), ticked)
    assert [decisions(page) for page in pages] == [[""], [""]]


def test_what_was_decided_at_once_is_undone_as_one(there):
    for key in ("C-2025-001", "C-2025-002"):
        there.promise(key)
    there.north.post(at(*LIST), decided(C_2025_001="completed", C_2025_002="carried"))
    whole = Change.objects.get(verb="dispose", kind="gathering")
    answer = there.north.post(at("desk_undo_together", whole.pk))
    assert (answer.status_code, outcomes()) == (302, {})
    assert "C-2025-001" in there.north.get(at(*LIST)).text
    assert {one.open for one in Commitment.everything.all()} == {True}


def test_what_is_ticked_is_decided_together(there):
    for key in ("C-2025-001", "C-2025-002", "C-2025-003"):
        there.promise(key)
    sent = decided(C_2025_001="", C_2025_002="completed", C_2025_003="")
    sent |= {"ticked": ["commitment:C-2025-001", "commitment:C-2025-002"], "outcome": "dropped"}
    sent["reason"] = "Never begun."
    there.north.post(at(*LIST), sent)
    assert outcomes() == {"C-2025-001": ("dropped", None), "C-2025-002": ("completed", None)}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"outcome": "dropped"}, "what is dropped has a reason"),
        ({"outcome": "split", "after": "C-2025-002"}, "expected at least 2"),
        ({"outcome": "replaced", "after": "C-1999-1"}, "There is no C-1999-1"),
        ({"outcome": "replaced", "after": "C-2025-001"}, "cannot come after itself"),
        ({"outcome": "", "reason": "So it is."}, "Say what becomes of it."),
        ({"outcome": "eaten"}, "eaten is not one of the available choices"),
        ({"outcome": "dropped", "reason": "W\x00hy"}, "is a control character"),
    ],
)
def test_one_that_is_wrong_lets_none_be_decided_and_says_where(there, row, words):
    for key in ("C-2025-001", "C-2025-002"):
        there.promise(key)
    sent = decided(C_2025_001=row, C_2025_002="completed")
    answer = there.north.post(at(*LIST), sent)
    assert answer.status_code == 422
    assert words in answer.text
    summary = answer.text.split('class="notice late faults"')[1].split("</ul>")[0]
    assert summary.count("<li>") == 1
    assert words in summary.partition("C-2025-001: ")[2]
    assert outcomes() == {}
    assert "completed" in answer.text.split('value="completed" selected')[0]


def test_successors_are_written_with_the_decision(there):
    for key in ("C-2025-001", "C-2025-002", "C-2025-003"):
        there.promise(key)
    row = {"outcome": "split", "after": "C-2025-002, C-2025-003"}
    there.north.post(at(*LIST), decided(C_2025_001=row))
    made = Disposition.everything.get()
    after = sorted(made.successor_commitments.values_list("key", flat=True))
    assert (made.outcome, after) == ("split", ["C-2025-002", "C-2025-003"])


def test_a_failure_in_the_middle_leaves_nothing(there, monkeypatch):
    for key in ("C-2025-001", "C-2025-002"):
        there.promise(key)

    def fails(*_given):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(writing.search, "write", fails)
    before = Change.objects.count()
    with pytest.raises(RuntimeError):
        there.north.post(at(*LIST), decided(C_2025_001="completed", C_2025_002="completed"))
    assert (outcomes(), Change.objects.count()) == ({}, before)


def test_closing_is_refused_with_the_list_until_all_is_decided(there):
    there.promise("C-2025-001")
    there.ask("P-2025-001")
    there.confirmed()
    answer = there.north.post(at("desk_close", "forum-1"), there.read())
    assert answer.status_code == 422
    assert "2 proposals and commitments have no decision yet: C-2025-001, P-2025-001" in answer.text
    assert (there.status, ProposedField.objects.count()) == ("held", 0)
    sent = decided(C_2025_001="carried", P_2025_001="completed")
    there.north.post(at(*LIST), sent)
    there.north.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "held"
    letter = Letter.objects.latest("pk")
    assert letter.to == "south-office-@example.org"
    assert "proposed on" in there.south.get(at(*LIST)).text
    there.south.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "closed"
    assert Letter.objects.latest("pk").to == "north-office-@example.org"


def test_what_was_recorded_meanwhile_stops_the_other_side_from_agreeing(there):
    there.confirmed()
    there.north.post(at("desk_close", "forum-1"), there.read())
    there.promise("C-2025-001")
    answer = there.south.post(at("desk_close", "forum-1"), there.read())
    assert (answer.status_code, there.status) == (422, "held")
    assert "C-2025-001" in answer.text
    field = ProposedField.objects.get()
    page = at("desk_answer", "gatherings", "forum-1", field.change_id)
    told = there.south.post(page, {"verdict": "agree"}, follow=True)
    assert "C-2025-001" in told.text
    assert there.status == "held"


def test_the_form_of_the_gathering_closes_nothing_past_the_list(there):
    there.promise("C-2025-001")
    first = Gathering.everything.get(pk=there.first.pk)
    first.status = "closed"
    with pytest.raises(StillOpen) as refused:
        save(there.world.north, first)
    assert refused.value.message_dict == {
        "status": ["1 proposal or commitment has no decision yet: C-2025-001"]
    }
    assert there.status == "held"


def test_either_side_begins_where_the_other_recorded_the_gathering(there):
    there.south.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "held"
    there.north.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "closed"


def test_the_office_that_recorded_it_closes_it_and_the_others_confirm(there):
    there.north.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "closed"
    page = there.south.get(at(*LIST)).text
    assert "Not yet confirmed by: South" in page
    there.south.post(at("desk_closing_confirm", "forum-1"), there.read())
    assert "Not yet confirmed by" not in there.south.get(at(*LIST)).text


def test_a_new_item_after_closing_shows_as_missing(there):
    there.north.post(at("desk_close", "forum-1"), there.read())
    there.promise("C-2025-001")
    assert there.status == "closed"
    page = there.north.get(at(*LIST)).text
    assert "item without a decision was added since" in page
    first = Gathering.everything.get(pk=there.first.pk)
    first.summary = words("Mended later")
    save(there.world.north, first)


def test_it_is_opened_again_while_no_later_closed_edition_rests_on_it(there):
    kept = there.promise("C-2025-001")
    there.decide(kept, "carried", into=there.second)
    there.north.post(at("desk_close", "forum-1"), there.read())
    there.north.post(at("desk_reopen", "forum-1"), there.read())
    assert there.status == "held"
    there.north.post(at("desk_close", "forum-1"), there.read())
    sent = decided(C_2025_001="completed") | {"into": ""}
    there.north.post(at("desk_closing", "forum-2"), sent)
    second = {"revision": Gathering.everything.get(key="forum-2").revision}
    there.north.post(at("desk_close", "forum-2"), second)
    answer = there.north.post(at("desk_reopen", "forum-1"), there.read())
    assert (answer.status_code, there.status) == (422, "closed")
    assert "decided at an edition that is closed: Second forum" in answer.text


@pytest.mark.parametrize("status", ["announced", "postponed", "cancelled"])
def test_what_is_to_come_or_was_not_held_is_not_closed(there, status):
    first = Gathering.everything.get(pk=there.first.pk)
    first.status = status
    first.when = None
    save(there.world.north, first)
    answer = there.north.post(at("desk_close", "forum-1"), there.read())
    assert (answer.status_code, there.status) == (422, status)


def test_others_read_a_public_list_and_change_nothing(there):
    there.promise("C-2025-001")
    page = there.east.get(at(*LIST))
    assert (page.status_code, 'name="item"' in page.text) == (200, False)
    assert there.east.post(at(*LIST), decided(C_2025_001="completed")).status_code == 403
    there.east.post(at("desk_close", "forum-1"), there.read())
    assert (outcomes(), there.status) == ({}, "held")


def test_what_was_read_before_somebody_saved_closes_nothing(there):
    read = there.read()
    first = Gathering.everything.get(pk=there.first.pk)
    first.summary = words("Mended")
    save(there.world.north, first)
    there.north.post(at("desk_close", "forum-1"), read)
    assert there.status == "held"


def test_a_proposal_that_every_side_declined_needs_no_decision(there):
    asked = there.ask("P-2025-001")
    answer = Answer(
        dossier=there.world.dossier,
        key="a-1",
        proposal=asked,
        side=there.world.sides[1],
        verdict="declined",
        reasons=words("No water."),
    )
    save(there.world.south, answer, audience=Audience.PUBLIC)
    assert Proposal.everything.get().standing == "declined"
    assert "P-2025-001" not in there.north.get(at(*LIST)).text


@pytest.mark.parametrize("shown", ["open", "decided"])
def test_the_list_takes_the_same_statements_whatever_it_holds(there, shown):
    there.north.get(at(*LIST))
    taken = []
    for more in (range(1, 2), range(2, 12)):
        for number in more:
            made = there.promise(f"C-2025-{number:03}")
            asked = there.ask(f"P-2025-{number:03}")
            if shown == "decided":
                there.decide(made, "carried", into=there.second)
                there.decide(asked, "completed")
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert there.north.get(at(*LIST) + f"?shown={shown}").status_code == 200
        taken.append(len(found))
    assert taken[0] == taken[1]
    assert taken[1] <= 16


@pytest.mark.parametrize("key", ["a\0b", "C-2026-001\0", "A", "x" * 200])
def test_what_can_be_no_record_is_asked_for_nowhere(there, key):
    """PostgreSQL refuses to be asked for some of these."""
    typed = {"item": [f"commitment:{key}"], "language": "en", "into": "forum-2"}
    assert there.north.post(at("desk_closing", "forum-1"), typed).status_code == 422
    merging = at("desk_merge", "areas", "north")
    assert there.north.get(merging, {"with": key}).status_code == 404
    assert there.north.post(merging, {"with": key}).status_code == 404
    ticked = {"ticked": [f"gathering:1:{key}"]}
    answer = there.north.post(at("desk_confirm_all"), ticked, follow=True)
    assert "Nothing was ticked." in answer.text

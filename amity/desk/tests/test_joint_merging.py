"""Merging two records of two offices: one asks, the other agrees, and either takes them apart."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amity.accounts.actions import end_mandates
from amity.accounts.models import MandateHeld, User
from amity.desk.models import ProposedMerge
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering, Participant
from amity.network.actions import withdraw_vouching
from amity.network.models import Office, Person
from amity.record.actions import merge, release, save
from amity.record.choices import Audience, Mandate
from amity.record.models import Entry
from amity.record.plain.states import plain_rows
from amity.record.refusals import NotAllowed
from tests.write.world import words

from .test_desk import BY, Desk, desk, somebody
from .test_merging import at, form, said

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def known_to_both(desk) -> Desk:
    """One woman, whom either office keeps a record of."""
    for acting, key, summary in (
        (desk.world.north, "anna-berg", "Chair of the union"),
        (desk.world.south, "anna-berg-2", "Chair"),
    ):
        person = Person(dossier=desk.world.dossier, key=key, name=words("Anna Berg"))
        person.summary = words(summary)
        save(acting, person, audience=Audience.PUBLIC)
    guest = Participant(person=Person.everything.get(key="anna-berg-2"))
    save(desk.world.south, desk.world.gathering(), {"participants": [guest]})
    return desk


def asked(desk: Desk, **more: str) -> ProposedMerge:
    """The northern office asks for its own to stay."""
    sent = form(desk.north.get(at("anna-berg", "anna-berg-2"))) | {"reason": "One woman"} | more
    answer = desk.north.post(at("anna-berg"), sent)
    made = ProposedMerge.objects.latest("pk")
    assert answer["Location"] == address(made)
    return made


def everything() -> list[object]:
    """All people and gatherings in plain form, with who keeps and reads them, and all addresses."""
    found: list[object] = []
    for model in (Person, Gathering):
        rows = model.everything.order_by("key")
        found += [state for _number, state in plain_rows(rows)]
        found += list(rows.values_list("key", "keeper", "begun_by", "readers"))
    return [*found, *Entry.everything.order_by("key").values_list("key", "removed_at", "moved_to")]


def address(made: ProposedMerge) -> str:
    return reverse("desk_asked_merge", args=[made.pk])


def keys() -> list[str]:
    return sorted(Person.everything.values_list("key", flat=True))


def test_who_keeps_one_asks_and_nothing_changes_before_the_other_agrees(known_to_both):
    desk, stood = known_to_both, everything()
    offered = said(desk.north.get(at("anna-berg", "anna-berg-2")))
    assert "south-office keeps one of the two" in offered
    made = asked(desk, **{'choice-["summary", "versions", "en"]': "goes"})
    assert everything() == stood
    (letter,) = Letter.objects.all()
    assert (letter.to, letter.subject) == (
        "south-office@example.org",
        "Two records of one thing? Anna Berg",
    )
    assert f"http://testserver{address(made)}" in letter.text
    assert "Asked to merge two records" in said(desk.south.get(reverse("desk")))
    page = said(desk.south.get(address(made)))
    assert "Asked by north-office; south-office keeps one of the two and answers." in page
    assert "One woman" in page

    assert "Summary · EnglishChair of the unionChair" in page
    assert desk.south.post(address(made), {"act": "agree"})["Location"] == reverse(
        "desk_record", args=["persons", "anna-berg"]
    )
    assert keys() == ["anna-berg"]
    person = Person.everything.get()
    assert (str(person.summary), person.keeper) == ("Chair", "organization:north-office")
    assert Letter.objects.latest("pk").to == "north-office@example.org"
    change = Change.objects.get(verb="merge", part_of=None)
    assert (change.office, change.reason) == ("organization:south-office", "One woman")


@pytest.mark.parametrize("who", ["north", "south"])
def test_either_office_takes_them_apart_as_one(known_to_both, who):
    desk, stood = known_to_both, everything()
    made = asked(desk)
    desk.south.post(address(made), {"act": "agree"})
    change = Change.objects.get(verb="merge", part_of=None)
    undo = reverse("desk_undo_together", args=[change.pk])
    assert desk.east.post(undo).status_code == 404
    assert keys() == ["anna-berg"]
    history = reverse("desk_history_of", args=["persons", "anna-berg"])
    assert undo in getattr(desk, who).get(history).text
    assert undo not in desk.east.get(history).text
    before = Letter.objects.count()
    assert getattr(desk, who).post(undo, {"reason": "Two women"}).status_code == 302
    assert everything() == stood
    assert Letter.objects.count() == before + 1
    letter, other = Letter.objects.latest("pk"), {"north": "south", "south": "north"}[who]
    assert (letter.to, letter.subject) == (
        f"{other}-office@example.org",
        "Taken apart: Anna Berg",
    )
    assert "Two women" in letter.text
    own = {"north": "anna-berg-2", "south": "anna-berg"}[who]
    assert f"/en/desk/records/persons/{own}/" in letter.text
    getattr(desk, who).post(undo)
    assert Letter.objects.count() == before + 1


def test_declining_wants_reasons_and_they_are_told(known_to_both):
    desk, made = known_to_both, asked(known_to_both)
    again = desk.south.post(address(made), {"act": "decline", "why": "  "})
    assert (again.status_code, "Say why: the other office reads the reasons." in again.text) == (
        422,
        True,
    )
    desk.south.post(address(made), {"act": "decline", "why": "They are mother and daughter."})
    assert keys() == ["anna-berg", "anna-berg-2"]
    assert "They are mother and daughter." in Letter.objects.latest("pk").text
    assert "They are mother and daughter." in said(desk.north.get(address(made)))
    late = desk.south.post(address(made), {"act": "agree"})
    assert (late.status_code, "This has been settled already." in late.text) == (422, True)
    assert keys() == ["anna-berg", "anna-berg-2"]
    assert asked(desk).pk != made.pk


def test_what_was_asked_is_what_is_merged(known_to_both):
    desk, made = known_to_both, asked(known_to_both)
    person = Person.everything.get(key="anna-berg")
    person.summary = words("Somebody else now")
    save(desk.world.north, person)
    page = desk.south.get(address(made)).text
    assert "was changed since this was asked" in page
    assert 'value="agree"' not in page
    answer = desk.south.post(address(made), {"act": "agree"})
    assert answer.status_code == 422
    assert keys() == ["anna-berg", "anna-berg-2"]
    assert desk.north.post(address(made), {"act": "withdraw"}).status_code == 302
    assert ProposedMerge.objects.get().outcome == "withdrawn"


def test_nobody_answers_for_the_other_and_a_third_sees_nothing(known_to_both):
    desk, made = known_to_both, asked(known_to_both)
    assert desk.east.get(address(made)).status_code == 404
    for act in ("agree", "decline"):
        assert desk.east.post(address(made), {"act": act, "why": "x"}).status_code == 404
        assert desk.north.post(address(made), {"act": act, "why": "x"}).status_code == 403
    assert desk.south.post(address(made), {"act": "withdraw"}).status_code == 403
    assert desk.south.post(address(made), {"act": "nonsense"}).status_code == 403
    editor = somebody("south-office", Mandate.EDITOR, name="edits")
    assert editor.post(address(made), {"act": "agree"}).status_code == 403
    assert ProposedMerge.objects.get().outcome == ""
    assert keys() == ["anna-berg", "anna-berg-2"]


def test_what_the_other_office_has_withdrawn_since_is_named_to_nobody(known_to_both):
    """Its new name stands neither at the desk of the office that answers nor in a letter."""
    desk = known_to_both
    made = asked(desk)
    release(desk.world.north, Person.everything.get(key="anna-berg"), Audience.KEEPER)
    mine = Person.everything.get(key="anna-berg")
    mine.key, mine.name = "token-key", words("TOKEN")
    save(desk.world.north, mine)
    page = desk.south.get(address(made)).text
    assert [one in page for one in ("TOKEN", "token-key", "anna-berg-2")] == [False, False, True]
    assert "a record that your office does not read any more" in page
    assert "TOKEN" not in desk.south.get(reverse("desk")).text
    assert "TOKEN" in desk.north.get(address(made)).text
    desk.south.post(address(made), {"act": "decline", "why": "Two women"})
    assert [one.to for one in Letter.objects.filter(subject__contains="TOKEN")] == [
        "north-office@example.org"
    ]


def test_it_is_asked_once_and_only_where_somebody_could_answer(known_to_both):
    desk = known_to_both
    asked(desk)
    sent = form(desk.north.get(at("anna-berg", "anna-berg-2")))
    again = desk.north.post(at("anna-berg"), sent)
    assert (again.status_code, "is not answered yet" in again.text) == (422, True)
    assert ProposedMerge.objects.count() == 1
    ProposedMerge.objects.all().delete()
    MandateHeld.objects.filter(office__organization__key="south-office").delete()
    nobody = desk.north.post(at("anna-berg"), sent)
    assert (nobody.status_code, "Nobody acts here for the office" in nobody.text) == (422, True)
    assert not ProposedMerge.objects.exists()


def test_who_keeps_neither_asks_for_nothing(known_to_both):
    desk = known_to_both
    assert desk.east.get(at("anna-berg", "anna-berg-2")).status_code == 403
    stays, goes = (Person.everything.get(key=key) for key in ("anna-berg", "anna-berg-2"))
    with pytest.raises(NotAllowed):
        merge(desk.world.north, stays, goes)
    with pytest.raises(NotAllowed):
        merge(desk.world.east, stays, goes, agreed="organization:south-office")
    with pytest.raises(NotAllowed):
        merge(desk.world.north, stays, goes, agreed="organization:east-office")
    assert keys() == ["anna-berg", "anna-berg-2"]


@pytest.mark.parametrize("what", ["mandate", "vouching"])
def test_what_was_asked_by_a_wrong_right_is_withdrawn(known_to_both, what):
    made = asked(known_to_both)
    office = Office.objects.get(organization__key="north-office")
    since = made.at - timedelta(days=1)
    if what == "mandate":
        user = User.objects.get(email="north-office@example.org")
        end_mandates(BY, user, office, since=since)
    else:
        withdraw_vouching(BY, office, known_to_both.world.sides[0], since=since)
    made.refresh_from_db()
    assert (made.outcome, made.settled_at is not None) == ("withdrawn", True)
    change = Change.objects.filter(verb="disavow", key="anna-berg").get()
    assert (change.details, change.public) == ({"with": "anna-berg-2"}, False)
    assert "Asked to merge" not in said(known_to_both.south.get(reverse("desk")))
    assert known_to_both.south.post(address(made), {"act": "agree"}).status_code in (403, 422)
    assert Person.everything.filter(key__startswith="anna-berg").count() == 2


def test_what_was_asked_before_a_right_was_wrong_waits_on(known_to_both):
    made = asked(known_to_both)
    office = Office.objects.get(organization__key="north-office")
    user = User.objects.get(email="north-office@example.org")
    end_mandates(BY, user, office, since=made.at + timedelta(seconds=1))
    made.refresh_from_db()
    assert made.outcome == ""

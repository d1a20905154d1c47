"""Two records that are one: what led to either leads to the one that stays, until it is undone."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from amity.foundation.models import Change
from amity.gatherings.models import Gathering, Participant, Statement
from amity.languages.text import Text
from amity.network.models import Area, Membership, Organization, Person
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions import (
    CannotMerge,
    confirm,
    merge,
    merging,
    propose,
    remove,
    reply,
    save,
    undo,
)
from amity.record.actions.writing import Writing
from amity.record.choices import Audience, Mandate, StandingState, Verdict
from amity.record.models import Entry, Standing
from amity.record.plain.states import plain_rows
from amity.record.queries import history
from amity.record.refusals import ChangedSince, Conflict, NotAllowed

from .world import FOUNDERS, World, again, words

pytestmark = pytest.mark.django_db

PUBLIC = Audience.PUBLIC


@pytest.fixture
def doubled(world) -> World:
    """Anna is there twice: once with a post, once with the same post, a summary and a speech."""
    office = Organization.everything.get(key="north-office")
    for key, name in (("anna", words("Anna Berg")), ("anna-2", Text.of("Анна Берг", "ru"))):
        person = Person(dossier=world.dossier, key=key, name=name)
        if key == "anna-2":
            person.summary = words("Chair of the union")
        save(world.north, person, audience=PUBLIC)
        for place, title in enumerate(("Chair", f"Member {key}")):
            post = Membership(
                dossier=world.dossier,
                key=f"{key}-post-{place}",
                person=person,
                organization=office,
                title=words(title),
            )
            save(world.north, post)
    second = Person.everything.get(key="anna-2")
    forum = world.gathering()
    guests = [Participant(person=second), Participant(person=Person.everything.get(key="anna"))]
    save(world.north, forum, {"participants": guests}, audience=PUBLIC)
    confirm(world.south, again(forum), ["en"])
    said = Statement(
        dossier=world.dossier,
        key="greeting",
        kind="thanks",
        occasion="speech",
        gathering=forum,
        person=second,
        text=words("Welcome"),
    )
    save(world.north, said, audience=PUBLIC)
    return world


def person(key: str) -> Person:
    return Person.everything.get(key=key)


def everything() -> dict[str, list[object]]:
    """Every record in plain form, with who keeps and reads it, and where every address leads."""
    found: dict[str, list[object]] = {}
    for kind in kinds.kinds():
        kept = {
            one.pk: (one.keeper, one.begun_by, one.readers) for one in kind.model.everything.all()
        }
        found[kind.kind] = sorted(
            (
                (state["key"], state, kept[number])
                for number, state in plain_rows(kind.model.everything.all())
            ),
            key=lambda one: str(one[0]),
        )
    ways = Entry.everything.order_by("kind", "key")
    found["addresses"] = list(
        ways.values_list("kind", "key", "readers", "removed_at", "moved_to__key")
    )
    found["standings"] = list(
        Standing.objects.order_by("entry__key", "side").values_list(
            "entry__key", "side", "state", "digest"
        )
    )
    return found


def test_what_led_to_either_leads_to_the_one_that_stays(doubled):
    stays = person("anna")
    stays.summary = person("anna-2").summary
    change = merge(doubled.north, stays, person("anna-2"), reason="One and the same.")
    assert not Person.everything.filter(key="anna-2").exists()
    assert str(person("anna").summary) == "Chair of the union"
    posts = Membership.everything.filter(person=person("anna")).order_by("key")
    assert list(posts.values_list("key", flat=True)) == [
        "anna-2-post-1",
        "anna-post-0",
        "anna-post-1",
    ]
    forum = Gathering.everything.get(key="forum-1")
    assert [one.person.key for one in forum.participants.all()] == ["anna"]
    assert Statement.everything.get(key="greeting").person == person("anna")
    entry = Entry.everything.get(kind="person", key="anna-2")
    assert (entry.moved_to.key, entry.removed_at is not None) == ("anna", True)
    assert (change.verb, change.kind, change.key, change.details) == (
        "merge",
        "person",
        "anna",
        {"merged": "anna-2", "led": 4},
    )
    call_command("record", "rebuild", "--check")


def test_what_every_side_has_confirmed_stays_confirmed(doubled):
    merge(doubled.north, person("anna"), person("anna-2"))
    states = Standing.objects.filter(entry__key="forum-1").values_list("state", flat=True)
    assert set(states) == {StandingState.CONFIRMED}
    forum = Gathering.everything.get(key="forum-1")
    forum.status = "postponed"
    with pytest.raises(NotAllowed):
        save(doubled.north, forum)


def test_its_address_leads_on(doubled, client):
    merge(doubled.north, person("anna"), person("anna-2"))
    answer = client.get("/en/persons/anna-2/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/persons/anna/")


def test_undone_as_one_all_of_it_is_as_it_was(doubled):
    before = everything()
    stays = person("anna")
    stays.summary = words("Another")
    change = merge(doubled.north, stays, person("anna-2"))
    assert everything() != before
    undo(doubled.north, change)
    assert everything() == before
    call_command("record", "rebuild", "--check")


def test_former_addresses_lead_back_when_it_is_undone(doubled):
    second = person("anna-2")
    second.key = "anna-second"
    save(doubled.north, second)
    before = everything()
    change = merge(doubled.north, person("anna"), person("anna-second"))
    former = Entry.everything.get(kind="person", key="anna-2")
    assert former.moved_to.key == "anna"
    undo(doubled.north, change)
    assert everything() == before


def test_it_is_not_undone_where_later_work_stands_on_it(doubled):
    change = merge(doubled.north, person("anna"), person("anna-2"))
    said = Statement.everything.get(key="greeting")
    save(
        doubled.north,
        Person(dossier=doubled.dossier, key="else", name=words("Else")),
        audience=PUBLIC,
    )
    said.person = person("else")
    save(doubled.north, said)
    before = everything()
    with pytest.raises(ChangedSince) as refused:
        undo(doubled.north, change)
    assert "person" in str(refused.value)
    assert everything() == before


def test_a_history_of_its_own(doubled):
    """What was merged is not undone in the record that stayed."""
    old = Change.objects.filter(kind="person", key="anna-2").last()
    merge(doubled.north, person("anna"), person("anna-2"))
    assert {one.key for one in history(person("anna"))} == {"anna"}
    with pytest.raises(ChangedSince):
        undo(doubled.north, old)


def test_only_who_may_change_both_merges_and_takes_apart(doubled):
    theirs = Person(dossier=doubled.dossier, key="anna-3", name=words("Anna Berg"))
    save(doubled.south, theirs, audience=PUBLIC)
    before = everything()
    for acting in (doubled.north, doubled.south, doubled.east, FOUNDERS):
        with pytest.raises(NotAllowed):
            merge(acting, person("anna"), person("anna-3"))
        with pytest.raises(NotAllowed):
            merge(acting, person("anna-3"), person("anna"))
    editor = replace(doubled.north, mandates=frozenset({Mandate.EDITOR}))
    with pytest.raises(NotAllowed):
        merge(editor, person("anna"), person("anna-2"))
    assert everything() == before
    change = merge(doubled.north, person("anna"), person("anna-2"))
    for acting in (doubled.south, editor):
        with pytest.raises(NotAllowed):
            undo(acting, change)


def test_common_records_are_merged_by_any_officer_though_others_name_them(doubled):
    twice = Area(dossier=doubled.dossier, key="nord", kind="city", name=words("Nord"))
    save(doubled.east, twice)
    north = Area.everything.get(key="north")
    before = everything()
    change = merge(doubled.east, again(twice), north)
    assert {side.area.key for side in doubled.partnership.sides.all()} == {"nord", "south"}
    undo(doubled.east, change)
    assert everything() == before


def test_an_office_stays(doubled):
    office = Organization.everything.get(key="north-office")
    other = Organization(dossier=doubled.dossier, key="n-office", kind="other", name=words("N"))
    save(FOUNDERS, other, audience=PUBLIC)
    with pytest.raises(CannotMerge):
        merge(FOUNDERS, again(other), office)


def test_nothing_is_read_by_more_people_than_before(doubled):
    """What hangs on a record of our own would be read by all, once that is merged."""
    private = Person(dossier=doubled.dossier, key="anna-9", name=words("Anna"))
    save(doubled.north, private, audience=Audience.KEEPER)
    before = everything()
    for stays, goes in (("anna", "anna-9"), ("anna-9", "anna")):
        with pytest.raises(CannotMerge):
            merge(doubled.north, person(stays), person(goes))
    assert everything() == before


def test_nobody_overwrites_what_was_saved_meanwhile(doubled):
    stays, goes = person("anna"), person("anna-2")
    for record in (stays, goes):
        newer = again(record)
        newer.summary = words("Somebody else was quicker")
        save(doubled.north, newer)
        before = everything()
        with pytest.raises(Conflict):
            merge(doubled.north, person("anna") if record == goes else stays, goes)
        assert everything() == before


def test_a_record_that_would_be_wrong_is_named_and_nothing_is_written(world):
    """Both cities of one partnership cannot be one."""
    acting: Acting = world.east
    before = everything()
    north, south = world.cities
    with pytest.raises(ValidationError) as refused:
        merge(acting, again(north), again(south))
    assert refused.value.messages == [
        "South would be wrong: another side of the partnership has this area; expected each once"
    ]
    assert everything() == before


def test_one_that_was_merged_is_not_named_again(doubled):
    merge(doubled.north, person("anna"), person("anna-2"))
    late = Person(dossier=doubled.dossier, key="anna-2", name=words("Anna"))
    with pytest.raises(ValidationError):
        save(doubled.north, late)
    remove(doubled.north, Membership.everything.get(key="anna-post-1"), "Never held.")


def test_what_came_apart_is_merged_again_by_merging_alone(doubled):
    apart = undo(doubled.north, merge(doubled.north, person("anna"), person("anna-2")))
    assert apart is not None
    before = everything()
    with pytest.raises(CannotMerge):
        undo(doubled.north, apart)
    assert everything() == before
    merge(doubled.north, person("anna"), person("anna-2"))
    entry = Entry.everything.get(kind="person", key="anna-2")
    assert entry.moved_to == Entry.everything.get(kind="person", key="anna")


@pytest.mark.parametrize("wanted", ["south", "hall"])
def test_what_is_proposed_outlives_the_merging_of_what_it_names(world, wanted):
    for key in ("hall", "hall-2"):
        hall = Area(dossier=world.dossier, key=key, kind="city", name=words(key))
        save(FOUNDERS, hall, audience=PUBLIC)
    halls = {one.key: one for one in Area.everything.all()}
    stood, asked = ("hall-2", "south") if wanted == "south" else ("south", "hall-2")
    save(world.north, world.gathering(place=halls[stood]), audience=PUBLIC)
    confirm(world.south, Gathering.everything.get(), ["en"])
    forum = Gathering.everything.get()
    forum.place = halls[asked]
    change = propose(world.north, forum)
    merge(FOUNDERS, halls["hall"], halls["hall-2"])
    reply(world.south, change.fields.get(), Verdict.AGREE, "", ["en"])
    assert Gathering.everything.get().place == halls[wanted]


STEPS = {
    "before anything is led over": (merging._Leading, "lead_over"),
    "when the one that goes is removed": (merging, "_take"),
    "when what stays is made ready": (merging, "prepare"),
    "when the register is brought up to it": (Writing, "enter"),
    "when all of it is finished": (Writing, "finish"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_merge_that_fails_half_way_leaves_both_as_they_were(doubled, client, monkeypatch, step):
    before, where = everything(), STEPS[step]

    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError(step)

    monkeypatch.setattr(*where, fails)
    with pytest.raises(RuntimeError, match=step):
        merge(doubled.north, person("anna"), person("anna-2"))
    monkeypatch.undo()
    assert everything() == before
    for key in ("anna", "anna-2"):
        assert client.get(f"/en/persons/{key}/").status_code == 200
    call_command("record", "rebuild", "--check")

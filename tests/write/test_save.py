"""Saving through the one write: who may, what is refused, what follows, what is noted."""

import pytest
from django.core.exceptions import ValidationError

from amity.followup.models import Answer, Proposal
from amity.foundation.models import Change
from amity.gatherings.models import Gathering, Organizer, Session
from amity.languages.version import MadeFrom, Version
from amity.network.models import Area, Membership, NamePlace, Organization, Person, Side
from amity.record.acting import STRANGER
from amity.record.actions import confirm, release, remove, save, undo
from amity.record.choices import Audience, StandingState
from amity.record.models import Entry, Standing
from amity.record.plain.states import plain_of
from amity.record.queries import history, visible_to
from amity.record.refusals import (
    ChangedSince,
    Conflict,
    Hidden,
    NeedsAgreement,
    NotAllowed,
    StillReferred,
)

from .world import again, record_version, words

pytestmark = pytest.mark.django_db


def test_a_joint_record_is_begun_for_the_circle(world):
    forum = world.gathering()
    change = save(world.north, forum)
    stored = again(forum)
    assert (stored.keeper, stored.begun_by, stored.readers, stored.revision) == (
        "partnership:twins",
        "organization:north-office",
        "partnership:twins",
        1,
    )
    assert (change.verb, change.kind, change.key, change.office, change.public) == (
        "add",
        "gathering",
        "forum-1",
        "organization:north-office",
        False,
    )
    assert change.paths == [{"path": [], "after": plain_of(stored)}]
    entry = Entry.everything.get(kind="gathering", key="forum-1")
    assert (str(entry.title), entry.page_key, entry.readers) == (
        "First forum",
        "forum-1",
        "partnership:twins",
    )
    assert list(Standing.objects.values_list("side", "state")) == [
        ("side:twins-north", StandingState.CONFIRMED)
    ]
    assert not Gathering.objects.exists()
    for acting, seen in ((world.north, 1), (world.south, 1), (world.east, 0), (STRANGER, 0)):
        assert visible_to(acting, Gathering).count() == seen


def test_what_an_office_records_it_keeps_for_itself(world):
    anna = world.person()
    save(world.north, anna)
    assert (again(anna).keeper, again(anna).readers) == ("organization:north-office",) * 2
    anna.name = words("Anna B.")
    with pytest.raises(NotAllowed):
        save(world.south, anna)
    assert save(world.north, anna).paths == [
        {
            "path": ["name", "versions", "en", "words"],
            "before": "Anna",
            "after": "Anna B.",
        }
    ]
    assert again(anna).revision == 2
    assert not NamePlace.objects.filter(kind="person").exists()
    release(world.north, anna, Audience.PUBLIC)
    assert NamePlace.objects.filter(kind="person").count() == 5
    release(world.north, anna, Audience.KEEPER)
    assert not NamePlace.objects.filter(kind="person").exists()


def test_strangers_and_observers_write_nothing(world):
    before = Change.objects.count()
    with pytest.raises(NotAllowed):
        save(STRANGER, world.person())
    assert (Change.objects.count(), Person.everything.count()) == (before, 0)


def test_who_saves_second_gets_both_versions(world):
    anna = world.person()
    save(world.north, anna)
    mine, theirs = again(anna), again(anna)
    theirs.name = words("Theirs")
    save(world.north, theirs)
    mine.name = words("Mine")
    with pytest.raises(Conflict) as refused:
        save(world.north, mine)
    assert refused.value.mine["name"]["versions"]["en"]["words"] == "Mine"
    assert refused.value.theirs["name"]["versions"]["en"]["words"] == "Theirs"
    assert str(again(anna).name) == "Theirs"


def test_lists_are_written_with_the_record(world):
    forum = world.gathering()
    union = Organization.everything.get(key="north-office")
    change = save(
        world.north, forum, {"organizers": [Organizer(organization=union, role="organizer")]}
    )
    assert change.paths[0]["after"]["organizers"] == [
        {"organization": "north-office", "role": "organizer"}
    ]
    assert plain_of(again(forum)) == change.paths[0]["after"]
    other = Organization.everything.get(key="south-office")
    change = save(
        world.north,
        again(forum),
        {
            "organizers": [
                Organizer(organization=union, role="organizer"),
                Organizer(organization=other, role="host"),
            ]
        },
    )
    assert [one["path"] for one in change.paths] == [["organizers"]]
    assert save(world.north, again(forum)) is None
    twice = [Organizer(organization=union, role="host") for _ in range(2)]
    with pytest.raises(ValidationError) as refused:
        save(world.north, again(forum), {"organizers": twice})
    assert list(refused.value.message_dict) == ["organizers.1.organization"]


def test_once_all_sides_have_confirmed_what_is_weighty_needs_agreement(world):
    forum = world.gathering()
    save(world.north, forum)
    forum = again(forum)
    changed = again(forum)
    changed.title = words("Another")
    with pytest.raises(NotAllowed):
        save(world.south, changed)
    mended = again(forum)
    mended.venue = words("The hall")
    save(world.south, mended)
    confirm(world.south, again(forum), ["en", "vi"])
    changed = again(forum)
    changed.title = words("Another")
    with pytest.raises(NeedsAgreement) as refused:
        save(world.north, changed)
    assert refused.value.fields == ("title",)
    with pytest.raises(NeedsAgreement):
        release(world.north, again(forum), Audience.PUBLIC)
    with pytest.raises(NeedsAgreement):
        remove(world.north, again(forum), "No")


def test_a_weighty_change_before_all_have_confirmed_voids_what_was_confirmed(world):
    forum = world.gathering()
    save(world.north, forum)
    Standing.objects.filter(side="side:twins-north").delete()
    confirm(world.south, again(forum))
    changed = again(forum)
    changed.title = words("Another")
    save(world.north, changed)
    assert dict(Standing.objects.values_list("side", "state")) == {
        "side:twins-south": StandingState.VOID,
        "side:twins-north": StandingState.CONFIRMED,
    }


def test_releasing_a_gathering_releases_what_hangs_on_it(world):
    forum = world.gathering()
    save(world.north, forum)
    session = Session(
        dossier=world.dossier,
        key="opening",
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )
    save(world.north, session)
    assert again(session).readers == "partnership:twins"
    version = record_version()
    release(world.north, again(forum), Audience.PUBLIC)
    assert (again(session).readers, again(session).revision) == ("public", 1)
    assert Entry.objects.filter(kind="session").count() == 1
    assert record_version() > version


def test_nothing_public_leads_to_what_is_not(world):
    anna = world.person()
    save(world.north, anna)
    forum = world.gathering()
    save(world.north, forum)
    public = world.gathering("forum-2", within=forum)
    with pytest.raises(Hidden) as refused:
        save(world.north, public, audience=Audience.PUBLIC)
    assert [(one.kind, one.field, one.other) for one in refused.value.references] == [
        ("gathering", "within", "forum-1")
    ]
    assert not Gathering.everything.filter(key="forum-2").exists()


def test_a_removed_record_takes_along_what_hangs_on_it_and_comes_back_whole(world):
    forum = world.gathering()
    save(world.north, forum)
    session = Session(
        dossier=world.dossier,
        key="opening",
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )
    save(world.north, session)
    states = [plain_of(again(one)) for one in (forum, session)]
    change = remove(world.north, again(forum), "Called off")
    assert (Gathering.everything.count(), Session.everything.count()) == (0, 0)
    assert change.steps.count() == 2
    entry = Entry.everything.get(kind="gathering", key="forum-1")
    assert (entry.removed_by, entry.removed_why) == ("organization:north-office", "Called off")
    with pytest.raises(ValidationError):
        save(world.north, world.gathering())
    undo(world.north, change)
    back = [Gathering.everything.get(key="forum-1"), Session.everything.get(key="opening")]
    assert [plain_of(one) for one in back] == states
    assert {one.readers for one in back} == {"partnership:twins"}
    assert {one.revision for one in back} == {2}
    assert Entry.everything.get(kind="gathering", key="forum-1").removed_at is None


def test_what_others_refer_to_is_not_removed(world):
    with pytest.raises(StillReferred):
        remove(world.north, Area.everything.get(key="north"), "No")


def test_undo_puts_back_what_stood_and_refuses_what_was_changed_since(world):
    anna = world.person()
    save(world.north, anna)
    named = again(anna)
    named.name = words("Anna B.")
    change = save(world.north, named)
    undone = undo(world.north, change)
    assert (undone.verb, str(again(anna).name)) == ("undo", "Anna")
    with pytest.raises(ChangedSince) as refused:
        undo(world.north, change)
    assert [one.path for one in refused.value.changes] == [("name", "versions", "en", "words")]
    assert [one.verb for one in history(again(anna))] == ["undo", "change", "add"]


def test_a_renamed_record_leaves_a_way_to_it(world):
    anna = world.person()
    save(world.north, anna)
    renamed = again(anna)
    renamed.key = "anna-b"
    save(world.north, renamed)
    former = Entry.everything.get(kind="person", key="anna")
    assert former.moved_to.key == "anna-b"
    assert [one.verb for one in history(again(anna))] == ["change", "add"]


def test_a_translation_is_outdated_by_itself_once_its_source_changes(world):
    anna = world.person()
    anna.name = words("Anna", ru="Анна")
    save(world.north, anna)
    changed = again(anna)
    changed.name = changed.name.with_version("en", Version("Anne"))
    save(world.north, changed)
    assert again(anna).name.is_stale("ru")
    translated = again(anna)
    translated.name = translated.name.with_version(
        "ru", Version("Энн", made_from=MadeFrom("en", ""))
    )
    save(world.north, translated)
    assert not again(anna).name.is_stale("ru")


def test_nobody_hangs_anything_on_what_others_keep(world):
    anna = world.person()
    save(world.north, anna, audience=Audience.PUBLIC)
    post = Membership(
        dossier=world.dossier,
        key="post",
        person=anna,
        organization=Organization.everything.get(key="south-office"),
        title=words("Chair"),
    )
    with pytest.raises(NotAllowed):
        save(world.south, post)
    save(world.north, post)
    forum = world.gathering()
    save(world.north, forum)
    asked = Proposal(
        dossier=world.dossier,
        key="P-2025-001",
        kind="proposal",
        title=words("More trams"),
        text=words("More trams"),
        gathering=forum,
    )
    with pytest.raises(Hidden):
        save(world.east, asked)
    save(world.north, asked)
    answer = Answer(
        dossier=world.dossier,
        key="answer",
        proposal=asked,
        side=world.sides[1],
        verdict="supported",
        reasons=words("Yes"),
    )
    with pytest.raises(NotAllowed):
        save(world.north, answer)  # words of the other side
    with pytest.raises(NotAllowed):
        save(world.east, answer)  # hung on what it does not read
    save(world.south, answer)
    assert (again(answer).keeper, again(answer).readers) == (
        "side:twins-south",
        "partnership:twins",
    )
    moved = again(answer)
    moved.side = world.sides[0]
    with pytest.raises(NotAllowed):
        save(world.south, moved)


def test_what_a_record_hangs_on_is_looked_at_anew(world):
    forum = world.gathering()
    save(world.north, forum)
    forum.readers, forum.keeper = "public", "organization:east-office"
    session = Session(
        dossier=world.dossier,
        key="opening",
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )
    with pytest.raises(NotAllowed):
        save(world.east, session)
    save(world.north, session)
    assert again(session).readers == "partnership:twins"


def test_sides_weigh_in_a_partnership_that_all_have_confirmed(world):
    area = Area(
        dossier=world.dossier, key="third", kind="city", name=words("Third"), country_code="TH"
    )
    save(world.north, area)
    third = Side(
        dossier=world.dossier,
        key="twins-third",
        partnership=world.partnership,
        area=area,
        position=3,
    )
    with pytest.raises(NotAllowed):
        save(world.north, third)
    for acting in (world.north, world.south):
        confirm(acting, again(world.partnership))
    with pytest.raises(NeedsAgreement):
        save(world.north, third)
    with pytest.raises(NotAllowed):
        remove(world.north, again(world.sides[1]), "Gone")


def test_a_new_record_that_was_refused_can_be_mended_and_saved(world):
    anna = world.person("Not a key")
    with pytest.raises(ValidationError):
        save(world.north, anna)
    anna.key = "anna"
    save(world.north, anna)
    assert again(anna).key == "anna"

"""What somebody without the right, or with a trick, tries through the one write."""

import contextlib
import dataclasses

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from amity.accounts.actions import add_user, end_mandates, give_mandate
from amity.accounts.queries import acting as acting_for
from amity.accounts.queries import acting_by_command
from amity.followup.models import Alternative, Answer, Proposal
from amity.foundation.actions import By
from amity.foundation.models import Change
from amity.gatherings.models import Gathering, Organizer, Session
from amity.languages.fields import LONGEST, LONGEST_NAME
from amity.languages.version import MadeFrom, Version
from amity.network.actions import open_office, vouch, withdraw_vouching
from amity.network.models import Area, Organization, Partnership, Person, Side
from amity.record.acting import STRANGER
from amity.record.actions import confirm, rebuild, release, remove, save, undo
from amity.record.actions.write import Faulty
from amity.record.choices import Audience, Mandate, StandingState
from amity.record.models import Dossier, Entry, Standing
from amity.record.plain.states import plain_of
from amity.record.queries import gone
from amity.record.refusals import (
    ChangedSince,
    Conflict,
    Hidden,
    NeedsAgreement,
    NotAllowed,
    StillReferred,
)
from amity.sources.models import Article, Claim, Passage, Source

from .world import BY, FOUNDERS, again, record_version, words

pytestmark = pytest.mark.django_db


def with_mandate(acting, mandate):
    return dataclasses.replace(acting, mandates=frozenset({mandate}))


def session(world, forum, key="opening"):
    return Session(
        dossier=world.dossier,
        key=key,
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )


def asked(world, forum):
    return Proposal(
        dossier=world.dossier,
        key="P-2025-001",
        kind="proposal",
        title=words("More trams"),
        text=words("More trams"),
        gathering=forum,
    )


def another_partnership(world, key="others"):
    """A partnership of the city of the north with a third, both begun by founders."""
    area = Area(dossier=world.dossier, key="third", kind="city", name=words("Third"))
    save(FOUNDERS, area)
    other = Partnership(dossier=world.dossier, key=key, kind="twinning", name=words("Others"))
    save(FOUNDERS, other, audience=Audience.PUBLIC)
    sides = []
    for position, one in enumerate((world.cities[0], area), 1):
        side = Side(
            dossier=world.dossier,
            key=f"{key}-{one.key}",
            partnership=other,
            area=one,
            position=position,
        )
        save(FOUNDERS, side)
        sides.append(side)
    return other, sides


def office_of(acting):
    from amity.network.models import Office

    return Office.objects.get(organization__key=acting.office.removeprefix("organization:"))


def kept_dossier(acting, key="theirs"):
    """A dossier that an office keeps."""
    office = acting.office.removeprefix("organization:")
    return Dossier.objects.create(key=key, title=words("Theirs"), languages=["en"], office=office)


def second_office(world):
    """Another office of the side of the north, which is that side's voice; north as it is now."""
    organization = Organization(
        dossier=world.dossier, key="voice", kind="friendship_union", name=words("Voice")
    )
    save(FOUNDERS, organization, audience=Audience.PUBLIC)
    voice = open_office(BY, organization)
    vouch(BY, voice, world.sides[0], voice=True)
    north = acting_by_command("test", office_of(world.north))
    return north, acting_by_command("test", voice)


def answer(world, proposal, key="answer"):
    return Answer(
        dossier=world.dossier,
        key=key,
        proposal=proposal,
        side=world.sides[0],
        verdict="supported",
        reasons=words("Yes"),
    )


def nothing_to_rebuild():
    assert rebuild(By(command="test"), only_check=True) == []


def test_nobody_takes_the_address_of_what_was_removed_or_renamed(world):
    for key in ("anna", "bert", "carl"):
        save(world.north, world.person(key))
    remove(world.north, Person.everything.get(key="anna"), "Twice")
    for taken in ("anna",):
        bert = Person.everything.get(key="bert")
        bert.key = taken
        with pytest.raises(ValidationError):
            save(world.north, bert)
    carl = Person.everything.get(key="carl")
    carl.key = "carla"
    save(world.north, carl)
    bert = Person.everything.get(key="bert")
    bert.key = "carl"
    with pytest.raises(ValidationError):
        save(world.north, bert)
    carla = Person.everything.get(key="carla")
    carla.key = "carl"
    save(world.north, carla)
    assert Entry.everything.get(kind="person", key="carla").moved_to.key == "carl"
    assert Entry.everything.get(kind="person", key="carl").moved_to is None
    nothing_to_rebuild()


def test_undo_tells_nothing_to_those_who_may_not(world):
    anna = world.person()
    save(world.north, anna)
    changed = again(anna)
    changed.name = words("Secret")
    change = save(world.north, changed)
    changed = again(anna)
    changed.name = words("Secret again")
    save(world.north, changed)
    removed = remove(world.north, again(anna), "No")
    for acting in (world.south, world.east, STRANGER, with_mandate(world.north, Mandate.OBSERVER)):
        for one in (change, removed):
            with pytest.raises(NotAllowed):
                undo(acting, one)


def test_undo_tells_nothing_while_the_record_stands(world):
    anna = world.person()
    save(world.north, anna)
    changed = again(anna)
    changed.name = words("Secret")
    change = save(world.north, changed)
    changed = again(anna)
    changed.name = words("Secret again")
    save(world.north, changed)
    for acting in (world.south, world.east, STRANGER):
        with pytest.raises(NotAllowed):
            undo(acting, change)


def test_removing_tells_nothing_to_those_who_may_not(world):
    with pytest.raises(NotAllowed):
        remove(STRANGER, again(world.sides[0]), "No")
    anna = world.person()
    save(world.north, anna)
    stale = again(anna)
    stale.revision = 7
    with pytest.raises(NotAllowed):
        remove(world.south, stale, "No")
    with pytest.raises(NotAllowed):
        remove(STRANGER, stale, "No")


def test_names_of_what_is_hidden_stay_hidden_when_a_removal_is_refused(world):
    area = Area(dossier=world.dossier, key="fourth", kind="city", name=words("Fourth"))
    save(world.south, area)
    forum = world.gathering(key="secret-forum", place=area)
    save(world.north, forum)
    with pytest.raises(StillReferred) as refused:
        remove(world.east, again(area), "No")
    assert "secret-forum" not in str(refused.value)
    assert "secret-forum" not in repr(refused.value.references)


def test_strangers_learn_no_identifiers(world):
    save(world.north, world.person("anna"))
    for key in ("anna", "bert", "Not a key"):
        with pytest.raises(NotAllowed):
            save(STRANGER, world.person(key))
    changed = again(Person.everything.get(key="anna"))
    changed.key = "Not a key"
    with pytest.raises(NotAllowed):
        save(world.south, changed)


def test_a_side_brought_back_does_not_weigh_by_a_side_door(world):
    area = Area(dossier=world.dossier, key="third", kind="city", name=words("Third"))
    save(world.north, area)
    third = Side(
        dossier=world.dossier,
        key="twins-third",
        partnership=world.partnership,
        area=area,
        position=3,
    )
    for acting in (world.north, world.south):
        confirm(acting, again(world.partnership))
    # founders keep it no more; let the beginning office be the north's for this
    Partnership.everything.filter(pk=world.partnership.pk).update(begun_by=world.north.office)
    Side.everything.update(begun_by=world.north.office)
    Standing.objects.filter(side="side:twins-south").delete()
    save(world.north, third)
    removed = remove(world.north, again(third), "Gone")
    for acting in (world.north, world.south):
        confirm(acting, again(world.partnership))
    with pytest.raises(NeedsAgreement):
        undo(world.north, removed)


def test_a_side_does_not_move_out_of_a_partnership_that_all_have_confirmed(world):
    other, _sides = another_partnership(world)
    vouch(BY, office_of(world.north), Side.everything.get(key="others-north"))
    north = acting_by_command("test", office_of(world.north))
    for partnership in (world.partnership, other):
        confirm(north, again(partnership))
    confirm(world.south, again(world.partnership))
    Partnership.everything.update(begun_by=world.north.office)
    Side.everything.update(begun_by=world.north.office)
    moved = again(world.sides[1])
    moved.partnership, moved.position = again(other), 3
    with pytest.raises(NeedsAgreement):
        save(north, moved)


def test_what_comes_back_is_read_as_what_it_hangs_on_is_now(world):
    forum = world.gathering()
    save(world.north, forum)
    talk = session(world, forum)
    save(world.north, talk)
    removed = remove(world.north, again(talk), "No")
    release(world.north, again(forum), Audience.PUBLIC)
    version = record_version()
    undo(world.north, removed)
    assert Session.everything.get(key="opening").readers == "public"
    assert record_version() > version
    nothing_to_rebuild()


def test_what_was_removed_comes_back_after_its_office_was_renamed(world):
    anna = world.person()
    save(world.north, anna)
    removed = remove(world.north, again(anna), "No")
    office = Organization.everything.get(key="north-office")
    office.key = "north-union"
    save(FOUNDERS, office)
    north = acting_by_command(
        "test", office_of(dataclasses.replace(world.north, office="organization:north-union"))
    )
    undo(north, removed)
    assert Person.everything.get(key="anna").keeper == "organization:north-union"


def test_confirmations_survive_the_renaming_of_what_is_named(world):
    forum = world.gathering()
    union = Organization.everything.get(key="north-office")
    save(world.north, forum, {"organizers": [Organizer(organization=union, role="organizer")]})
    confirm(world.south, again(forum))
    union.key = "north-union"
    save(FOUNDERS, union)
    nothing_to_rebuild()
    renamed = again(world.partnership)
    renamed.key = "twin-cities"
    save(FOUNDERS, renamed)
    nothing_to_rebuild()
    assert set(Standing.objects.filter(entry__key="forum-1").values_list("state", flat=True)) == {
        StandingState.CONFIRMED
    }


def test_undo_sees_through_new_identifiers(world):
    forum = world.gathering()
    union = Organization.everything.get(key="east-office")
    save(world.north, forum)
    change = save(
        world.north,
        again(forum),
        {"organizers": [Organizer(organization=union, role="organizer")]},
    )
    changed = save(world.north, again(forum), {"organizers": []})
    union.key = "east-union"
    save(FOUNDERS, union)
    undo(world.north, changed)
    assert plain_of(again(forum))["organizers"] == [
        {"organization": "east-union", "role": "organizer"}
    ]
    undo(world.north, change)
    assert "organizers" not in plain_of(again(forum))


def test_what_is_claimed_follows_a_new_identifier(world):
    anna = world.person()
    save(world.north, anna, audience=Audience.PUBLIC)
    entry = Entry.everything.get(kind="person", key="anna")
    renamed = again(anna)
    renamed.key = "anna-b"
    save(world.north, renamed)
    assert Entry.everything.get(kind="person", key="anna-b").pk == entry.pk


def test_a_joint_record_does_not_change_hands_with_its_partnership(world):
    other, sides = another_partnership(world)
    vouch(BY, office_of(world.north), sides[0])
    vouch(BY, office_of(world.east), sides[1])
    north, east = (acting_by_command("test", office_of(one)) for one in (world.north, world.east))
    forum = world.gathering()
    save(north, forum, audience=Audience.PUBLIC)
    talk = asked(world, forum)
    save(north, talk, audience=Audience.PUBLIC)
    confirm(world.south, again(talk))
    moved = again(forum)
    moved.partnership = again(other)
    with pytest.raises(NotAllowed):
        save(north, moved)
    with pytest.raises(NotAllowed):
        confirm(east, again(talk))
    with pytest.raises(NotAllowed):
        confirm(east, again(forum))
    assert again(talk).keeper == "partnership:twins"


def test_who_may_not_agree_does_not_agree_by_saving(world):
    editor = with_mandate(world.north, Mandate.EDITOR)
    forum = world.gathering()
    save(editor, forum)
    assert not Standing.objects.filter(entry__key="forum-1", state=StandingState.CONFIRMED).exists()
    confirm(world.north, again(forum))
    changed = again(forum)
    changed.title = words("Another")
    save(editor, changed)
    assert set(Standing.objects.values_list("side", "state")) == {
        ("side:twins-north", StandingState.VOID)
    }


def test_only_the_voice_of_a_side_releases(world):
    north, _ = second_office(world)
    forum = world.gathering()
    save(north, forum)
    with pytest.raises(NotAllowed):
        release(north, again(forum), Audience.PUBLIC)
    with pytest.raises(NotAllowed):
        save(north, world.gathering("forum-2"), audience=Audience.PUBLIC)


def test_a_new_side_voids_what_was_confirmed_of_the_partnership(world):
    Partnership.everything.update(begun_by=world.north.office)
    Side.everything.update(begun_by=world.north.office)
    read = again(world.partnership)
    confirm(world.south, read)
    area = Area(dossier=world.dossier, key="third", kind="city", name=words("Third"))
    save(world.north, area)
    third = Side(
        dossier=world.dossier,
        key="twins-third",
        partnership=world.partnership,
        area=area,
        position=3,
    )
    save(world.north, third)
    assert (
        dict(Standing.objects.filter(entry__key="twins").values_list("side", "state"))[
            "side:twins-south"
        ]
        == StandingState.VOID
    )
    with pytest.raises(Conflict):
        confirm(world.south, read)


def test_the_circle_reads_what_a_side_kept_to_itself_once_it_says_so(world):
    forum = world.gathering()
    save(world.north, forum)
    save(world.north, asked(world, forum))
    answer = Answer(
        dossier=world.dossier,
        key="answer",
        proposal=Proposal.everything.get(),
        side=world.sides[1],
        verdict="supported",
        reasons=words("Yes"),
    )
    save(world.south, answer, audience=Audience.KEEPER)
    assert again(answer).readers == "side:twins-south"
    release(world.south, again(answer), Audience.CIRCLE)
    assert again(answer).readers == "partnership:twins"
    release(world.south, again(answer), Audience.KEEPER)
    assert again(answer).readers == "side:twins-south"


def test_what_would_be_wrong_elsewhere_is_told_with_the_name_of_the_record(world):
    forum = world.gathering()
    save(world.north, forum)
    proposal = asked(world, forum)
    ways = [Alternative(text=words("By tram")), Alternative(text=words("By boat"))]
    save(world.north, proposal, {"alternatives": ways})
    given = answer(world, proposal)
    given.alternative = 2
    save(world.north, given)
    with pytest.raises(ValidationError) as refused:
        save(world.north, again(proposal), {"alternatives": ways[:1]})
    assert refused.value.message_dict == {
        NON_FIELD_ERRORS: ["answer answer: 2 of 1; expected a number the proposal has"]
    }


def test_saying_again_what_is_so_changes_nothing(world):
    anna = world.person()
    save(world.north, anna, audience=Audience.PUBLIC)
    version, count = record_version(), Change.objects.count()
    assert release(world.north, again(anna), Audience.PUBLIC) is None
    assert (record_version(), Change.objects.count()) == (version, count)


def test_a_record_that_was_refused_can_be_mended_and_saved(world):
    anna = world.person()
    save(world.north, anna)
    forum = world.gathering()
    save(world.north, forum, audience=Audience.PUBLIC)
    hidden = world.gathering("hidden")
    save(world.north, hidden)
    mended = again(forum)
    mended.within = hidden
    with pytest.raises(Hidden):
        save(world.north, mended)
    mended.within = None
    mended.venue = words("The hall")
    save(world.north, mended)
    assert again(forum).revision == 2


def test_undo_changes_no_other_row_than_the_one_that_was_changed(world):
    forum = world.gathering()
    unions = [
        Organization.everything.get(key=key)
        for key in ("north-office", "south-office", "east-office")
    ]

    def organize(*roles):
        return save(
            world.north,
            again(forum),
            {
                "organizers": [
                    Organizer(organization=unions[which], role=role) for which, role in roles
                ]
            },
        )

    save(world.north, forum)
    organize((0, "host"))
    change = organize((0, "organizer"))
    organize((1, "organizer"), (0, "organizer"))
    with pytest.raises(ChangedSince):
        undo(world.north, change)


def test_undo_changes_no_other_row_after_rows_changed_places(world):
    forum = world.gathering()
    unions = [Organization.everything.get(key=key) for key in ("north-office", "south-office")]
    save(world.north, forum)

    def organize(*roles):
        rows = [Organizer(organization=unions[which], role=role) for which, role in roles]
        return save(world.north, again(forum), {"organizers": rows})

    organize((0, "host"), (1, "organizer"))
    change = organize((0, "organizer"), (1, "organizer"))
    organize((1, "organizer"), (0, "organizer"))
    with pytest.raises(ChangedSince):
        undo(world.north, change)


def test_a_stale_or_forged_reference_says_what_the_database_says(world):
    other, sides = another_partnership(world)
    vouch(BY, office_of(world.north), sides[0])
    north = acting_by_command("test", office_of(world.north))
    forum = world.gathering()
    save(north, forum)
    confirm(world.south, again(forum))
    forged = again(forum)
    forged.partnership = Partnership(pk=other.pk, key="twins", name=words("x"))
    with pytest.raises(NeedsAgreement):
        save(north, forged)


def test_a_list_names_each_once_and_as_the_database_knows_it(world):
    anna = world.person()
    save(world.north, anna, audience=Audience.PUBLIC)
    forum = world.gathering()
    save(world.north, forum)
    talk = session(world, forum)
    save(world.north, talk, {"chairs": [anna, again(anna)]})
    assert plain_of(again(talk))["chairs"] == ["anna"]
    change = save(world.north, again(talk), {"chairs": [Person(pk=anna.pk, key="somebody")]})
    assert change is None
    with pytest.raises(ValidationError):
        save(world.north, again(talk), {"chairs": [Person(pk=anna.pk + 99, key="somebody")]})


def test_who_keeps_and_reads_a_record_is_not_assigned(world):
    anna = world.person()
    anna.keeper, anna.readers, anna.begun_by = "organization:south-office", "public", "x"
    save(world.north, anna)
    assert (again(anna).keeper, again(anna).readers) == ("organization:north-office",) * 2
    changed = again(anna)
    changed.keeper, changed.readers, changed.begun_by = "organization:east-office", "public", "x"
    changed.name = words("Anne")
    save(world.north, changed)
    assert (again(anna).keeper, again(anna).readers) == ("organization:north-office",) * 2
    stolen = again(anna)
    stolen.keeper = "organization:south-office"
    stolen.name = words("Stolen")
    with pytest.raises(NotAllowed):
        save(world.south, stolen)
    with pytest.raises(NotAllowed):
        save(world.south, Person(pk=anna.pk, key="anna", name=words("x"), dossier=world.dossier))


def test_confirming_what_was_kept_apart_is_asked_what_a_release_is_asked(world):
    other, sides = another_partnership(world)
    anna = world.person()
    save(world.east, anna)
    forum = Gathering(
        dossier=world.dossier,
        key="theirs",
        kind="forum",
        title=words("Theirs"),
        partnership=other,
        status="held",
        when=world.gathering().when,
        timezone="Asia/Ho_Chi_Minh",
    )
    save(world.east, forum)
    talk = session(world, forum)
    save(world.east, talk, {"chairs": [anna]})
    vouch(BY, office_of(world.east), sides[1])
    east = acting_by_command("test", office_of(world.east))
    with pytest.raises(Hidden):
        confirm(east, again(forum))
    save(east, again(talk), {"chairs": []})
    confirm(east, again(forum))
    assert Entry.everything.get(kind="session").readers == "partnership:others"
    nothing_to_rebuild()


def test_what_one_office_names_for_itself_hinders_no_other(world):
    forum = world.gathering()
    save(world.north, forum)
    source = Source(dossier=world.dossier, key="paper", kind="newspaper", name=words("Paper"))
    save(world.north, source)
    article = Article(
        dossier=world.dossier, key="piece", source=source, language="en", title=words("Trams")
    )
    save(world.north, article)
    passage = Passage(dossier=world.dossier, key="private-passage", article=article, language="en")
    entry = Entry.everything.get(kind="gathering", key="forum-1")
    save(world.north, passage, {"claims": [Claim(about=entry)]})
    assert again(passage).readers == "organization:north-office"
    mended = again(forum)
    mended.venue = words("The hall")
    save(world.south, mended)
    with pytest.raises(Hidden):
        save(
            world.east,
            Passage(dossier=world.dossier, key="east", article=article, language="en"),
            {"claims": [Claim(about=entry)]},
        )
    with pytest.raises(Hidden):
        release(world.north, again(passage), Audience.PUBLIC)


def test_claims_stay_with_what_they_are_about_when_it_is_renamed(world):
    anna = world.person()
    save(world.north, anna, audience=Audience.PUBLIC)
    source = Source(dossier=world.dossier, key="paper", kind="newspaper", name=words("Paper"))
    save(world.north, source)
    article = Article(
        dossier=world.dossier, key="piece", source=source, language="en", title=words("Trams")
    )
    save(world.north, article)
    passage = Passage(dossier=world.dossier, key="passage", article=article, language="en")
    entry = Entry.everything.get(kind="person", key="anna")
    save(world.north, passage, {"claims": [Claim(about=entry)]}, audience=Audience.PUBLIC)
    change = save(world.north, again(passage), {"claims": []})
    for key in ("anna-b", "anna-c"):
        renamed = again(anna)
        renamed.key = key
        save(world.north, renamed)
    undo(world.north, change)
    assert plain_of(again(passage))["claims"] == [{"about": "person/anna-c"}]
    former = Entry.everything.get(kind="person", key="anna")
    save(world.north, again(passage), {"claims": [Claim(about=former)]})
    assert Claim.everything.get().about.key == "anna-c"


def test_the_way_from_a_former_address_is_open_to_those_who_read_the_record(world):
    anna = world.person()
    save(world.north, anna, audience=Audience.PUBLIC)
    renamed = again(anna)
    renamed.key = "anna-b"
    save(world.north, renamed)
    assert gone(STRANGER, "person", "anna").moved_to.key == "anna-b"
    release(world.north, again(anna), Audience.KEEPER)
    assert gone(STRANGER, "person", "anna") is None
    assert gone(world.north, "person", "anna").moved_to.key == "anna-b"
    release(world.north, again(anna), Audience.PUBLIC)
    assert gone(STRANGER, "person", "anna").moved_to.key == "anna-b"


def test_versions_of_a_text_come_and_go_by_undo(world):
    anna = world.person()
    save(world.north, anna)
    added = again(anna)
    added.name = added.name.with_translation("vi", "An")
    addition = save(world.north, added)
    further = again(anna)
    further.name = further.name.with_version("ru", Version("Аня", made_from=MadeFrom("vi", "")))
    save(world.north, further)
    with contextlib.suppress(ValidationError, ChangedSince):
        undo(world.north, addition)
    state = plain_of(again(anna))
    assert "ru" in state["name"]["versions"]
    gone_vi = again(anna)
    assert str(gone_vi.name) == "Anna"
    nothing_to_rebuild()


def test_a_private_write_renews_no_page_and_a_public_one_does(world):
    forum = world.gathering()
    save(world.north, forum)
    talk = session(world, forum)
    save(world.north, talk)
    before = record_version()
    change = save(world.north, again(talk), {"chairs": []})
    changed = again(talk)
    changed.title = words("Another")
    change = save(world.north, changed)
    undo(world.north, change)
    confirm(world.south, again(forum))
    assert record_version() == before


def test_undoing_in_private_what_was_done_in_public_renews_no_page(world):
    forum = world.gathering()
    save(world.north, forum, audience=Audience.PUBLIC)
    save(world.north, session(world, forum))
    removed = remove(world.north, again(forum), "No")
    undone = undo(world.north, removed)
    assert (removed.public, undone.public) == (True, True)
    release(world.north, Gathering.everything.get(), Audience.CIRCLE)
    before = record_version()
    removed = remove(world.north, Gathering.everything.get(), "No")
    undo(world.north, removed)
    assert record_version() == before


def test_words_come_in_one_form_and_may_be_long(world):
    decomposed = "Nguye\u0302\u0303n"
    anna = world.person()
    anna.name = words(decomposed)
    save(world.north, anna)
    assert plain_of(again(anna))["name"]["versions"]["en"]["words"] == "Nguy\u1ec5n"
    again_so = again(anna)
    again_so.name = words(decomposed)
    assert save(world.north, again_so) is None
    forum = world.gathering()
    forum.title, forum.summary = words("x" * LONGEST_NAME), words("x" * LONGEST)
    save(world.north, forum)
    for name, most in (("title", LONGEST_NAME), ("summary", LONGEST)):
        longer = again(forum)
        setattr(longer, name, words("x" * (most + 1)))
        with pytest.raises(ValidationError) as refused:
            save(world.north, longer)
        said = [f"This is longer than {most} characters; please shorten it."]
        assert refused.value.message_dict == {name: said}


def test_no_office_puts_a_record_into_the_dossier_of_another(world):
    theirs = kept_dossier(world.south)
    anna = world.person()
    anna.dossier = theirs
    with pytest.raises(NotAllowed):
        save(world.north, anna)
    save(world.south, Person(dossier=theirs, key="bert", name=words("Bert")))
    Partnership.everything.update(dossier=theirs)
    forum = world.gathering()
    forum.dossier = kept_dossier(world.north, "ours")
    save(world.north, forum)
    assert again(forum).dossier == theirs, "a gathering is of the dossier of its partnership"
    talk = session(world, forum)
    save(world.north, talk)
    assert again(talk).dossier == theirs


def test_who_may_not_release_answers_for_the_side_alone(world):
    forum = world.gathering()
    save(world.south, forum, audience=Audience.PUBLIC)
    proposal = asked(world, forum)
    save(world.south, proposal, audience=Audience.PUBLIC)
    given = answer(world, proposal)
    editor = with_mandate(world.north, Mandate.EDITOR)
    for audience in (Audience.PUBLIC, Audience.CIRCLE):
        with pytest.raises(NotAllowed):
            save(editor, answer(world, proposal), audience=audience)
    save(editor, given)
    assert again(given).readers == "side:twins-north"
    mended = again(given)
    mended.reasons = words("Yes, gladly")
    save(editor, mended)
    with pytest.raises(NotAllowed):
        release(editor, again(given), Audience.PUBLIC)
    release(world.north, again(given), Audience.PUBLIC)
    mended = again(given)
    mended.reasons = words("No")
    with pytest.raises(NotAllowed):
        save(editor, mended)
    with pytest.raises(NotAllowed):
        remove(editor, again(given), "No")
    save(world.north, mended)
    removed = remove(world.north, again(given), "No")
    with pytest.raises(NotAllowed):
        undo(editor, removed)
    nothing_to_rebuild()


def test_an_office_that_is_not_the_voice_answers_for_the_side_alone(world):
    north, voice = second_office(world)
    forum = world.gathering()
    save(world.south, forum, audience=Audience.PUBLIC)
    proposal = asked(world, forum)
    save(world.south, proposal, audience=Audience.PUBLIC)
    given = answer(world, proposal)
    save(north, given)
    assert again(given).readers == "side:twins-north"
    release(voice, again(given), Audience.PUBLIC)
    mended = again(given)
    mended.reasons = words("No")
    with pytest.raises(NotAllowed):
        save(north, mended)


def test_a_record_that_would_be_wrong_is_not_named_to_those_who_may_not_read_it(world):
    forum = world.gathering()
    save(world.north, forum, audience=Audience.PUBLIC)
    proposal = asked(world, forum)
    ways = [Alternative(text=words(one)) for one in ("Trams", "Buses")]
    save(world.north, proposal, {"alternatives": ways}, audience=Audience.PUBLIC)
    secret = answer(world, proposal, "secret-answer")
    secret.side, secret.alternative = world.sides[1], 2
    save(world.south, secret, audience=Audience.KEEPER)
    with pytest.raises(Faulty) as refused:
        save(world.north, again(proposal), {"alternatives": ways[:1]})
    assert [(fault.key, fault.field) for fault in refused.value.faults] == [("", NON_FIELD_ERRORS)]
    assert "secret" not in str(refused.value)


def test_confirmations_are_void_when_vouching_was_wrong(world):
    north_office = office_of(world.north)
    vouch(BY, north_office, world.sides[0])
    forum = world.gathering()
    save(world.south, forum, audience=Audience.PUBLIC)
    proposal = asked(world, forum)
    save(world.south, proposal, audience=Audience.PUBLIC)
    early = timezone.now()
    own = world.gathering("forum-2")
    save(world.north, own, audience=Audience.PUBLIC)
    confirm(world.north, again(forum))
    save(world.north, answer(world, proposal))
    version = record_version()
    done = withdraw_vouching(BY, north_office, world.sides[0], since=early)
    assert done.void == ["gathering:forum-2", "gathering:forum-1"]
    assert done.withdrawn == ["answer:answer"]
    assert Answer.everything.get().readers == "side:twins-north"
    assert set(
        Standing.objects.filter(side="side:twins-north").values_list("state", flat=True)
    ) == {StandingState.DISAVOWED}
    assert set(
        Standing.objects.filter(side="side:twins-south").values_list("state", flat=True)
    ) == {StandingState.CONFIRMED}
    assert record_version() > version
    nothing_to_rebuild()


def test_confirmations_stand_when_vouching_ends(world):
    forum = world.gathering()
    save(world.south, forum, audience=Audience.PUBLIC)
    confirm(world.north, again(forum))
    withdraw_vouching(BY, office_of(world.north), world.sides[0])
    withdraw_vouching(BY, office_of(world.north), since=timezone.now())
    assert set(Standing.objects.values_list("state", flat=True)) == {StandingState.CONFIRMED}


def test_a_mandate_that_was_given_wrongly_takes_back_what_that_person_did(world):
    office = office_of(world.north)
    people = []
    for name in ("ann", "ben"):
        user = add_user(BY, f"{name}@example.org", name, "en")
        give_mandate(BY, user, office, Mandate.OFFICER)
        people.append(user)
    for user, key in zip(people, ("forum-1", "forum-2"), strict=True):
        save(acting_for(user, office), world.gathering(key))
    done = end_mandates(BY, people[0], office, since=people[0].mandates.get().since).disavowed
    assert done.void == ["gathering:forum-1"]
    assert dict(Standing.objects.values_list("entry__key", "state")) == {
        "forum-1": StandingState.DISAVOWED,
        "forum-2": StandingState.CONFIRMED,
    }

"""What writing must never do, as people who use such programs have complained of it."""

import unicodedata

import pytest
from django.utils import timezone

from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting, acting_by_command
from amity.foundation.models import Change
from amity.foundation.pages import context
from amity.gatherings.models import Gathering, Session
from amity.languages.text import Text
from amity.network.models import NamePlace, Office, Person
from amity.record import kinds
from amity.record.acting import STRANGER
from amity.record.actions import confirm, rebuild, release, remove, save, undo
from amity.record.actions.standings import digest_of
from amity.record.choices import Audience, Mandate, StandingState
from amity.record.models import Standing
from amity.record.plain.states import plain_of
from amity.record.queries import visible_to
from amity.record.refusals import Conflict, Hidden, NeedsAgreement, NotAllowed
from tests.write.world import BY, FOUNDERS, again, record_version, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(world) -> Gathering:
    """A forum of both sides that everybody may read."""
    made = world.gathering()
    save(world.north, made, audience=Audience.PUBLIC)
    return again(made)


def opening(world, forum: Gathering) -> Session:
    """A session of the forum."""
    made = Session(
        dossier=world.dossier,
        key="opening",
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )
    save(world.north, made)
    return again(made)


def test_undo_brings_back_words_and_no_rights(world, forum):
    forum.title = words("Better title")
    change = save(world.north, forum)
    release(world.north, again(forum), Audience.CIRCLE)
    officer = User.objects.create(email="officer@example.org", name="Officer", language="en")
    office = Office.objects.get(organization__key="north-office")
    held = MandateHeld.objects.create(
        user=officer, office=office, mandate=Mandate.OFFICER, since=timezone.now()
    )
    may = acting(officer, office)
    MandateHeld.objects.filter(pk=held.pk).update(ended=timezone.now())
    with pytest.raises(NotAllowed):
        undo(acting(officer, office), change)
    before = again(forum)
    undo(may, change)
    after = again(forum)
    assert str(after.title) == "First forum"
    assert (after.keeper, after.begun_by, after.readers) == (
        before.keeper,
        before.begun_by,
        before.readers,
    )
    assert after.readers == "partnership:twins"
    assert not visible_to(STRANGER, Gathering).exists()
    assert not acting(officer, office).mandates


def test_undoing_a_release_takes_back_nothing(world, forum):
    shown = Change.objects.filter(kind="gathering").latest("id")
    release(world.north, forum, Audience.CIRCLE)
    hidden = Change.objects.latest("id")
    assert undo(world.north, hidden) is None
    assert again(forum).readers == "partnership:twins"
    assert shown.pk < hidden.pk


def test_what_comes_back_is_read_by_those_who_read_what_it_hangs_on_now(world, forum):
    session = opening(world, forum)
    removed = remove(world.north, session, "Not held")
    release(world.north, again(forum), Audience.CIRCLE)
    undo(world.north, removed)
    assert Session.everything.get(key="opening").readers == "partnership:twins"
    assert not visible_to(STRANGER, Session).exists()


def test_what_comes_back_is_kept_by_its_keeper_under_the_name_that_it_has_now(world, forum):
    removed = remove(world.north, forum, "By mistake")
    partnership = again(world.partnership)
    partnership.key = "twinning"
    save(FOUNDERS, partnership)
    north = acting_by_command("test", Office.objects.get(organization__key="north-office"))
    assert north.partnerships == {"partnership:twinning"}
    undo(north, removed)
    back = Gathering.everything.get(key="forum-1")
    assert (back.keeper, back.partnership.key) == ("partnership:twinning", "twinning")


def test_what_was_agreed_stays_agreed_until_every_side_agrees_anew(world, forum):
    confirm(world.south, forum, ["en", "vi"])
    state = plain_of(forum)
    digest = digest_of(kinds.get("gathering"), state, "public")
    assert set(Standing.objects.values_list("state", "digest")) == {
        (StandingState.CONFIRMED, digest)
    }
    for name, value in (("title", words("Other")), ("kind", "meeting"), ("key", "other")):
        changed = again(forum)
        setattr(changed, name, value)
        for side in (world.north, world.south):
            with pytest.raises(NeedsAgreement):
                save(side, changed)
    vietnamese = again(forum)
    vietnamese.title = vietnamese.title.with_translation("vi", "Tên khác")
    with pytest.raises(NeedsAgreement) as refused:
        save(world.north, vietnamese)
    assert refused.value.fields == ("title",)
    assert plain_of(forum) == state
    assert set(Standing.objects.values_list("state", "digest")) == {
        (StandingState.CONFIRMED, digest)
    }
    mended = again(forum)
    mended.venue = words("The other hall")
    save(world.south, mended)
    assert set(Standing.objects.values_list("state", flat=True)) == {StandingState.CONFIRMED}


def test_a_weighty_change_voids_what_was_confirmed_and_keeps_what_that_was(world, forum):
    Standing.objects.all().delete()
    confirmed = confirm(world.south, forum, ["en", "vi"])
    agreed_to = plain_of(forum)
    changed = again(forum)
    changed.title = words("Another")
    save(world.north, changed)
    void = Standing.objects.get(side="side:twins-south")
    assert (void.state, void.languages) == (StandingState.VOID, ["en", "vi"])
    assert void.digest == confirmed.details["digest"]
    assert void.digest == digest_of(kinds.get("gathering"), agreed_to, "public")
    assert void.digest != digest_of(kinds.get("gathering"), plain_of(forum), "public")


def test_nothing_makes_an_outdated_translation_current_but_a_new_one(world, forum):
    title = forum.title
    forum.title = title.with_version("en", Text.of("The first forum", "en").versions["en"])
    save(world.north, forum)
    stored = again(forum)
    assert (stored.title.is_stale("vi"), stored.title.is_stale("ru")) == (True, True)
    stored.venue = words("The hall")
    save(world.north, stored)
    stored = again(forum)
    stored.title = stored.title.with_translation("ru", "Самый первый форум")
    save(world.north, stored)
    stored = again(forum)
    assert (stored.title.is_stale("vi"), stored.title.is_stale("ru")) == (True, False)
    assert save(world.north, stored) is None
    assert again(forum).title.is_stale("vi")
    stored.title = stored.title.with_translation("vi", "Diễn đàn đầu tiên")
    save(world.north, stored)
    assert not again(forum).title.is_stale("vi")


def test_work_in_the_background_is_no_conflict_with_whoever_writes(world, forum):
    session = opening(world, forum)
    open_form = again(session)
    release(world.north, again(forum), Audience.CIRCLE)
    release(world.north, again(forum), Audience.PUBLIC)
    rebuild(BY)
    for kind in kinds.kinds():
        if kind.derive is not None:
            kind.derive(list(kind.model.everything.values_list("pk", flat=True)))
    confirm(world.south, again(forum), ["en"])
    assert again(session).revision == open_form.revision
    open_form.title = words("Grand opening")
    save(world.north, open_form)
    assert str(again(session).title) == "Grand opening"
    stale = again(session)
    stale.revision -= 1
    stale.title = words("Too late")
    with pytest.raises(Conflict):
        save(world.north, stale)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_the_same_however_its_letters_were_typed(world, form):
    typed = unicodedata.normalize(form, "Nguyễn Thị Ánh")
    anna = world.person()
    anna.name = words(typed)
    save(world.north, anna, audience=Audience.PUBLIC)
    stored = str(again(anna).name)
    assert stored == unicodedata.normalize("NFC", stored)
    other = again(anna)
    other.name = words(unicodedata.normalize("NFD", typed))
    assert save(world.north, other) is None
    twin = world.person("twin")
    twin.name = words(unicodedata.normalize("NFC", typed))
    save(world.north, twin, audience=Audience.PUBLIC)
    places = NamePlace.objects.filter(kind="person", language="vi")
    assert len({bytes(place) for place in places.values_list("place", flat=True)}) == 1
    assert Person.objects.filter(name__versions__en__words=stored).count() == 2


PAGES = ["/en/", "/en/gatherings/", "/vi/gatherings/forum-1/", "/api/v1/gatherings"]


def test_a_thousand_private_writes_leave_kept_pages_warm(client, world, forum, monkeypatch):
    made = []

    def counted(*args, render=context.render, **more):
        made.append(args)
        return render(*args, **more)

    monkeypatch.setattr(context, "render", counted)
    answers = [client.get(address) for address in PAGES]
    rendered, version = len(made), record_version()
    assert rendered
    anna = world.person()
    save(world.north, anna)
    for number in range(999):
        anna = again(anna)
        anna.name = words(f"Anna {number}")
        save(world.north, anna)
    assert (record_version(), again(anna).revision) == (version, 1000)
    assert [client.get(address).content for address in PAGES] == [one.content for one in answers]
    tags = [one["ETag"] for one in answers]
    kept = [
        client.get(address, headers={"If-None-Match": tag})
        for address, tag in zip(PAGES, tags, strict=True)
    ]
    assert [one.status_code for one in kept] == [304] * len(PAGES)
    assert len(made) == rendered
    forum.title = words("Second thoughts")
    save(world.north, forum)
    assert [client.get(address)["ETag"] for address in PAGES] != tags
    assert b"Second thoughts" in client.get("/en/gatherings/").content
    assert len(made) > rendered


def test_who_may_not_read_is_not_led_there_by_what_is_released(world, forum):
    anna = world.person()
    save(world.north, anna)
    session = opening(world, forum)
    with pytest.raises(Hidden):
        save(world.north, session, {"chairs": [anna]})
    assert not again(session).chairs.exists()

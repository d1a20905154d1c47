"""Following by mail: asked, confirmed, told once a day, ended and forgotten."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from amity.following.actions import telling
from amity.following.actions.telling import tell_followers
from amity.following.models import Asked, Follow, Follower
from amity.followup.models import Commitment
from amity.foundation.letters.posting import post_due
from amity.foundation.models import Letter
from amity.record.actions import remove, save
from amity.record.choices import Audience
from amity.turns.tests.world import Thread, thread
from tests.write.world import words

from .world import MAIL, ask, digests, end_of, follow, link

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
PROMISE = "commitment/C-2026-001"
THINGS = (PROMISE, "partnership/twins", "area/north", "area/south", "gathering/forum-1")


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def there() -> Thread:
    made = thread()
    save(made.world.north, made.world.gathering(), audience=Audience.PUBLIC)
    return made


def change(there: Thread, title: str, **others: str) -> None:
    """The north gives the promise another title."""
    there.commitment.refresh_from_db()
    there.commitment.title = words(title, **others)
    save(there.world.north, there.commitment)


@pytest.mark.parametrize("thing", THINGS)
def test_the_page_of_a_thing_leads_to_the_form_and_both_set_no_cookie(there, thing):
    kind, _slash, key = thing.partition("/")
    plural = {"commitment": "commitments", "area": "areas"}.get(kind, f"{kind}s")
    page = Client().get(f"/en/{plural}/{key}/")
    assert f'href="/en/follow/{thing}/"' in page.text
    answer = Client().get(f"/en/follow/{thing}/")
    assert answer.status_code == 200
    assert dict(page.cookies) == dict(answer.cookies) == {}
    assert 'name="mail"' in answer.text


def test_what_is_chosen_to_be_followed_is_confirmed_by_pressing_the_button_alone(there):
    assert ask(PROMISE, language="vi").status_code == 200
    letter = Letter.objects.get(to=MAIL)
    assert letter.language == "vi"
    assert "Mười hai con thuyền" in letter.text
    address = link()
    for method in ("get", "head"):
        assert getattr(Client(), method)(address).status_code == 200
    assert not Follower.objects.exists()
    answer = Client().post(address)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert list(Follow.objects.values_list("follower__mail", "entry__key")) == [
        (MAIL, "C-2026-001")
    ]
    assert Follower.objects.get().language == "vi"
    assert Client().post(address).status_code == 404
    assert not Asked.objects.exists()


def test_where_no_mail_server_is_configured_the_page_says_that_the_letter_waits(there, settings):
    settings.EMAIL_BACKEND = ""
    text = ask(PROMISE).text
    assert ["waits until there is one" in text, "is on its way" in text] == [True, False]


@pytest.mark.parametrize("secret", ["x", "0" * 32])
def test_a_guessed_link_confirms_nothing(there, secret):
    ask(PROMISE)
    assert Client().post(f"/en/following/confirm/{secret}/").status_code == 404
    assert not Follower.objects.exists()


def test_the_secret_is_kept_as_a_digest_alone(there):
    ask(PROMISE)
    secret = link().split("/")[-2]
    assert secret not in str(list(Asked.objects.values()))


def test_a_link_that_is_too_old_confirms_nothing_and_the_address_is_forgotten(there):
    ask(PROMISE)
    address = link()
    tell_followers(datetime.now(UTC) + timedelta(days=2, minutes=1))
    assert Client().post(address).status_code == 404
    assert not Follower.objects.exists()
    assert not Asked.objects.exists()
    assert not Letter.objects.filter(to=MAIL).exists()


def test_who_follows_already_gets_the_same_answer(there):
    first = ask(PROMISE).content
    Client().post(link())
    assert ask(PROMISE).content == first
    assert ask(PROMISE, "other@example.org").content == first


def test_an_address_gets_three_such_letters_a_day_whoever_asks_and_the_answer_is_the_same(there):
    answers = {ask(PROMISE, MAIL if number % 2 else MAIL.upper()).content for number in range(6)}
    assert len(answers) == 1
    assert Letter.objects.filter(to__iexact=MAIL).count() == 3


def test_who_asks_too_often_from_one_place_is_told_so(there):
    statuses = [ask(PROMISE, f"one-{number}@example.org").status_code for number in range(22)]
    assert statuses == [200] * 20 + [429] * 2
    assert Letter.objects.filter(to__startswith="one-").count() == 20


@pytest.mark.parametrize(
    "fields",
    [{}, {"mail": "nobody", "language": "en"}, {"mail": MAIL, "language": "xx"}],
    ids=["nothing", "no address", "no such language"],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_sent(there, fields):
    assert Client().post(f"/en/follow/{PROMISE}/", fields).status_code == 422
    assert not Letter.objects.exists()
    assert not Asked.objects.exists()


@pytest.mark.parametrize("thing", ["commitment/none", "person/anna", "sidé/x", "side/twins-north"])
def test_what_is_not_there_or_cannot_be_followed_is_no_page(there, thing):
    assert Client().get(f"/en/follow/{thing}/").status_code == 404
    assert ask(thing).status_code == 404


# What is told


def test_a_change_is_told_once_in_the_language_of_the_reader(there):
    follow(PROMISE, language="vi")
    assert tell_followers(NOW) == ""
    change(there, "Thirteen boats", vi="Mười ba con thuyền")
    assert tell_followers(NOW) == "1 letters to followers"
    assert tell_followers(NOW) == ""
    assert tell_followers(NOW + timedelta(days=1)) == ""
    (letter,) = digests()
    assert letter.language == "vi"
    assert "Mười ba con thuyền" in letter.text
    assert "/vi/commitments/C-2026-001/" in letter.text


def test_there_is_one_letter_a_day_with_all_that_changed_since(there):
    follow(PROMISE)
    change(there, "Thirteen boats")
    tell_followers(NOW)
    change(there, "Fourteen boats")
    change(there, "Fifteen boats")
    assert tell_followers(NOW + timedelta(hours=12)) == ""
    assert tell_followers(NOW + timedelta(hours=18)) == "1 letters to followers"
    first, second = digests()
    assert "Fifteen boats" in second.text
    assert second.text.count("Commitment: changed") == 1
    assert first.text.count("Commitment: changed") == 1


@pytest.mark.parametrize("thing", [PROMISE, "partnership/twins", "area/north", "area/south"])
def test_a_promise_concerns_its_partnership_and_its_places(there, thing):
    follow(thing)
    change(there, "Thirteen boats")
    tell_followers(NOW)
    (letter,) = digests()
    assert "Thirteen boats" in letter.text


@pytest.mark.parametrize("thing", [PROMISE, "partnership/twins", "area/north", "area/south"])
def test_a_letter_says_who_removed_a_promise_when_and_why(there, thing):
    follow(thing)
    there.commitment.refresh_from_db()
    done = remove(there.world.north, there.commitment, "Recorded twice")
    assert tell_followers(NOW) == "1 letters to followers"
    day = f"{done.at.day} {done.at:%B %Y}"
    assert (
        f"– “Twelve boats” was removed on {day} by north-office. Reason: Recorded twice"
        in digests()[0].text
    )


def test_what_concerns_something_else_is_not_told(there):
    follow("gathering/forum-1")
    change(there, "Thirteen boats")
    assert tell_followers(NOW) == ""
    assert digests() == []
    gathering = there.world.gathering().__class__.objects.get(key="forum-1")
    gathering.title = words("Second forum")
    save(there.world.north, gathering)
    assert tell_followers(NOW) == "1 letters to followers"
    assert "Second forum" in digests()[0].text


def test_several_things_are_in_one_letter_each_with_its_address(there):
    follow(PROMISE)
    follow("area/north")
    change(there, "Thirteen boats")
    tell_followers(NOW)
    (letter,) = digests()
    assert letter.subject == "2 things that you follow changed"
    assert "http://testserver/en/commitments/C-2026-001/" in letter.text
    assert "http://testserver/en/areas/north/" in letter.text


def test_what_changed_before_somebody_followed_it_is_not_told(there):
    follow("area/north")
    change(there, "Thirteen boats")
    follow(PROMISE)
    tell_followers(NOW)
    (letter,) = digests()
    assert "/commitments/C-2026-001/" not in letter.text


def test_what_is_kept_to_the_circle_is_told_to_nobody(there):
    follow("partnership/twins")
    follow("area/north")
    secret = Commitment(
        dossier=there.world.dossier,
        key="C-2026-002",
        kind="commitment",
        grade="will",
        title=words("Kept among us"),
    )
    parties = [
        party.__class__(position=party.position, side=party.side, role=party.role)
        for party in there.commitment.parties.all()
    ]
    save(there.world.north, secret, {"parties": parties}, audience=Audience.CIRCLE)
    secret.title = words("Kept among us still")
    save(there.world.north, secret)
    assert tell_followers(NOW) == ""
    assert digests() == []
    assert Client().get("/en/follow/commitment/C-2026-002/").status_code == 404
    change(there, "Thirteen boats")
    tell_followers(NOW)
    assert "Kept among us" not in digests()[0].text


def test_killed_after_a_letter_nothing_is_told_twice_or_lost(there, monkeypatch):
    for number in range(4):
        follow(PROMISE, f"reader-{number}@example.org")
    change(there, "Thirteen boats")
    write = telling.write_letter
    written: list[str] = []

    def killed(*args, **options):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(args[0])
        return write(*args, **options)

    monkeypatch.setattr(telling, "write_letter", killed)
    with pytest.raises(KeyboardInterrupt):
        tell_followers(NOW)
    monkeypatch.undo()
    tell_followers(NOW)
    told = [len(digests(f"reader-{number}@example.org")) for number in range(4)]
    assert told == [1, 1, 1, 1]


# Ending


def test_letters_are_ended_by_one_press_and_the_address_is_forgotten(there):
    follow(PROMISE)
    follow("area/north")
    change(there, "Thirteen boats")
    tell_followers(NOW)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        post_due()
    sent = mail.outbox[-1]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<http://testserver(.*)>", sent.extra_headers["List-Unsubscribe"])
    assert found is not None
    for method in ("get", "head"):
        assert getattr(Client(), method)(found[1]).status_code == 200
    assert Follow.objects.count() == 2
    answer = Client().post(found[1], {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert not Follower.objects.exists()
    assert not Letter.objects.filter(to=MAIL).exists()
    assert Client().post(found[1], {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_one_thing_is_ended_and_the_others_go_on(there):
    follow(PROMISE)
    follow("area/north")
    change(there, "Thirteen boats")
    tell_followers(NOW)
    end = end_of(digests()[0])
    page = Client().get(end)
    assert MAIL not in page.text
    Client().post(end, {"follow": Follow.objects.get(entry__key="north").pk})
    assert [one.entry.key for one in Follow.objects.select_related("entry")] == ["C-2026-001"]
    Client().post(end, {"follow": Follow.objects.get().pk})
    assert not Follower.objects.exists()


def test_nobody_ends_what_is_not_theirs(there):
    follow(PROMISE)
    follow(PROMISE, "other@example.org")
    change(there, "Thirteen boats")
    tell_followers(NOW)
    theirs = Follow.objects.get(follower__mail="other@example.org")
    Client().post(end_of(digests()[0]), {"follow": theirs.pk})
    assert Follow.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("secret", ["1", "1:x", "x:y", ":"])
def test_a_guessed_address_ends_nothing(there, secret):
    follow(PROMISE)
    assert Client().post(f"/en/following/{secret}/").status_code == 404
    assert Follower.objects.count() == 1


def test_what_is_public_no_more_is_named_on_no_page_of_a_follower(there):
    follow(PROMISE)
    follow("area/north")
    change(there, "Thirteen boats")
    tell_followers(NOW)
    end = end_of(digests()[0])
    assert "Thirteen boats" in Client().get(end).text
    Follow.objects.get(entry__key="C-2026-001").entry.__class__.everything.filter(
        key="C-2026-001"
    ).update(readers="partnership:twins")
    assert "Thirteen boats" not in Client().get(end).text


def test_an_address_that_the_mail_server_refuses_is_forgotten(there):
    follow(PROMISE)
    Letter.objects.filter(to=MAIL).update(given_up_at=NOW, error="SMTPRecipientsRefused: nobody")
    tell_followers(NOW)
    assert not Follower.objects.exists()
    assert not Letter.objects.filter(to=MAIL).exists()

"""A lost second factor is given back by others, a day later; attacks on that, by their names."""

import io
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amity.accounts import actions, regaining
from amity.accounts.models import LostFactor, MandateHeld, User, Vouching
from amity.accounts.tests.test_sign_in import (
    BY,
    PASSWORD,
    code_of,
    first,
    office,  # noqa: F401 # a fixture
    officer,  # noqa: F401 # a fixture
    person,
    sign_in,
    with_app,
)
from amity.foundation.actions import By
from amity.foundation.models import Change, Letter
from amity.languages.text import Text
from amity.network.models import Office, Organization
from amity.record.choices import Mandate

pytestmark = pytest.mark.django_db
LOST = "/en/sign-in/lost/"


@pytest.fixture(autouse=True)
def _no_tries_left_over(db):
    cache.clear()


@pytest.fixture
def colleagues(office) -> list[User]:  # noqa: F811
    """Two others of the office, of whom neither has a second factor."""
    return [person(office, f"{name}@north.example", Mandate.EDITOR) for name in ("per", "liv")]


@pytest.fixture
def ida(officer, colleagues) -> User:  # noqa: F811
    """An officer whose app is out of reach."""
    with_app(officer)
    return officer


def half_signed_in(user: User) -> Client:
    """Whoever knows the password, and has come as far as the second factor."""
    client = Client()
    sign_in(client, user.email)
    return client


def asked(user: User) -> LostFactor:
    """What somebody asked where they sign in."""
    answer = half_signed_in(user).post(LOST)
    assert (answer.status_code, answer.headers.get("Location")) == (302, LOST)
    return LostFactor.objects.get(user=user, stopped_at=None, used_at=None)


def vouch(user: User, lost: LostFactor, client: Client | None = None) -> int:
    """Vouch at the desk, as somebody who has just signed in."""
    if client is None:
        client = Client()
        sign_in(client, user.email)
    return client.post(reverse("vouch_for", args=[lost.pk])).status_code


def vouched_for(user: User, *others: User) -> LostFactor:
    """Asked, and others have vouched."""
    lost = asked(user)
    for one in others:
        assert vouch(one, lost) == 302
    lost.refresh_from_db()
    return lost


def waits(lost: LostFactor) -> timedelta:
    """How long it is until another second factor can be set up."""
    assert lost.effective_at is not None
    return lost.effective_at - timezone.now()


def a_day_later(lost: LostFactor) -> None:
    """As if the day of waiting had passed."""
    day = timedelta(days=1)
    for name in ("asked_at", "effective_at", "expires_at"):
        if getattr(lost, name):
            setattr(lost, name, getattr(lost, name) - day)
    lost.save()
    MandateHeld.objects.update(since=F("since") - day)


def set_up(client: Client):
    """Set up another app on the page that offers it; gives its secret and the answer."""
    page = client.get(LOST)
    secret = first(r"<code>([A-Z2-7]+)</code>", page.text)
    return secret, client.post(LOST, {"code": code_of(secret)})


def test_two_others_give_it_back_a_day_later(ida, colleagues):
    formerly = set(Authenticator.objects.values_list("pk", flat=True))
    signed_in_elsewhere = Client()
    signed_in_elsewhere.force_login(ida)
    lost = vouched_for(ida, *colleagues)
    assert waits(lost) > timedelta(hours=23, minutes=59)
    client = half_signed_in(ida)
    assert "From " in client.get(LOST).text
    a_day_later(lost)
    secret, answer = set_up(client)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(answer["Location"])
    assert "shown this one time" in codes.text
    assert client.get("/en/desk/").status_code == 200
    assert not formerly & set(Authenticator.objects.filter(user=ida).values_list("pk", flat=True))
    assert set(Authenticator.objects.filter(user=ida).values_list("type", flat=True)) == {
        "totp",
        "recovery_codes",
    }
    again = half_signed_in(ida)
    cache.clear()  # the code was used to set it up
    again.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert again.get("/en/desk/").status_code == 200
    assert list(Change.objects.values_list("verb", flat=True)[:4]) == [
        "renew_factor",
        "vouch_factor",
        "vouch_factor",
        "lose_factor",
    ]


def test_all_other_sessions_of_the_person_end(ida, colleagues):
    secret = with_secret(ida)
    elsewhere = half_signed_in(ida)
    elsewhere.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert elsewhere.get("/en/desk/").status_code == 200
    a_day_later(vouched_for(ida, *colleagues))
    client = half_signed_in(ida)
    set_up(client)
    assert elsewhere.get("/en/desk/").status_code == 302
    assert client.get("/en/desk/").status_code == 200


def with_secret(user: User) -> str:
    """Another app in place of the one that somebody has; its secret."""
    Authenticator.objects.filter(user=user).delete()
    return with_app(user)


def test_all_of_the_office_are_told_at_each_step(office, ida, colleagues):  # noqa: F811
    stranger = person(elsewhere(office), "far@south.example", Mandate.OFFICER)
    everybody = sorted([ida.email, *(one.email for one in colleagues)])
    lost = asked(ida)

    def told() -> dict[str, str]:
        letters = {one.to: one.subject for one in Letter.objects.all()}
        Letter.objects.all().delete()
        return letters

    first_letters = told()
    assert sorted(first_letters) == everybody
    assert first_letters[ida.email] == "You asked for a new second factor"
    assert first_letters["per@north.example"] == "Ida has lost the second factor"
    vouch(colleagues[0], lost)
    assert told() == {}
    vouch(colleagues[1], lost)
    second = told()
    assert sorted(second) == everybody
    assert second["liv@north.example"] == "Ida can soon set up a new second factor"
    lost.refresh_from_db()
    a_day_later(lost)
    set_up(half_signed_in(ida))
    third = told()
    assert sorted(third) == everybody
    assert third[ida.email] == "You have a new second factor"
    assert stranger.email not in {*first_letters, *second, *third}


def test_times_in_letters_are_by_the_clocks_of_who_reads_them(ida, colleagues):
    User.objects.filter(pk=colleagues[0].pk).update(timezone="Asia/Ho_Chi_Minh")
    lost = vouched_for(ida, *colleagues)
    assert lost.effective_at is not None
    subject = "Ida can soon set up a new second factor"
    texts = {one.to: one.text for one in Letter.objects.filter(subject=subject)}
    zones = {to: first(r"From .* \((.*)\) Ida can", text) for to, text in texts.items()}
    assert zones == {"per@north.example": "Asia/Ho_Chi_Minh", "liv@north.example": "UTC"}
    hours = {to: first(r"From (.*) \(", text) for to, text in texts.items()}
    assert hours["per@north.example"] != hours["liv@north.example"]
    User.objects.filter(pk=ida.pk).update(timezone="Asia/Ho_Chi_Minh")
    ends = lost.effective_at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert f"{ends:%H:%M}" in half_signed_in(ida).get(LOST).text


def test_it_stands_on_the_desk_of_those_who_may_vouch_and_of_nobody_else(office, ida, colleagues):  # noqa: F811
    far = person(elsewhere(office), "far@south.example", Mandate.OFFICER)
    lost = asked(ida)
    seen = {}
    for user in (*colleagues, far):
        client = Client()
        sign_in(client, user.email)
        page = client.get("/en/desk/")
        seen[user.email] = reverse("lost_factor", args=[lost.pk]) in page.text
    assert seen == {
        "per@north.example": True,
        "liv@north.example": True,
        "far@south.example": False,
    }


def elsewhere(office: Office) -> Office:  # noqa: F811
    """An office of another organization."""
    dossier = office.organization.dossier
    name = Text.of("Union of the South", "en")
    union = Organization.everything.create(
        dossier=dossier, key="south-union", name=name, readers="public"
    )
    return Office.objects.create(organization=union)


# Attacks


def test_nobody_vouches_for_themselves(ida):
    lost = asked(ida)
    client = Client()
    client.force_login(ida)  # as a session from before
    assert vouch(ida, lost, client) == 403
    ida.administrator = True
    ida.save()
    with pytest.raises(PermissionDenied):
        regaining.vouch(By(user=ida.pk), lost)
    assert not Vouching.objects.exists()


def test_one_colleague_counts_once(ida, colleagues):
    lost = asked(ida)
    client = Client()
    sign_in(client, colleagues[0].email)
    assert vouch(colleagues[0], lost, client) == 302
    vouch(colleagues[0], lost, client)
    assert "You have vouched already" in client.get("/en/desk/").text
    lost.refresh_from_db()
    assert (lost.effective_at, Vouching.objects.count()) == (None, 1)


def test_one_colleague_is_not_enough_ever(ida, colleagues):
    lost = vouched_for(ida, colleagues[0])
    a_day_later(lost)
    client = half_signed_in(ida)
    assert "<code>" not in client.get(LOST).text
    client.post(LOST, {"code": "000000"})
    assert client.get("/en/desk/").status_code == 302


def test_another_office_neither_sees_nor_vouches_nor_stops(office, ida):  # noqa: F811
    far = person(elsewhere(office), "far@south.example", Mandate.OFFICER)
    lost = asked(ida)
    client = Client()
    sign_in(client, far.email)
    for name, method in (("lost_factor", "get"), ("vouch_for", "post"), ("stop_lost", "post")):
        answers = [
            getattr(client, method)(reverse(name, args=[number])).status_code
            for number in (lost.pk, 10**9)
        ]
        assert answers == [404, 404]
    lost.refresh_from_db()
    assert lost.stopped_at is None


def test_people_brought_in_after_it_was_asked_do_not_count(office, ida, colleagues):  # noqa: F811
    lost = vouched_for(ida, colleagues[0])
    new = person(office, "new@north.example", Mandate.OFFICER)
    assert vouch(new, lost) == 403
    lost.refresh_from_db()
    assert lost.effective_at is None


def test_who_has_left_the_office_counts_no_more(office, ida, colleagues):  # noqa: F811
    lost = vouched_for(ida, *colleagues)
    a_day_later(lost)
    actions.end_mandates(BY, colleagues[0], office)
    assert not regaining.is_effective(lost)
    client = half_signed_in(ida)
    assert "<code>" not in client.get(LOST).text
    third = person(office, "third@north.example", Mandate.OFFICER)
    third.mandates.update(since=lost.asked_at - timedelta(days=1))
    assert vouch(third, lost) == 302
    lost.refresh_from_db()
    assert waits(lost) > timedelta(hours=23, minutes=59)  # the day begins anew


def test_colleagues_of_two_offices_do_not_add_up(office, ida, colleagues):  # noqa: F811
    south = elsewhere(office)
    actions.give_mandate(BY, ida, south, Mandate.OBSERVER)
    far = person(south, "far@south.example", Mandate.OFFICER)
    lost = vouched_for(ida, colleagues[0], far)
    assert lost.effective_at is None


def test_nothing_is_set_up_before_its_day(ida, colleagues):
    lost = vouched_for(ida, *colleagues)
    client = half_signed_in(ida)
    secret = totp.generate_totp_secret()
    assert client.post(LOST, {"code": code_of(secret)}).status_code == 302
    assert client.get("/en/desk/").status_code == 302
    with pytest.raises(regaining.TooSoon):
        regaining.renew(lost, secret)
    assert Authenticator.objects.filter(user=ida).count() == 1


@pytest.mark.parametrize("way", ["colleague", "letter", "self"])
def test_what_was_stopped_gives_nothing(ida, colleagues, way):
    lost = vouched_for(ida, *colleagues)
    if way == "letter":
        letter = Letter.objects.filter(to=ida.email).latest("pk")
        path = first(r"http://testserver(/\S+/stop/)", letter.text)
        stranger = Client()
        for _ in range(2):  # a scanner of mails may open it first
            assert "If it was not you" in stranger.get(path).text
        lost.refresh_from_db()
        assert lost.is_open
        assert "It is stopped" in stranger.post(path).text
        assert stranger.post(path).status_code == 200
    else:
        client = Client()
        if way == "self":
            client.force_login(ida)
        else:
            sign_in(client, colleagues[1].email)
        assert client.post(reverse("stop_lost", args=[lost.pk])).status_code == 302
    lost.refresh_from_db()
    a_day_later(lost)
    client = half_signed_in(ida)
    assert "<code>" not in client.get(LOST).text
    with pytest.raises(regaining.Over):
        regaining.renew(lost, totp.generate_totp_secret())
    assert vouch(colleagues[0], lost) == 404
    assert Letter.objects.filter(subject="The new second factor of Ida was stopped").count() == 3
    assert Authenticator.objects.filter(user=ida).count() == 1


def test_after_it_was_stopped_it_can_be_asked_again_a_day_later(ida):
    lost = asked(ida)
    regaining.stop(BY, lost)
    refused = half_signed_in(ida).post(LOST)
    assert refused.status_code == 409
    assert "Ask again tomorrow" in refused.text
    lost.refresh_from_db()
    a_day_later(lost)
    asked(ida)
    assert LostFactor.objects.count() == 2


def test_it_works_once(ida, colleagues):
    lost = vouched_for(ida, *colleagues)
    a_day_later(lost)
    waiting = half_signed_in(ida)
    page = waiting.get(LOST)
    theirs = first(r"<code>([A-Z2-7]+)</code>", page.text)
    set_up(half_signed_in(ida))
    kept = set(Authenticator.objects.values_list("pk", flat=True))
    waiting.post(LOST, {"code": code_of(theirs)})
    assert waiting.get("/en/desk/").status_code == 302
    with pytest.raises(regaining.Over):
        regaining.renew(lost, theirs)
    assert set(Authenticator.objects.values_list("pk", flat=True)) == kept


def test_what_nobody_vouched_for_runs_out(ida, colleagues):
    lost = vouched_for(ida, colleagues[0])
    LostFactor.objects.update(
        asked_at=timezone.now() - timedelta(days=8), expires_at=timezone.now() - timedelta(days=1)
    )
    assert vouch(colleagues[1], lost) == 404
    again = asked(ida)
    assert again.pk != lost.pk
    assert not again.vouchings.exists()


def test_a_wrong_code_sets_nothing_up(ida, colleagues):
    a_day_later(vouched_for(ida, *colleagues))
    client = half_signed_in(ida)
    client.get(LOST)
    answer = client.post(LOST, {"code": "000000"})
    assert answer.status_code == 422
    assert "The code is not right" in answer.text
    assert client.get("/en/desk/").status_code == 302
    assert LostFactor.objects.get().is_open


def test_asking_lowers_nothing(ida, colleagues):
    """While it is open, and when it has taken effect, the password alone opens nothing."""
    a_day_later(vouched_for(ida, *colleagues))
    client = half_signed_in(ida)
    client.get(LOST)
    for name in ("desk", "mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert "/sign-in/" in client.get(reverse(name))["Location"]
        client.post(reverse(name))
    assert Authenticator.objects.filter(user=ida, type="totp").count() == 1


def test_without_the_password_nobody_learns_that_something_is_open(ida):
    stranger = Client()
    before = stranger.get(LOST), stranger.post(LOST)
    assert not LostFactor.objects.exists()
    asked(ida)
    after = stranger.get(LOST), stranger.post(LOST)
    assert {one["Location"] for one in (*before, *after)} == {reverse("account_login")}
    wrong = stranger.post(
        reverse("account_login"), {"login": ida.email, "password": "wrong words here"}
    )
    cache.clear()
    nobody = stranger.post(
        reverse("account_login"), {"login": "nobody@north.example", "password": "wrong words here"}
    )

    def words(answer) -> str:
        return re.sub(r'value="[^"]*"', "", answer.text)

    assert words(wrong) == words(nobody)


@pytest.mark.parametrize("made_up", ["1", "1:guessed", ":", "x" * 500])
def test_a_link_made_up_stops_nothing(ida, made_up):
    asked(ida)
    path = f"/en/sign-in/lost/{made_up}/stop/"
    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410
    assert LostFactor.objects.get().is_open


def test_who_has_a_second_factor_shows_it_before_vouching(ida, colleagues):
    lost = asked(ida)
    per = colleagues[0]
    secret = with_app(per)
    client = Client()
    client.force_login(per)  # a session that nobody watches
    answer = client.post(reverse("vouch_for", args=[lost.pk]))
    page = reverse("lost_factor", args=[lost.pk])
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    again = client.post(reverse("vouch_for", args=[lost.pk]))
    assert again["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not Vouching.objects.exists()
    back = client.post(again["Location"], {"code": code_of(secret), "next": page})
    assert back["Location"] == page
    assert vouch(per, lost, client) == 302
    assert Vouching.objects.get().by == per


def test_an_administrator_alone_gives_it_back_with_the_same_wait(office, ida):  # noqa: F811
    root = person(office, "root@example.org", administrator=True)
    secret = with_app(root)
    lost = asked(ida)
    client = half_signed_in(root)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert reverse("lost_factor", args=[lost.pk]) in client.get("/en/desk/").text
    assert vouch(root, lost, client) == 302
    lost.refresh_from_db()
    assert waits(lost) > timedelta(hours=23, minutes=59)


def test_the_administrator_vouches_by_command(ida):
    def vouching() -> str:
        out = io.StringIO()
        call_command("user", "vouch", "IDA@north.example", stdout=out)
        return out.getvalue()

    with pytest.raises(CommandError, match="has not asked for a new second factor"):
        vouching()
    lost = asked(ida)
    assert vouching() == (
        "IDA@north.example can set up a new second factor a day from now, unless somebody stops "
        "it; all of the office are told.\n"
    )
    lost.refresh_from_db()
    assert regaining.is_effective(lost) is False
    a_day_later(lost)
    assert regaining.is_effective(lost)
    assert "These have vouched for Ida: The administrator." in Letter.objects.latest("pk").text


def test_the_last_of_an_office_asks_the_administrators(office, officer):  # noqa: F811
    with_app(officer)
    root = person(office, "root@example.org", administrator=True)
    asked(officer)
    assert sorted(Letter.objects.values_list("to", flat=True)) == [officer.email, root.email]

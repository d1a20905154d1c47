"""Signing in, second factors, invitations and leaving, as a person meets them."""

import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from lxml import html

from amity.accounts import actions
from amity.accounts.browsers import browser_name
from amity.accounts.messages import LETTERS
from amity.accounts.models import Invitation, MandateHeld, User
from amity.foundation.actions import By
from amity.foundation.models import Letter
from amity.foundation.pages.formatting import day
from amity.languages.text import Text
from amity.network.models import Office, Organization
from amity.record.choices import Mandate
from amity.record.models import Dossier

BY = By(command="test")
PASSWORD = "a boat on two rivers"


@pytest.fixture
def office(db) -> Office:
    dossier = Dossier.objects.create(key="test", title=Text.of("Test", "en"), languages=["en"])
    union = Organization.everything.create(
        dossier=dossier,
        key="north-union",
        name=Text.of("Union of the North", "en"),
        readers="public",
    )
    return Office.objects.create(organization=union, timezone="Europe/Oslo")


@pytest.fixture
def officer(office) -> User:
    return person(office, "ida@north.example", Mandate.OFFICER)


def person(office: Office, address: str, *mandates: Mandate, administrator: bool = False) -> User:
    name = address.partition("@")[0].title()
    user = actions.add_user(BY, address, name, "en", administrator=administrator)
    user.set_password(PASSWORD)
    user.save()
    for mandate in mandates:
        actions.give_mandate(BY, user, office, mandate)
    return user


def first(pattern: str, words: str) -> str:
    """What the first group of a pattern finds in a page or letter."""
    found = re.search(pattern, words)
    assert found is not None
    return found[1]


def sign_in(client: Client, address: str = "ida@north.example", password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": address, "password": password})


def prove(client: Client) -> None:
    """Type the password once more."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


@pytest.fixture(autouse=True)
def _no_tries_left_over(db):
    cache.clear()


@pytest.mark.parametrize("language", ["vi", "ru", "fr", "id", "en"])
def test_a_stranger_is_sent_to_sign_in_and_comes_back(client, officer, language):
    asked = client.get(f"/{language}/desk/office/")
    assert asked.status_code == 302
    assert asked["Location"] == f"/{language}/sign-in/?next=/{language}/desk/office/"
    page = client.get(asked["Location"])
    assert page.status_code == 200
    fields = {"login": officer.email, "password": PASSWORD, "next": f"/{language}/desk/office/"}
    answer = client.post(f"/{language}/sign-in/", fields)
    assert answer["Location"] == f"/{language}/desk/office/"
    assert "no-store" in client.get(answer["Location"])["Cache-Control"]


def test_the_desk_opens_in_the_persons_own_language(client, officer):
    User.objects.update(language="ru")
    assert sign_in(client)["Location"] == "/ru/desk/"


def test_letters_of_an_address_in_another_case_are_the_same(client, officer):
    assert sign_in(client, "IDA@North.Example").status_code == 302
    assert User.objects.count() == 1


def test_known_and_unknown_addresses_get_the_same_answer(client, officer):
    wrong = sign_in(client, password="wrong words here")
    unknown = sign_in(client, "nobody@north.example")
    assert wrong.status_code == unknown.status_code == 200

    def told(answer):
        words = re.sub(r'value="[^"]*"', "", answer.text)
        return re.sub(r"nobody@|ida@", "", words)

    assert told(wrong) == told(unknown)


def test_asking_for_a_new_password_tells_nothing_and_writes_either_way(client, officer):
    known = client.post(reverse("account_reset_password"), {"email": officer.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@north.example"})
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "ida@north.example",
        "nobody@north.example",
    ]


def test_the_link_to_a_new_password_works_once(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    letter = Letter.objects.get()
    path = first(r"http://testserver(/\S+)", letter.text)
    page = client.get(path, follow=True)
    new = {"password1": "two rivers and a boat", "password2": "two rivers and a boat"}
    client.post(page.redirect_chain[-1][0], new)
    assert sign_in(Client(), password=new["password1"]).status_code == 302
    again = Client().get(path, follow=True)
    assert "has been used, or is too old" in again.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_to_a_new_password_takes_nothing(client, officer, method):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    path = first(r"http://testserver(/\S+)", Letter.objects.get().text)
    before = User.objects.values().get()
    for _ in range(3):
        scanner = Client()
        getattr(scanner, method)(path, follow=True)
        assert scanner.get("/en/desk/").status_code == 302
    assert User.objects.values().get() == before
    page = client.get(path, follow=True)
    new = {"password1": "two rivers and a boat", "password2": "two rivers and a boat"}
    client.post(page.redirect_chain[-1][0], new)
    assert sign_in(Client(), password=new["password1"]).status_code == 302


def test_tries_are_limited_across_clients_and_forged_headers(officer):
    answers = [sign_in_from(Client(), f"10.0.0.{number}") for number in range(12)]
    assert "Too many tries" in answers[-1].text


def sign_in_from(client: Client, forged: str):
    fields = {"login": "ida@north.example", "password": "wrong words here"}
    return client.post(reverse("account_login"), fields, headers={"X-Forwarded-For": forged})


def test_the_session_changes_when_somebody_signs_in(client, officer):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_no_address_leads_away_after_signing_in(client, officer):
    fields = {"login": officer.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(reverse("account_login"), fields)["Location"] == "/en/desk/"


def test_nobody_signs_up(client, db):
    fields = {"email": "new@north.example", "password1": PASSWORD, "password2": PASSWORD}
    for answer in (
        client.get(reverse("account_signup")),
        client.post("/en/sign-in/invited/", fields),
    ):
        assert "by invitation of its office" in answer.text
    assert not User.objects.exists()


# Second factor


def with_app(user: User) -> str:
    """Give somebody an authenticator app; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_a_second_factor_is_asked_for_and_then_lets_in(client, officer):
    secret = with_app(officer)
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert client.get("/en/desk/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "The code is not right" in wrong.text
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/en/desk/").status_code == 200


def test_a_new_password_does_not_go_round_the_second_factor(client, officer):
    with_app(officer)
    client.post(reverse("account_reset_password"), {"email": officer.email})
    path = first(r"http://testserver(/\S+)", Letter.objects.get().text)
    page = client.get(path, follow=True)
    new = {"password1": "two rivers and a boat", "password2": "two rivers and a boat"}
    client.post(page.redirect_chain[-1][0], new)
    assert client.get("/en/desk/").status_code == 302
    assert sign_in(client, password=new["password1"])["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize("weighty", ["signatory", "administrator"])
def test_signatories_and_administrators_must_have_a_second_factor(client, office, weighty):
    if weighty == "signatory":
        user = person(office, "ida@north.example", Mandate.SIGNATORY)
    else:
        user = person(office, "ida@north.example", administrator=True)
    sign_in(client)
    assert client.get("/en/desk/")["Location"] == reverse("mfa_index")
    assert "asks for a second factor" in client.get(reverse("mfa_index")).text
    secret = with_app(user)
    assert client.get("/en/desk/")["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    assert client.get("/en/desk/").status_code == 200
    removed = client.post(reverse("mfa_deactivate_totp"))
    assert "Add another one before you remove this" in removed.text
    assert Authenticator.objects.filter(user=user).exists()


def test_a_recovery_code_lets_in_once(officer):
    with_app(officer)
    code = RecoveryCodes.activate(officer).generate_codes()[0]
    for expected in (200, 302):
        client = Client()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert client.get("/en/desk/").status_code == expected
        cache.clear()


@pytest.mark.parametrize(
    "name",
    [
        "profile",
        "account_change_password",
        "usersessions_list",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "office",
        "desk",
        "account_logout",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_an_account_opens(client, officer, name, language):
    sign_in(client)
    prove(client)
    with translation.override(language):
        path = reverse(name)
    page = client.get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_first_password_is_asked_for_in_words_of_ours(client, officer):
    User.objects.update(password="!")
    client.force_login(User.objects.get())
    page = client.get("/vi/desk/account/password/set/")
    assert re.findall(r"<label[^>]*>([^<]*)</label>", page.text)[-2:] == [
        "Mật khẩu mới",
        "Nhập lại mật khẩu mới",
    ]
    fields = {"password1": PASSWORD, "password2": f"{PASSWORD}s"}
    refused = client.post("/vi/desk/account/password/set/", fields)
    assert "Hai mật khẩu không giống nhau" in refused.text
    client.post("/vi/desk/account/password/set/", fields | {"password2": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)


def test_setting_up_an_app_shows_codes_once(client, officer, django_capture_on_commit_callbacks):
    sign_in(client)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    prove(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = first(r"<code>([A-Z2-7]+)</code>", page.text)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    code = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    assert code in answer.text
    assert code not in client.get(reverse("mfa_view_recovery_codes")).text
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    told = set(Letter.objects.values_list("subject", flat=True))
    assert told == {"An authenticator app was added"}


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("(X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("(Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("(iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("(Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_has_the_name_that_its_owner_knows(agent, name):
    assert browser_name(agent) == name


def test_a_passkey_without_a_name_is_numbered_in_the_language_of_its_owner(client, officer):
    sign_in(client)
    prove(client)
    with translation.override("vi"):
        assert 'value="Khóa truy cập 1"' in client.get(reverse("mfa_add_webauthn")).text


def test_other_sessions_are_signed_out(client, officer):
    sign_in(client)
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/1 Firefox/140.0"})
    sign_in(other)
    page = client.get(reverse("usersessions_list"))
    assert page.text.count("<tr>") == 3
    assert page.text.count("Firefox, Windows") == 1
    client.post(reverse("usersessions_list"))
    assert other.get("/en/desk/").status_code == 302
    assert client.get("/en/desk/").status_code == 200


# Invitations


def invited(client: Client, address: str = "First.Last+vn@Example.org", mandate="editor") -> str:
    """Invite somebody in the office's page; returns the path of the link in the letter."""
    fields = {"email": address, "language": "vi", "mandate": mandate}
    assert client.post(reverse("office"), fields).status_code == 302
    letter = Letter.objects.get(to=address)
    assert letter.language == "vi"
    return first(r"http://testserver(/\S+)", letter.text)


JOINING = {
    "name": "Trần Văn An",
    "language": "vi",
    "timezone": "Asia/Ho_Chi_Minh",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def test_an_invitation_is_taken_up_once(client, officer):
    sign_in(client)
    path = invited(client)
    guest = Client()
    for _ in range(3):  # a scanner of mails may open it first
        assert guest.get(path).status_code == 200
    answer = guest.post(path, JOINING)
    assert answer["Location"] == "/vi/desk/"
    user = User.objects.get(email="First.Last+vn@Example.org")
    held = MandateHeld.objects.get(user=user)
    assert (held.mandate, held.ended, user.name) == ("editor", None, "Trần Văn An")
    assert guest.get("/vi/desk/").status_code == 200
    again = Client().post(path, JOINING)
    assert again.status_code == 410
    assert sign_in(Client(), "first.last+vn@example.org").status_code == 302
    assert User.objects.count() == 2
    assert not [one for one in Invitation.objects.all() if one.is_open]


def test_an_invitation_opened_as_somebody_else_stays_open(client, officer):
    sign_in(client)
    path = invited(client)
    page = client.get(path)
    assert "First.Last+vn@Example.org" in page.text
    assert "ida@north.example" in page.text
    assert client.post(path, JOINING).status_code == 403
    assert Invitation.objects.get().is_open
    assert MandateHeld.objects.filter(user=officer).count() == 1
    assert Client().post(path, JOINING).status_code == 302


def test_somebody_who_signs_in_already_accepts_after_signing_in(client, office, officer):
    known = person(office, "per@north.example")
    sign_in(client)
    path = invited(client, "PER@north.example")
    other = Client()
    assert other.post(path, JOINING).status_code == 403
    sign_in(other, "per@north.example")
    assert other.post(path).status_code == 302
    assert MandateHeld.objects.get(user=known).mandate == "editor"
    assert User.objects.count() == 2


def test_pages_behind_a_link_keep_their_secret_and_let_their_form_say_where_it_is_from(
    client, officer
):
    """Browsers send `Origin: null` with a form of a page that sends no referrer at all."""
    sign_in(client)
    path = invited(client)
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(path)
    assert page["Referrer-Policy"] == "same-origin"
    fields = JOINING | {
        "csrfmiddlewaretoken": first(r'csrfmiddlewaretoken" value="(\w+)', page.text)
    }
    assert strict.post(path, fields, headers={"Origin": "null"}).status_code == 403
    assert strict.post(path, fields, headers={"Origin": "http://testserver"}).status_code == 302


def test_a_withdrawn_an_old_and_an_unknown_invitation_do_nothing(client, officer):
    sign_in(client)
    path = invited(client)
    client.post(reverse("withdraw_invitation", args=[Invitation.objects.get().pk]))
    assert Client().get(path).status_code == 410
    assert Client().post(path, JOINING).status_code == 410
    assert Client().get("/en/invitations/guessed/").status_code == 410
    assert User.objects.count() == 1


def test_one_officer_invites_so_many_within_a_day_and_is_told_when_again(
    client, office, officer, monkeypatch
):
    monkeypatch.setattr(actions, "INVITED_A_DAY", 3)
    sign_in(client)
    for number in range(3):
        invited(client, f"person-{number}@north.example")
    first_of_them = timezone.now() - timedelta(hours=20)
    Invitation.objects.filter(email="person-0@north.example").update(made_at=first_of_them)
    client.post(
        reverse("withdraw_invitation", args=[Invitation.objects.latest("pk").pk])
    )  # it was a letter all the same
    fields = {"email": "one-more@north.example", "language": "vi", "mandate": "editor"}
    refused = client.post(reverse("office"), fields)
    assert refused.status_code == 422
    again = timezone.localtime(first_of_them + timedelta(days=1), ZoneInfo(officer.timezone))
    words = html.fromstring(refused.text).text_content()
    assert (
        f"You have invited 3 people within a day. You can invite again from {day(again.date())}"
        in (words.replace("\u00a0", " "))
    )
    assert f", {again:%H:%M}." in words
    assert 'value="one-more@north.example"' in refused.text
    assert Letter.objects.filter(to="one-more@north.example").count() == 0
    per = person(office, "per@north.example", Mandate.OFFICER)
    theirs = Client()
    sign_in(theirs, per.email)
    invited(theirs, "one-more@north.example")
    Invitation.objects.filter(email="person-0@north.example").update(
        made_at=timezone.now() - timedelta(days=1, minutes=1)
    )
    invited(client, "another@north.example")


@pytest.mark.parametrize("mandate", ["editor", "observer", "reviewer", "signatory"])
def test_only_officers_invite_and_end(client, office, officer, mandate):
    user = person(office, "per@north.example", Mandate(mandate))
    if mandate == "signatory":
        secret = with_app(user)
        sign_in(client, user.email)
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    else:
        sign_in(client, user.email)
    fields = {"email": "new@north.example", "language": "en", "mandate": "officer"}
    assert client.post(reverse("office"), fields).status_code == 403
    assert client.post(reverse("end_mandates", args=[officer.pk])).status_code == 403
    assert not Invitation.objects.exists()


def test_leaving_ends_mandates_at_once_and_the_last_officer_hands_over(client, office, officer):
    sign_in(client)
    refused = client.post(reverse("end_mandates", args=[officer.pk]), follow=True)
    assert "Nobody else can invite people" in refused.text
    other = person(office, "per@north.example", Mandate.OFFICER)
    client.post(reverse("end_mandates", args=[other.pk]))
    third = person(office, "liv@north.example", Mandate.OFFICER)
    client.post(reverse("end_mandates", args=[officer.pk]))
    assert set(MandateHeld.objects.filter(ended=None).values_list("user", flat=True)) == {third.pk}
    assert client.get(reverse("office")).status_code == 403


def test_whoever_is_sent_away_does_not_come_back_by_an_invitation_of_their_own(
    client, office, officer
):
    """Whoever leaves by themselves has handed over: whom they invited may still come."""
    other = person(office, "per@north.example", Mandate.OFFICER)
    theirs, ours = Client(), Client()
    sign_in(theirs, other.email)
    sign_in(ours)
    back = invited(theirs, "per.at.home@example.org", "officer")
    kept = invited(ours, "liv@north.example", "officer")
    ours.post(reverse("end_mandates", args=[other.pk]))
    assert Client().get(back).status_code == 410
    assert Client().post(back, JOINING).status_code == 410
    assert set(User.objects.values_list("pk", flat=True)) == {officer.pk, other.pk}
    third = person(office, "ann@north.example", Mandate.OFFICER)
    ours.post(reverse("end_mandates", args=[officer.pk]))
    assert Client().post(kept, JOINING).status_code == 302
    held = MandateHeld.objects.filter(ended=None, office=office)
    assert set(held.values_list("user__email", flat=True)) == {third.email, "liv@north.example"}


def test_whoever_has_two_mandates_of_an_office_loses_both_at_once(client, office, officer):
    other = person(office, "per@north.example", Mandate.OFFICER, Mandate.EDITOR)
    sign_in(client)
    assert client.post(reverse("end_mandates", args=[other.pk])).status_code == 302
    assert set(MandateHeld.objects.filter(ended=None).values_list("user", flat=True)) == {
        officer.pk
    }


def test_whoever_acts_for_several_offices_changes_with_one_act(client, office, officer):
    other = Organization.everything.create(
        dossier=office.organization.dossier,
        key="choir",
        name=Text.of("Choir of the North", "en"),
        readers="public",
    )
    desk = Office.objects.create(organization=other)
    actions.give_mandate(BY, officer, desk, Mandate.OBSERVER)
    foreign = Office.objects.create(
        organization=Organization.everything.create(
            dossier=office.organization.dossier, key="x", name=Text.of("X", "en"), readers="public"
        )
    )
    sign_in(client)
    client.post(reverse("choose_office"), {"office": office.pk})
    assert "Union of the North" in client.get(reverse("office")).text
    client.post(reverse("choose_office"), {"office": desk.pk})
    page = client.get(reverse("office"))
    assert "Invite somebody" not in page.text
    assert client.post(reverse("choose_office"), {"office": foreign.pk}).status_code == 403
    assert client.post(reverse("choose_office"), {"office": "x"}).status_code == 403


def test_the_command_invites_an_administrator(client, db, capsys):
    from django.core.management import call_command

    call_command("invite", "root@example.org", "--administrator")
    path = capsys.readouterr().out.strip().removeprefix("http://testserver")
    answer = client.post(path, JOINING | {"language": "en"})
    assert answer["Location"] == "/en/desk/"
    assert User.objects.get().administrator
    assert client.get("/en/desk/")["Location"] == reverse("mfa_index")


def test_public_pages_know_nobody_and_set_no_cookie(client, officer):
    sign_in(client)
    for path in ("/en/", "/en/gatherings/", "/en/about/", "/en/nowhere/"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert officer.name not in answer.text


def test_every_letter_and_message_of_the_library_has_words_of_ours():
    """Those of features that are used here; the others are named, so that a new one is seen."""
    folder = Path(allauth.__file__).parent
    sources = [
        path.read_text()
        for app in ("account", "mfa", "socialaccount", "usersessions")
        for path in (folder / app).rglob("*.py")
        if "tests" not in path.parts
    ]
    found = {
        name
        for source in sources
        for name in re.findall(r'"((?:account|mfa|socialaccount)/email/[a-z_]+)"', source)
    }
    unused = {
        "account/email/account_already_exists",  # nobody signs up
        "account/email/login_code",  # no signing in by code
        "account/email/password_reset_code",  # a link is sent
    }
    assert found - unused == set(LETTERS)


def shown_zone(path: str) -> str:
    page = html.fromstring(Client().get(path).text)
    return str(page.xpath("//select[@name='timezone']/option[@selected]/@value")[0])


def zone_select(path: str):
    (found,) = html.fromstring(Client().get(path).text).xpath("//select[@name='timezone']")
    return found


@pytest.mark.parametrize(
    ("of_office", "of_officer", "of_others", "begins_as"),
    [
        ("Europe/Oslo", "Europe/Rome", "Europe/Paris", "Europe/Oslo"),
        ("UTC", "Asia/Saigon", "Europe/Paris", "Asia/Ho_Chi_Minh"),
        ("UTC", "UTC", "Europe/Paris", "Europe/Paris"),
        ("UTC", "UTC", "UTC", "UTC"),
    ],
)
def test_a_new_persons_clocks_begin_as_those_of_who_invites(
    client, officer, office, of_office, of_officer, of_others, begins_as
):
    Office.objects.filter(pk=office.pk).update(timezone=of_office)
    colleague = actions.add_user(BY, "kari@north.example", "Kari", "en")
    actions.give_mandate(BY, colleague, office, Mandate.EDITOR)
    User.objects.filter(pk=colleague.pk).update(timezone=of_others)
    sign_in(client)
    User.objects.exclude(pk=colleague.pk).update(timezone=of_officer)
    path = invited(client)
    zones = zone_select(path)
    assert shown_zone(path) == begins_as
    # Only where nothing tells may a browser say it.
    assert ("data-own-zone" in zones.attrib) == (begins_as == "UTC")
    answer = Client().post(path, JOINING | {"timezone": "Asia/Saigon"})
    assert answer.status_code == 302
    assert User.objects.get(name="Trần Văn An").timezone == "Asia/Saigon"


def test_zones_are_called_by_their_places_in_the_readers_language(client, officer):
    sign_in(client)
    options = zone_select(invited(client)).xpath("option")
    words = [one.text for one in options]
    by_zone = {one.get("value"): one.text for one in options}
    assert by_zone["Europe/Moscow"] == "Mát-xcơ-va (UTC+3)"
    assert by_zone["Asia/Ho_Chi_Minh"] == "TP Hồ Chí Minh (UTC+7)"
    assert "Asia/Saigon" not in by_zone
    assert len({*words}) == len(words)
    assert words[:2] == ["UTC", "Abidjan (UTC+0)"]

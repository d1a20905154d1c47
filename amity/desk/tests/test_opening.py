"""A new installation: its administrator begins a partnership, and both offices begin to work."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from lxml import html

from amity.accounts.models import Invitation, User
from amity.accounts.tests.test_sign_in import code_of
from amity.desk.tests.test_desk import typed
from amity.foundation.actions import By
from amity.foundation.models import Letter
from amity.languages.text import Text
from amity.network.models import (
    Agreement,
    Area,
    Office,
    Organization,
    Partnership,
    Person,
    Side,
    SideOffice,
)
from amity.record.actions import rebuild
from amity.record.models import Dossier, Standing

pytestmark = pytest.mark.django_db
PASSWORD = "a boat on two rivers"
JOINING = {
    "name": "Ada",
    "language": "en",
    "timezone": "UTC",
    "password1": PASSWORD,
    "password2": PASSWORD,
}
OPENING = {
    "kind": "twinning",
    "language": "en",
    "first-place": "Ashwick",
    "first-kind": "city",
    "first-office": "Office of Ashwick",
    "first-office_kind": "authority",
    "first-timezone": "Europe/London",
    "first-mail": "olga@example.org",
    "second-place": "Vale",
    "second-kind": "city",
    "second-office": "Office of Vale",
    "second-office_kind": "authority",
    "second-timezone": "Europe/Rome",
    "second-mail": "",
}
TOLD = r"/en/invitations/[\w-]+/"


@pytest.fixture
def administrator(db, capsys, settings) -> Client:
    """Whom the command has invited, with a second factor set up; there is no mail server yet."""
    settings.EMAIL_BACKEND = ""
    call_command("invite", "ada@example.org", "--administrator")
    client = Client()
    client.post(capsys.readouterr().out.strip().removeprefix("http://testserver"), JOINING)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, "the password was typed a moment ago"
    found = re.search(r"<code>([A-Z2-7]+)</code>", page.text)
    assert found is not None
    client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert Authenticator.objects.filter(type="totp").count() == 1
    return client


def begin(client: Client, **more: str | list[str]) -> str:
    """Begin a partnership in the page; returns what the page then says."""
    answer = client.post(reverse("desk_offices"), OPENING | more)
    assert answer.status_code == 302, re.findall(r'role="alert".*?</div>', answer.text, re.S)
    return client.get(answer["Location"]).text


def officer(path: str, name: str = "Olga") -> Client:
    """Whoever takes up an invitation by its link."""
    client = Client()
    assert client.post(path, JOINING | {"name": name}).status_code == 302
    return client


def invited(client: Client, office: str, address: str) -> str:
    """The link of an invitation that the administrator sends to an office."""
    number = Office.objects.get(organization__key=office).pk
    fields = {"officer-to": number, "officer-email": address, "officer-language": "en"}
    answer = client.post(reverse("desk_invite_officer"), fields, follow=True)
    found = re.search(TOLD, answer.text)
    assert found is not None
    return found[0]


def test_the_first_page_of_an_administrator_leads_to_the_offices(administrator):
    page = administrator.get("/en/desk/")
    assert page.status_code == 200, "the second factor was shown a moment ago"
    menu = re.findall(r'<a href="([^"]*)"', page.text.partition('class="sections"')[2])[:2]
    assert menu == ["/en/desk/", "/en/desk/offices/"]
    assert "act for no office" in page.text
    assert "No office works here yet" in administrator.get("/en/desk/offices/").text


def test_two_offices_begin_to_work(administrator):
    page = begin(administrator)
    links = re.findall(TOLD, page)
    assert len(links) == 1
    assert list(Invitation.objects.values_list("email", "mandate")) == [
        ("olga@example.org", "officer"),
        ("ada@example.org", ""),
    ]
    partnership = Partnership.everything.get()
    assert (partnership.key, partnership.keeper, partnership.readers) == (
        "ashwick-vale",
        "partnership:ashwick-vale",
        "partnership:ashwick-vale",
    )
    assert list(Side.everything.order_by("position").values_list("key", "keeper", "readers")) == [
        ("ashwick", "partnership:ashwick-vale", "partnership:ashwick-vale"),
        ("vale", "partnership:ashwick-vale", "partnership:ashwick-vale"),
    ]
    assert list(Organization.objects.order_by("key").values_list("key", "keeper")) == [
        ("office-of-ashwick", "organization:office-of-ashwick"),
        ("office-of-vale", "organization:office-of-vale"),
    ]
    spoken = SideOffice.objects.order_by("pk")
    assert list(spoken.values_list("office__organization__key", "side__key", "voice")) == [
        ("office-of-ashwick", "ashwick", True),
        ("office-of-vale", "vale", True),
    ]
    assert list(Office.objects.order_by("pk").values_list("timezone", flat=True)) == [
        "Europe/London",
        "Europe/Rome",
    ]
    assert not Standing.objects.exists(), "the administrator confirms nothing for a side"
    olga = officer(links[0])
    marco = officer(invited(administrator, "office-of-vale", "marco@example.org"), "Marco")
    for one in (olga, marco):
        assert one.get("/en/desk/records/partnerships/ashwick-vale/").status_code == 200
        assert "Ashwick – Vale" in one.get("/en/desk/confirm/").text
    address = reverse("desk_new", args=["persons"])
    for one, name in ((olga, "Ann"), (marco, "Gina")):
        form = typed(one.get(address)) | {"name-en": name, "act": "save"}
        assert one.post(address, form).status_code == 302
    kept = Person.everything.order_by("key").values_list("key", "keeper")
    assert list(kept) == [
        ("ann", "organization:office-of-ashwick"),
        ("gina", "organization:office-of-vale"),
    ]
    assert rebuild(By(command="test"), only_check=True) == []


def test_texts_are_typed_in_every_language_and_releases_name_those_of_the_sides(administrator):
    offered = administrator.get("/en/desk/offices/").text
    boxes = re.findall(r'name="languages" value="(\w+)".*?<label for="[\w-]+">(.*?)<', offered)
    assert ("vi", "Tiếng Việt") in boxes
    assert len(boxes) == 5
    page = begin(administrator, languages=["id", "vi"])
    assert Dossier.objects.get().languages == ["en", "id", "vi"]
    olga = officer(re.findall(TOLD, page)[0])
    at = reverse("desk_record", args=["partnerships", "ashwick-vale"])
    form = typed(olga.get(f"{at}edit/"))
    typable = sorted(name for name in form if name.startswith("name-") and name[5:] != "original")
    assert typable == ["name-en", "name-fr", "name-id", "name-ru", "name-vi"]
    words = {"name-fr": "Jumelage d’Ashwick et de Vale", "act": "save"}
    assert olga.post(f"{at}edit/", form | words).status_code == 302
    name = Partnership.everything.get().name
    assert {tag: version.words for tag, version in name.versions.items()} == {
        "en": "Ashwick – Vale",
        "fr": "Jumelage d’Ashwick et de Vale",
    }
    lacking = olga.get(f"{at}release/").text
    assert [said for said in ("Indonesian", "Vietnamese", "Russian") if said in lacking] == [
        "Indonesian",
        "Vietnamese",
    ]


def test_a_first_agreement_is_that_of_the_one_partnership(administrator):
    page = begin(administrator)
    olga = officer(re.findall(TOLD, page)[0])
    address = reverse("desk_new", args=["agreements"])
    form = olga.get(address)
    ticked = re.findall(r'name="partnerships" value="([\w-]+)" checked', form.text)
    assert ticked == ["ashwick-vale"]
    sent = typed(form) | {
        "partnerships": ticked,
        "kind": "twinning",
        "title-en": "Agreement of the two rivers",
        "status": "signed",
        "act": "save",
    }
    assert olga.post(address, sent).status_code == 302
    agreement = Agreement.everything.get()
    assert (agreement.keeper, agreement.readers) == ("partnership:ashwick-vale",) * 2


def test_another_partnership_of_an_office_adds_its_languages(administrator):
    begin(administrator, languages=["fr"])
    holm = {"second-place": "Holm", "second-office": "Office of Holm"}
    begin(administrator, languages=["ru", "fr"], **holm)
    assert [one.languages for one in Dossier.objects.all()] == [["en", "fr", "ru"]]


def test_what_stands_under_the_same_name_is_taken(administrator):
    begin(administrator)
    more = {"second-place": "Lake", "second-office": "Office of Lake", "fictional": ""}
    begin(administrator, **more)
    assert sorted(Area.objects.values_list("key", flat=True)) == ["ashwick", "lake", "vale"]
    assert Organization.objects.count() == 3
    assert Office.objects.get(organization__key="office-of-ashwick").sides.count() == 2
    assert list(Dossier.objects.values_list("key", "office")) == [
        ("ashwick-vale", "office-of-ashwick")
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "These two have such a partnership already: Ashwick – Vale."),
        ({"second-place": "Ashwick"}, "A place cannot be its own partner."),
        (
            {"second-place": "Lake"},
            "Office of Vale belongs to Vale and cannot speak for Lake.",
        ),
        ({"second-mail": "nobody"}, "Mail address of its first officer"),
        ({"first-place": " "}, "Place"),
    ],
)
def test_what_cannot_be_leaves_nothing(administrator, more, said):
    begin(administrator)
    counted = [one.objects.count() for one in (Area, Organization, Office, Invitation, Letter)]
    answer = administrator.post(reverse("desk_offices"), OPENING | more)
    assert answer.status_code == 422
    assert said in answer.text
    models = (Area, Organization, Office, Invitation, Letter)
    assert [one.objects.count() for one in models] == counted
    assert (Partnership.everything.count(), Side.everything.count()) == (1, 2)


def test_only_administrators_see_the_offices(administrator):
    olga = officer(re.findall(TOLD, begin(administrator))[0])
    assert olga.get(reverse("desk_offices")).status_code == 403
    assert olga.post(reverse("desk_offices"), OPENING).status_code == 403
    fields = {"officer-to": Office.objects.order_by("pk")[0].pk, "officer-email": "x@example.org"}
    assert olga.post(reverse("desk_invite_officer"), fields).status_code == 403
    assert Partnership.everything.count() == 1
    assert User.objects.count() == 2


def test_with_a_mail_server_no_link_is_shown(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = begin(administrator)
    assert "The invitation is on its way." in page
    assert not re.findall(TOLD, page)
    assert Letter.objects.filter(to="olga@example.org").count() == 1


def test_a_long_list_of_offices_is_in_the_readers_words_and_alphabet(administrator):
    begin(administrator)
    names = {
        "office-of-vale": Text.of("Office of Vale", "en").with_translation("vi", "Đơn vị Vale"),
        "office-of-ashwick": Text.of("Office of Ashwick", "en").with_translation("vi", "Văn phòng"),
    }
    for key, name in names.items():
        Organization.everything.filter(key=key).update(name=name)
    page = html.fromstring(administrator.get("/vi/desk/offices/").text)
    there = ["Đơn vị Vale", "Văn phòng"]
    assert [one.text for one in page.xpath("//select[@name='officer-to']/option")] == there
    assert [one.text_content() for one in page.xpath("//ul[@class='tasks']//strong")] == there
    assert page.xpath("//main//p[@class='row']/a/@href") == ["#officer", "#begin"]

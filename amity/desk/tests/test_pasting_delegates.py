"""A list of delegates pasted into a delegation: looked at, added all at once, undone as one."""

import pytest
from django.test import Client
from django.urls import reverse

from amity.delegations.models import Delegate, Delegation, Group
from amity.desk.pasting.columns import recognised
from amity.desk.pasting.table import read
from amity.desk.tests.test_desk import BY, somebody
from amity.desk.tests.test_pasting import states
from amity.foundation.models import Change
from amity.gatherings.models import Gathering
from amity.languages.text import Text
from amity.network.models import Membership, Organization, Person
from amity.record import kinds
from amity.record.actions import rebuild, save
from amity.record.choices import Audience, Mandate
from tests.write.world import World, with_session, words

pytestmark = pytest.mark.django_db

LIST = "\n".join(
    [
        "Họ và tên\tName (en)\tCơ quan\tChức vụ\tVai trò\tNhóm",
        "Trần Quốc Cường\tTran Quoc Cuong\tNorth Union\tGiám đốc\tTrưởng đoàn\tBáo chí",
        "Anna\t\tNorth Union\t\tPhiên dịch\t",
        "Lê Thị Mai\t\t\t\t\tPress",
    ]
)
ADDRESS = "/en/desk/paste/delegates/?part_of=delegation:north-forum-1"


def delegation(world: World) -> Delegation:
    made = Delegation(
        dossier=world.dossier,
        key="north-forum-1",
        gathering=Gathering.everything.get(key="forum-1"),
        side=world.sides[0],
        name=words("Delegation of the north"),
    )
    save(world.north, made)
    return made


@pytest.fixture
def world() -> World:
    world = with_session()
    save(world.north, world.person("anna"), audience=Audience.PUBLIC)
    made = delegation(world)
    group = Group(
        dossier=world.dossier,
        key="press",
        gathering=made.gathering,
        position=1,
        name=words("Press", vi="Báo chí"),
    )
    save(world.north, group)
    return world


@pytest.fixture
def north(world: World) -> Client:
    return somebody("north-office")


def pasted(client: Client, act: str, rows: str = LIST, **more: object):
    return client.post(ADDRESS, {"rows": rows, "act": act, "language": "vi"} | more)


def first(text: Text) -> str:
    return text.versions[text.original].words


def delegates() -> set[tuple[str, ...]]:
    rows = Delegate.everything.select_related("person", "organization", "group")
    return {
        (
            first(one.person.name),
            one.organization.key if one.organization else "",
            first(one.role) if one.role else "",
            one.group.key if one.group else "",
        )
        for one in rows
    }


def test_rows_are_looked_at_then_added_all_at_once_and_undone_as_one(north):
    before = (Person.everything.count(), Organization.everything.count())
    page = pasted(north, "read")
    assert states(page) == ["new", "new", "new"]
    assert not Delegate.everything.exists()
    assert pasted(north, "add", release="on").status_code == 302
    assert delegates() == {
        ("Trần Quốc Cường", "north-union", "Trưởng đoàn", "press"),
        ("Anna", "north-union", "Phiên dịch", ""),
        ("Lê Thị Mai", "", "", "press"),
    }
    cuong = Person.everything.get(key="tran-quoc-cuong")
    assert cuong.name.versions["en"].words == "Tran Quoc Cuong"
    posts = Membership.everything.values_list("person__key", "organization__key")
    assert list(posts) == [("tran-quoc-cuong", "north-union")]
    whole = Change.objects.get(verb="paste", part_of=None)
    assert (whole.kind, whole.key) == ("delegation", "north-forum-1")
    assert whole.details["added"] == 7  # three delegates, two people, their organization, a post
    assert rebuild(BY, only_check=True) == []
    assert states(pasted(north, "read")) == ["the same"] * 3
    north.post(reverse("desk_undo_together", args=[whole.pk]))
    assert not Delegate.everything.exists()
    assert (Person.everything.count(), Organization.everything.count()) == before


def test_nothing_is_added_while_a_group_is_not_known_or_people_are_hidden(north):
    refused = pasted(north, "add", LIST.replace("Press", "Choir"), release="on")
    assert refused.status_code == 422
    assert states(refused) == ["new", "new", "cannot be read"]
    assert "is called “Choir”" in refused.text
    hidden = pasted(north, "add")  # the other side would read of people whom it may not
    assert hidden.status_code == 422
    assert "Release that first" in hidden.text
    assert not Delegate.everything.exists()
    assert Person.everything.count() == 1


def test_one_person_twice_is_asked_about(north):
    page = pasted(north, "read", "Họ và tên\nAnna\nAnna")
    assert states(page) == ["new", "in doubt"]
    left = pasted(north, "add", "Họ và tên\nAnna\nAnna", leave="3")
    assert left.status_code == 302
    assert [one[0] for one in delegates()] == ["Anna"]


def test_only_who_changes_the_delegation_pastes_into_it(north, world):
    assert (
        ADDRESS.partition("/en/")[2]
        in north.get(reverse("desk_record", args=["delegations", "north-forum-1"])).text
    )
    for office in ("south-office", "east-office"):
        assert pasted(somebody(office), "add", release="on").status_code in (403, 404)
    observer = somebody("north-office", Mandate.OBSERVER, name="watcher")
    assert pasted(observer, "add", release="on").status_code == 403
    assert north.get("/en/desk/paste/delegates/").status_code == 404
    assert north.get("/en/desk/paste/delegates/?part_of=gathering:forum-1").status_code == 404
    assert not Delegate.everything.exists()


@pytest.mark.parametrize(
    "headings",
    [
        "Full name\tCompany\tJob title\tRole\tGroup",
        "Họ tên\tĐơn vị\tChức danh\tVai trò\tNhóm",
        "ФИО\tОрганизация\tДолжность\tРоль\tГруппа",
        "Nom\tOrganisme\tFonction\tRôle\tGroupe",
        "Nama\tLembaga\tJabatan\tPeran\tKelompok",
    ],
)
def test_headings_are_known_in_five_languages(headings):
    kind = kinds.by_plural()["delegates"]
    found = recognised(kind, read(headings + "\nx"), ("en", "vi", "ru", "fr", "id"))
    assert found.columns == ("name", "organization", "post", "role", "group")

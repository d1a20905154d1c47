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
    assert north.get("/en/desk/paste/delegates/?part_of=person:anna").status_code == 404
    assert north.get("/en/desk/paste/delegates/?part_of=session:opening").status_code == 404
    assert not Delegate.everything.exists()


@pytest.mark.parametrize(
    "headings",
    [
        "Full name\tCompany\tJob title\tRole in the delegation\tGroup\tDelegation",
        "Họ tên\tĐơn vị\tChức danh\tVai trò trong đoàn\tNhóm\tĐoàn đại biểu",
        "ФИО\tОрганизация\tДолжность\tРоль в делегации\tГруппа\tДелегация",
        "Nom\tOrganisme\tFonction\tRôle dans la délégation\tGroupe\tDélégation",
        "Nama\tLembaga\tJabatan\tPeran dalam delegasi\tKelompok\tDelegasi",
    ],
)
def test_headings_are_known_in_five_languages(headings):
    kind = kinds.by_plural()["delegates"]
    found = recognised(kind, read(headings + "\nx"), ("en", "vi", "ru", "fr", "id"))
    assert found.columns == ("name", "organization", "post", "role", "group", "delegation")


# Into a gathering: each row names its delegation, which may be new

INTO = "/en/desk/paste/delegates/?part_of=gathering:forum-2"
TWO = "Name\tDelegation\tDelegation (vi)\nAnna\tNorth to the forum\tĐoàn phương Bắc\nBo\t{0}\t"


@pytest.fixture
def forum(world: World) -> Gathering:
    """A second forum, to which nobody has sent anybody."""
    made = world.gathering("forum-2")
    save(world.north, made, audience=Audience.PUBLIC)
    return made


def into(client: Client, act: str, rows: str, **more: object):
    return client.post(INTO, {"rows": rows, "act": act, "language": "en"} | more)


def sent_to(forum: Gathering) -> list[tuple[str, str, list[str]]]:
    """The delegations to a gathering: what each is called, its side and who is in it."""
    found = Delegation.everything.filter(gathering=forum).order_by("key")
    return [
        (
            first(one.name),
            one.keeper,
            sorted(first(delegate.person.name) for delegate in one.delegates.all()),
        )
        for one in found
    ]


def test_a_delegation_that_is_not_there_is_begun_with_its_people_and_undone_with_them(
    north, world, forum
):
    rows = TWO.format("North to the forum")
    page = into(north, "read", rows)
    assert states(page) == ["new", "new"]
    assert page.text.count("New delegation: North to the forum") == 2
    assert sent_to(forum) == []
    added = into(north, "add", rows, release="on")
    assert added["Location"] == reverse("desk_record", args=["gatherings", "forum-2"])
    assert sent_to(forum) == [("North to the forum", "side:twins-north", ["Anna", "Bo"])]
    made = Delegation.everything.get(gathering=forum)
    assert made.name.versions["vi"].words == "Đoàn phương Bắc"
    whole = Change.objects.get(verb="paste", part_of=None)
    assert (whole.kind, whole.key, whole.details["added"]) == ("gathering", "forum-2", 4)
    assert rebuild(BY, only_check=True) == []
    assert states(into(north, "read", rows)) == ["the same"] * 2
    more = "Name\nCao"  # without a name, into the one that the side has
    assert into(north, "add", more, release="on").status_code == 302
    assert sent_to(forum)[0][2] == ["Anna", "Bo", "Cao"]
    last = Change.objects.filter(verb="paste", part_of=None).latest("pk")
    for one in (last, whole):
        north.post(reverse("desk_undo_together", args=[one.pk]))
    assert sent_to(forum) == []


def test_one_side_sends_one_delegation_and_none_for_another(north, world, forum):
    refused = into(north, "add", TWO.format("The other bus"), release="on")
    assert (refused.status_code, states(refused)) == (422, ["new", "cannot be read"])
    assert "Your side has a delegation here, “North to the forum”: one side sends one." in (
        refused.text
    )
    assert sent_to(forum) == []
    theirs = Delegation(
        dossier=world.dossier,
        key="south-forum-2",
        gathering=forum,
        side=world.sides[1],
        name=words("South to the forum"),
    )
    save(world.south, theirs)
    refused = into(north, "add", TWO.format("south to the FORUM"), release="on")
    assert (refused.status_code, states(refused)) == (422, ["new", "cannot be read"])
    assert "is the delegation of another side, which enters its own people." in refused.text
    assert sent_to(forum) == [("South to the forum", "side:twins-south", [])]
    unsaid = into(north, "add", "Name\nAnna", release="on")
    assert (unsaid.status_code, states(unsaid)) == (422, ["cannot be read"])
    assert "Say to which delegation this person belongs." in unsaid.text


def test_a_row_that_is_left_out_begins_nothing(north, forum):
    rows = TWO.format("North to the forum")
    assert into(north, "add", rows, release="on", leave="2").status_code == 302
    assert sent_to(forum) == [("North to the forum", "side:twins-north", ["Bo"])]


def test_what_the_side_has_already_is_named_beside_a_new_name(north, world):
    rows = "Name\tDelegation\nAnna\tAnother delegation"
    refused = north.post(
        "/en/desk/paste/delegates/?part_of=gathering:forum-1",
        {"rows": rows, "act": "add", "language": "en"},
    )
    assert refused.status_code == 422
    assert "Your side has a delegation here, “Delegation of the north”" in refused.text
    assert Delegation.everything.count() == 1
    within = pasted(north, "add", rows)  # and into a delegation itself goes nobody else's
    assert within.status_code == 422
    assert not Delegate.everything.exists()


def test_only_who_writes_for_a_side_of_the_gathering_begins_a_delegation(north, world, forum):
    assert INTO in north.get(reverse("desk_record", args=["gatherings", "forum-2"])).text
    for client in (somebody("east-office"), somebody("north-office", Mandate.OBSERVER, name="w")):
        answer = into(client, "add", TWO.format("North to the forum"), release="on")
        assert answer.status_code in (403, 404)
    assert sent_to(forum) == []

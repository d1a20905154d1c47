"""Rows pasted from a sheet, as an officer meets them: looked at, corrected, added, undone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from amity.desk.pasting.columns import recognised
from amity.desk.pasting.table import MOST_LINES, read
from amity.desk.tests.test_desk import BY, somebody
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Contribution
from amity.network.models import Membership, Organization, Person
from amity.record import kinds
from amity.record.actions import rebuild, save
from amity.record.choices import Audience, Mandate
from tests.write.world import build, with_session

pytestmark = pytest.mark.django_db

LIST = "\n".join(
    [
        "Delegation to the forum\t\t",
        "Họ và tên\tĐơn vị / Organisation\tChức vụ",
        "Trần Quốc Cường\tNorth Union\tDirector",
        '"Lê Thị ""Hoa"" Mai"\tPort of North\tHead of\xa0protocol',
        "Anna\t\t",
    ]
)


def people(client: Client, rows: str, act: str = "look", **more: object):
    sent = {"rows": rows, "act": act} | more
    return client.post(reverse("desk_paste", args=["persons"]), sent)


def states(page) -> list[str]:
    body = page.text.partition("<tbody>")[2]
    return re.findall(r'<td><span class="chip[^"]*">([^<]*)</span>', body)


def names(**where: object) -> set[str]:
    return {one.name.original_words for one in Person.everything.filter(**where)}


@pytest.fixture
def north() -> Client:
    world = build()
    save(world.north, world.person("anna"), audience=Audience.PUBLIC)
    return somebody("north-office")


def test_rows_are_looked_at_before_anything_is_added(north):
    page = people(north, LIST, "read")
    assert states(page) == ["new", "new", "the same"]
    assert re.findall(r'<option value="(\w+)" selected>', page.text.partition("<thead>")[2]) == [
        "name",
        "organization",
        "post",
        "anna",
    ]
    assert re.findall(r"New organization: ([^<]*)", page.text) == ["North Union", "Port of North"]
    assert ">Anna</option>" in page.text
    assert Person.everything.count() == 1


def test_the_spaces_that_french_sets_before_marks_stay_and_stray_ones_do_not():
    cells = "Qui\xa0vient\u202f?", "«\xa0Port\xa0»\xa0:  hier", "30\u202f000 tonnes"
    kept = "Qui vient\u202f?", "«\xa0Port\xa0»\xa0: hier", "30\u202f000 tonnes"
    assert read("\t".join(cells)) == [kept]


def test_they_become_people_with_posts_all_at_once_and_undone_as_one(north):
    assert people(north, LIST, "add", language="vi").status_code == 302
    added = Person.everything.exclude(key="anna")
    assert {one.name.original: one.readers for one in added} == {"vi": "organization:north-office"}
    assert {one.name.versions["vi"].words for one in added} == {
        "Trần Quốc Cường",
        'Lê Thị "Hoa" Mai',
    }
    posts = {
        (one.person.key, one.organization.name.versions["vi"].words, one.title.versions["vi"].words)
        for one in Membership.everything.select_related("person", "organization")
    }
    assert posts == {
        ("tran-quoc-cuong", "North Union", "Director"),
        ("le-thi-hoa-mai", "Port of North", "Head of protocol"),
    }
    assert rebuild(BY, only_check=True) == []
    whole = Change.objects.get(verb="paste", part_of=None)
    assert whole.steps.count() == whole.details["added"] == 6
    page = north.get(reverse("desk_history")).text
    assert "6 records" in page
    north.post(reverse("desk_undo_together", args=[whole.pk]))
    assert set(Person.everything.values_list("key", flat=True)) == {"anna"}
    assert not Membership.everything.exists()
    assert set(Organization.everything.values_list("key", flat=True)) == {
        "north-office",
        "south-office",
        "east-office",
    }


def test_later_work_on_one_of_them_keeps_all_of_them(north):
    people(north, LIST, "add")
    acting_person = Person.everything.get(key="tran-quoc-cuong")
    client = somebody("north-office", name="second")
    form = {"name-en": "Trần Quốc Cường", "summary-en": "Knows the harbour.", "act": "save"}
    edited = client.post(reverse("desk_edit", args=["persons", acting_person.key]), form)
    assert edited.status_code == 302
    whole = Change.objects.get(verb="paste", part_of=None)
    answer = north.post(reverse("desk_undo_together", args=[whole.pk]), follow=True)
    assert "summary" in answer.text.casefold()
    assert Person.everything.count() == 3


def test_another_office_neither_sees_nor_undoes_them(north):
    people(north, LIST, "add")
    south = somebody("south-office")
    whole = Change.objects.get(verb="paste", part_of=None)
    assert south.post(reverse("desk_undo_together", args=[whole.pk])).status_code == 404
    page = people(south, "Name\nTran Quoc Cuong\nAnna", "read")
    assert states(page) == ["new", "the same"]
    assert "tran-quoc-cuong" not in page.text
    assert Person.everything.count() == 3


def test_who_is_called_alike_is_asked_for_and_nothing_is_added_before(north):
    people(north, LIST, "add")
    rows = "ФИО (рус.)\tСтрана\nЧан Куок Кыонг\t\nПётр Иванов\t"
    page = people(north, rows, "add", **{"column-0": "name:ru", "heading": "1"})
    assert (page.status_code, states(page)) == (422, ["in doubt", "new"])
    assert "tran-quoc-cuong" in page.text
    assert Person.everything.count() == 3
    answered = people(
        north, rows, "add", **{"column-0": "name:ru", "heading": "1", "answer-2-0": "new"}
    )
    assert answered.status_code == 302
    assert Person.everything.count() == 5
    assert "Пётр Иванов" in {
        one.name.versions["ru"].words for one in Person.everything.all() if "ru" in one.name.tags
    }


def test_the_same_name_twice_is_asked_for_and_one_can_be_left_out(north):
    rows = "Name\nOlga Petrova\nOlga  Petrova"
    page = people(north, rows, "add")
    assert (page.status_code, states(page)) == (422, ["new", "in doubt"])
    assert "The same stands in row 2." in page.text
    assert people(north, rows, "add", leave="3").status_code == 302
    assert Person.everything.count() == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("\tNorth Union\tDirector", "The name is missing."),
        ("Ivan\t\tDirector", "A post needs its organization."),
        ("Iv\u202ean\tNorth Union\tDirector", "U+202E"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_row_and_stops_all(north, row, said):
    page = people(north, f"Name\tOrganization\tPost\nOlga\t\t\n{row}", "add")
    assert (page.status_code, states(page)) == (422, ["new", "cannot be read"])
    assert said in page.text
    assert Person.everything.count() == 1


def test_organizations_have_a_kind_and_a_place_in_words(north):
    rows = "Организация;Тип;Город;Сайт\nМузей;питомник;North;https://museum.example/\n"
    address = reverse("desk_paste", args=["organizations"])
    page = north.post(address, {"rows": rows, "act": "add", "language": "ru"})
    assert page.status_code == 422
    assert "“питомник” is none of these: friendship union, " in page.text
    rows = rows.replace("питомник", "Фонд")
    assert north.post(address, {"rows": rows, "act": "add", "language": "ru"}).status_code == 302
    made = Organization.everything.get(key="muzey")
    assert made.area is not None
    assert (made.kind, made.area.key, made.url) == (
        "foundation",
        "north",
        "https://museum.example/",
    )


@pytest.fixture
def programme():
    world = with_session()
    save(world.north, world.person("anna"), audience=Audience.PUBLIC)
    return somebody("north-office")


CONTRIBUTIONS = (
    "Time,Title,Speakers\n"
    "2025-09-30 09:00-09:30,Harbours,Anna; Boris Orlov\n"
    '2025-09-30 9h30,"Trade, and what follows",Boris Orlov\n'
)


def contributions(client: Client, act: str, **more: object):
    address = reverse("desk_paste", args=["contributions"]) + "?part_of=session:opening"
    return client.post(address, {"rows": CONTRIBUTIONS, "act": act} | more)


def test_contributions_bring_their_speakers(programme):
    looked_at = contributions(programme, "read")
    assert states(looked_at) == ["new", "new"], re.findall('class="fault">([^<]*)', looked_at.text)
    refused = contributions(programme, "add")  # the public would read whom it may not
    assert refused.status_code == 422
    assert not Contribution.everything.exists()
    assert contributions(programme, "add", release="on").status_code == 302
    found = [
        (one.position, f"{one.starts_at:%F %H:%M}", [who.person.key for who in one.speakers.all()])
        for one in Contribution.everything.order_by("position")
    ]
    assert found == [
        (1, "2025-09-30 02:00", ["anna", "boris-orlov"]),
        (2, "2025-09-30 02:30", ["boris-orlov"]),
    ]
    assert states(contributions(programme, "read")) == ["the same", "the same"]
    assert rebuild(BY, only_check=True) == []


def test_a_stranger_to_the_gathering_adds_nothing_to_it(programme):
    east = somebody("east-office")
    assert contributions(east, "add", release="on").status_code == 403
    assert not Contribution.everything.exists()


def test_who_only_reads_pastes_nothing(north):
    observer = somebody("north-office", Mandate.OBSERVER, name="looks-on")
    assert observer.get(reverse("desk_paste", args=["persons"])).status_code == 403
    assert people(observer, LIST, "add").status_code == 403


def test_only_what_rows_can_become_has_the_page(north):
    assert north.get(reverse("desk_paste", args=["gatherings"])).status_code == 404
    assert north.get(reverse("desk_paste", args=["contributions"])).status_code == 404


FOUR = "name family_name organization post"
SESSION = "starts_at title speakers session"


@pytest.mark.parametrize(
    ("plural", "headings", "columns"),
    [
        ("persons", "Full name\tSurname\tCompany\tJob title", FOUR),
        ("persons", "Họ và tên\tHọ\tCơ quan\tChức vụ", FOUR),
        ("persons", "ФИО\tФамилия\tМесто работы\tДолжность", FOUR),
        ("persons", "Nom et prénom\tNom de famille\tOrganisme\tFonction", FOUR),
        ("persons", "Nama lengkap\tMarga\tInstansi\tJabatan", FOUR),
        ("persons", "Name (ru)\tName in Vietnamese\tNom", "name:ru name:vi name"),
        ("persons", "Nr\tHọ tên tiếng Nga\tHọ tên", "- name:ru name"),
        ("contributions", "Thời gian\tTên tham luận\tDiễn giả", "starts_at title speakers"),
        ("contributions", "Начало\tТема доклада\tДокладчик\tСекция", SESSION),
        ("contributions", "Heure\tTitre\tIntervenants\tSéance", SESSION),
        ("contributions", "Waktu\tJudul\tPembicara\tSesi", SESSION),
        ("organizations", "Tên\tLoại\tThành phố", "name kind area"),
        ("organizations", "Lembaga\tJenis\tKota\tSitus web", "name kind area url"),
        ("persons", "Whoever comes\tCompany\tJob title", "name organization post"),
    ],
)  # fmt: skip
def test_headings_are_known_in_five_languages(plural, headings, columns):
    tags = ("en", "vi", "ru", "fr", "id")
    found = recognised(kinds.by_plural()[plural], read(headings + "\nx"), tags)
    assert (found.line, [one or "-" for one in found.columns]) == (1, columns.split())


def test_too_much_and_nothing_are_refused_with_words(north):
    many = "\n".join(["Name", *(f"Person {number}" for number in range(MOST_LINES))])
    for rows, said in (
        ("  \n\t", "at least one row"),
        (many, "at most 300"),
        ('a,"b', "quotation"),
    ):
        page = people(north, rows, "read")
        assert page.status_code == 422
        assert said in page.text


def test_pasted_words_stay_words(north):
    page = people(north, "Name\n<script>alert(1)</script>\n=HYPERLINK(1)", "read")
    assert "<script>alert" not in page.text
    assert states(page) == ["new", "new"]


def test_the_same_rows_again_change_nothing_and_nobody_is_written_to(north):
    assert people(north, LIST, "add").status_code == 302
    stood = list(Person.everything.order_by("key").values_list("key", "revision"))
    posts = Membership.everything.count()
    assert states(people(north, LIST, "read")) == ["the same"] * 3
    again = people(north, LIST, "add")
    assert (again.status_code, "There is nothing new in these rows." in again.text) == (422, True)
    assert list(Person.everything.order_by("key").values_list("key", "revision")) == stood
    assert (Membership.everything.count(), Letter.objects.count()) == (posts, 0)

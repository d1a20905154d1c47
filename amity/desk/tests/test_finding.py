"""The lists of the desk find in any spelling what may be read, and nothing else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from lxml import html

from amity.accounts.models import User
from amity.desk.finding.apart import told_apart
from amity.desk.models import Draft
from amity.desk.tests.test_desk import somebody
from amity.followup.choices import Completion
from amity.followup.models import Proposal, Report
from amity.followup.tests.factory import Record
from amity.foundation.pages.formatting import day
from amity.languages.collation import sort_key
from amity.languages.text import Text
from amity.network.models import Indicator, Membership, Organization, Person
from amity.record import kinds
from amity.record.acting import STRANGER
from amity.record.actions import save
from amity.record.choices import Audience
from amity.record.models import Entry
from amity.sources.choices import SourceKind
from amity.sources.models import Source
from tests.write.world import FOUNDERS, World, build

pytestmark = pytest.mark.django_db
SPELLINGS = ("Phan Anh Sơn", "phan anh son", "Фан Ань Шон", "phan anh s", "phan ahn son")
PHAN = reverse_lazy("desk_record", args=["persons", "phan"])
MASKED = re.compile('csrfmiddlewaretoken" value="[^"]*')
"""A token that is masked anew in each answer."""


@pytest.fixture
def world() -> World:
    return build()


def listed(client: Client, words: str, plural: str = "persons", mine: bool = False) -> str:
    """What a list of the desk answers."""
    asked = {"q": words, "mine": "1"} if mine else {"q": words}
    answer = client.get(reverse("desk_list", args=[plural]), asked)
    assert answer.status_code == 200
    return MASKED.sub("", answer.text)


def known_to(world: World, audience: Audience) -> None:
    person = Person(dossier=world.dossier, key="phan", name=Text.of("Phan Anh Sơn", "vi"))
    save(world.north, person, audience=audience)


@pytest.mark.parametrize("mine", [False, True])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_office_finds_its_own_in_any_spelling_and_no_other_does(world, spelling, mine):
    known_to(world, Audience.KEEPER)
    north, south, east = (somebody(one) for one in ("north-office", "south-office", "east-office"))
    assert str(PHAN) in listed(north, spelling, mine=mine)
    for other in (south, east):
        assert str(PHAN) not in listed(other, spelling, mine=mine)


def test_a_hidden_hit_is_answered_as_none_by_the_same_statements(world):
    south = somebody("south-office")
    listed(south, "x")

    def answers() -> list[tuple[str, list[str]]]:
        found = []
        for words in (*SPELLINGS, "phan anh sonn", "anna"):
            with CaptureQueriesContext(connection) as asked:
                body = listed(south, words)
            found.append((body, [one["sql"].partition(" ")[0] for one in asked]))
        return found

    before = answers()
    known_to(world, Audience.KEEPER)
    assert answers() == before


def test_kinds_that_search_does_not_know_are_found_without_marks_by_their_beginnings(world):
    source = Source(
        dossier=world.dossier,
        key="bao",
        kind=SourceKind.NEWSPAPER,
        name=Text.of("Báo Đà Nẵng", "vi"),
    )
    save(world.north, source, audience=Audience.PUBLIC)
    north = somebody("north-office")
    for words in ("da nang", "nang ba", "BAO"):
        assert "Báo Đà Nẵng" in listed(north, words, "sources")
    assert "Báo Đà Nẵng" not in listed(north, "words", "sources")


def test_own_drafts_are_found_and_those_of_others_are_not(world):
    north, other = somebody("north-office"), somebody("north-office", name="other")
    draft = Draft(office="organization:north-office", kind="person", kept_at=timezone.now())
    draft.user = User.objects.get(email="north-office@example.org")
    draft.values = {"acting_for": ["organization:north-office"], "name-vi": ["Nguyễn Thị Mầm"]}
    draft.save()
    assert "Nguyễn Thị Mầm" in listed(north, "thi mam")
    assert "Nguyễn Thị Mầm" not in listed(north, "khac")
    assert "Nguyễn Thị Mầm" not in listed(north, "thi mam", "organizations")
    assert "Mầm" not in listed(other, "thi mam")
    for page in (listed(north, ""), north.get(reverse("desk")).text):
        mine = page.partition("My drafts</h2>")[2].partition("</section>")[0]
        assert "Nguyễn Thị Mầm" in mine
        assert "north-office" not in mine
    assert "Nguyễn Thị Mầm" not in listed(north, "north-office")


def chosen(client: Client, plural: str, words: str) -> list[str]:
    """The identifiers of what may be meant by words that are typed into a field."""
    page = client.get(reverse("desk_choose"), {"kind": plural, "q": words}).text
    return sorted(re.findall(r'data-key="([^"]*)"', page))


def test_what_search_does_not_know_is_chosen_by_its_name(world):
    """Nobody could answer for a side, or say whose article it is, while its name found nothing."""
    north = somebody("north-office")
    for words, keys in (
        ("south", ["twins-south"]),
        ("NOR", ["twins-north"]),
        ("twins", ["twins-north", "twins-south"]),
        ("west", []),
        ("  ", []),
    ):
        assert chosen(north, "sides", words) == keys, words


def test_what_others_keep_for_themselves_is_not_chosen(world):
    person = world.person("secretive")
    save(world.south, person, audience=Audience.KEEPER)
    post = Membership(
        dossier=world.dossier,
        key="hidden-post",
        person=person,
        organization=Organization.everything.get(key="south-office"),
        title=Text.of("Hidden chair", "en"),
    )
    save(world.south, post)
    assert chosen(somebody("south-office"), "memberships", "hidden") == ["hidden-post"]
    assert chosen(somebody("north-office"), "memberships", "hidden") == []


def test_an_answer_begins_for_the_side_of_whoever_begins_it(world):
    forum = world.gathering()
    save(world.north, forum)
    proposal = Proposal(
        dossier=world.dossier,
        key="P-2026-001",
        kind="proposal",
        title=Text.of("A school", "en"),
        gathering=forum,
    )
    save(world.north, proposal, {"addressees": world.sides})
    address = reverse("desk_new", args=["answers"]) + "?part_of=proposal:P-2026-001"
    for office, side in (("north-office", "twins-north"), ("south-office", "twins-south")):
        page = somebody(office).get(address).text
        assert re.findall(r'name="side-key" value="([^"]*)"', page) == [side]


def test_what_is_called_alike_is_told_apart_by_its_year(world):
    north = somebody("north-office")
    for year, value in ((2024, 40), (2025, 55)):
        measured = Indicator(
            dossier=world.dossier,
            key=f"students-{year}",
            partnership=world.partnership,
            measure="students",
            name=Text.of("Students", "en"),
            value=value,
            unit="person",
            year=year,
        )
        save(FOUNDERS, measured, audience=Audience.PUBLIC)
    row = re.compile(r"<strong>Students</strong></a> <span class=\"quiet num\">(\d+)</span>")
    assert sorted(row.findall(listed(north, "", "indicators"))) == ["2024", "2025"]
    page = north.get(reverse("desk_record", args=["partnerships", world.partnership.key])).text
    assert re.findall(r"Students</a> <span class=\"quiet\">(\d+)</span>", page) == ["2024", "2025"]


def test_reports_of_one_promise_are_told_apart_by_side_and_day(db):
    record = Record()
    made = record.commitment()
    for side in (0, 1):
        record.report(made, side, Completion.LIMITED)
    kind = kinds.of_model(Report)
    listed = [
        Entry(kind="report", key=one.key, title=made.title)
        for one in Report.everything.order_by("key")
    ]
    said = told_apart(STRANGER, kind, listed)
    reports = Report.everything.select_related("side__area").order_by("key")
    assert said == {
        one.key: f"{one.side.area.name.words(('en',))} · {day(one.submitted_on)}" for one in reports
    }
    assert len(said) == 2
    assert told_apart(STRANGER, kind, listed[:1]) == {}


def test_kinds_of_records_stand_in_the_readers_alphabet(world):
    north = somebody("north-office")
    with translation.override("vi"):
        page = html.fromstring(north.get(reverse("desk_records")).text)
    names = [one.text_content() for one in page.xpath("//ul[@class='kinds']//a")]
    assert names == sorted(names, key=lambda name: sort_key(name, "vi"))
    assert names.index("Báo cáo") < names.index("Đại biểu") < names.index("Đề xuất")

"""A programme typed into a table, as officers meet it: saved at once, what clashes named."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from amity.desk.programme.cells import COLUMNS
from amity.desk.tests.test_desk import BY, somebody
from amity.foundation.models import Change
from amity.gatherings.models import Contribution, Gathering, Room, Session
from amity.network.models import Person
from amity.record.actions import rebuild, save
from amity.record.choices import Audience, Mandate
from tests.write.world import World, with_session, words

pytestmark = pytest.mark.django_db

ADDRESS = "/en/desk/records/gatherings/forum-1/programme/"
Rows = list[dict[str, str]]


class Typed:
    """The table on a page, as it can be typed into and sent."""

    def __init__(self, client: Client, page) -> None:
        self.client, self.page = client, page
        form = html.fromstring(page.content).xpath("//form[contains(@class, 'programme-form')]")[0]
        self.opened = form.xpath("input[@name='opened']/@value")[0]
        self.rows: Rows = []
        self.faults: list[list[str]] = []
        for line in form.xpath(".//tbody/tr"):
            cells = {one: line.xpath(f".//input[@name='{one}']/@value") for one in COLUMNS}
            cells["kind"] = line.xpath(".//select/optgroup/option[@selected]/@value")
            row = {name: found[0] if found else "" for name, found in cells.items()}
            row["row"] = line.xpath(".//input[@name='row']/@value")[0]
            self.rows.append(row)
            self.faults.append([one.text_content() for one in line.xpath(".//*[@class='fault']")])
        self.clashes = [
            " ".join(one.text_content().split())
            for one in html.fromstring(page.content).xpath("//div[@id='clashes']//a")
        ]

    def type(self, row: int, **cells: str) -> None:
        self.rows[row].update(cells)

    def blank(self) -> Iterator[int]:
        return (place for place, row in enumerate(self.rows) if not row["row"] and not row["title"])

    def add(self, **cells: str) -> None:
        self.type(next(self.blank()), **cells)

    def send(self, act: str = "save", address: str = ADDRESS, **more: str):
        sent = {name: [row[name] for row in self.rows] for name in ("row", *COLUMNS)}
        return self.client.post(address, sent | {"act": act, "opened": self.opened} | more)

    def save(self, **more: str) -> "Typed":
        answer = self.send(**more)
        if answer.status_code == 302:
            return opened(self.client)
        return Typed(self.client, answer)


def opened(client: Client) -> Typed:
    page = client.get(ADDRESS)
    assert page.status_code == 200
    return Typed(client, page)


@pytest.fixture
def world() -> World:
    world = with_session()
    for key, name in (("anna", "Anna"), ("boris", "Boris Orlov")):
        person = world.person(key)
        person.name = words(name)
        save(world.north, person, audience=Audience.PUBLIC)
    return world


@pytest.fixture
def north(world: World) -> Client:
    return somebody("north-office")


def fill(table: Typed) -> None:
    table.type(0, day="2025-09-30", starts="09:00", ends="10:30", room="Great Hall")
    speech = "contribution:speech"
    table.type(1, kind=speech, title="Harbours", starts="9:00", ends="9:30", speakers="Anna")
    table.type(
        2, kind=speech, title="Trade", starts="9h30", ends="10:00", speakers="Boris Orlov; Anna"
    )
    table.type(3, kind="session:round_table", title="Round table", day="30 September 2025",
               starts="11:00", ends="12:00", room="great hall")  # fmt: skip


def programme() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for one in Session.everything.order_by("position").select_related("room"):
        room = one.room.key if one.room else ""
        found.append((one.key, f"{one.starts_at:%d %H:%M}", f"{one.ends_at:%H:%M}", room))
        for given in one.contributions.order_by("position"):
            who = [speaker.person.key for speaker in given.speakers.all()]
            found.append((given.key, f"{given.starts_at:%d %H:%M}", f"{given.ends_at:%H:%M}", *who))
    return found


def title(model: type[Session] | type[Contribution], key: str) -> str:
    return model.everything.get(key=key).title.versions["en"].words


STANDS = [
    ("opening", "30 02:00", "03:30", "great-hall"),
    ("harbours", "30 02:00", "02:30", "anna"),
    ("trade", "30 02:30", "03:00", "boris", "anna"),
    ("round-table", "30 04:00", "05:00", "great-hall"),
]


@pytest.fixture
def filled(north: Client) -> Typed:
    table = opened(north)
    assert [row["title"] for row in table.rows] == ["Opening", "", "", ""]
    fill(table)
    saved = table.save()
    assert saved.faults == [[] for _row in saved.rows]
    return saved


def test_rows_become_sessions_rooms_and_contributions_at_once(filled: Typed):
    assert programme() == STANDS
    assert [(row["day"], row["starts"], row["ends"]) for row in filled.rows[:4]] == [
        ("30 September 2025", "09:00", "10:30"),
        ("", "09:00", "09:30"),
        ("", "09:30", "10:00"),
        ("30 September 2025", "11:00", "12:00"),
    ]
    assert [row["speakers"] for row in filled.rows[:4]] == ["", "Anna", "Boris Orlov; Anna", ""]
    assert Room.everything.count() == 1
    assert filled.clashes == []
    whole = Change.objects.get(verb="programme", part_of=None)
    assert (whole.kind, whole.key) == ("gathering", "forum-1")
    assert whole.steps.count() == whole.details["added"] == 5
    assert rebuild(BY, only_check=True) == []


def test_all_of_it_is_undone_as_one(filled: Typed):
    again = opened(filled.client)
    again.type(1, title="Harbours and ports")
    again.type(4, kind="session:closing", title="Closing", day="2025-10-01")
    again.save()
    assert title(Contribution, "harbours") == "Harbours and ports"
    whole = Change.objects.filter(verb="programme", part_of=None).latest("pk")
    assert sorted(whole.steps.values_list("key", "effect")) == [
        ("closing", "added"),
        ("harbours", "changed"),
    ]
    page = filled.client.get(reverse("desk_history")).text
    assert reverse("desk_undo_together", args=[whole.pk]) in page
    filled.client.post(reverse("desk_undo_together", args=[whole.pk]))
    assert programme() == STANDS
    assert title(Contribution, "harbours") == "Harbours"


def test_what_is_sent_as_it_stands_changes_nothing(filled: Typed):
    before = Change.objects.count()
    assert filled.send().status_code == 302
    filled.type(1, starts="9.00")
    filled.save()
    assert Change.objects.count() == before


def test_a_session_put_on_another_day_takes_what_is_given_in_it_along(filled: Typed):
    filled.type(0, day="2025-10-01")
    filled.save()
    assert programme() == [
        ("opening", "01 02:00", "03:30", "great-hall"),
        ("harbours", "01 02:00", "02:30", "anna"),
        ("trade", "01 02:30", "03:00", "boris", "anna"),
        STANDS[3],
    ]


def test_a_row_put_between_two_stands_there(filled: Typed):
    more = Typed(filled.client, filled.send("row-2"))
    more.type(2, title="Ships", kind="contribution:speech")
    more.save()
    opening = Contribution.everything.filter(session__key="opening").order_by("position")
    assert list(opening.values_list("key", flat=True)) == ["harbours", "ships", "trade"]


@pytest.mark.parametrize("place", ["0", "-1", "0001" * 1_200, "x"])
def test_a_row_put_below_none_comes_at_the_end(filled: Typed, place: str):
    rows = len(filled.rows)
    more = Typed(filled.client, filled.send(f"row-{place}"))
    assert len(more.rows) > rows + 1


def test_a_new_session_takes_what_stands_below_it(filled: Typed):
    more = Typed(filled.client, filled.send("row-2"))
    more.type(
        2,
        title="Second part",
        kind="session:plenary",
        day="2025-09-30",
        starts="9:30",
        ends="10:30",
        room="Library",
    )
    more.save()
    moved = Contribution.everything.get(key="trade")
    assert moved.session.key == "second-part"
    assert Contribution.everything.get(key="harbours").session.key == "opening"


AFTERNOON = {
    "kind": "session:round_table",
    "title": "Afternoon",
    "day": "2025-09-30",
    "starts": "14:00",
    "ends": "15:00",
}


def test_a_new_row_of_no_kind_is_of_the_kind_of_the_contribution_above_it(filled: Typed):
    filled.add(**AFTERNOON)
    filled.add(kind="contribution:presentation", title="Quays")
    filled.add(title="Cranes")
    saved = filled.save()
    assert saved.faults == [[] for _row in saved.rows]
    added = Contribution.everything.filter(session__key="afternoon").order_by("position")
    assert [(one.title.versions["en"].words, one.kind) for one in added] == [
        ("Quays", "presentation"),
        ("Cranes", "presentation"),
    ]


def test_below_a_session_a_new_row_has_to_say_what_it_is(filled: Typed):
    filled.add(**AFTERNOON)
    filled.add(title="Quays")
    answer = filled.save()
    assert answer.page.status_code == 422
    assert [one for one in answer.faults if one] == [["Choose what it is."]]
    assert programme() == STANDS


def test_one_row_that_cannot_be_read_keeps_all_of_them_and_what_was_typed(filled: Typed):
    filled.type(1, title="Harbours and ports")
    filled.type(2, ends="soon")
    filled.type(3, kind="")
    filled.add(title="Nobody knows what", room="Cellar")
    answer = filled.save()
    assert answer.page.status_code == 422
    assert answer.faults[:6] == [
        [],
        [],
        ["Expected a time, such as 09:30 or 2026-10-05 09:30."],
        ["Choose what it is."],
        ["Choose what it is."],
        [],
    ]
    assert answer.rows[1]["title"] == "Harbours and ports"
    assert answer.rows[2]["ends"] == "soon"
    assert answer.rows[4]["room"] == "Cellar"
    assert programme() == STANDS
    assert title(Contribution, "harbours") == "Harbours"


def test_words_that_no_text_holds_are_refused_at_their_cells(filled: Typed):
    filled.type(0, room="Great\u202eHall")
    filled.type(1, title="Harb\u0007ours")
    filled.type(2, speakers="An\u0000na")
    filled.type(3, day="\u202e")
    answer = filled.save()
    assert answer.page.status_code == 422
    assert [len(faults) for faults in answer.faults[:4]] == [1, 1, 1, 1]
    assert programme() == STANDS


def test_what_the_record_refuses_is_said_at_its_cell(filled: Typed):
    filled.type(1, starts="08:30")
    answer = filled.save()
    assert answer.page.status_code == 422
    assert len(answer.faults[1]) == 1
    assert "before the session" in answer.faults[1][0]
    assert programme() == STANDS


def test_what_others_saved_meanwhile_is_not_written_over(filled: Typed, world: World):
    south = opened(somebody("south-office"))
    south.type(1, title="Ports", ends="09:20")
    south.save()
    filled.type(1, title="Harbours and ports", starts="09:05")
    answer = filled.save()
    assert answer.page.status_code == 422
    assert answer.faults[1] == [
        "Somebody else wrote here since: “Ports”. Saved again, yours stands."
    ]
    assert title(Contribution, "harbours") == "Ports"
    row = answer.rows[1]
    assert (row["title"], row["starts"], row["ends"]) == ("Harbours and ports", "09:05", "09:20")
    answer.save()
    now = Contribution.everything.get(key="harbours")
    assert now.title.versions["en"].words == "Harbours and ports"
    assert f"{now.starts_at:%H:%M}–{now.ends_at:%H:%M}" == "02:05–02:20"


def test_what_two_people_changed_in_different_cells_is_put_together(filled: Typed, world: World):
    south = opened(somebody("south-office"))
    south.type(1, speakers="Anna; Boris Orlov")
    south.save()
    filled.type(1, title="Harbours and ports")
    assert filled.save().page.status_code == 200
    now = Contribution.everything.get(key="harbours")
    assert now.title.versions["en"].words == "Harbours and ports"
    assert [one.person.key for one in now.speakers.all()] == ["anna", "boris"]


def test_what_was_removed_meanwhile_is_said(filled: Typed, world: World):
    from amity.record.actions import remove

    remove(world.north, Contribution.everything.get(key="trade"), "Called off.")
    filled.type(2, title="Trade winds")
    answer = filled.save()
    assert answer.faults[2] == [
        "Somebody has removed this since. Saved again, it becomes a new row."
    ]
    answer.save()
    assert Contribution.everything.get(session__key="opening", position=2).key == "trade-winds"


def test_people_who_are_not_there_are_added_when_somebody_says_so(filled: Typed):
    filled.type(3, speakers="")
    filled.add(kind="contribution:discussion", title="Ships", speakers="Olga Petrova; Anna")
    answer = filled.save()
    assert answer.faults[4] == ["Nothing that you may read is called “Olga Petrova”."]
    refused = answer.save(welcome="Olga Petrova")
    assert (
        "Not all who are to read this" in refused.page.text
    )  # the public would read whom it may not
    assert not Person.everything.filter(key="olga-petrova").exists()
    answer.save(welcome="Olga Petrova", release="on")
    ships = Contribution.everything.get(key="ships")
    assert [one.person.key for one in ships.speakers.all()] == ["olga-petrova", "anna"]
    assert ships.session.key == "round-table"


def test_who_speaks_goes_on_for_whom_they_spoke(filled: Typed, world: World):
    trade = Contribution.everything.get(key="trade")
    speakers = list(trade.speakers.all())
    speakers[0].role = "moderator"
    save(world.north, trade, {"speakers": speakers})
    table = opened(filled.client)
    table.type(2, speakers="Anna; Boris Orlov")
    table.save()
    now = Contribution.everything.get(key="trade").speakers.all()
    assert [(one.person.key, one.role) for one in now] == [
        ("anna", "speaker"),
        ("boris", "moderator"),
    ]


def test_a_title_is_written_in_the_language_of_the_reader(filled: Typed):
    french = Typed(filled.client, filled.client.get(ADDRESS.replace("/en/", "/fr/")))
    assert french.rows[1]["title"] == ""
    french.type(1, title="Les ports")
    assert french.send(address=ADDRESS.replace("/en/", "/fr/")).status_code == 302
    title = Contribution.everything.get(key="harbours").title
    assert {tag: one.words for tag, one in title.versions.items()} == {
        "en": "Harbours",
        "fr": "Les ports",
    }


def test_the_spaces_that_french_sets_before_marks_stay(filled: Typed):
    there = ADDRESS.replace("/en/", "/fr/")
    for place, typed in ((1, "À  qui les ports\u202f?"), (2, "Commerce\u00a0: hier et demain")):
        french = Typed(filled.client, filled.client.get(there))
        french.type(place, title=typed)
        assert french.send(address=there).status_code == 302
    shown = Typed(filled.client, filled.client.get(there))
    titles = ["À qui les ports\u202f?", "Commerce\u00a0: hier et demain"]
    assert [row["title"] for row in shown.rows[1:3]] == titles
    written = Contribution.everything.filter(key__in=("harbours", "trade")).order_by("key")
    assert [one.title.versions["fr"].words for one in written] == titles


def test_what_clashes_is_named_as_it_stands_and_as_it_is_typed(filled: Typed):
    filled.type(3, starts="09:45", ends="10:45")
    filled.add(kind="contribution:speech", title="Ships", speakers="anna")
    address = ADDRESS + "clashes/"
    answer = filled.send(address=address)
    said = [
        " ".join(one.text_content().split()) for one in html.fromstring(answer.text).xpath("//a")
    ]
    both = [
        "Rows 1 and 4: both are in “Great Hall” at the same time.",
        "Rows 3 and 5: Anna is in both at the same time.",
    ]
    assert said == both
    assert programme() == STANDS
    assert filled.save().clashes == both  # told, and not refused


def test_rights_are_those_of_the_record(filled: Typed, world: World):
    east = somebody("east-office")
    page = east.get(ADDRESS)
    assert page.status_code == 200
    assert 'name="title"' not in page.text
    filled.client = east
    filled.type(1, title="Ours")
    assert filled.send().status_code == 403
    assert filled.send(address=ADDRESS + "clashes/").status_code == 403
    observer = somebody("north-office", Mandate.OBSERVER, name="looks-on")
    filled.client = observer
    assert filled.send().status_code == 403
    assert programme() == STANDS


def test_what_is_not_for_them_is_not_there(world: World):
    hidden = Gathering.everything.get(key="forum-1")
    save(world.north, hidden, audience=Audience.CIRCLE)
    east = somebody("east-office")
    assert east.get(ADDRESS).status_code == 404
    assert east.post(ADDRESS + "clashes/", {}).status_code == 404
    assert east.post(ADDRESS, {}).status_code == 404


def test_rows_of_another_gathering_are_not_changed_from_here(filled: Typed, world: World):
    other = world.gathering("forum-2", number=None)
    save(world.north, other, audience=Audience.PUBLIC)
    session = Session(dossier=world.dossier, key="elsewhere", gathering=other, kind="plenary",
                      position=1, title=words("Elsewhere"))  # fmt: skip
    save(world.north, session)
    filled.rows[0]["row"] = f"session:elsewhere:{session.revision}"
    filled.type(0, title="Taken over")
    filled.save()
    assert title(Session, "elsewhere") == "Elsewhere"


def test_the_table_asks_as_often_however_long_it_is(filled: Typed):
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            opened(filled.client)
        return len(caught)

    short = asked()
    for number in range(30):
        filled.rows.insert(3, {**dict.fromkeys(COLUMNS, ""), "row": "", "title": f"Talk {number}",
                               "kind": "contribution:speech", "speakers": "Anna"})  # fmt: skip
    filled.save()
    assert Contribution.everything.count() == 32
    assert asked() == short <= 16


@pytest.mark.parametrize("language", ["vi", "ru", "fr", "id"])
def test_days_stand_as_the_readers_language_writes_them_and_are_read_so(filled: Typed, language):
    """What nobody touched stays as it stands; what is typed is read in either form."""
    address = ADDRESS.replace("/en/", f"/{language}/")
    table = Typed(filled.client, filled.client.get(address))
    said = table.rows[0]["day"]
    assert "2025-09-30" not in said
    assert "2025" in said
    before = Change.objects.count()
    assert "2025-09-30" not in table.send(address=address).text
    assert Change.objects.count() == before  # nothing differs
    table.type(4, kind="session:closing", title="Closing", day=said, starts="18:00", ends="18:30")
    table.type(5, kind="session:closing", title="Dinner", day="2025-10-01")
    assert table.send(address=address).status_code == 302
    closing, dinner = Session.everything.order_by("-pk")[:2][::-1]
    assert f"{closing.starts_at:%Y-%m-%d %H:%M}" == "2025-09-30 11:00"
    assert dinner.when is not None
    assert dinner.when.edtf == "2025-10-01"
    days = html.fromstring(filled.client.get(address).content).xpath("//a/@href")
    assert [one for one in days if one.startswith("?day=")] == [
        "?day=2025-09-30",
        "?day=2025-10-01",
    ]

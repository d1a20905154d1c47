"""The pages of gatherings as everybody sees them."""

import json
import re

import pytest

from amity.foundation.dates.as_said import DateAsSaid
from amity.gatherings.choices import GatheringKind, GatheringStatus, SessionKind
from amity.gatherings.models import Gathering, Organizer, Series
from amity.gatherings.tests.factory import NINE, ZONE, Edition, words
from amity.network.choices import OrganizationKind
from amity.network.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return Edition()


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def headings(page: str) -> list[str]:
    main = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<h[12][^>]*>(.*?)</h", main)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


def fill(edition: Edition, number: int) -> None:
    """`number` of everything that hangs on a gathering."""
    for i in range(1, number + 1):
        session = edition.session(i, after=10 * i, summary=words("About it"))
        session.chairs.add(edition.contribution(session, i).speakers.get().person)
        edition.statement(i, session=session)
        edition.participant(100 + i)
        edition.panel(i)
        edition.work(i)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("gatherings/", 7),
        ("gatherings/forum-1/", 16),
        ("gatherings/forum-1/programme/", 7),
        ("gatherings/forum-1/programme/?view=grid", 7),
        ("gatherings/forum-1/people/", 4),
        ("sessions/session-1/", 9),
        ("contributions/talk-1/", 5),
        ("gatherings/calendar.ics", 4),
        ("gatherings/forum-1/calendar.ics", 10),
        ("sessions/session-1/calendar.ics", 8),
        ("contributions/talk-1/calendar.ics", 7),
    ],
)
def test_a_page_asks_the_database_as_often_for_one_as_for_thirty(
    client, edition, number, address, statements, django_assert_num_queries
):
    fill(edition, number)
    with django_assert_num_queries(statements):
        read(client, f"/en/{address}")


@pytest.mark.parametrize("number", [1, 30])
def test_an_exhibition_asks_no_more(client, number, django_assert_num_queries):
    fill(Edition(kind=GatheringKind.EXHIBITION), number)
    with django_assert_num_queries(17):
        page = read(client, "/en/gatherings/forum-1/")
    assert page.count("<img") == number


@pytest.mark.parametrize("number", [1, 30])
def test_a_session_asks_as_often_with_many_contributions(
    client, edition, number, django_assert_num_queries
):
    session = edition.session()
    for i in range(1, number + 1):
        edition.contribution(session, i)
        edition.statement(i, session=session)
    with django_assert_num_queries(9):
        page = read(client, "/en/sessions/session-1/")
    assert page.count("/contributions/talk-") == number


@pytest.mark.parametrize(
    "address",
    [
        "gatherings/none/",
        "gatherings/none/programme/",
        "gatherings/none/people/",
        "gatherings/none/calendar.ics",
        "sessions/none/",
        "sessions/none/calendar.ics",
        "contributions/none/",
    ],
)
def test_what_is_not_recorded_is_not_found(client, edition, address):
    assert client.get(f"/en/{address}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "gatherings/?kind=party",
        "gatherings/?when=never",
        "gatherings/?year=25",
        "gatherings/?page=0",
        "gatherings/forum-1/programme/?day=soon",
        "gatherings/forum-1/programme/?view=pie",
        "gatherings/forum-1/programme/?room=%3Cscript%3E",
    ],
)
def test_a_choice_that_cannot_be_is_refused(client, edition, address):
    assert client.get(f"/en/{address}").status_code == 400


def test_an_empty_record_says_what_will_stand_there(client, db):
    assert "No gathering is recorded yet." in read(client, "/en/gatherings/")


def test_an_edition_without_a_programme_says_so(client, edition):
    assert "No programme is recorded yet." in read(client, "/en/gatherings/forum-1/programme/")
    assert "No speaker is recorded yet." in read(client, "/en/gatherings/forum-1/people/")


def test_gatherings_are_listed_by_kind_time_and_series(client, edition):
    series = Series.objects.create(**edition.own, key="forums", name=words("Forums"))
    for number, (when, kind) in enumerate(
        [("2999-10", GatheringKind.FORUM), ("2024-05-01", GatheringKind.VISIT)], 2
    ):
        Gathering.objects.create(
            **edition.own,
            key=f"other-{number}",
            kind=kind,
            title=words(f"Other {number}"),
            status=GatheringStatus.ANNOUNCED,
            when=DateAsSaid.parse(when),
            timezone=ZONE,
            series=series,
            number=number,
        )
    shown = {
        query: re.findall(r'<h2[^>]*><a href="/en/gatherings/([^/]+)/', page)
        for query in ("", "kind=visit", "when=upcoming", "when=past", "series=forums", "year=2024")
        if (page := read(client, f"/en/gatherings/?{query}"))
    }
    assert shown == {
        "": ["other-2", "forum-1", "other-3"],
        "kind=visit": ["other-3"],
        "when=upcoming": ["other-2"],
        "when=past": ["forum-1", "other-3"],
        "series=forums": ["other-2", "other-3"],
        "year=2024": ["other-3"],
    }


def test_organizers_are_called_so_once_and_others_by_what_they_did(client, edition):
    house = Organization.objects.create(
        **edition.own, key="house", kind=OrganizationKind.COMPANY, name=words("The House")
    )
    Organizer.objects.create(
        gathering=edition.gathering, position=2, organization=house, role="host"
    )
    card = read(client, "/en/gatherings/forum-1/").partition("Organizers</h2>")[2]
    rows = re.findall(r"<li>(.*?)</li>", card.partition("</section>")[0], re.S)
    said = [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in rows[:2]]
    assert said == ["The Union", "The House host"]


def test_an_edition_names_the_one_before_and_the_one_after(client):
    edition = Edition()
    series = Series.objects.create(**edition.own, key="forums", name=words("Forums"))
    for number in (1, 2, 3, 4):
        Gathering.objects.create(
            **edition.own,
            key=f"edition-{number}",
            kind=GatheringKind.FORUM,
            title=words(f"Edition {number}"),
            status=GatheringStatus.HELD,
            timezone=ZONE,
            series=series,
            number=number,
        )
    page = read(client, "/en/gatherings/edition-3/")
    found = re.findall(r'<a href="/en/gatherings/([^/]+)/" title="([^"]+)">(\w+ edition)</a>', page)
    assert found == [
        ("edition-2", "Edition 2", "Previous edition"),
        ("edition-4", "Edition 4", "Next edition"),
    ]


def test_the_programme_is_shown_by_the_clock_of_the_venue(client, edition):
    edition.session(1, after=0)
    late = edition.session(2, after=13 * 60, minutes=4 * 60)  # from 22:00 to 02:00 at the venue
    page = read(client, "/en/gatherings/forum-1/programme/")
    assert headings(page) == ["Programme", "Tuesday, 30 September 2025"]
    assert page.count('datetime="2025-09-30T09:00+07:00">09:00<') == 1
    assert page.count('datetime="2025-10-01T02:00+07:00">02:00<') == 1
    assert page.count("<span>(next day)</span>") == 1
    assert late.starts_at.date() == NINE.date()


def test_a_session_early_in_the_morning_belongs_to_the_venues_day(client, edition):
    edition.session(1, after=16 * 60)  # 01:00 of the second day there, 18:00 of the first in UTC
    page = read(client, "/en/gatherings/forum-1/programme/")
    assert headings(page) == ["Programme", "Wednesday, 1 October 2025"]


def test_a_session_of_which_only_the_day_is_known_stands_on_that_day(client, edition):
    edition.session(1, after=None, when=DateAsSaid.parse("2025-10-01"))
    edition.session(2, after=None)
    for view in ("list", "grid"):
        page = read(client, f"/en/gatherings/forum-1/programme/?view={view}")
        assert headings(page) == ["Programme", "Wednesday, 1 October 2025", "Day not announced"]
        assert page.count("/sessions/session-") == 2


def test_filters_leave_only_what_fits(client, edition):
    edition.contribution(edition.session(1), 1)
    edition.session(2, room=edition.rooms[1], languages=["ru"])
    edition.session(3, after=24 * 60).themes.clear()
    shown = {
        query: re.findall(
            r"/sessions/(session-\d)/", read(client, f"/en/gatherings/forum-1/programme/?{query}")
        )
        for query in (
            "",
            "room=room-2",
            "day=2025-10-01",
            "theme=culture",
            "language=vi",
            "language=vi&day=2025-09-30&view=grid",
            "room=room-9",
        )
    }
    assert shown == {
        "": ["session-1", "session-2", "session-3"],
        "room=room-2": ["session-2"],
        "day=2025-10-01": ["session-3"],
        "theme=culture": ["session-1", "session-2"],
        "language=vi": ["session-1", "session-3"],
        "language=vi&day=2025-09-30&view=grid": ["session-1"],
        "room=room-9": [],
    }


def test_a_choice_stays_in_the_form_of_the_programme(client, edition):
    edition.session()
    page = read(client, "/en/gatherings/forum-1/programme/?room=room-1&view=grid")
    assert '<input type="hidden" name="view" value="grid">' in page
    assert 'href="/en/gatherings/forum-1/programme/?room=room-1"' in page


@pytest.mark.parametrize("view", ["list", "grid"])
def test_breaks_have_no_page(client, edition, view):
    edition.session(1, kind=SessionKind.BREAK, title=words("Coffee"), room=None)
    page = read(client, f"/en/gatherings/forum-1/programme/?view={view}")
    assert page.count("Coffee") == 1
    assert "/sessions/" not in page


def test_names_are_words_and_never_markup(client):
    hostile = "</script><script>alert(1)</script>&\"'"
    edition = Edition(title=words(hostile), summary=words(hostile), venue=words(hostile))
    session = edition.session(1, title=words(hostile), summary=words(hostile))
    edition.contribution(session, 1, title=words(hostile), abstract=words(hostile))
    edition.statement(1, text=words(hostile), session=session)
    for address in (
        "gatherings/",
        "gatherings/forum-1/",
        "gatherings/forum-1/programme/",
        "gatherings/forum-1/programme/?view=grid",
        "gatherings/forum-1/people/",
        "sessions/session-1/",
        "contributions/talk-1/",
    ):
        page = read(client, f"/en/{address}")
        assert "alert(1)" in page
        assert "<script>alert" not in page


def test_a_reader_sees_their_own_language(client, edition):
    edition.session()
    page = read(client, "/vi/gatherings/forum-1/")
    assert headings(page)[0] == "Diễn đàn thứ nhất"
    assert "30/9–1/10/2025" in page


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["Ánh", "Bình", "Đặng", "Dương"]), ("vi", ["Ánh", "Bình", "Dương", "Đặng"])],
)
def test_speakers_stand_in_the_order_of_the_readers_alphabet(client, edition, language, order):
    session = edition.session()
    for number, name in enumerate(["Đặng", "Ánh", "Bình", "Dương"], 1):
        talk = edition.contribution(session, number)
        person = talk.speakers.get().person
        person.name = words(name)
        person.save()
    page = read(client, f"/{language}/gatherings/forum-1/people/")
    assert re.findall(r"<h3><a [^>]*>(?:<span[^>]*>)?([^<]+)<", page) == order


def test_the_gallery_shows_works_panel_by_panel(client):
    edition = Edition(kind=GatheringKind.EXHIBITION)
    second = edition.panel(2)
    edition.work(1, edition.panel(1))
    edition.work(2, second)
    edition.work(3)
    page = read(client, "/en/gatherings/forum-1/")
    shown = re.findall(r"<h3>(Panel \d: [^<]+)</h3>|<b>(Work \d)</b>", page)
    assert [one or other for one, other in shown] == [
        "Panel 1: Part 1",
        "Work 1",
        "Panel 2: Part 2",
        "Work 2",
        "Work 3",
    ]
    assert 'alt="A boat, number 1"' in page


def test_a_page_that_is_current_with_the_reader_costs_one_statement(
    client, edition, django_assert_num_queries
):
    edition.changed()
    first = client.get("/en/gatherings/forum-1/programme/")
    with django_assert_num_queries(1):
        again = client.get(
            "/en/gatherings/forum-1/programme/", headers={"If-None-Match": first["ETag"]}
        )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address", ["areas/north", "organizations/union", "partnerships/north-south"]
)
def test_the_network_lists_gatherings(client, edition, address):
    page = read(client, f"/en/{address}/")
    assert page.count('<a href="/en/gatherings/forum-1/">First forum</a>') == 1


def test_a_person_shows_what_they_said_gave_and_took_part_in(client, edition):
    talk = edition.contribution(edition.session(), 1)
    person = talk.speakers.get().person
    edition.statement(1, person=person, organization=None)
    edition.gathering.participants.create(position=1, person=person, role=words("guest"))
    page = read(client, "/en/persons/person-1/")
    assert [one for one in headings(page) if one != "Names"][:4] == [
        "Person 1",
        "What they said",
        "Contributions",
        "Took part in",
    ]
    assert page.count("Wished 1") == 1
    assert page.count("Talk 1") == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("gatherings/forum-1", {"@type": "Event", "startDate": "2025-09-30"}),
        (
            "sessions/session-1",
            {"startDate": "2025-09-30T09:00:00+07:00", "inLanguage": ["vi", "ru"]},
        ),
        (
            "contributions/talk-1",
            {
                "endDate": "2025-09-30T10:00:00+07:00",
                "performer": [{"@type": "Person", "name": "Person 1"}],
            },
        ),
    ],
)
def test_pages_describe_themselves_to_machines(client, edition, address, expected):
    edition.contribution(edition.session(), 1)
    page = read(client, f"/en/{address}/")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(found[0])
    assert data["url"] == f"http://testserver/en/{address}/"
    assert {name: data.get(name) for name in expected} == expected


def test_a_contribution_is_led_back_from_to_the_list_of_gatherings(client, edition):
    edition.contribution(edition.session(1), 1)
    page = client.get("/en/contributions/talk-1/").content.decode()
    crumbs = page[page.index('<nav class="crumbs"') :].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == [
        "/en/gatherings/",
        f"/en/gatherings/{edition.gathering.key}/",
        "/en/sessions/session-1/",
    ]

"""Following by feed and by calendar: what concerns a thing, told as letters tell it."""

from collections import defaultdict
from datetime import UTC, date, datetime

import feedparser
import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from amity.following.choices import DEADLINES_OF, FOLLOWABLE
from amity.following.models import Concerned
from amity.following.queries.changes import steps_after
from amity.following.queries.concerned import steps_about, things_concerned
from amity.following.queries.follows import newest_public
from amity.following.queries.shown import shown
from amity.followup.models import Commitment, Party, Proposal, Report
from amity.followup.tests.factory import Record
from amity.followup.tests.factory import words as said_in
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.models import Change
from amity.gatherings.models import Session
from amity.network.models import Agreement, Area, Theme
from amity.record.actions import merge, remove, save, undo
from amity.record.choices import Audience
from amity.turns.tests.world import Thread, thread
from tests.write.world import FOUNDERS, words

pytestmark = pytest.mark.django_db

THINGS = {
    "commitment": "C-2026-001",
    "partnership": "twins",
    "theme": "boats",
    "area": "south",
    "gathering": "forum-1",
    "proposal": "P-2026-001",
}
"""Kind → what is followed of it."""
OF_THE_CIRCLE = "Kept among us"


def feed_of(kind: str, key: str = "", language: str = "en") -> str:
    return f"/{language}/{FOLLOWABLE[kind]}/{key or THINGS[kind]}/feed.atom"


def calendar_of(kind: str, key: str = "", language: str = "en") -> str:
    return f"/{language}/{FOLLOWABLE[kind]}/{key or THINGS[kind]}/deadlines.ics"


ADDRESSES = [*map(feed_of, FOLLOWABLE), *map(calendar_of, DEADLINES_OF)]


def read(address: str):
    """A feed, read by a library of others."""
    answer = Client().get(address)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def told(address: str) -> list[str]:
    """What the entries of a feed are called, the newest first."""
    return [one.title for one in read(address).entries]


def due(address: str) -> dict[str, date]:
    """What a calendar says is due, and when."""
    answer = Client().get(address)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(one["SUMMARY"]): one.decoded("DTSTART") for one in events}


def promise(there: Thread, key: str, title: str, deadline: str, audience: Audience) -> Commitment:
    """Another promise between the same sides."""
    made = Commitment(
        dossier=there.world.dossier,
        key=key,
        kind="commitment",
        grade="will",
        title=words(title),
        deadline=DateAsSaid.parse(deadline),
    )
    parties = [
        Party(position=position, side=there.world.sides[2 - position], role=role)
        for position, role in ((1, "holder"), (2, "counterpart"))
    ]
    themes = [Theme.everything.get(key="boats")]
    save(there.world.north, made, {"parties": parties, "themes": themes}, audience=audience)
    return made


def report(there: Thread, commitment: Commitment, key: str, text: str, side: int = 1) -> Report:
    """What a side, the south, reports of a promise, late: of a year before."""
    made = Report(
        dossier=there.world.dossier,
        key=key,
        commitment=commitment,
        side=there.world.sides[side],
        completion="limited",
        state="accepted",
        text=words(text),
        submitted_on=date(2025, 1, 1),
        accepted_on=date(2025, 1, 2),
    )
    audience = Audience.PUBLIC if commitment.readers == "public" else Audience.CIRCLE
    save((there.world.north, there.world.south)[side], made, audience=audience)
    return made


@pytest.fixture
def there() -> Thread:
    """Of everything that can be followed one that is public, with what concerns it and with what
    does not."""
    made = thread()
    world, public = made.world, Audience.PUBLIC
    theme = Theme(dossier=world.dossier, key="boats", name=words("Boats"))
    save(FOUNDERS, theme, audience=public)
    save(FOUNDERS, Theme(dossier=world.dossier, key="bees", name=words("Bees")), audience=public)
    made.commitment.refresh_from_db()
    save(world.north, made.commitment, {"themes": [theme]})
    forum = world.gathering()
    save(world.north, forum, audience=public)
    opening = Session(
        dossier=world.dossier,
        key="opening",
        gathering=forum,
        kind="plenary",
        position=1,
        title=words("Opening"),
    )
    save(world.north, opening)
    asked = Proposal(
        dossier=world.dossier,
        key="P-2026-001",
        kind="proposal",
        title=words("A regatta"),
        gathering=forum,
    )
    save(world.north, asked, {"addressees": [world.sides[1]], "themes": [theme]}, audience=public)
    made.commitment.refresh_from_db()
    save(world.north, made.commitment, {"proposals": [asked]})
    report(made, made.commitment, "report-1", "Six boats float")
    secret = promise(made, "C-2026-002", OF_THE_CIRCLE, "2026-12-24", Audience.CIRCLE)
    report(made, secret, "report-2", f"{OF_THE_CIRCLE} still")
    return made


# Where


@pytest.mark.parametrize("kind", THINGS)
def test_the_page_of_a_thing_names_mail_feed_and_calendar_together_and_for_programs(there, kind):
    own = f"/en/{FOLLOWABLE[kind]}/{THINGS[kind]}/"
    page = lxml.html.fromstring(Client().get(own).content)
    calendar = f"{own}calendar.ics" if kind == "gathering" else calendar_of(kind)
    calendars = [] if kind == "proposal" else [calendar]
    (line,) = (one for one in page.xpath("//main//p") if one.text_content().startswith("Follow:"))
    assert [one.get("href") for one in line.xpath("a")] == [
        f"/en/follow/{kind}/{THINGS[kind]}/",
        feed_of(kind),
        *(f"webcal://testserver{one}" for one in calendars),
    ]
    found = page.xpath("/html/head/link[@rel='alternate'][@type]")
    assert [(one.get("type"), one.get("href")) for one in found] == [
        ("application/atom+xml", f"http://testserver{feed_of(kind)}"),
        *(("text/calendar", f"http://testserver{one}") for one in calendars),
    ]
    for one in (feed_of(kind), *calendars):
        assert Client().get(one).status_code == 200


def test_the_list_of_a_theme_leads_to_its_feed_and_that_of_none_to_none(there):
    assert feed_of("theme") in Client().get("/en/commitments/?theme=boats").text
    assert "/themes/" not in Client().get("/en/commitments/").text.partition("</head>")[0]


# What


def test_a_feed_tells_the_thread_the_newest_first_though_it_happened_long_before(there):
    assert told(feed_of("commitment")) == [
        "South reports: limited: Twelve boats",
        "Commitment: changed: Twelve boats",
        "Commitment: changed: Twelve boats",
        "Commitment: added: Twelve boats",
    ]
    entry = read(feed_of("commitment")).entries[0]
    assert entry.summary == "2 January 2025\nSix boats float"
    assert entry.summary_detail.type == "text/plain"
    assert entry.updated_parsed[:3] == datetime.now(UTC).timetuple()[:3]


def test_a_feed_of_a_proposal_tells_what_was_promised_from_it(there):
    assert told(feed_of("proposal")) == [
        "South reports: limited: Twelve boats",
        "Commitment: changed: Twelve boats",
        "Proposal: added: A regatta",
        "Commitment: changed: Twelve boats",
        "Commitment: added: Twelve boats",
    ]


def test_feeds_tell_of_every_thing_what_letters_tell_of_it(there):
    rows = list(steps_after(0, newest_public()))
    concerned = things_concerned((kind, key) for _pk, kind, key in rows)
    letters: dict[tuple[str, str], set[int]] = defaultdict(set)
    for pk, kind, key in rows:
        for thing in concerned.get((kind, key), ()):
            letters[thing].add(pk)
    followed = {*THINGS.items(), ("theme", "bees"), ("area", "north")}
    assert followed <= set(letters)
    steps = shown(Change.objects.exclude(effect=""))  # what has an effect of its own, no whole
    feeds = {
        thing: set(steps.filter(steps_about(thing)).values_list("pk", flat=True))
        for thing in letters
    }
    assert feeds == letters


@pytest.mark.parametrize("kind", FOLLOWABLE)
def test_every_entry_has_an_identifier_of_its_own(there, kind):
    parsed = read(feed_of(kind))
    names = [one.id for one in parsed.entries]
    assert len(names) == len(set(names)) > 0
    assert parsed.feed.id == f"http://testserver{feed_of(kind)}"


def test_a_calendar_has_the_deadlines_that_concern_its_thing_alone(there):
    promise(there, "C-2026-003", "Twelve oars", "2027-02-01", Audience.PUBLIC)
    boats, oars = {"Due: Twelve boats": date(2026, 12, 10)}, {"Due: Twelve oars": date(2027, 2, 1)}
    assert due(calendar_of("commitment")) == boats
    assert due(calendar_of("commitment", "C-2026-003")) == oars
    for address in (
        calendar_of("partnership"),
        calendar_of("theme"),
        calendar_of("area"),
        calendar_of("area", "north"),
    ):
        assert due(address) == {**boats, **oars}
    assert due(calendar_of("theme", "bees")) == {}


def test_feed_and_calendar_are_called_what_they_are_of_in_the_language_of_their_reader(there):
    assert read(feed_of("commitment", language="vi")).feed.title == (
        "Amity: những thay đổi về “Mười hai con thuyền”"
    )
    calendar = Calendar.from_ical(Client().get(calendar_of("commitment", language="fr")).content)
    assert str(calendar["NAME"]) == "Échéances\u00a0: Twelve boats"


def test_what_is_invented_is_marked():
    record = Record()
    record.commitment()
    record.tell()
    parsed = read(feed_of("theme", "transport"))
    assert parsed.feed.title == "Amity: what changed about “Transport (fictional)”"
    assert [one.title for one in parsed.entries if "Promise" in one.title] == [
        "Commitment: added: Promise 1 (fictional)"
    ]
    assert due(calendar_of("theme", "transport")) == {
        "Due: Promise 1 (fictional)": date(2026, 10, 31)
    }


# What not


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_kept_to_the_circle_is_in_no_feed_and_no_calendar(there, address):
    assert OF_THE_CIRCLE not in Client().get(address).text


def test_once_it_is_released_it_is_in_those_of_all_that_it_concerns(there):
    secret = Commitment.everything.get(key="C-2026-002")
    save(there.world.north, secret, audience=Audience.PUBLIC)
    concerned = ("partnership", "theme", "area")
    for address in (*map(feed_of, concerned), *map(calendar_of, concerned)):
        assert OF_THE_CIRCLE in Client().get(address).text


@pytest.mark.parametrize("kind", FOLLOWABLE)
def test_of_what_not_everybody_reads_there_is_neither(there, kind):
    assert Client().get(feed_of(kind, "never")).status_code == 404
    for address in (feed_of("commitment", "C-2026-002"), calendar_of("commitment", "C-2026-002")):
        assert Client().get(address).status_code == 404


def test_what_everybody_reads_no_more_is_told_no_more(there):
    oars = promise(there, "C-2026-003", "Twelve oars", "2027-02-01", Audience.PUBLIC)
    assert "Twelve oars" in Client().get(feed_of("partnership")).text
    save(there.world.north, oars, audience=Audience.CIRCLE)
    for address in ADDRESSES:
        assert "Twelve oars" not in Client().get(address).text
    for address in (feed_of("commitment", "C-2026-003"), calendar_of("commitment", "C-2026-003")):
        assert Client().get(address).status_code == 404


# What becomes of it


def test_feed_and_calendar_of_what_was_removed_say_so(there):
    oars = promise(there, "C-2026-003", "Twelve oars", "2027-02-01", Audience.PUBLIC)
    calendar = Client().get(calendar_of("commitment", "C-2026-003")).content
    (before,) = (str(one["UID"]) for one in Calendar.from_ical(calendar).walk("VEVENT"))
    remove(there.world.north, oars, "Said by mistake")
    answer = Client().get(feed_of("commitment", "C-2026-003"))
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store")
    (entry,) = feedparser.parse(answer.content).entries
    assert entry.id.endswith("#removed")
    assert entry.summary.endswith("Reason: Said by mistake")
    answer = Client().get(calendar_of("commitment", "C-2026-003"))
    assert answer.status_code == 410
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["STATUS"]), str(event["UID"])) == ("CANCELLED", before)
    assert due(calendar_of("partnership")) == {"Due: Twelve boats": date(2026, 12, 10)}


def test_the_calendar_of_a_theme_that_was_removed_says_so(there):
    remove(FOUNDERS, Theme.everything.get(key="bees"), "Said by mistake")
    answer = Client().get(calendar_of("theme", "bees"))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (answer.status_code, str(event["STATUS"])) == (410, "CANCELLED")


@pytest.mark.parametrize("address", [feed_of, calendar_of])
def test_feed_and_calendar_of_what_was_merged_lead_on(there, address):
    twin = Area(dossier=there.world.dossier, key="south-2", kind="city", name=words("Sud"))
    save(FOUNDERS, twin, audience=Audience.PUBLIC)
    merge(FOUNDERS, Area.everything.get(key="south"), Area.everything.get(key="south-2"))
    answer = Client().get(address("area", "south-2"))
    assert (answer.status_code, answer["Location"]) == (301, address("area", "south"))


# How quickly, and for whom


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_as_it_stands_is_told_so_and_other_sites_may_read_it(there, address):
    first = Client().get(address)
    assert first["Access-Control-Allow-Origin"] == "*"
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (feed_of("commitment", "C-2025-001"), 7),
        (feed_of("partnership", "north-south"), 7),
        (feed_of("theme", "transport"), 7),
        (feed_of("area", "north"), 7),
        (feed_of("proposal", "P-2025-001"), 7),
        (calendar_of("partnership", "north-south"), 4),
        (calendar_of("theme", "transport"), 4),
        (calendar_of("area", "north"), 4),
    ],
)
@pytest.mark.parametrize("number", [1, 30])
def test_few_statements_make_it_however_much_there_is(address, most, number):
    record = Record()
    asked = record.proposal()
    for one in range(1, number + 1):
        made = record.commitment(one, title=said_in(f"Promise {one}"))
        made.proposals.add(asked)
        record.report(made, 0, "limited")
    record.tell()
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    assert len(captured) <= most


def test_an_agreement_concerns_what_its_sides_and_scopes_are(there):
    agreement = Agreement(
        dossier=there.world.dossier,
        key="charter",
        kind="twinning",
        status="signed",
        title=words("Charter"),
    )
    boats = Theme.everything.get(key="boats")
    lists = {"partnerships": [there.world.partnership], "scopes": [boats]}
    save(there.world.north, agreement, lists, audience=Audience.PUBLIC)
    for kind in ("partnership", "theme", "area"):
        assert told(feed_of(kind))[0] == "Agreement: added: Charter"
    assert "Agreement: added: Charter" not in told(feed_of("commitment"))


# What was removed


CONCERNED = [("partnership", "twins"), ("theme", "boats"), ("area", "north"), ("area", "south")]


def taken_back(there: Thread) -> Change:
    """A promise of which the north had said how it stands is removed by the north."""
    oars = promise(there, "C-2026-003", "Twelve oars", "2027-02-01", Audience.PUBLIC)
    report(there, oars, "report-3", "Two oars are carved", 0)
    oars.refresh_from_db()
    return remove(there.world.north, oars, "Said by mistake")


@pytest.mark.parametrize("thing", CONCERNED)
def test_a_promise_that_was_removed_is_told_where_it_belonged(there, thing):
    done = taken_back(there)
    entry = read(feed_of(*thing)).entries[0]
    assert (entry.title, entry.author) == ("Twelve oars", "north-office")
    day = f"{done.at.day} {done.at:%B %Y}"
    assert f"– “Twelve oars” was removed on {day} by north-office." in entry.summary
    assert entry.summary.endswith("Reason: Said by mistake")
    assert Client().get("/en/commitments/C-2026-003/").status_code == 410


def test_a_promise_that_nobody_reported_on_is_told_by_itself_with_the_way_to_what_is_left(there):
    oars = promise(there, "C-2026-003", "Twelve oars", "2027-02-01", Audience.PUBLIC)
    done = remove(there.world.north, oars, "Said by mistake")
    entry = read(feed_of("partnership")).entries[0]
    assert entry.title == "Commitment: removed: Twelve oars"
    day = f"{done.at.day} {done.at:%B %Y}"
    assert entry.summary == (
        f"“Twelve oars” was removed on {day} by north-office.\nReason: Said by mistake"
    )
    assert entry.link == "http://testserver/en/commitments/C-2026-003/"


def test_what_is_removed_is_told_nowhere_else(there):
    taken_back(there)
    for thing in (("theme", "bees"), ("gathering", "forum-1"), ("commitment", "C-2026-001")):
        assert "Twelve oars" not in Client().get(feed_of(*thing)).text


@pytest.mark.parametrize("thing", CONCERNED)
def test_what_the_circle_alone_read_is_told_to_nobody_when_it_is_removed(there, thing):
    reason = f"{OF_THE_CIRCLE} no more"
    remove(there.world.south, Report.everything.get(key="report-2"), reason)
    remove(there.world.north, Commitment.everything.get(key="C-2026-002"), reason)
    assert OF_THE_CIRCLE not in Client().get(feed_of(*thing)).text
    assert not Concerned.objects.filter(entry__key__in=("C-2026-002", "report-2")).exists()


def test_what_came_back_leads_to_what_it_concerns_by_itself_again(there):
    oars = promise(there, "C-2026-003", "Twelve oars", "2027-02-01", Audience.PUBLIC)
    done = remove(there.world.north, oars, "Said by mistake")
    assert Concerned.objects.filter(entry__key="C-2026-003").count() == len(CONCERNED)
    undo(there.world.north, done)
    assert not Concerned.objects.exists()
    parsed = read(feed_of("partnership"))
    assert [one.title for one in parsed.entries][:3] == [
        "Commitment: added: Twelve oars",
        "Commitment: removed: Twelve oars",
        "Commitment: added: Twelve oars",
    ]
    assert "was removed on" not in parsed.entries[1].summary


def test_letters_and_feeds_agree_on_what_was_removed(there):
    taken_back(there)
    test_feeds_tell_of_every_thing_what_letters_tell_of_it(there)

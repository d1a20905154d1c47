"""The silence procedure: whose clock runs, when it stands still, and what takes effect by it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from amity.accounts.actions import end_mandates
from amity.accounts.models import MandateHeld, User
from amity.accounts.queries import acting_by_command
from amity.desk import silence
from amity.desk.clocks.procedures import procedure_of
from amity.desk.clocks.reckoning import Clock, Still
from amity.desk.forms.silence import WorkingDaysForm
from amity.desk.models import SilenceDays
from amity.desk.silence import agree_due, clocks_on, set_days
from amity.foundation.dates.working import DAY, is_working_day
from amity.foundation.models import Change, Letter
from amity.gatherings.models import Gathering
from amity.network.actions import open_office, vouch
from amity.network.choices import AreaKind, OrganizationKind
from amity.network.models import Area, Office, Organization, Partnership, Side, SideOffice
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.actions import agree_by_silence, confirm, propose, save
from amity.record.choices import Audience, Mandate, ProposalState
from amity.record.models import ProposedChange, Reply
from amity.record.refusals import NotAllowed
from tests.write.world import BY, FOUNDERS, words

from .test_desk import (
    Desk,
    agreed,
    at,
    begun,
    desk,
    proposed,
    said,
    somebody,
    states,
    titles,
)

__all__ = ["desk"]
pytestmark = pytest.mark.django_db

DAYS = 5
SOUTH = "side:twins-south"


def all_set(days: int = DAYS) -> None:
    """Every side has set so many days, a while ago."""
    for side in Side.everything.all():
        SilenceDays.objects.create(side=side, days=days, set_at=timezone.now() - timedelta(days=9))


def post_all(moment: datetime) -> list[str]:
    """Send what waits; gives to whom and what about."""
    waiting = Letter.objects.filter(sent_at=None).order_by("pk")
    went = [f"{one.to.partition('@')[0]}: {one.subject}" for one in waiting]
    waiting.update(sent_at=moment)
    return went


def working_days_from(day: date, holidays: tuple[str, ...] = ()) -> list[date]:
    """The next working days after a day."""
    following = (day + DAY * number for number in range(1, 60))
    return [one for one in following if is_working_day(one, holidays)]


def morning(day: date, zone: str = "UTC") -> datetime:
    return datetime.combine(day, time(8), ZoneInfo(zone))


def clock(change: ProposedChange, now: datetime, side: str = SOUTH) -> Clock | None:
    key = change.entry.key
    record = Gathering.everything.get(key=key)
    found = clocks_on(kinds.get("gathering"), record, [change], now)
    return {one.side: one for one in found.get(change.pk, ())}.get(side)


def live(first: date, last: date) -> list[str]:
    """Let the loop process come by in the morning of each day, and say what took effect."""
    took = []
    while first <= last:
        if told := agree_due(morning(first)):
            took.append(f"{first.isoformat()} {told}")
        post_all(morning(first))
        first += DAY
    return took


def third_side(desk: Desk) -> tuple[Acting, Client]:
    """A third side of the partnership, with an office of its own and somebody in it."""
    world = desk.world
    city = Area(dossier=world.dossier, key="west", kind=AreaKind.CITY, name=words("West"))
    save(FOUNDERS, city, audience=Audience.PUBLIC)
    side = Side(
        dossier=world.dossier,
        key="twins-west",
        partnership=world.partnership,
        area=city,
        position=3,
    )
    save(FOUNDERS, side, audience=Audience.PUBLIC)
    organization = Organization(
        dossier=world.dossier,
        key="west-office",
        kind=OrganizationKind.FRIENDSHIP_UNION,
        name=words("west-office"),
    )
    save(FOUNDERS, organization, audience=Audience.PUBLIC)
    office = open_office(BY, organization)
    vouch(BY, office, side)
    return acting_by_command("test", office), somebody("west-office")


def confirmed_by(client: Client, key: str) -> None:
    revision = Gathering.everything.get(key=key).revision
    assert client.post(at("desk_confirm", key), {"revision": revision}).status_code == 302


def test_it_holds_once_all_sides_have_set_the_same_and_they_are_told(desk):
    north, south = Side.everything.order_by("position")
    page = desk.north.get(reverse("desk_silence")).text
    assert page.count("none set") == 2
    sent = reverse("desk_silence_of", args=[north.key])
    assert "the other sides are told" in desk.north.post(sent, {"days": "5"}, follow=True).text
    assert procedure_of("partnership:twins") is None
    desk.south.post(reverse("desk_silence_of", args=[south.key]), {"days": "7"})
    assert procedure_of("partnership:twins") is None
    assert "does not hold" in desk.north.get(reverse("desk_silence")).text
    desk.south.post(reverse("desk_silence_of", args=[south.key]), {"days": "5"})
    found = procedure_of("partnership:twins")
    assert found is not None
    assert (found.days, found.since) == (5, SilenceDays.objects.get(side=south).set_at)
    assert "holds: 5 working days" in desk.north.get(reverse("desk_silence")).text
    assert post_all(timezone.now()) == [
        "south-office: Silence procedure: Twins",
        "north-office: Silence procedure: Twins",
        "north-office: Silence procedure: Twins",
    ]
    assert "All sides have set the same" in Letter.objects.latest("pk").text
    assert "stood so already" in desk.north.post(sent, {"days": "5"}, follow=True).text
    desk.north.post(sent, {"days": ""})
    assert procedure_of("partnership:twins") is None
    assert "No silence procedure" in Letter.objects.latest("pk").subject
    done = Change.objects.filter(verb="set_silence", key="twins").order_by("pk")
    assert [one.details["days"] for one in done] == [5, 7, 5, None]


@pytest.mark.parametrize("days", ["2", "61", "-5", "soon", "5.5", "99999999999999999999"])
def test_days_that_cannot_be_are_refused_in_words(desk, days):
    sent = reverse("desk_silence_of", args=["twins-north"])
    answer = desk.north.post(sent, {"days": days})
    assert answer.status_code == 422
    assert 'class="fault" role="alert" id="days-twins-north-fault"' in answer.text
    assert f'value="{days}"' in answer.text
    assert not SilenceDays.objects.exists()


def test_nobody_sets_it_for_another_side_or_without_the_voice(desk):
    sent = reverse("desk_silence_of", args=["twins-south"])
    assert desk.north.post(sent, {"days": "5"}).status_code == 404
    assert desk.east.post(sent, {"days": "5"}).status_code == 404
    assert Client().post(sent, {"days": "5"}).status_code == 302
    editor = somebody("south-office", Mandate.EDITOR, name="editor")
    assert "Only whoever agrees" in editor.post(sent, {"days": "5"}, follow=True).text
    side = Side.everything.get(key="twins-north")
    with pytest.raises(NotAllowed):
        set_days(desk.world.south, side, 5)
    with pytest.raises(ValidationError):
        set_days(desk.world.north, side, 2)
    assert not SilenceDays.objects.exists()
    assert "Twins" not in desk.east.get(reverse("desk_silence")).text


def test_agreed_by_silence_after_the_days_and_once(desk):
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    letter = Letter.objects.get(once__startswith="proposal:")
    assert "has not objected within 5 working days after this letter went out" in letter.text
    now = timezone.now()
    found = clock(change, now)
    assert found is not None
    assert (found.until, found.still) == (None, Still.UNTOLD)
    assert "stands still until the letter" in desk.south.get(at("desk_record", key)).text
    post_all(now)
    days = working_days_from(now.date())
    found = clock(change, now)
    assert found is not None
    assert (found.until, found.due) == (days[4], False)
    assert "by silence it then agrees" in desk.south.get(at("desk_record", key)).text
    assert live(now.date() + DAY, days[4]) == []
    assert titles(key) == {"en": "Second forum", "vi": "Diễn đàn thứ hai"}
    assert set(states(change).values()) == {"open"}
    assert live(days[4] + DAY, days[4] + 3 * DAY) == [
        f"{(days[4] + DAY).isoformat()} 1 proposed changes agreed by silence"
    ]
    assert titles(key) == {"en": "Third", "vi": "Thứ ba"}
    assert set(states(change).values()) == {"agreed"}
    replies = Reply.objects.all()
    assert {(one.side, one.by_silence, one.user_id, one.office) for one in replies} == {
        (SOUTH, True, None, "")
    }
    written = Change.objects.get(verb="agreed_by_silence")
    assert (written.command, written.office) == ("silence", "organization:north-office")
    assert Change.objects.filter(verb="agree_by_silence").count() == 1
    page = desk.north.get(at("desk_history_of", key)).text
    assert "changed as agreed by silence" in page
    assert "a side agreed by silence" in page
    page = desk.north.get(at("desk_record", key)).text
    assert "South agreed by silence" in page
    assert page.count("a change agreed by silence") == 1
    told = Letter.objects.filter(subject="Agreed by silence: Third")
    assert sorted(told.values_list("to", flat=True)) == [
        "north-office@example.org",
        "south-office@example.org",
    ]


def test_told_once_again_two_working_days_before(desk):
    key = agreed(desk)
    all_set()
    proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    days = working_days_from(now.date())
    told = []
    day = now.date() + DAY
    while day <= days[4]:
        agree_due(morning(day))
        agree_due(morning(day) + timedelta(hours=2))
        told += [(day, one) for one in post_all(morning(day))]
        day += DAY
    warned = [one for one in told if "To answer by" in one[1]]
    first = next(one for one in working_days_from(days[1] - DAY) if one > days[1])
    assert len(warned) == 1
    assert days[1] < warned[0][0] <= first
    assert (days[4] - warned[0][0]).days >= 2
    letter = Letter.objects.get(once__startswith="silence:")
    assert letter.to == "south-office@example.org"
    title = "Agreed by silence soon, unless our side objects"
    page = desk.south.get(reverse("desk")).text.partition(title)[2]
    assert f"until {days[4].day} " in page.partition("</section>")[0]
    assert title not in desk.north.get(reverse("desk")).text
    change = ProposedChange.objects.get()
    said(desk.south, key, change, en="agree", vi="agree")
    assert title not in desk.south.get(reverse("desk")).text
    assert f"{days[4].day} " in letter.subject


def test_an_objection_stops_it_and_an_answer_takes_its_place(desk):
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    said(desk.south, key, change, en="object", vi="agree", why="No such forum")
    assert live(now.date() + DAY, now.date() + 30 * DAY) == []
    assert titles(key) == {"en": "Second forum", "vi": "Thứ ba"}
    assert states(change) == {
        "title.versions.en.words": "objected",
        "title.versions.vi.words": "agreed",
    }
    assert not Reply.objects.filter(by_silence=True).exists()


def test_without_a_procedure_of_all_sides_nothing_passes_by_silence(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    all_set()  # after it was proposed, in truth: so these days are not its own
    SilenceDays.objects.update(set_at=timezone.now())
    now = timezone.now()
    post_all(now)
    assert live(now.date(), now.date() + 30 * DAY) == []
    other = proposed(desk.north, key, **{"venue-en": "Pier", "title-en": "Fourth"})
    assert clock(other, now) is not None
    SilenceDays.objects.filter(side__key="twins-south").delete()
    post_all(now)
    assert clock(other, now) is None
    assert live(now.date(), now.date() + 30 * DAY) == []
    assert set(states(change).values()) | set(states(other).values()) == {"open"}


def test_silence_confirms_no_new_record(desk):
    key = begun(desk.north)
    all_set()
    record = Gathering.everything.get(key=key)
    record.title = words("Third forum")
    change = propose(desk.world.south, record)
    now = timezone.now()
    post_all(now)
    assert clock(change, now, "side:twins-north") is None
    assert live(now.date(), now.date() + 30 * DAY) == []
    assert titles(key)["en"] == "Second forum"
    assert agree_by_silence(desk.world.south, change, "side:twins-north") == []
    assert not Reply.objects.exists()


def test_a_side_never_agrees_to_its_own_by_silence(desk):
    key = agreed(desk)
    change = proposed(desk.north, key, **{"title-en": "Third"})
    for acting, side in (
        (desk.world.north, "side:twins-north"),
        (desk.world.south, SOUTH),
        (desk.world.east, SOUTH),
        (desk.world.north, "side:elsewhere"),
    ):
        with pytest.raises(NotAllowed):
            agree_by_silence(acting, change, side)
    assert not Reply.objects.exists()


def test_whoever_acts_for_both_sides_is_nobody_who_could_have_answered(desk):
    key = agreed(desk)
    all_set()
    both = User.objects.get(email="north-office@example.org")
    south = MandateHeld.objects.filter(office__organization__key="south-office")
    south.update(user=both)
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    found = clock(change, timezone.now())
    assert found is not None
    assert (found.until, found.still, found.people) == (None, Still.NOBODY, ())


def test_the_clock_stands_still_while_nobody_acts_for_the_side(desk):
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    days = working_days_from(now.date())
    held = MandateHeld.objects.filter(office__organization__key="south-office")
    held.update(ended=morning(days[2]))  # two whole days have passed
    assert live(now.date() + DAY, days[9]) == []
    found = clock(change, morning(days[9]))
    assert found is not None
    assert (found.until, found.still) == (None, Still.NOBODY)
    page = desk.north.get(at("desk_record", key)).text
    assert "nobody acts for this side here" in page
    somebody("south-office", name="heir")
    MandateHeld.objects.filter(user__email="heir@example.org").update(since=morning(days[9]))
    agree_due(morning(days[9]))  # tells the heir, who had no letter
    assert post_all(morning(days[9]) + timedelta(hours=1)) == [
        "heir: A change is proposed: Second forum"
    ]
    found = clock(change, morning(days[10]))
    assert found is not None
    assert found.until == days[12]  # three days are left of five
    assert live(days[10], days[12]) == []
    assert live(days[12] + DAY, days[12] + DAY) != []
    assert titles(key)["en"] == "Third"


@pytest.mark.parametrize("table", [Office, SideOffice])
def test_the_clock_stands_still_while_nobody_vouches_for_the_office(desk, table):
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    office = "organization__key" if table is Office else "office__organization__key"
    rows = table.objects.filter(**{office: "south-office"})
    rows.update(vouched_at=None)
    assert live(now.date(), now.date() + 30 * DAY) == []
    found = clock(change, now)
    assert found is not None
    assert found.still == Still.NOBODY
    rows.update(vouched_at=now + 30 * DAY)
    days = working_days_from((now + 30 * DAY).date())
    found = clock(change, now + 31 * DAY)
    assert found is not None
    assert found.until is not None
    assert found.until >= days[4]
    rows = table.objects.filter(**{office: "north-office"})
    rows.update(vouched_at=None)  # who proposed it speaks for nobody any more
    assert clock(change, now) is None


def test_the_clock_stands_still_while_a_text_is_missing_in_their_language(desk):
    key = agreed(desk)
    all_set()
    User.objects.filter(email="south-office@example.org").update(language="vi")
    change = proposed(desk.north, key, **{"title-en": "Third"})  # what is Vietnamese is outdated
    now = timezone.now()
    post_all(now)
    found = clock(change, now)
    assert found is not None
    assert (found.until, found.still) == (None, Still.LANGUAGE)
    page = desk.north.get(at("desk_record", key)).text
    assert "a text is missing in the language of its people" in page
    assert live(now.date(), now.date() + 30 * DAY) == []
    whole = proposed(desk.north, key, **{"title-en": "Fourth", "title-vi": "Thứ tư"})
    now = timezone.now()
    post_all(now)
    found = clock(whole, now)
    assert found is not None
    assert found.until == working_days_from(now.date())[4]
    elsewhere = proposed(desk.north, key, **{"place-words": "South"})  # has no texts
    post_all(now)
    found = clock(elsewhere, timezone.now())
    assert found is not None
    assert found.until is not None


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Pacific/Honolulu"])
def test_days_are_those_of_the_side_that_answers(desk, zone):
    key = agreed(desk)
    all_set()
    local = timezone.now().astimezone(ZoneInfo(zone)).date()
    free = working_days_from(local)[2]
    sent = {"timezone": zone, "holidays": f"{free.isoformat()}\n2020-01-01"}
    assert desk.south.post(reverse("desk_silence_office"), sent).status_code == 302
    office = Office.objects.get(organization__key="south-office")
    assert office.holidays == ["2020-01-01", free.isoformat()]
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    last = working_days_from(local, (free.isoformat(),))[4]
    found = clock(change, now)
    assert found is not None
    assert found.until == last
    assert live(now.date(), last - DAY) == []
    end = datetime.combine(last + DAY, time(), ZoneInfo(zone))
    assert agree_due(end - timedelta(seconds=1)) == ""
    assert agree_due(end) != ""


@pytest.mark.parametrize("typed_days", ["soon", "2026-02-30", "<b>"])
def test_holidays_that_are_no_days_are_refused_beside_the_field(desk, typed_days):
    sent = {"timezone": "UTC", "holidays": typed_days}
    answer = desk.south.post(reverse("desk_silence_office"), sent)
    assert answer.status_code == 422
    assert "is no day" in answer.text
    assert "<b>" not in answer.text.partition("<main")[2]
    assert Office.objects.get(organization__key="south-office").holidays == []


def test_of_three_sides_one_objects_and_nothing_passes(desk):
    _acting, west = third_side(desk)
    key = agreed(desk)
    confirmed_by(west, key)
    all_set()
    change = proposed(
        desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba", "place-words": "South"}
    )
    now = timezone.now()
    assert sorted(post_all(now)) == [
        "south-office: A change is proposed: Second forum",
        "west-office: A change is proposed: Second forum",
    ]
    said(west, key, change, en="object", why="It was the second")
    days = working_days_from(now.date())
    assert live(now.date() + DAY, days[4] + DAY) != []
    assert states(change) == {
        "place": "agreed",
        "title.versions.en.words": "objected",
        "title.versions.vi.words": "agreed",
    }
    assert titles(key) == {"en": "Second forum", "vi": "Thứ ba"}
    silent = Reply.objects.filter(by_silence=True).values_list("side", flat=True)
    assert set(silent) == {SOUTH, "side:twins-west"}


def test_of_three_sides_each_has_its_own_days(desk):
    _acting, west = third_side(desk)
    key = agreed(desk)
    confirmed_by(west, key)
    all_set()
    now = timezone.now()
    days = working_days_from(now.date())
    Office.objects.filter(organization__key="west-office").update(
        holidays=[days[0].isoformat(), days[1].isoformat()]
    )
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    post_all(now)
    until = [clock(change, now, side) for side in (SOUTH, "side:twins-west")]
    assert [one.until for one in until if one] == [days[4], days[6]]
    assert live(now.date() + DAY, days[4] + DAY) == []
    assert set(Reply.objects.values_list("side", flat=True)) == {SOUTH}
    assert set(states(change).values()) == {"open"}
    assert live(days[4] + 2 * DAY, days[6] + DAY) != []
    assert titles(key)["en"] == "Third"


def test_a_side_that_has_not_confirmed_stops_the_clocks(desk):
    key = agreed(desk)
    third_side(desk)
    all_set()
    record = Gathering.everything.get(key=key)
    record.title = words("Third", vi="Thứ ba")
    change = propose(desk.world.north, record)
    now = timezone.now()
    post_all(now)
    assert clock(change, now) is None
    assert live(now.date(), now.date() + 30 * DAY) == []


def test_only_together_passes_as_one_or_not(desk):
    key = agreed(desk)
    all_set()
    changes = {"title-en": "Third", "title-vi": "Thứ ba", "together": "on"}
    change = proposed(desk.north, key, **changes)
    now = timezone.now()
    post_all(now)
    said(desk.south, key, change, en="object", why="No")
    assert live(now.date() + DAY, now.date() + 30 * DAY) == []
    assert titles(key) == {"en": "Second forum", "vi": "Diễn đàn thứ hai"}


def test_what_changed_meanwhile_is_overtaken_and_said(desk):
    key = agreed(desk)
    all_set()
    first = proposed(
        desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba", "place-words": "South"}
    )
    now = timezone.now()
    post_all(now)
    second = proposed(desk.north, key, **{"title-en": "Fourth"})
    said(desk.south, key, second, en="agree")
    assert titles(key)["en"] == "Fourth"
    days = working_days_from(now.date())
    live(now.date() + DAY, days[4] + 2 * DAY)
    assert states(first) == {
        "place": "agreed",
        "title.versions.en.words": "overtaken",
        "title.versions.vi.words": "agreed",
    }
    assert titles(key) == {"en": "Fourth", "vi": "Thứ ba"}
    assert Change.objects.filter(verb="overtake", key=key).count() == 1
    assert Letter.objects.filter(subject="Overtaken: Fourth").count() == 2


def ripe(desk: Desk) -> tuple[str, ProposedChange, datetime]:
    """A proposed change whose days have passed, and the moment after."""
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    last = working_days_from(now.date())[4]
    live(now.date() + DAY, last)
    return key, change, morning(last + DAY)


def test_two_loop_processes_do_it_once(desk, monkeypatch):
    key, change, now = ripe(desk)
    waiting = silence.open_changes()
    assert waiting == [change.pk]
    assert agree_due(now) == "1 proposed changes agreed by silence"
    monkeypatch.setattr(silence, "open_changes", lambda: waiting)  # as the other one had asked
    assert agree_due(now) == ""
    assert Change.objects.filter(verb="agreed_by_silence", key=key).count() == 1
    assert Letter.objects.filter(subject__startswith="Agreed by silence").count() == 2


def test_killed_in_the_middle_leaves_nothing_half_done(desk, monkeypatch):
    key, change, now = ripe(desk)

    def killed(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(silence, "speakers_of", killed)  # after the record was written
        with pytest.raises(KeyboardInterrupt):
            agree_due(now)
    assert titles(key)["en"] == "Second forum"
    assert set(states(change).values()) == {"open"}
    assert not Reply.objects.exists()
    assert agree_due(now) == "1 proposed changes agreed by silence"
    assert titles(key)["en"] == "Third"


def test_a_loop_that_slept_gives_the_days_after_its_second_letter(desk):
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    late = working_days_from(now.date())[14]
    assert agree_due(morning(late)) == ""
    assert post_all(morning(late)) == [
        f"south-office: {Letter.objects.latest('pk').subject}",
    ]
    left = working_days_from(late)
    found = clock(change, morning(late))
    assert found is not None
    assert found.until == left[1]
    assert live(late, left[1]) == []
    assert live(left[1] + DAY, left[1] + DAY) != []
    assert titles(key)["en"] == "Third"


def test_one_that_fails_stops_no_other(desk, monkeypatch, caplog):
    key, change, now = ripe(desk)
    other = propose(desk.world.south, _with_place(key))
    goes = silence.clocks_on

    def fails(kind, record, changes, moment):
        listed = list(changes)
        if listed[0].pk == change.pk:
            raise RuntimeError("nobody thought of this")
        return goes(kind, record, listed, moment)

    with monkeypatch.context() as patched:
        patched.setattr(silence, "clocks_on", fails)
        assert agree_due(now) == ""
    assert "tried again" in caplog.text
    assert Letter.objects.filter(once__startswith=f"proposal:{other.pk}:").exists()
    assert agree_due(now) == "1 proposed changes agreed by silence"


def _with_place(key: str) -> Gathering:
    record = Gathering.everything.get(key=key)
    record.place = Area.everything.get(key="south")
    return record


def test_the_public_reads_that_a_side_was_silent(desk):
    partnership = Partnership.everything.get(key="twins")
    confirm(desk.world.north, partnership)
    page = Client().get("/en/partnerships/twins/").text
    assert "by silence" not in page
    confirm(desk.world.south, Partnership.everything.get(key="twins"))
    all_set()
    partnership = Partnership.everything.get(key="twins")
    partnership.name = words("Twin cities")
    change = propose(desk.world.north, partnership)
    now = timezone.now()
    agree_due(now)
    post_all(now)
    last = working_days_from(now.date())[4]
    assert live(now.date() + DAY, last + DAY) != []
    assert {one.state for one in change.fields.all()} == {ProposalState.AGREED}
    page = " ".join(Client().get("/en/partnerships/twins/").text.split())
    assert "Agreed to a change of it by silence:" in page
    assert "South" in page.partition("by silence:")[2][:60]


def test_clocks_take_three_statements_more_whatever_is_proposed(desk):
    key = agreed(desk)
    all_set()
    proposed(desk.north, key, **{"title-en": "Third"})

    def taken() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.south.get(at("desk_record", key)).status_code == 200
        return len(asked)

    taken()
    with_clock = taken()
    proposed(desk.north, key, **{"title-en": "Fourth"})
    proposed(desk.north, key, **{"title-en": "Fifth"})
    assert taken() == with_clock
    SilenceDays.objects.all().delete()
    assert with_clock - taken() == 3


def test_the_page_takes_few_statements(desk):
    all_set()
    with CaptureQueriesContext(connection) as asked:
        assert desk.north.get(reverse("desk_silence")).status_code == 200
    assert len(asked) <= 12


@pytest.mark.parametrize("wrongly", [False, True])
def test_nothing_passes_that_was_proposed_by_a_mandate_that_was_wrong(desk, wrongly):
    """What somebody proposed by right stands, whoever has left since."""
    key = agreed(desk)
    all_set()
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    now = timezone.now()
    post_all(now)
    office = Office.objects.get(organization__key="north-office")
    since = change.at if wrongly else None
    end_mandates(BY, User.objects.get(email="north-office@example.org"), office, since=since)
    days = working_days_from(now.date())
    took = live(now.date() + DAY, days[4] + 3 * DAY)
    assert len(took) == (0 if wrongly else 1)
    assert set(states(change).values()) == {"withdrawn" if wrongly else "agreed"}
    assert titles(key)["en"] == ("Second forum" if wrongly else "Third")


def test_an_answer_by_a_mandate_that_was_wrong_counts_no_more(desk):
    """It waited for that of a third side; with that alone nothing takes effect."""
    _acting, west = third_side(desk)
    key = agreed(desk)
    confirmed_by(west, key)
    change = proposed(desk.north, key, **{"title-en": "Third", "title-vi": "Thứ ba"})
    said(desk.south, key, change, en="agree")
    since = Reply.objects.get().at
    office = Office.objects.get(organization__key="south-office")
    end_mandates(BY, User.objects.get(email="south-office@example.org"), office, since=since)
    said(west, key, change, en="agree")
    assert states(change)["title.versions.en.words"] == "open"
    assert titles(key)["en"] == "Second forum"


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "2 September 2027\n2027-01-01"),
        ("vi", "2/9/2027\n2027-01-01"),
        ("ru", "2 сентября 2027\n2027-01-01"),
        ("fr", "2 septembre 2027\n2027-01-01"),
        ("id", "2 September 2027\n2027-01-01"),
        ("en", "2027-09-02, 2027-01-01"),
    ],
)
def test_days_on_which_an_office_rests_are_typed_as_people_say_them(language, typed):
    with translation.override(language):
        form = WorkingDaysForm(Office(), {"timezone": "UTC", "holidays": typed})
        assert form.is_valid()
    assert form.cleaned_data["holidays"] == ["2027-01-01", "2027-09-02"]

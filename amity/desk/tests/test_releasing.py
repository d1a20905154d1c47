"""What is told before a record is released, and releasing it on a set day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from amity.accounts.models import MandateHeld, User
from amity.desk.models import PlannedRelease
from amity.desk.releasing import planned
from amity.desk.releasing.planned import release_due
from amity.foundation.models import Change, Letter
from amity.gatherings.choices import ContributionKind, SessionKind
from amity.gatherings.models import Contribution, Gathering, Session, Speaker
from amity.record.actions import save
from amity.record.choices import Audience, Mandate
from amity.record.refusals import NotAllowed
from tests.write.world import words

from .test_desk import Desk, agreed, at, begun, desk, somebody

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def revision(key: str) -> int:
    return Gathering.everything.get(key=key).revision


def read_by_strangers(key: str) -> bool:
    return Client().get(f"/en/gatherings/{key}/").status_code == 200


def set_day(client, key, day, at_time="09:00"):
    sent = {"revision": revision(key), "act": "set", "day": day, "time": at_time}
    return client.post(at("desk_release", key), sent)


def programme(desk: Desk, key: str) -> None:
    """A session with a contribution in which Anna speaks, in English alone."""
    gathering = Gathering.everything.get(key=key)
    save(desk.world.north, desk.world.person(), audience=Audience.PUBLIC)
    session = Session(
        dossier=gathering.dossier,
        gathering=gathering,
        key="opening",
        kind=SessionKind.PLENARY,
        position=1,
        title=words("Opening", vi="Khai mạc"),
    )
    save(desk.world.north, session)
    talk = Contribution(
        dossier=gathering.dossier,
        session=session,
        key="talk",
        kind=ContributionKind.SPEECH,
        position=1,
        title=words("Talk"),
    )
    person = desk.world.person().__class__.everything.get(key="anna")
    save(desk.world.north, talk, {"speakers": [Speaker(person=person, position=1)]})


def test_what_goes_along_is_told_before_it_is_released(desk):
    key = begun(desk.north)
    desk.world.dossier.languages = ["en", "vi", "ru"]
    desk.world.dossier.save()
    programme(desk, key)
    before = Change.objects.count()
    page = desk.north.get(at("desk_release", key)).text
    assert "<li>Sessions: 1</li>" in page
    assert "<li>Contributions: 1</li>" in page
    assert '<li>Title · <span class="quiet">Russian</span></li>' in " ".join(page.split())
    assert 'Contributions: 1 · <span class="quiet">Russian, Vietnamese</span>' in " ".join(
        page.split()
    )
    assert "<p>Anna</p>" in page
    assert Change.objects.count() == before
    assert not read_by_strangers(key)


def test_who_may_not_release_is_told_nothing(desk):
    key = begun(desk.north)
    assert desk.south.get(at("desk_release", key)).status_code == 403
    assert desk.east.get(at("desk_release", key)).status_code == 404
    assert set_day(desk.south, key, "2127-05-01").status_code == 403
    assert set_day(desk.east, key, "2127-05-01").status_code == 404
    assert PlannedRelease.objects.count() == 0


def test_released_on_its_day_and_once(desk):
    key = begun(desk.north)
    assert set_day(desk.north, key, "2127-05-01").status_code == 302
    plan = PlannedRelease.objects.get()
    assert plan.due == datetime(2127, 5, 1, 9, tzinfo=UTC)
    assert "1 May 2127" in desk.north.get(at("desk_release", key)).text
    assert "To be released on a set day" in desk.north.get(reverse("desk")).text
    assert "To be released on a set day" not in desk.south.get(reverse("desk")).text
    assert release_due(plan.due - timedelta(seconds=1)) == ""
    assert not read_by_strangers(key)
    assert release_due(plan.due) == "1 records released on their day"
    assert read_by_strangers(key)
    change = Change.objects.filter(kind="gathering", key=key).order_by("-pk")[0]
    assert (change.verb, change.office) == ("release", "organization:north-office")
    assert change.user == User.objects.get(email="north-office@example.org")
    assert release_due(plan.due + timedelta(days=1)) == ""
    assert "To be released on a set day" not in desk.north.get(reverse("desk")).text


def test_a_day_is_taken_back_and_set_anew(desk):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    set_day(desk.north, key, "2127-06-01", "14:30")
    assert [one.outcome for one in PlannedRelease.objects.order_by("pk")] == ["withdrawn", ""]
    desk.north.post(at("desk_release", key), {"revision": revision(key), "act": "unset"})
    assert release_due(datetime(2128, 1, 1, tzinfo=UTC)) == ""
    assert not read_by_strangers(key)


@pytest.mark.parametrize(
    ("day", "at_time", "said"),
    [
        ("2020-01-01", "09:00", "This day has passed; choose one to come."),
        ("soon", "09:00", "Give a day and a time"),
        ("2127-05-01", "<b>", "Give a day and a time"),
        ("2127-05-01", "09:00+07:00", ""),
        ("", "", "Give a day and a time"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(desk, day, at_time, said):
    key = begun(desk.north)
    answer = set_day(desk.north, key, day, at_time)
    if said:
        assert answer.status_code == 422
        assert said in answer.text
        assert "<b>" not in answer.text.partition('id="day"')[2]
        assert PlannedRelease.objects.count() == 0
    else:  # an offset says nothing beside the clocks that the page names
        assert PlannedRelease.objects.get().due == datetime(2127, 5, 1, 9, tzinfo=UTC)


def test_the_clocks_are_those_of_whoever_sets_it(desk):
    key = begun(desk.north)
    User.objects.filter(email="north-office@example.org").update(timezone="Europe/Berlin")
    assert set_day(desk.north, key, "2127-03-30", "02:30").status_code == 422  # left out
    assert set_day(desk.north, key, "2127-07-01").status_code == 302
    assert PlannedRelease.objects.get().due == datetime(2127, 7, 1, 7, tzinfo=UTC)


def test_whoever_has_left_releases_nothing_and_the_office_is_told(desk):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    other = somebody("north-office", name="heir")
    User.objects.filter(email="heir@example.org").update(language="vi")
    MandateHeld.objects.filter(user__email="north-office@example.org").update(
        ended=timezone.now() + timedelta(seconds=1)
    )
    assert release_due(datetime(2127, 5, 2, tzinfo=UTC)) == ""
    assert not read_by_strangers(key)
    letter = Letter.objects.get(subject__startswith="Chưa công bố")
    assert (letter.to, letter.language) == ("heir@example.org", "vi")
    assert "Not released on its day" in other.get(reverse("desk")).text
    why = "Whoever set the day may not release it any more."
    assert why in other.get(at("desk_release", key)).text
    assert release_due(datetime(2127, 5, 3, tzinfo=UTC)) == ""
    assert Letter.objects.filter(to="heir@example.org").count() == 1


def test_what_not_all_readers_may_read_stops_it_and_leaves_nothing(desk):
    key = begun(desk.north)
    gathering = Gathering.everything.get(key=key)
    hidden = desk.world.gathering("within", within=None)
    save(desk.world.north, hidden, audience=Audience.CIRCLE)
    gathering.within = Gathering.everything.get(key="within")
    save(desk.world.north, gathering)
    set_day(desk.north, key, "2127-05-01")
    assert release_due(datetime(2127, 5, 2, tzinfo=UTC)) == ""
    assert not read_by_strangers(key)
    refused = PlannedRelease.objects.get()
    assert refused.outcome == "refused"
    assert refused.failure != ""


def test_two_processes_release_it_once(desk, monkeypatch):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    due = datetime(2127, 5, 2, tzinfo=UTC)
    asked_before = planned.due_at(due)
    assert release_due(due) == "1 records released on their day"
    monkeypatch.setattr(planned, "due_at", lambda _now: asked_before)  # as the other one had
    assert release_due(due) == ""
    assert Change.objects.filter(verb="release", key=key).count() == 1


def test_killed_between_releasing_and_noting_leaves_both_undone(desk, monkeypatch):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    due = datetime(2127, 5, 2, tzinfo=UTC)

    def killed(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(PlannedRelease, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            release_due(due)
    assert not read_by_strangers(key)
    assert release_due(due) == "1 records released on their day"
    assert read_by_strangers(key)


def test_the_page_takes_as_many_statements_whatever_goes_along(desk):
    key = begun(desk.north)
    programme(desk, key)

    def taken() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.north.get(at("desk_release", key)).status_code == 200
        return len(asked)

    taken()  # what was done is said once
    few = taken()
    session = Session.everything.get(key="opening")
    for number in range(4):
        talk = Contribution(
            dossier=session.dossier,
            session=session,
            key=f"talk-{number}",
            kind=ContributionKind.SPEECH,
            position=number + 2,
            title=words(f"Talk {number}"),
        )
        save(desk.world.north, talk)
    assert taken() == few <= 20


def test_an_observer_sets_no_day(desk):
    key = begun(desk.north)
    observer = somebody("north-office", Mandate.OBSERVER, name="watcher")
    assert set_day(observer, key, "2127-05-01").status_code == 403
    with pytest.raises(NotAllowed):
        save(desk.world.east, Gathering.everything.get(key=key))


def test_what_every_side_has_confirmed_is_released_by_no_day(desk):
    key = agreed(desk)
    answer = set_day(desk.north, key, "2127-05-01")
    assert answer.status_code == 422
    assert "it is released when the others agree" in answer.text
    assert PlannedRelease.objects.count() == 0
    assert "On a set day" not in desk.north.get(at("desk_release", key)).text


def test_a_day_that_was_set_before_all_confirmed_is_shown_and_counts_no_more(desk):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    desk.south.post(at("desk_confirm", key), {"revision": revision(key)})
    page = desk.north.get(at("desk_release", key)).text
    assert "Every side has confirmed it since" in page
    assert "Take the day back" in page
    assert "Take the day back" not in desk.south.get(at("desk_release", key)).text
    assert release_due(datetime(2127, 5, 2, tzinfo=UTC)) == ""
    assert not read_by_strangers(key)
    assert "released when the others agree" in PlannedRelease.objects.get().failure
    assert Letter.objects.filter(subject__startswith="Not released").count() == 1
    assert "and was not" not in desk.south.get(at("desk_release", key)).text


def test_the_page_of_the_record_says_the_day_to_its_readers(desk):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    for client in (desk.north, desk.south):
        page = html.fromstring(client.get(at("desk_record", key)).text).text_content()
        page = " ".join(page.split())
        assert "It is to be released to everybody on 1 May 2127, 09:00 (UTC)." in page
        assert "Set by: north-office" in page
    assert release_due(datetime(2127, 5, 2, tzinfo=UTC)) != ""
    assert "It is to be released" not in desk.north.get(at("desk_record", key)).text


def test_a_day_that_has_come_is_not_taken_back(desk):
    key = begun(desk.north)
    set_day(desk.north, key, "2127-05-01")
    release_due(datetime(2127, 5, 2, tzinfo=UTC))
    sent = {"revision": revision(key), "act": "unset"}
    page = desk.north.post(at("desk_release", key), sent, follow=True).text
    assert "No day was set, or it has come already." in page
    assert PlannedRelease.objects.get().outcome == "released"


def test_one_that_fails_stops_no_other(desk, monkeypatch, caplog):
    first, second = begun(desk.north), begun(desk.north, **{"title-en": "Third forum"})
    set_day(desk.north, first, "2127-05-01")
    set_day(desk.north, second, "2127-05-01")
    released = planned.writing.release

    def fails(acting, record, audience):
        if record.key == first:
            raise RuntimeError("nobody thought of this")
        return released(acting, record, audience)

    due = datetime(2127, 5, 2, tzinfo=UTC)
    with monkeypatch.context() as patched:
        patched.setattr(planned.writing, "release", fails)
        assert release_due(due) == "1 records released on their day"
    assert (read_by_strangers(first), read_by_strangers(second)) == (False, True)
    assert "tried again" in caplog.text
    assert release_due(due) == "1 records released on their day"
    assert read_by_strangers(first)

"""What was set aside is declined together with one reason, and taken back as one."""

import pytest
from django.test import Client
from django.utils import timezone

from amity.collecting.actions import aside
from amity.collecting.models import Submission
from amity.foundation.models import Change, Letter
from amity.record.choices import Mandate
from amity.record.refusals import NotAllowed

from .test_again import another, steps
from .test_sorting import TAKE_UP, act
from .world import SENT, at, collecting, mailed, signed_in

pytestmark = pytest.mark.django_db
REASON = "Gửi bằng máy, không có nội dung."
FILLED = {"website": "https://example.org"}
"""What people do not see is filled in: it is set aside."""


@pytest.fixture
def there():
    """Three proposals were set aside, and one was not."""
    made = collecting()
    made.send(title="Thật", mail="", written_to="")
    for number in range(3):
        made.send(title=f"Số {number}", **FILLED)
    return made


def rows() -> list[Submission]:
    return list(Submission.objects.filter(aside=True).order_by("pk"))


def stages() -> list[str]:
    return [one.stage for one in Submission.objects.order_by("pk")]


def decline(client: Client, *ticked: int, form: str = "", **typed: str):
    data = {"reason": REASON, "language": "vi", "ticked": [str(one) for one in ticked]} | typed
    return client.post(f"{at('desk_decline_together')}{form}", data)


def take_back(client: Client, change: Change | None = None):
    change = change or Change.objects.filter(verb="decline_together").latest("pk")
    return client.post(at("desk_take_back", change.pk))


def state() -> list[object]:
    """All that an act of these could change."""
    return [
        list(Submission.objects.order_by("pk").values()),
        Change.objects.count(),
        list(Letter.objects.order_by("pk").values_list("once", "text")),
    ]


def test_all_that_was_set_aside_is_declined_and_each_who_sent_it_is_told_why(there):
    listed = there.south.get(at("desk_submissions") + "?aside=1").text
    assert "Do not take them up" in listed
    assert "Do not take them up" not in there.south.get(at("desk_submissions")).text
    answer = decline(there.south, everything="on")
    assert (answer.status_code, answer["Location"]) == (302, at("desk_submissions") + "?aside=1")
    assert stages() == ["received", "declined", "declined", "declined"]
    assert {(one.reason, one.office) for one in rows()} == {(REASON, "organization:south-office")}
    told = [one for one in mailed() if REASON in one.text]
    assert [one.key for one in told] == [str(one.pk) for one in rows()]
    whole = Change.objects.get(verb="decline_together")
    assert list(whole.steps.order_by("pk").values_list("verb", "key")) == [
        ("decline", str(one.pk)) for one in rows()
    ]
    assert not Change.objects.filter(kind="submission", public=True).exists()
    shown = there.south.get(at("desk_submissions") + "?aside=1").text
    assert "3 were not taken up together on" in shown
    assert "Do not take them up" not in shown
    assert "not taken up, several together" in there.south.get(at("desk_history")).text


def test_what_is_ticked_alone_is_declined_and_of_one_form_where_that_is_asked_for(there):
    first, second, third = rows()
    decline(there.north, second.pk, first.pk - 1)
    assert stages() == ["received", "received", "declined", "received"]
    other = another(there)
    Submission.objects.filter(pk=third.pk).update(call=other)
    decline(there.north, form=f"?form={other.pk}", everything="on")
    assert stages() == ["received", "received", "declined", "declined"]
    shown = there.north.get(f"{at('desk_submissions')}?aside=1&form={other.pk}").text
    assert "Do not take them up" not in shown
    page = there.north.get(f"{at('desk_submissions')}?aside=1&form={first.call_id}").text
    assert page.count('name="ticked"') == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": " "}, "This field is required."),
        ({"reason": "a\x00b"}, "wrong"),
        ({"ticked": ["x", "99999999999999999999"]}, "Tick what is not taken up."),
        ({"ticked": []}, "Tick what is not taken up."),
        ({"language": "tlh"}, "tlh is not one of the available choices"),
    ],
)
def test_where_something_is_wrong_nothing_is_written_and_what_was_typed_stays(there, typed, said):
    first = rows()[0]
    before = state()
    answer = there.south.post(
        at("desk_decline_together"),
        {"reason": REASON, "language": "vi", "ticked": [str(first.pk)]} | typed,
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert ("Số 0" in answer.text, "Thật" in answer.text) == (True, False)
    assert state() == before
    if "ticked" not in typed:
        assert f'value="{first.pk}" aria-label="Do not take it up: Số 0" checked' in answer.text


def test_other_offices_and_lesser_mandates_do_nothing(there):
    lesser = [signed_in("south-office", one) for one in (Mandate.OBSERVER, Mandate.REVIEWER)]
    before = state()
    assert decline(there.east, *[one.pk for one in rows()], everything="on").status_code == 302
    for client in lesser:
        assert decline(client, everything="on").status_code == 403
    assert state() == before
    decline(there.south, everything="on")
    after = state()
    for client in (there.east, there.north):
        assert take_back(client).status_code == 302
    for client in lesser:
        assert take_back(client).status_code == 403
    for acts in (
        lambda: aside.decline_together(observing(there), REASON, "vi", only=0, chosen=None),
        lambda: aside.take_back(observing(there), Change.objects.latest("pk").pk),
    ):
        with pytest.raises(NotAllowed):
            acts()
    assert state() == after
    assert "Take this back" in there.south.get(at("desk_submissions") + "?aside=1").text
    for client in (there.east, there.north, *lesser):
        assert "Take this back" not in client.get(at("desk_submissions") + "?aside=1").text


def observing(there):
    """South, by whom nothing is written."""
    from dataclasses import replace

    return replace(there.world.south, mandates=frozenset({Mandate.OBSERVER}))


def test_one_that_fails_in_the_middle_leaves_nothing(there, monkeypatch):
    before = state()
    real, calls = aside.tell, []

    def failing(*args):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(*args)

    monkeypatch.setattr(aside, "tell", failing)
    with pytest.raises(RuntimeError):
        decline(there.south, everything="on")
    assert (len(calls), state()) == (2, before)


def test_it_is_taken_back_as_one_and_who_was_told_is_told_of_that_too(there):
    first, second, _third = rows()
    act_on(there, "read", second)
    decline(there.south, everything="on")
    Letter.objects.filter(once=f"submission:{first.pk}:declined").update(sent_at=timezone.now())
    assert take_back(there.south).status_code == 302
    assert stages() == ["received", "received", "reading", "received"]
    assert {(one.reason, one.reason_language, one.again) for one in rows()} == {("", "", 1)}
    assert steps() == [*("received", "received", "received", "reading", "declined", "undeclined:1")]
    letter = mailed()[-1]
    assert (letter.key, letter.language) == (str(first.pk), "vi")
    again = state()
    answer = there.south.post(
        at("desk_take_back", Change.objects.get(verb="decline_together").pk), follow=True
    )
    assert "This was taken back before." in answer.text
    assert state() == again
    assert "Take this back" not in answer.text
    decline(there.south, everything="on")
    assert steps()[-3:] == ["declined:1"] * 3
    assert stages() == ["received", "declined", "declined", "declined"]


def act_on(there, name: str, one: Submission):
    return there.south.post(at(f"desk_submission_{name}", one.pk))


def test_what_its_author_took_back_meanwhile_stays_as_it_is(there):
    decline(there.south, everything="on")
    first = rows()[0]
    Submission.objects.filter(pk=first.pk).update(stage="withdrawn")
    take_back(there.south)
    assert stages() == ["received", "withdrawn", "received", "received"]
    assert Change.objects.get(verb="take_back").steps.count() == 2


def test_what_nobody_waits_for_any_more_is_said(there):
    first = rows()[0]
    act(there, "take_up", TAKE_UP)
    decline(there.south, everything="on")
    before = state()
    answer = there.north.post(
        at("desk_decline_together"),
        {"reason": REASON, "language": "vi", "ticked": [str(first.pk)]},
        follow=True,
    )
    assert "This waits no more: somebody has decided on it." in answer.text
    assert state() == before


def test_the_most_of_one_act_leaves_the_newest_waiting(there, monkeypatch):
    monkeypatch.setattr(aside, "AT_ONCE", 2)
    answer = there.south.post(
        at("desk_decline_together"),
        {"reason": REASON, "language": "vi", "everything": "on"},
        follow=True,
    )
    assert "2 were not taken up." in answer.text
    assert stages() == ["received", "declined", "declined", "received"]


def test_who_sent_it_reads_the_reason_on_their_own_page(there):
    page = there.send(title=SENT["title"], **FILLED)
    decline(there.south, there.submission.pk)
    assert REASON in Client().get(page).text
    take_back(there.south)
    assert REASON not in Client().get(page).text

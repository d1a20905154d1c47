"""The form of a gathering: set at the desk, open on set days, and nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amity.collecting.forms import proposing as forms
from amity.collecting.models import Call, Submission
from amity.foundation.models import Change
from amity.record.actions import save
from amity.record.choices import Audience, Mandate

from .test_sorting import TAKE_UP, act
from .world import FORM, SENT, at, collecting, mailed, post, signed_in, token

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/proposed/[\w-]+/")
SET = {
    "opens_at": "2026-11-01T09:00",
    "closes_at": "2099-11-30T18:00",
    "introduction-en": "What should we do?",
    "most_a_day": "100",
}


@pytest.fixture
def there():
    return collecting()


def moved(**fields: object) -> None:
    Call.objects.update(**fields)


def test_an_officer_sets_the_form_and_it_stands_on_the_page_of_the_gathering(there):
    Call.objects.all().delete()
    assert Client().get(FORM).status_code == 404
    page = "/en/gatherings/forum-1/"
    assert "/propose/" not in Client().get(page).text
    desk = at("desk_record", "gatherings", "forum-1")
    assert at("desk_call", "forum-1") in there.south.get(desk).text
    assert at("desk_call", "forum-1") not in there.east.get(desk).text
    assert there.south.post(at("desk_call", "forum-1"), SET).status_code == 302
    call = Call.objects.get()
    assert call.opens_at.isoformat() == "2026-11-01T02:00:00+00:00"
    assert (call.code, call.office, call.most_a_day) == (None, "organization:south-office", 100)
    assert "/en/gatherings/forum-1/propose/" in Client().get(page).text
    form = Client().get(FORM.replace("/vi/", "/en/"))
    assert "What should we do?" in form.text
    assert dict(form.cookies) == {}
    assert "no-store" in form["Cache-Control"]


def test_the_term_for_answers_is_set_and_the_proposer_reads_by_when(there):
    address = at("desk_call", "forum-1")
    page = there.send()
    act(there, "take_up", TAKE_UP)
    assert there.south.post(address, SET | {"answer_until": "31 December 2098"}).status_code == 302
    assert 'value="2098-12-31"' in there.south.get(address).text
    told = Client().get(page.replace("/vi/", "/en/")).text
    assert "An answer is due by 31 December 2098." in told
    assert there.south.post(address, SET | {"answer_days": "3"}).status_code == 302
    long_ago = datetime(2026, 1, 1, 12, tzinfo=UTC)
    Change.objects.filter(kind="proposal").update(at=long_ago)
    assert "Hạn trả lời là" in Client().get(page).text
    assert there.south.post(address, SET).status_code == 302
    assert "Hạn trả lời" not in Client().get(page).text


@pytest.mark.parametrize(
    "term",
    [
        {"answer_days": "0"},
        {"answer_days": "731"},
        {"answer_until": "soon"},
        {"answer_until": "2027"},
        {"answer_days": "5", "answer_until": "2027-01-01"},
    ],
)
def test_what_is_no_term_is_refused_in_words(there, term):
    answer = there.south.post(at("desk_call", "forum-1"), SET | term)
    assert answer.status_code == 422
    assert 'class="fault"' in answer.text


def test_a_closed_form_is_found_by_its_code_alone(there):
    there.north.post(at("desk_call", "forum-1"), SET | {"closed": "on"})
    code = Call.objects.get().code
    assert code is not None
    assert Client().get(FORM).status_code == 404
    assert "/propose/" not in Client().get("/en/gatherings/forum-1/").text
    assert Client().get(f"/en/propose/{code}/").status_code == 200
    assert Client().get(f"/en/propose/{code[:-1]}/").status_code == 404
    there.north.post(at("desk_call", "forum-1"), SET | {"closed": "on"})
    assert Call.objects.get().code == code
    there.north.post(at("desk_call", "forum-1"), SET | {"closed": "on", "new_code": "on"})
    assert Client().get(f"/en/propose/{code}/").status_code == 404


def test_the_form_of_a_gathering_that_is_not_public_is_found_by_its_code_alone():
    there = collecting(Audience.CIRCLE)
    assert Client().get(FORM).status_code == 404
    desk = there.north.get(at("desk_call", "forum-1")).text
    assert "The gathering is not public, so nobody finds the form." in desk
    there.north.post(at("desk_call", "forum-1"), SET | {"closed": "on"})
    assert there.send(f"/vi/propose/{Call.objects.get().code}/")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("opens_at", "", "Say when."),
        ("closes_at", "2026-10-01T09:00", "A form closes after it opens."),
        ("closes_at", "soon", "Expected a day and a time"),
        ("most_a_day", "0", "greater than or equal to 1"),
        ("introduction-en", "a\x00b", "control character"),
    ],
)
def test_what_is_no_form_is_refused_in_words(there, field, value, said):
    before = Call.objects.values().get()
    answer = there.north.post(at("desk_call", "forum-1"), SET | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert Call.objects.values().get() == before


def test_before_it_opens_and_after_it_closes_the_page_says_when(there):
    now = timezone.now()
    opened = token()
    moved(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    early = Client().get(FORM.replace("/vi/", "/en/")).text
    assert "The form is not open yet. It opens on" in early
    assert "<textarea" not in early
    assert post(token=opened).status_code == 422
    moved(opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1))
    assert "The form is closed since" in Client().get(FORM.replace("/vi/", "/en/")).text
    late = post(token=opened)
    assert (late.status_code, Submission.objects.count()) == (422, 0)
    assert SENT["words"] in late.text


def test_what_is_sent_is_kept_with_a_receipt_in_its_language(there):
    page = there.send()
    one = there.submission
    assert (one.number, one.stage, one.shown) == (1, "received", True)
    assert one.others == SENT["others"]
    (letter,) = mailed()
    assert (letter.to, letter.language) == ("lan@example.org", "vi")
    assert "forum-1/1" in letter.text
    assert page in letter.text
    assert letter.stops_at.endswith(page)
    for name in ("Lan", "Minh", "Hoa Sen"):
        assert name not in letter.text + letter.html
    status = Client().get(f"{page}?sent=1")
    assert (status.status_code, dict(status.cookies)) == (200, {})
    assert SENT["words"] in status.text
    assert "forum-1/1" in status.text


def test_without_an_address_no_letter_is_written_and_the_page_is_there(there):
    page = there.send(mail="", written_to="")
    assert mailed() == []
    assert Client().get(page).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("words", ""),
        ("name", ""),
        ("mail", "not an address"),
        ("mail", ""),
        ("written_to", ""),
        ("name", "Lan\nBcc: all@example.org"),
        ("title", "x\ty"),
        ("words", "a\u202eb"),
        ("title", "x" * 201),
        ("words", "x" * 8001),
        ("kind", "order"),
        ("language", "tlh"),
        ("others", "\n".join(f"N{one}" for one in range(31))),
    ],
)
def test_what_cannot_be_taken_is_refused_and_what_was_typed_stays(there, field, value):
    answer = post(**{field: value})
    assert answer.status_code == 422
    assert (Submission.objects.count(), mailed()) == (0, [])
    for name in {"title", "words", "name"} - {field}:
        assert SENT[name].split("\n")[0] in answer.text
    again = forms.Opened(there.call).token()
    assert post(token=again).status_code == 303


def test_markup_is_words(there):
    nasty = "<script>alert(1)</script> {{ 7*7 }} %(x)s"
    page = there.send(title=nasty, words=nasty, name=nasty)
    for text in (
        Client().get(page).text,
        there.north.get(at("desk_submission", there.submission.pk)).text,
    ):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("field", ["title", "words", "name", "organization", "others"])
def test_a_letter_is_the_same_whatever_was_typed(there, field):
    """Somebody typed the address of another, and an advertisement beside it."""
    there.send()
    there.send(**{field: "Win at https://casino.example now"})
    plain, other = mailed()
    for said in ("subject", "text", "html"):
        usual, advertised = (
            LINK.sub("", getattr(one, said).replace("forum-1/2", "forum-1/1"))
            for one in (plain, other)
        )
        assert advertised == usual
    assert plain.subject == "Đã nhận: đề xuất forum-1/1 của bạn"


def test_no_later_letter_says_what_was_typed_either(there):
    typed = {"title": "Casino.example", "words": "Win now", "name": "Lucky", "organization": "Bet"}
    there.send(**typed)
    number = there.submission.pk
    there.north.post(at("desk_submission_read", number))
    decided = {"reason": "Không phải việc của chúng tôi.", "language": "vi"}
    there.north.post(at("desk_submission_decline", number), decided)
    letters = mailed()
    assert len(letters) == 3
    for letter in letters:
        for words in typed.values():
            assert words not in letter.subject + letter.text + letter.html


def test_other_offices_and_lesser_mandates_neither_see_nor_set_the_form(there):
    before = Call.objects.values().get()
    editor = signed_in("north-office", Mandate.EDITOR)
    observer = signed_in("north-office", Mandate.OBSERVER)
    changes = Change.objects.count()
    for client, statuses in (
        (there.east, (404, 404)),
        (observer, (404, 404)),
        (editor, (200, 403)),
    ):
        got = client.get(at("desk_call", "forum-1")).status_code
        sent = client.post(at("desk_call", "forum-1"), SET).status_code
        assert (got, sent) == statuses
    assert Call.objects.values().get() == before
    assert Change.objects.count() == changes


def test_the_hour_that_comes_twice_is_asked_which_and_kept_as_chosen(there):
    there.gathering.refresh_from_db()
    there.gathering.timezone = "Europe/Lisbon"
    save(there.world.north, there.gathering)
    address = at("desk_call", "forum-1")
    night = SET | {"opens_at": "2026-10-01T09:00", "closes_at": "2026-10-25T01:30"}
    asked = there.north.post(address, night)
    assert asked.status_code == 422
    assert "say which time is meant" in asked.text
    assert 'name="closes_at-which" value="+01:00"' in asked.text
    for which, moment in (("+01:00", "00:30"), ("+00:00", "01:30")):
        assert there.north.post(address, night | {"closes_at-which": which}).status_code == 302
        assert Call.objects.get().closes_at.isoformat() == f"2026-10-25T{moment}:00+00:00"
        page = there.north.get(address).text
        assert f'name="closes_at-which" value="{which}" checked' in page
    elsewhere = night | {"closes_at": "2026-12-01T01:30", "closes_at-which": "+01:00"}
    assert there.north.post(address, elsewhere).status_code == 302
    assert Call.objects.get().closes_at.isoformat() == "2026-12-01T01:30:00+00:00"
    left_out = night | {"closes_at": "2027-03-28T01:30"}
    assert "does not exist" in there.north.post(address, left_out).text


def test_times_of_the_form_are_said_with_their_zone(there):
    moved(closes_at=datetime.fromisoformat("2099-10-25T01:30+00:00"))
    assert (
        'datetime="2099-10-25T08:30+07:00">25 October 2099, 08:30</time> '
        '<span class="offset">(UTC+7)</span>'
    ) in Client().get(FORM.replace("/vi/", "/en/")).text


@pytest.mark.parametrize("field", ["title", "words", "name"])
def test_what_nobody_sees_is_not_taken_for_words(there, field):
    answer = post(**{field: "\u200b\u2060 \u3164"})
    assert (answer.status_code, Submission.objects.count()) == (422, 0)

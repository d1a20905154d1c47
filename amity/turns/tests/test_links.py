"""Links in mails: guessed, replayed, passed on, too old, of another turn, opened by machines."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amity.accounts.models import MandateHeld
from amity.followup.models import Commitment, Report
from amity.foundation.models import Change, Letter
from amity.network.models import Office, SideOffice
from amity.record.choices import Audience, Mandate
from amity.turns.actions.asking import ask_due, keep_holder, send_link
from amity.turns.models import Holder, Link, Turn
from tests.write.world import words

from .world import REPORT, at, link, signed_in, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return thread()


@pytest.fixture
def asked(there):
    there.charge()
    there.south.post(at("desk_turn_ask", there.turn.pk))
    return link()


def test_who_asks_first_is_told_of_no_earlier_link(there):
    there.charge()
    told = [
        there.south.post(at("desk_turn_ask", there.turn.pk), follow=True).text for _time in range(2)
    ]
    assert ["The letter is on its way." in page for page in told] == [True, True]
    assert ["The link sent before serves no more." in page for page in told] == [False, True]


def state() -> list[object]:
    """All that a link could change."""
    return [
        list(Turn.objects.order_by("pk").values()),
        list(Link.objects.order_by("pk").values()),
        list(Holder.objects.order_by("pk").values()),
        Report.everything.count(),
        Change.objects.count(),
        Letter.objects.count(),
    ]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_that_opens_the_link_changes_nothing(there, asked, method):
    before = state()
    scanner = Client(headers={"purpose": "prefetch", "sec-purpose": "prefetch"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _again in range(3):
            getattr(scanner, method)(asked)
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
    assert state() == before
    assert dict(scanner.cookies) == {}
    assert Client().post(asked, REPORT).status_code == 200


def test_the_page_is_kept_nowhere_and_signs_nobody_in(there, asked):
    client = Client()
    for answer in (client.get(asked), client.post(asked, REPORT), client.get(asked)):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "Cookie" not in answer.get("Vary", "")
        assert (
            asked.rstrip("/").rpartition("/")[2]
            not in answer.text.replace('href="', "").partition("</header>")[2]
        )
    assert dict(client.cookies) == {}
    assert client.get(at("desk")).status_code == 302


def test_a_browser_with_cookies_of_another_person_is_that_person_nowhere(there, asked):
    assert there.north.post(asked, REPORT).status_code == 200
    change = Change.objects.filter(verb="submit").get()
    assert (change.user_id, change.command, change.office) == (
        None,
        "turn",
        "organization:south-office",
    )


def test_a_second_sending_is_refused_kindly_and_changes_nothing(there, asked):
    Client().post(asked, REPORT)
    before = state()
    again = Client().post(asked, REPORT | {"words": "another"})
    assert again.status_code == 409
    assert "nothing was sent a second time" in Client().post(asked.replace("/vi/", "/en/")).text
    assert Client().post(f"{asked}draft/", {"words": "x"}).status_code == 409
    assert state() == before


def test_a_guessed_link_tells_nothing(there, asked):
    for secret in ("x", "a" * 32, asked.split("/")[3][:-1], asked.split("/")[3].swapcase()):
        for answer in (
            Client().get(f"/en/turns/{secret}/"),
            Client().post(f"/en/turns/{secret}/", REPORT),
        ):
            assert answer.status_code == 404
            assert "Twelve boats" not in answer.text
            assert "south-office" not in answer.text
        assert Client().post(f"/en/turns/{secret}/draft/", REPORT).status_code == 404
    assert not Report.everything.exists()


def test_only_a_digest_of_the_secret_is_kept(there, asked):
    secret = asked.split("/")[3]
    (kept,) = Link.objects.values_list("digest", flat=True)
    assert secret not in kept
    assert len(kept) == 64


def test_a_link_that_is_too_old_withdrawn_or_replaced_is_gone(there, asked):
    turn = there.turn
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(asked).status_code == 410
    assert Client().post(asked, REPORT).status_code == 410
    there.south.post(at("desk_turn_ask", turn.pk))
    second = link()
    assert Client().get(second).status_code == 200
    there.south.post(at("desk_turn_withdraw", turn.pk))
    for address in (asked, second):
        answer = Client().post(address, REPORT)
        assert answer.status_code == 410
        assert "Twelve boats" not in answer.text
    assert not Report.everything.exists()
    waiting = Letter.objects.filter(to="lan@example.org", sent_at=None, given_up_at=None)
    assert not waiting.exists()


def test_a_link_is_for_its_own_turn(there):
    other = Turn.objects.create(
        commitment=there.commitment, side=there.turn.side, due_on=timezone.now().date()
    )
    there.charge()
    for turn in Turn.objects.all():
        there.south.post(at("desk_turn_ask", turn.pk))
    Client().post(link(), REPORT | {"turn": str(other.pk)})
    answered = Turn.objects.exclude(answered_at=None)
    assert answered.count() == 1


def test_the_page_names_for_whom_it_is(there, asked):
    page = Client().get(asked.replace("/vi/", "/en/")).text
    assert "This form is for Lan. Asked by: south-office." in page


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil"])
def test_a_strange_host_gets_neither_page_nor_letter(there, asked, host):
    assert Client(headers={"host": host}).get(asked).status_code == 400
    assert "evil" not in "".join(Letter.objects.values_list("text", flat=True))


def test_what_is_typed_is_a_text_and_no_markup(there, asked):
    nasty = "<script>alert(1)</script> %(x)s {{ 7*7 }}"
    Client().post(asked, REPORT | {"words": nasty, "links": "javascript:alert(1)"})
    assert not Report.everything.exists()
    Client().post(asked, REPORT | {"words": nasty})
    page = Client().get(asked).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_too_much_is_refused_and_nothing_of_it_kept(there, asked):
    assert Client().post(f"{asked}draft/", {"words": "x" * 70_000}).status_code == 413
    assert Client().post(asked, REPORT | {"words": "x" * 70_000}).status_code == 422
    assert Link.objects.get().draft == {}


def test_an_office_that_speaks_for_the_side_no_more_gets_no_report(there, asked):
    SideOffice.objects.filter(office__organization__key="south-office").update(vouched_at=None)
    assert Client().post(asked, REPORT).status_code == 410
    assert not Report.everything.exists()


def test_officers_of_other_sides_and_lesser_mandates_do_not_ask(there, asked):
    number = there.turn.pk
    typed = {"name": "X", "mail": "x@example.org", "language": "en", "timezone": "UTC"}
    before = state()
    lesser = [
        signed_in("south-office", mandate)
        for mandate in (Mandate.EDITOR, Mandate.OBSERVER, Mandate.REVIEWER)
    ]
    for client, status in [(there.north, 404), (there.east, 404), *((one, 403) for one in lesser)]:
        for name, data in (
            ("desk_turn_ask", {}),
            ("desk_turn_withdraw", {}),
            ("desk_turn_holder", typed),
        ):
            assert client.post(at(name, number), data).status_code == status
    assert there.north.get(at("desk_turn", number)).status_code == 404
    assert state()[:3] == before[:3]


def test_holders_are_known_to_their_own_office_alone(there, asked):
    turn = at("desk_turn", there.turn.pk)
    assert "lan@example.org" in there.south.get(turn).text
    observer = signed_in("south-office", Mandate.OBSERVER)
    assert "lan@example.org" not in observer.get(turn).text
    for client in (there.north, there.east, Client(), observer):
        for address in (
            "/en/commitments/C-2026-001/",
            "/api/v1/commitments/C-2026-001",
            "/en/search/?q=lan",
            "/en/changes/",
            at("desk_turns"),
            at("desk_history"),
            at("desk_history_of", "commitments", "C-2026-001"),
        ):
            assert "lan@example.org" not in client.get(address, follow=True).text


def test_a_promise_of_the_circle_is_asked_about_and_stays_in_the_circle():
    there = thread(audience=Audience.CIRCLE)
    there.charge()
    there.south.post(at("desk_turn_ask", there.turn.pk))
    Client().post(link(), REPORT)
    report = Report.everything.get()
    there.south.post(at("desk_report", report.key), {"revision": report.revision})
    report.refresh_from_db()
    assert (report.state, report.readers) == ("accepted", "partnership:twins")
    assert Client().get("/en/commitments/C-2026-001/").status_code == 404
    assert there.north.get(at("desk_report_reply", report.key)).status_code == 200


def test_a_former_officer_asks_no_more(there, asked):
    MandateHeld.objects.update(ended=timezone.now())
    assert there.south.get(at("desk_turn", there.turn.pk)).status_code == 404


def kept_by_the_east_alone(there) -> None:
    """The promise becomes one that an office of no side keeps to itself, with other words."""
    Commitment.everything.update(
        keeper="organization:east-office",
        readers="organization:east-office",
        title=words("Hidden boats", vi="Thuyền giấu kín"),
    )
    Turn.objects.update(asked_at=None)


@pytest.mark.parametrize("used", [False, True])
def test_a_link_shows_nothing_that_the_office_which_asked_reads_no_more(there, asked, used):
    if used:
        assert Client().post(asked, REPORT).status_code == 200
    assert Client().get(asked).status_code == 200
    kept_by_the_east_alone(there)
    answer = Client().get(asked)
    assert answer.status_code == 410
    assert "giấu kín" not in answer.text
    assert "Mười hai thuyền" not in answer.text
    assert Client().post(asked, REPORT | {"words": "Again"}).status_code == 410


def test_a_link_of_an_office_that_nobody_vouches_for_shows_nothing(there, asked):
    Office.objects.filter(organization__key="south-office").update(vouched_at=None)
    answer = Client().get(asked)
    assert answer.status_code == 410
    assert "Mười hai con thuyền" not in answer.text


def test_a_used_link_does_not_show_the_report_for_ever(there, asked):
    Client().post(asked, REPORT)
    assert "Mười hai thuyền" in Client().get(asked).text
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = Client().get(asked)
    assert answer.status_code == 410
    assert "Mười hai thuyền" not in answer.text


def test_no_letter_tells_what_the_office_reads_no_more(there):
    """Neither the one of the night, nor the one to a corrected address."""
    there.charge()
    morning = datetime(2026, 12, 3, 3, 0, tzinfo=UTC)
    holder = Holder.objects.get()
    send_link(there.turn, holder)
    Link.objects.all().delete()
    Letter.objects.all().delete()
    kept_by_the_east_alone(there)
    assert ask_due(morning) == ""
    Link.objects.create(
        turn=there.turn,
        holder=holder,
        digest="0" * 64,
        made_at=morning,
        expires_at=morning + timedelta(days=90),
    )
    holder.mail = "lan.nguyen@example.org"
    keep_holder(there.world.south, holder)
    assert not Letter.objects.exists()
    Commitment.everything.update(keeper="partnership:twins", readers="public")
    Link.objects.all().delete()
    assert ask_due(morning) == "1 holders asked"

"""Files by the link of a turn: who gets them when, what is not taken, what goes with it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from amity.desk.models import Attachment
from amity.desk.tests.test_files import CALC, EXCEL, PDF, SVG, WORD, picture
from amity.followup.models import Commitment, Report
from amity.network.models import SideOffice
from amity.record.actions import remove, undo
from amity.record.choices import Audience, Mandate
from amity.turns.actions import enclosing
from amity.turns.models import DraftFile, Link, SentFile, Turn

from .world import REPORT, Thread, at, link, signed_in, thread

pytestmark = pytest.mark.django_db
PUBLIC = "/en/commitments/C-2026-001/"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def there():
    return thread()


@pytest.fixture
def asked(there):
    return ask(there)


def ask(there: Thread, **holder: str) -> str:
    there.charge(**holder)
    there.south.post(at("desk_turn_ask", there.turn.pk))
    return link().replace("/vi/", "/en/")


def send(address: str, *files: tuple[str, bytes], **typed: object):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return Client().post(address, REPORT | typed | {"enclosed": uploads})


def accept(there: Thread, *kept_back: int, client: Client | None = None) -> Report:
    report = Report.everything.get(completion="substantial", side__key="twins-south")
    said = {"revision": report.revision, "kept_back": list(kept_back)}
    (client or there.south).post(at("desk_report", report.key), said)
    report.refresh_from_db()
    return report


def got(client: Client, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    return answer.status_code, b"".join(answer) if answer.streaming else b""


def on_disk(kept: Path) -> list[bytes]:
    return [path.read_bytes() for path in kept.rglob("*") if path.is_file()]


def test_files_go_from_the_draft_to_the_side_and_then_to_whoever_reads_the_report(there, asked):
    answer = send(asked, ("../Ảnh.html", PDF), act="keep")
    draft = DraftFile.objects.get()
    assert draft.name == "Ảnh.pdf"
    assert "Ảnh.pdf" in answer.text
    own = f"{asked}files/{draft.pk}/"
    given = Client().get(own)
    assert b"".join(given) == PDF
    assert (given["Content-Security-Policy"], given["X-Robots-Tag"]) == (
        "default-src 'none'; sandbox",
        "noindex, nofollow",
    )
    assert not Attachment.objects.exists()
    for client in (there.south, there.north, Client()):
        for page in (at("desk_turn", there.turn.pk), at("desk_turns"), PUBLIC):
            assert "Ảnh.pdf" not in client.get(page).text

    answer = send(asked, ("b.docx", WORD))
    assert "Ảnh.pdf, b.docx" in answer.text
    assert not DraftFile.objects.exists()
    assert got(Client(), own)[0] == 404
    report = Report.everything.get()
    first, second = Attachment.objects.order_by("pk")
    assert [(one.kind, one.key, one.user, one.shared, one.public) for one in (first, second)] == [
        ("report", report.key, None, True, False)
    ] * 2
    at_desk = at("desk_file", first.pk)
    public = f"/en/files/{first.pk}/"
    assert got(there.south, at_desk) == (200, PDF)
    assert "Ảnh.pdf" in there.south.get(at("desk_report", report.key)).text
    for client, address in ((there.north, at_desk), (there.east, at_desk), (Client(), public)):
        assert got(client, address)[0] == 404
    assert "Ảnh.pdf" not in Client().get(PUBLIC).text

    accept(there, second.pk)
    assert got(Client(), public)[1] == PDF
    page = Client().get(PUBLIC).text
    assert ("Ảnh.pdf" in page, "b.docx" in page) == (True, False)
    assert "Ảnh.pdf" in there.north.get(at("desk_report_reply", report.key)).text
    assert got(there.north, at_desk) == (200, PDF)
    for client, address, status in (
        (there.south, at("desk_file", second.pk), 200),
        (there.north, at("desk_file", second.pk), 404),
        (Client(), f"/en/files/{second.pk}/", 404),
    ):
        assert got(client, address)[0] == status


def test_only_who_lets_a_report_count_lets_its_files_out(there, asked):
    send(asked, ("a.pdf", PDF))
    number = Attachment.objects.get().pk
    accept(there, client=signed_in("south-office", Mandate.EDITOR))
    accept(there, client=there.north)
    assert got(Client(), f"/en/files/{number}/")[0] == 404
    assert not Attachment.objects.get().public


def test_files_of_a_promise_of_the_circle_stay_in_the_circle():
    there = thread(audience=Audience.CIRCLE)
    address = ask(there)
    send(address, ("a.pdf", PDF))
    number = Attachment.objects.get().pk
    accept(there)
    assert got(there.north, at("desk_file", number)) == (200, PDF)
    assert got(there.east, at("desk_file", number))[0] == 404
    assert got(Client(), f"/en/files/{number}/")[0] == 404


def test_files_of_another_link_are_nobodys(there, asked):
    send(asked, ("a.pdf", PDF), act="keep")
    mine = DraftFile.objects.get()
    Turn.objects.create(
        commitment=there.commitment, side=there.turn.side, due_on=timezone.now().date()
    )
    other_turn = Turn.objects.exclude(pk=mine.turn_id).get()
    there.south.post(at("desk_turn_ask", other_turn.pk))
    other = link()
    assert got(Client(), f"{other}files/{mine.pk}/")[0] == 404
    assert got(Client(), f"/en/turns/unknown/files/{mine.pk}/")[0] == 404
    Client().post(other, REPORT | {"act": "keep", "left_out": [str(mine.pk), "x", "²"]})
    assert DraftFile.objects.get() == mine
    Client().post(other, REPORT | {"left_out": [str(mine.pk)], "taken_back": ["1", "-1"]})
    assert not Attachment.objects.exists()
    for path in (f"/media/{mine.place}", f"/media/reported/{mine.place[:2]}/{mine.place}"):
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", SVG, "SVG and HTML can run programs"),
        ("a.pdf", b"<!doctype html><script>1</script>", "SVG and HTML can run programs"),
        ("a.pdf", PDF + b"PK\x05\x06" + b"\0" * 18 + b"%%EOF", "something else at the same time"),
        ("a.docx", WORD + PDF, "Something follows the end"),
        ("a.pdf", PDF + b"\0" * 30_000_000, "more than 20 MB"),
        ("a.pdf", b"", "empty"),
    ],
    ids=["svg", "html", "polyglot", "archive and more", "30 MB", "empty"],
)
def test_what_is_not_taken_is_said_and_what_was_typed_stays(
    there, asked, kept, name, content, said
):
    answer = send(asked, (name, content), ("b.xlsx", EXCEL))
    assert answer.status_code == 422
    assert said in answer.text
    assert REPORT["words"] in answer.text
    assert "Leave out b.xlsx" in answer.text
    assert not Report.everything.exists()
    assert on_disk(kept) == [EXCEL]
    answer = send(asked, (name, content), act="keep")
    assert answer.status_code == 200
    assert said in answer.text
    assert "choose another file" in answer.text
    assert send(asked).status_code == 200
    assert [one.name for one in Attachment.objects.all()] == ["b.xlsx"]


def test_of_twenty_files_four_are_kept_and_no_other_is_looked_into(there, asked):
    files = [(f"{number}.pdf", PDF + b" " * number) for number in range(20)]
    answer = send(asked, *files, act="keep")
    assert answer.text.count("Four files are enough") == 16
    assert sorted(DraftFile.objects.values_list("name", flat=True)) == [
        "0.pdf",
        "1.pdf",
        "2.pdf",
        "3.pdf",
    ]
    assert Link.objects.get().looked_into == 4
    leave = [str(one) for one in DraftFile.objects.values_list("pk", flat=True)[:3]]
    send(asked, act="keep", left_out=leave)
    assert [one.name for one in DraftFile.objects.all()] == ["3.pdf"]


def test_together_they_have_twenty_megabytes(there, asked):
    half = b"%PDF-1.7\n" + b"\0" * 11_000_000 + b"\n%%EOF"
    answer = send(asked, ("a.pdf", half), ("b.pdf", half + b"\n"), act="keep")
    assert "All files together have more than 20 MB" in answer.text
    assert [one.name for one in DraftFile.objects.all()] == ["a.pdf"]


def test_a_flood_by_one_link_is_looked_into_forty_times(there, asked):
    for _again in range(14):
        answer = send(asked, *((f"{one}.svg", SVG) for one in range(3)), act="keep")
    assert "Very many files came by this link" in answer.text
    assert Link.objects.get().looked_into == 40
    assert "Very many files" in send(asked, ("a.pdf", PDF)).text
    there.south.post(at("desk_turn_ask", there.turn.pk))
    assert send(link(), ("a.pdf", PDF)).status_code == 200


def test_the_same_file_twice_is_one_and_pictures_are_made_anew(there, asked):
    photo = picture() + b"<script>1</script>"
    send(asked, ("a.jpg", photo), ("b.jpg", photo), act="keep")
    assert b"<script>" not in enclosing.path_of(DraftFile.objects.get()).read_bytes()


@pytest.mark.parametrize("by", ["withdrawn", "somebody else", "too old", "removed"])
def test_a_link_that_serves_no_more_takes_its_files_along(
    there, asked, kept, by, django_capture_on_commit_callbacks
):
    send(asked, ("a.pdf", PDF), act="keep")
    own = f"{asked}files/{DraftFile.objects.get().pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        if by == "withdrawn":
            there.south.post(at("desk_turn_withdraw", there.turn.pk))
        elif by == "somebody else":
            there.charge(name="Minh", mail="minh@example.org")
        elif by == "too old":
            Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        else:
            remove(there.world.north, Commitment.everything.get(), reason="Twice")
    assert got(Client(), own)[0] == 404
    assert send(asked, ("b.docx", WORD)).status_code in (404, 410)
    with django_capture_on_commit_callbacks(execute=True):
        enclosing.forget_files(timezone.now() + timedelta(hours=2))
    assert not DraftFile.objects.exists()
    assert on_disk(kept) == []


def test_who_is_asked_again_finds_the_files_of_the_draft(there, asked):
    send(asked, ("a.pdf", PDF), act="keep")
    there.south.post(at("desk_turn_ask", there.turn.pk))
    enclosing.forget_files(timezone.now() + timedelta(hours=2))
    again = link()
    assert "a.pdf" in Client().get(again).text
    assert got(Client(), f"{asked}files/{DraftFile.objects.get().pk}/")[0] == 404
    assert got(Client(), f"{again}files/{DraftFile.objects.get().pk}/") == (200, PDF)


def test_what_came_with_a_report_that_is_given_back_stays_or_is_left_out(there, asked):
    send(asked, ("a.pdf", PDF), ("b.ods", CALC))
    report = Report.everything.get()
    said = {"revision": report.revision, "act": "give_back", "words": "Which boats?"}
    there.south.post(at("desk_report", report.key), said)
    again = link().replace("/vi/", "/en/")
    first, second = Attachment.objects.order_by("pk")
    page = Client().get(again).text
    assert ("Leave out a.pdf" in page, "Leave out b.ods" in page) == (True, True)
    more = [(f"{number}.pdf", PDF + b" " * number) for number in range(1, 4)]
    send(again, *more, act="keep", taken_back=[first.pk])
    assert DraftFile.objects.count() == 3
    page = Client().get(again).text
    assert f'value="{first.pk}" id="taken_back-{first.pk}" checked' in page
    assert Attachment.objects.count() == 2
    assert send(again, taken_back=[]).status_code == 422  # five of them
    assert send(again, taken_back=[str(first.pk)]).status_code == 200
    assert sorted(Attachment.objects.values_list("name", flat=True)) == [
        "1.pdf",
        "2.pdf",
        "3.pdf",
        "b.ods",
    ]
    assert accept(there).state == "accepted"
    assert got(Client(), f"/en/files/{second.pk}/")[1] == CALC


def test_an_own_file_of_the_office_on_the_report_goes_nowhere(there, asked):
    send(asked)
    report = Report.everything.get()
    upload = SimpleUploadedFile("inside.pdf", PDF)
    there.south.post(at("desk_files", "reports", report.key), {"file": upload, "shared": "on"})
    assert "inside.pdf" in there.south.get(at("desk_report", report.key)).text
    accept(there)
    assert not Attachment.objects.get().public
    assert "inside.pdf" not in Client().get(PUBLIC).text


def test_an_office_that_speaks_for_the_side_no_more_gets_no_file(there, asked):
    SideOffice.objects.filter(office__organization__key="south-office").update(vouched_at=None)
    assert send(asked, ("a.pdf", PDF)).status_code == 410
    assert not DraftFile.objects.exists()


def test_files_come_back_with_a_promise_that_was_removed(there, asked):
    send(asked, ("a.pdf", PDF))
    Commitment.everything.update(begun_by="organization:south-office")
    promise = remove(there.world.south, Commitment.everything.get(), reason="By mistake")
    assert not SentFile.objects.exists()
    undo(there.world.south, promise)
    assert SentFile.objects.get().attachment.name == "a.pdf"
    accept(there)
    assert Attachment.objects.get().public

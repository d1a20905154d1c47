"""Files with a proposal: what is taken, what stays through errors, who gets them, what goes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from amity.collecting.actions import enclosing
from amity.collecting.models import Call, SentFile, Submission
from amity.desk.files import places
from amity.desk.tests.test_files import CALC, EXCEL, PDF, SVG, WORD, archive, picture
from amity.followup.models import Proposal
from amity.foundation.models import Change, Letter
from amity.record.actions import remove, save
from amity.record.choices import Audience, Mandate

from .test_sorting import TAKE_UP, act
from .world import FORM, SENT, at, collecting, mailed, signed_in, token

pytestmark = pytest.mark.django_db
HELD = "a" * 32


@pytest.fixture(autouse=True)
def kept(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def there():
    return collecting()


def send(*files: tuple[str, bytes], client: Client | None = None, **typed: object):
    """The answer to a form with these files, and these words in place of the usual ones."""
    values = SENT | {"held": HELD} | typed
    if "token" not in values:
        values["token"] = token()
    said = {name: value for name, value in values.items() if value}
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return (client or Client()).post(FORM.replace("/vi/", "/en/"), said | {"enclosed": uploads})


def got(client: Client, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    return answer.status_code, b"".join(answer) if answer.streaming else b""


def on_disk(kept: Path) -> list[Path]:
    return [path for path in kept.rglob("*") if path.is_file()]


def test_files_come_with_a_proposal_to_both_desks_and_to_whoever_sent_them(there):
    answer = send(("../Kế hoạch.html", PDF), ("b.docx", WORD), ("c.xlsx", EXCEL), ("d.ods", CALC))
    assert answer.status_code == 303
    page = answer["Location"].partition("?")[0]
    files = list(there.submission.files.all())
    assert [one.name for one in files] == ["Kế hoạch.pdf", "b.docx", "c.xlsx", "d.ods"]
    number, own = there.submission.pk, files[0].pk
    for client in (Client(), there.north):
        assert "Kế hoạch.pdf" in client.get(page).text
    for client in (there.north, there.south):
        assert "Kế hoạch.pdf" in client.get(at("desk_submission", number)).text
        assert got(client, at("desk_submission_file", number, own)) == (200, PDF)
    assert "4 files" in there.north.get(at("desk_submissions")).text
    answer = Client().get(f"{page}files/{own}/")
    assert b"".join(answer) == PDF
    said = {
        name: answer[name]
        for name in (
            *("Content-Type", "Content-Security-Policy", "X-Content-Type-Options"),
            *("Referrer-Policy", "X-Robots-Tag"),
        )
    }
    assert said == {
        "Content-Type": "application/pdf",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer["Cache-Control"]
    assert dict(answer.cookies) == {}


def test_nobody_else_gets_them(there):
    page = send(("a.pdf", PDF))["Location"].partition("?")[0]
    number, file = there.submission.pk, SentFile.objects.get()
    send(("b.pdf", PDF + b" "), held="b" * 32, title="Khác")
    other = there.submission.files.get()
    observer = signed_in("north-office", Mandate.OBSERVER)
    for client, expected in ((there.east, 404), (observer, 404), (Client(), 302)):
        assert got(client, at("desk_submission_file", number, file.pk))[0] == expected
    assert got(there.north, at("desk_submission_file", number, other.pk))[0] == 404
    assert got(Client(), f"{page}files/{other.pk}/")[0] == 404
    assert got(Client(), f"/en/proposed/unknown/files/{file.pk}/")[0] == 404
    act(there, "take_up", TAKE_UP)
    assert got(Client(), at("proposal_file", "p-2026-001-test", other.pk))[0] == 404
    for path in (f"/media/{file.place}", f"/media/proposed/{file.place[:2]}/{file.place}"):
        assert Client().get(path).status_code == 404


def test_pictures_are_made_anew(there):
    send(("a.jpg", picture() + b"<script>1</script>"))
    content = enclosing.path_of(SentFile.objects.get()).read_bytes()
    assert b"SecretCamera" not in content
    assert b"<script>" not in content


BOMB = archive(types_xml="1", xl__workbook_xml=b"0" * 301_000_000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "SVG and HTML can run programs"),
        (b"<!doctype html><script>1</script>", "SVG and HTML can run programs"),
        (PDF[:-6] + WORD + b"%%EOF\n", "something else at the same time"),
        (WORD + b"<script>1</script>", "Something follows the end"),
        (BOMB, "unfolds into too much"),
        (
            b"MZ\x90\x00",
            "logo.pdf: Expected PDF, DOCX, XLSX, ODS or a picture (PNG, JPEG, WebP, HEIC).<",
        ),
        (b"", "is empty"),
    ],
    ids=["svg", "html", "pdf and archive", "archive and page", "bomb", "program", "empty"],
)
def test_what_is_not_taken_is_said_by_its_name_and_the_rest_stays(there, kept, content, said):
    answer = send(("good.pdf", PDF), ("logo.pdf", content))
    assert answer.status_code == 422
    assert "logo.pdf: " in answer.text
    assert said in answer.text
    assert "Leave out good.pdf" in answer.text
    assert SENT["words"] in answer.text
    assert not Submission.objects.exists()
    assert [one.name for one in SentFile.objects.all()] == ["good.pdf"]
    assert len(on_disk(kept)) == 1
    assert send().status_code == 303
    assert [one.name for one in there.submission.files.all()] == ["good.pdf"]


def test_files_stay_through_errors_elsewhere_and_can_be_left_out(there, kept):
    for _try in range(3):
        answer = send(("a.pdf", PDF), ("b.docx", WORD), title="")
        assert answer.status_code == 422
        assert "Leave out a.pdf" in answer.text
    assert SentFile.objects.count() == 2
    wanted_no_more = SentFile.objects.get(name="b.docx")
    late = send(token="expired", title="")
    assert "Leave out a.pdf" in late.text
    enclosing.forget_files(timezone.now() + timedelta(minutes=90))
    assert send(left_out=str(wanted_no_more.pk)).status_code == 303
    assert [one.name for one in there.submission.files.all()] == ["a.pdf"]


def test_nobody_takes_out_or_gets_the_files_of_another_form(there):
    send(("a.pdf", PDF), title="")
    file = SentFile.objects.get()
    assert "a.pdf" not in send(held="b" * 32, title="", left_out=str(file.pk)).text
    assert SentFile.objects.get() == file
    assert send(held="b" * 32, left_out="x").status_code == 303
    assert there.submission.files.count() == 0
    send(held="", title="")
    send(held="' OR 1=1 --", title="")
    assert SentFile.objects.get() == file


def test_four_files_of_twenty_megabytes_together_are_taken(there, monkeypatch):
    five = [(f"{number}.pdf", PDF + b" " * number) for number in range(5)]
    answer = send(*five)
    assert answer.status_code == 422
    assert "4.pdf: Four files are enough" in answer.text
    assert send().status_code == 303
    assert there.submission.files.count() == 4
    monkeypatch.setattr(enclosing, "MOST_TOGETHER", len(PDF) + 50)
    answer = send(("a.pdf", PDF), ("b.pdf", PDF + b" "), held="b" * 32)
    assert "b.pdf: All files together have more than 20 MB" in answer.text


def test_one_place_and_one_form_have_limits_and_other_places_are_taken(there, monkeypatch):
    monkeypatch.setattr(enclosing, "FROM_ONE_PLACE", len(PDF) + 5)
    assert send(("a.pdf", PDF)).status_code == 303
    held_back = send(("b.pdf", PDF + b" "), held="b" * 32)
    assert "Very much came from your network" in held_back.text
    elsewhere = send(
        ("c.pdf", PDF), held="c" * 32, client=Client(REMOTE_ADDR="192.0.2.7"), title="Khác"
    )
    assert elsewhere.status_code == 303
    monkeypatch.setattr(enclosing, "MOST_OF_A_FORM", 2 * len(PDF) + 5)
    full = send(("d.pdf", PDF), held="d" * 32, client=Client(REMOTE_ADDR="192.0.2.8"))
    assert "The form takes no more files" in full.text
    without = send(held="d" * 32, client=Client(REMOTE_ADDR="192.0.2.8"), title="Ba")
    assert without.status_code == 303


def test_nothing_is_kept_for_what_is_no_open_form_of_ours(there, kept):
    assert send(("a.pdf", PDF), token="forged").status_code == 422
    opened = token()
    Call.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert send(("a.pdf", PDF), token=opened).status_code == 422
    assert not SentFile.objects.exists()
    assert on_disk(kept) == []


def test_the_same_form_twice_is_kept_once_with_its_files(there, kept):
    opened = token()
    first, second = (send(("a.pdf", PDF), token=opened) for _press in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert (Submission.objects.count(), SentFile.objects.count()) == (1, 1)
    other = send(("b.pdf", PDF + b" "), token=opened)
    assert other.status_code == 422
    assert "This form was sent before." in other.text


def test_what_is_changed_and_sent_again_has_its_files_too(there, kept):
    send(("a.pdf", PDF))
    first = there.submission
    assert send(title="Khác").status_code == 303
    assert [one.name for one in there.submission.files.all()] == ["a.pdf"]
    assert there.submission != first
    assert len(on_disk(kept)) == 2


def test_the_receipt_counts_files_and_says_none_of_their_names(there):
    send(("Free money example.com.pdf", PDF), ("b.docx", WORD))
    (letter,) = mailed()
    assert "money" not in letter.subject + letter.text + letter.html
    assert "Đã nhận kèm 2 tệp" in letter.text


def publish(there, client: Client, file: SentFile, proposal: str = "p-2026-001-test"):
    address = at("desk_submission_file_publish", file.submission_id, file.pk)
    return client.post(address, {"proposal": proposal} if proposal else {}, follow=True)


def test_an_officer_publishes_a_file_with_a_public_proposal_and_takes_it_back(there):
    send(("a.pdf", PDF))
    file = SentFile.objects.get()
    public, page = at("proposal_file", "p-2026-001-test", file.pk), "/en/proposals/p-2026-001-test/"
    act(there, "take_up", TAKE_UP | {"audience": "circle"})
    assert publish(there, there.south, file).status_code == 200
    assert got(Client(), public)[0] == 404
    save(there.world.south, Proposal.everything.get(), audience=Audience.PUBLIC)
    assert "a.pdf" not in Client().get(page).text
    assert publish(there, there.east, file).status_code == 404
    assert publish(there, signed_in("south-office", Mandate.EDITOR), file).status_code == 403
    assert publish(there, there.south, file, "p-2026-009-test").status_code == 404
    assert got(Client(), public)[0] == 404
    told = Letter.objects.filter(subject__startswith="File for everybody: ")
    assert told.count() == 0
    assert "Everybody gets the file" in publish(there, there.south, file).text
    assert [one.to.partition("-")[0] for one in told] == ["north"]
    assert "a.pdf" in told.get().text
    assert "a.pdf" in Client().get(page).text
    assert got(Client(), public) == (200, PDF)
    assert publish(there, there.south, file, "").status_code == 200
    assert "a.pdf" not in Client().get(page).text
    assert got(Client(), public)[0] == 404


def test_a_published_file_goes_when_the_proposal_is_read_by_everybody_no_more(there):
    send(("a.pdf", PDF))
    file = SentFile.objects.get()
    act(there, "take_up", TAKE_UP)
    publish(there, there.south, file)
    public = at("proposal_file", "p-2026-001-test", file.pk)
    assert got(Client(), public)[0] == 200
    remove(there.world.south, Proposal.everything.get(), "Twice.")
    assert got(Client(), public)[0] == 404


@pytest.mark.parametrize("wish", ["unname", "unfile", "withdraw"])
def test_who_takes_their_consent_back_takes_the_files_away(
    there, kept, wish, django_capture_on_commit_callbacks
):
    page = send(("a.pdf", PDF))["Location"].partition("?")[0]
    number, file = there.submission.pk, SentFile.objects.get()
    public = "/en/proposals/p-2026-001-test/"
    if wish != "withdraw":
        act(there, "take_up", TAKE_UP)
        publish(there, there.south, file)
        assert "a.pdf" in Client().get(public).text
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post(page, {"act": wish}).status_code == 200
    assert not SentFile.objects.exists()
    assert on_disk(kept) == []
    for client, address in (
        (Client(), f"{page}files/{file.pk}/"),
        (there.north, at("desk_submission_file", number, file.pk)),
        (Client(), at("proposal_file", "p-2026-001-test", file.pk)),
    ):
        assert got(client, address)[0] == 404
    if wish != "withdraw":
        assert "a.pdf" not in Client().get(public).text
    assert "a.pdf" not in str(list(Change.objects.values()))


def test_a_process_that_dies_in_between_leaves_nothing_for_long(there, kept, monkeypatch):
    def dies(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(places.files, "keep", dies)
        with pytest.raises(KeyboardInterrupt):
            send(("a.pdf", PDF))
    assert not SentFile.objects.exists()
    stray = kept / enclosing.PLACES.folder / "aa" / ("a" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(PDF)
    send(("b.pdf", PDF))
    send(("c.docx", WORD), held="c" * 32, title="")
    now = timezone.now()
    assert enclosing.forget_files(now) == ""
    assert stray.exists()
    enclosing.forget_files(now + timedelta(hours=2))
    assert not stray.exists()
    assert [one.name for one in SentFile.objects.all()] == ["b.pdf", "c.docx"]


def test_what_waits_too_long_goes_with_its_bytes(there, kept, django_capture_on_commit_callbacks):
    send(("a.pdf", PDF), title="")
    with django_capture_on_commit_callbacks(execute=True):
        said = enclosing.forget_files(timezone.now() + enclosing.WAITS + timedelta(minutes=1))
    assert said == "1 files without a proposal removed"
    assert on_disk(kept) == []
    assert send(("a.pdf", PDF)).status_code == 303
    enclosing.forget_files(timezone.now() + timedelta(hours=25))
    assert SentFile.objects.get().sender == ""

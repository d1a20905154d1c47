"""Files on records, as officers put them there and as whoever may not tries to get them."""

import io
import re
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from PIL import Image

from amity.desk.files.attachments import path_of
from amity.desk.files.documents import DOCX, LARGEST, ODS, XLSX, recognised
from amity.desk.models import Attachment
from amity.desk.tests.test_desk import somebody
from amity.foundation.models import Letter
from amity.gatherings.models import Statement
from amity.record.actions import release, remove, save
from amity.record.choices import Audience, Mandate
from tests.write.world import World, build, words

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def archive(**parts: str | bytes) -> bytes:
    """An archive of these parts; `__` in a name is a slash, `mimetype` stays as it is."""
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in parts.items():
            how = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            path = name.replace("__", "/").replace("types", "[Content_Types]")
            path = path if name == "mimetype" else re.sub("_(xml|bin)$", r".\1", path)
            made.writestr(path, content, how)
    return out.getvalue()


WORD = archive(types_xml="<Types/>", word__document_xml="<w:document/>")
EXCEL = archive(types_xml="<Types/>", xl__workbook_xml="<workbook/>")
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def leading(kind: str, mode: str = "TargetMode='External'", **parts: str) -> bytes:
    """A document for word processors that names something elsewhere."""
    said = (
        f'<Relationships><Relationship Id="r1" Type="{RELATED}/{kind}" Target="http://x" {mode}/>'
    )
    relationships = f"{said}</Relationships>".encode("utf-16")
    names = {"types_xml": "<Types/>", "word__document_xml": "<w:document/>"}
    return archive(**names, **{"word___rels__settings.xml.rels": relationships}, **parts)


CALC = archive(mimetype=ODS, content_xml="<office:document-content/>")


def picture(form: str = "JPEG") -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.effect_noise((120, 90), 80).save(out, form, exif=exif)
    return out.getvalue()


@pytest.fixture
def world() -> World:
    made = build()
    save(made.north, made.gathering())
    return made


@pytest.fixture
def north(world: World) -> Client:
    return somebody("north-office")


def put(client: Client, content: bytes, name: str = "a.pdf", **more: str):
    address = reverse("desk_files", args=["gatherings", "forum-1"])
    sent = {"file": SimpleUploadedFile(name, content)} | more
    return client.post(address, sent, follow=True)


def got(client: Client, file: Attachment) -> int:
    answer = client.get(reverse("desk_file", args=[file.pk]))
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (PDF, "application/pdf", "letter.pdf"),
        (WORD, DOCX, "letter.docx"),
        (EXCEL, XLSX, "letter.xlsx"),
        (CALC, ODS, "letter.ods"),
        (picture("PNG"), "image/png", "letter.png"),
        (picture(), "image/jpeg", "letter.jpg"),
    ],
)
def test_a_file_is_what_its_content_is_and_comes_back_as_an_attachment(
    north, content, media_type, name
):
    put(north, content, "../../x/letter.html")
    file = Attachment.objects.get()
    assert (file.media_type, file.name) == (media_type, name)
    answer = north.get(reverse("desk_file", args=[file.pk]))
    given = b"".join(answer.streaming_content)
    assert (given == content) == (not media_type.startswith("image/"))
    assert b"SecretCamera" not in given
    assert {
        one: answer[one]
        for one in (
            "Content-Type",
            "Content-Disposition",
            "Content-Security-Policy",
            "X-Content-Type-Options",
        )
    } == {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    assert "no-store" in answer["Cache-Control"]


def test_what_is_for_the_office_alone_no_other_gets_and_what_is_shared_the_circle_does(north):
    put(north, PDF, "own.pdf")
    put(north, WORD, "shared.docx", shared="on")
    own, shared = Attachment.objects.get(name="own.pdf"), Attachment.objects.get(name="shared.docx")
    south, east = somebody("south-office"), somebody("east-office")
    assert (got(north, own), got(north, shared)) == (200, 200)
    assert (got(south, own), got(south, shared)) == (404, 200)
    assert (got(east, own), got(east, shared)) == (404, 404)
    assert (got(Client(), own), got(Client(), shared)) == (302, 302)
    page = south.get(reverse("desk_record", args=["gatherings", "forum-1"])).text
    assert "shared.docx" in page
    assert "own.pdf" not in page
    for client in (south, east):
        for file in (own, shared):
            answer = client.post(reverse("desk_file_remove", args=[file.pk]))
            assert answer.status_code in (403, 404)
    assert Client().get(f"/media/{own.sha256}.pdf").status_code == 404
    assert Client().get(f"/media/files/{own.sha256[:2]}/{own.sha256}").status_code == 404
    assert Attachment.objects.count() == 2


def test_whoever_loads_the_address_of_a_button_beside_a_file_comes_back_to_it(north, kept):
    put(north, PDF, "one.pdf")
    file = Attachment.objects.get()
    page = reverse("desk_record", args=["gatherings", file.key])
    for name in ("desk_file_remove", "desk_file_propose"):
        answer = north.get(reverse(name, args=[file.pk]))
        assert (answer.status_code, answer["Location"]) == (302, f"{page}#files")
    assert got(north, file) == 200


def test_a_file_goes_for_good_and_one_of_the_same_bytes_stays(
    north, kept, django_capture_on_commit_callbacks
):
    put(north, PDF, "one.pdf")
    south = somebody("south-office")
    put(south, PDF, "two.pdf")
    first, second = Attachment.objects.order_by("pk")
    with django_capture_on_commit_callbacks(execute=True):
        north.post(reverse("desk_file_remove", args=[first.pk]))
    assert (got(north, first), got(south, second)) == (404, 200)
    with django_capture_on_commit_callbacks(execute=True):
        south.post(reverse("desk_file_remove", args=[second.pk]))
    assert [path for path in kept.rglob("*") if path.is_file()] == []


def test_a_file_of_a_removed_record_is_not_given_out(world, north):
    put(north, PDF)
    file, forum = Attachment.objects.get(), world.gathering().__class__.everything.get()
    remove(world.north, forum, "It never took place.")
    assert got(north, file) == 404


def test_who_may_not_write_puts_nothing_there(north, kept):
    looks_on = somebody("north-office", Mandate.OBSERVER, name="looks-on")
    assert put(looks_on, PDF).status_code == 403
    assert put(somebody("east-office"), PDF).status_code == 404
    assert list(kept.rglob("*")) == []
    assert not Attachment.objects.exists()


OBJECTS = b"<< /Type /ObjStm >> stream\n" + zlib.compress(b"<< /S /JavaScript >>")
BOMB = b"<< /Type /ObjStm >> stream\n" + zlib.compress(b"0" * 60_000_000)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (SVG, "SVG and HTML"),
        (b"\n\n <!DOCTYPE html><script>1</script>", "SVG and HTML"),
        (b"GIF89a<script>", "SVG and HTML"),
        (b"MZ\x90\x00", "Expected PDF, DOCX"),
        (PDF[:-7], "its end is missing"),
        (PDF + WORD, "something else at the same time"),
        (PDF[:-6] + WORD + b"%%EOF\n", "something else at the same time"),
        (b"%PDF-1.7 <html><script>1</script>\n%%EOF", "something else at the same time"),
        (PDF.replace(b"/Type", b"/JavaScript /Type"), "holds programs"),
        (WORD + b"<script>1</script>", "follows the end"),
        (b"PK\x03\x04nothing", "follows the end"),
        (archive(types_xml="<Types/>", word__document_xml="1", word__vbaProject_bin="1"), "macros"),
        (archive(mimetype=ODS, content_xml="1", Basic__script_xml="1"), "macros"),
        (
            archive(types_xml="1", word__document_xml="1", word__embeddings__ole_bin="1"),
            "programs or other files",
        ),
        *((leading(one), "fetches something") for one in ("attachedTemplate", "image", "frame")),
        (
            archive(
                types_xml="1",
                xl__workbook_xml="1",
                xl__externalLinks__a_xml='<x:link xmlns:x="urn:x"><x:ddeLink/></x:link>',
            ),
            "fetches something",
        ),
        (PDF.replace(b"/Type", b"/J#61va#53cript /Type"), "holds programs"),
        (PDF.replace(b"%%EOF", OBJECTS + b"%%EOF"), "holds programs"),
        (PDF.replace(b"%%EOF", BOMB + b"%%EOF"), "unfolds into too much"),
        (archive(anything_xml="1"), "An archive is not taken"),
        (archive(mimetype="text/html", content_xml="1"), "An archive is not taken"),
        (archive(types_xml="1", xl__workbook_xml=b"0" * 301_000_000), "unfolds into too much"),
        (WORD.replace(b"word/document.xml", b"../../etc/passwds"), "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "Expected PDF, DOCX"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_could_run_or_is_two_things_is_refused_in_words(content, said):
    with pytest.raises(ValidationError, match=said):
        recognised(content)


@pytest.mark.parametrize(
    "content",
    [
        leading("hyperlink"),
        leading("image", mode=""),
        PDF.replace(b"%%EOF", b"stream\n\x00/JS \xff/ObjStm\x01\nendstream\n%%EOF"),
    ],
    ids=("a link", "a picture within", "a page that was scanned"),
)
def test_what_only_looks_like_it_is_taken(content):
    """Among millions of bytes of a picture the three of `/JS` come by chance."""
    assert recognised(content).content == content


def test_a_refusal_is_said_on_the_page_and_keeps_nothing(north, kept):
    assert "SVG and HTML can run programs" in put(north, SVG, "logo.pdf").text
    assert "more than 20 MB" in put(north, PDF + b"0" * LARGEST, "big.pdf").text
    address = reverse("desk_files", args=["gatherings", "forum-1"])
    assert "Choose a file first." in north.post(address, follow=True).text
    assert list(kept.rglob("*")) == []
    assert not Attachment.objects.exists()


def test_a_picture_that_is_a_page_too_is_made_anew(north):
    put(north, picture() + b"<script>alert(1)</script>", "a.jpg")
    assert b"<script>" not in path_of(Attachment.objects.get()).read_bytes()


def released(world: World) -> None:
    release(world.north, type(world.gathering()).everything.get(key="forum-1"), Audience.PUBLIC)


def everybodys(name: str) -> str:
    return reverse("public_file", args=[Attachment.objects.get(name=name).pk])


def test_what_is_put_there_for_everybody_stands_on_the_public_page_with_its_record(world, north):
    put(north, PDF, "minutes.pdf", public="on", description="Minutes,\n signed", language="vi")
    put(north, WORD, "TOKEN-desk.docx", shared="on")
    put(north, CALC, "TOKEN-own.ods")
    page = reverse("gatherings:gathering", args=["forum-1"])
    file = everybodys("minutes.pdf")
    assert (Client().get(page).status_code, Client().get(file).status_code) == (404, 404)
    released(world)
    shown = html.fromstring(Client().get(page).content)
    (card,) = [one for one in shown.findall(".//section") if one.findtext("h2") == "Files"]
    (line,) = card.findall(".//li")
    assert " ".join(line.text_content().split()) == (
        f"minutes.pdf Minutes, signed PDF · {len(PDF)} bytes · Vietnamese"
        " · part of what the sides confirm"
    )
    assert line.find("a").get("href") == file
    answer = Client().get(file)
    assert b"".join(answer) == PDF
    assert {one: answer[one] for one in ("Content-Disposition", "Cache-Control", "ETag")} == {
        "Content-Disposition": 'attachment; filename="minutes.pdf"',
        "Cache-Control": "public, max-age=0, must-revalidate",
        "ETag": f'"{Attachment.objects.get(name="minutes.pdf").sha256}"',
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in answer
    body = Client().get(page).text
    assert [one in body for one in ("minutes.pdf", "TOKEN")] == [True, False]
    for name in ("TOKEN-desk.docx", "TOKEN-own.ods"):
        assert Client().get(everybodys(name)).status_code == 404
        assert north.get(everybodys(name)).status_code == 404


def test_the_other_side_is_told_once_a_day_of_what_everybody_reads(world, north):
    somebody("south-office")
    put(north, CALC, "own.ods")
    put(north, WORD, "desk.docx", shared="on")
    put(north, b"nothing that is taken", "broken.pdf", public="on")
    assert Letter.objects.count() == 0
    put(north, PDF, "minutes.pdf", public="on")
    put(north, PDF + b"\n%%EOF", "more.pdf", public="on")
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (
        "south-office@example.org",
        "File for everybody: First forum",
    )
    assert "minutes.pdf" in letter.text
    assert "Everybody reads it once they read the record." in letter.text
    assert "/en/desk/records/gatherings/forum-1/#files" in letter.text


def test_a_file_that_goes_or_whose_record_goes_is_not_given_out_to_who_kept_it(world, north):
    released(world)
    page = reverse("gatherings:gathering", args=["forum-1"])
    first = Client().get(page)
    assert "minutes.pdf" not in first.text
    put(north, PDF, "minutes.pdf", public="on")
    file, tag = everybodys("minutes.pdf"), f'"{Attachment.objects.get().sha256}"'
    again = Client().get(page, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, "minutes.pdf" in again.text) == (200, True)
    assert Client().get(file, headers={"If-None-Match": tag}).status_code == 304
    forum = type(world.gathering()).everything.get(key="forum-1")
    release(world.north, forum, Audience.CIRCLE, "Too early.")
    assert Client().get(file, headers={"If-None-Match": tag}).status_code == 404
    released(world)
    forum.refresh_from_db()
    north.post(reverse("desk_file_remove", args=[Attachment.objects.get().pk]))
    assert Client().get(file, headers={"If-None-Match": tag}).status_code == 404
    assert "minutes.pdf" not in Client().get(page).text
    put(north, PDF, "more.pdf", public="on")
    file = everybodys("more.pdf")
    forum.refresh_from_db()
    remove(world.north, forum, "It never took place.")
    assert Client().get(file).status_code == 410


def test_who_may_not_release_puts_nothing_there_for_everybody(world):
    editor = somebody("north-office", Mandate.EDITOR, name="edits")
    assert put(editor, PDF, "a.pdf", public="on").status_code == 403
    assert (
        'name="public"'
        not in editor.get(reverse("desk_record", args=["gatherings", "forum-1"])).text
    )
    assert put(editor, PDF, "a.pdf", language="xx").status_code == 422
    assert not Attachment.objects.exists()


def test_a_file_on_what_has_no_page_stands_on_the_page_where_that_is_read(world, north):
    released(world)
    forum = type(world.gathering()).everything.get(key="forum-1")
    for key, audience in (("said", Audience.PUBLIC), ("hushed", Audience.CIRCLE)):
        save(
            world.north,
            Statement(
                dossier=world.dossier,
                key=key,
                gathering=forum,
                side=world.sides[0],
                kind="remark",
                occasion="speech",
                text=words("We shall see."),
            ),
            audience=audience,
        )
        address = reverse("desk_files", args=["statements", key])
        sent = {"file": SimpleUploadedFile(f"{key}.pdf", PDF), "public": "on"}
        assert north.post(address, sent).status_code == 302
    body = Client().get(reverse("gatherings:gathering", args=["forum-1"])).text
    assert ["said.pdf" in body, "hushed.pdf" in body] == [True, False]
    assert Client().get(everybodys("hushed.pdf")).status_code == 404


def test_what_the_sides_confirm_with_the_record_is_named_where_they_confirm_and_stays(world, north):
    south = somebody("south-office")
    put(north, PDF, "annex.pdf", public="on")
    put(south, WORD, "beside.docx", shared="on")
    released(world)
    record = reverse("desk_record", args=["gatherings", "forum-1"])
    asks = html.fromstring(south.get(record).content).get_element_by_id("confirmed")
    assert "Confirmed with it: annex.pdf See the files" in " ".join(asks.text_content().split())
    for address in ("desk_to_confirm", "desk_confirm_whole"):
        args = ["gatherings", "forum-1"] if address == "desk_confirm_whole" else []
        listed = south.get(reverse(address, args=args)).text
        assert [name in listed for name in ("annex.pdf", "beside.docx")] == [True, False]
    revision = type(world.gathering()).everything.get(key="forum-1").revision
    confirming = reverse("desk_confirm", args=["gatherings", "forum-1"])
    south.post(confirming, {"revision": revision, "language": "en"})
    marked = {
        line.findtext("a"): "part of what the sides confirm" in line.text_content()
        for line in html.fromstring(north.get(record).content).findall(".//*[@id='files']/ul/li")
    }
    assert marked == {"annex.pdf": True, "beside.docx": False}
    annex = Attachment.objects.get(name="annex.pdf")
    removing = reverse("desk_file_remove", args=[annex.pk])
    assert removing not in north.get(record).text
    assert "so no side removes it alone" in north.post(removing, follow=True).text
    assert got(south, annex) == 200
    put(north, PDF + b"\n%%EOF", "annex.pdf", public="on")
    shown = html.fromstring(Client().get(reverse("gatherings:gathering", args=["forum-1"])).content)
    lines = [line.text_content() for line in shown.findall(".//ul[@class='records']/li")]
    lines = [" ".join(line.split()) for line in lines if "annex.pdf" in line]
    assert lines == [
        f"annex.pdf PDF · {len(PDF)} bytes · part of what the sides confirm",
        f"annex.pdf PDF · {len(PDF) + 6} bytes",
    ]

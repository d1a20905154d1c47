"""The closing report, as a page and as a document, for everybody and at the desk."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from amity.foundation.pages import public
from tests.write.world import words

from .world import at, editions

pytestmark = pytest.mark.django_db
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = "/en/gatherings/forum-1/closing/"
DOCUMENT = "/en/gatherings/forum-1/closing.docx"


@pytest.fixture
def there():
    made = editions()
    kept = made.promise("C-2025-001", text=words("Twelve boats & a <pier>"))
    done = made.promise("C-2025-002")
    asked = made.ask("P-2025-001")
    made.decide(kept, "carried", into=made.second)
    made.decide(asked, "dropped", reason=words("No water."))
    made.decide(done, "completed")
    return made


def closed(there):
    there.confirmed()
    for client in (there.north, there.south):
        client.post(at("desk_close", "forum-1"), there.read())
    assert there.status == "closed"


def paragraphs(answer):
    """The style and words of each paragraph of a document."""
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    styles = {one.get(f"{WORD}styleId") for one in parts["word/styles.xml"].iter(f"{WORD}style")}
    found = [
        (one.find(f"{WORD}pPr/{WORD}pStyle").get(f"{WORD}val"), "".join(one.itertext()))
        for one in parts["word/document.xml"].iter(f"{WORD}p")
    ]
    assert {style for style, _words in found} <= styles
    return found


def test_nobody_outside_the_desks_reads_it_until_every_side_has_closed(there):
    assert [Client().get(one).status_code for one in (PAGE, DOCUMENT)] == [404, 404]
    at_desk = there.south.get(at("desk_closing_report", "forum-1")).text
    assert "Promise C-2025-001" in at_desk
    assert "Nobody outside the desks reads it" in at_desk
    there.north.post(at("desk_close", "forum-1"), there.read())
    assert (there.status, Client().get(PAGE).status_code) == ("closed", 404)
    there.south.post(at("desk_closing_confirm", "forum-1"), there.read())
    assert Client().get(PAGE).status_code == 200


def test_it_says_what_was_made_what_was_decided_and_what_is_carried_on(there):
    closed(there)
    page = Client().get(PAGE).text
    assert "1. <a" in page
    assert page.index("Promise C-2025-001") < page.index("Promise C-2025-002")
    assert "No water." in page
    assert 'href="/en/gatherings/forum-2/"' in page
    later = there.second
    carried = Client().get(f"/en/gatherings/{later.key}/").text
    assert "1 item carried in from" in carried
    first = Client().get("/en/gatherings/forum-1/").text
    assert "1 item carried on to" in first
    assert f'href="{PAGE}"' in first


def test_the_document_has_the_commitments_numbered_and_every_word_whole(there):
    closed(there)
    answer = Client().get(DOCUMENT)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"] == 'attachment; filename="forum-1.closing.en.docx"'
    found = paragraphs(answer)
    assert found[0] == ("Title", "First forum")
    items = [words for style, words in found if style == "Item"]
    assert items == [
        "1. Promise C-2025-001 (C-2025-001)",
        "2. Promise C-2025-002 (C-2025-002)",
        "1. Proposal P-2025-001 (P-2025-001)",
    ]
    assert ("Note", "Twelve boats & a <pier>") in found
    assert ("Note", "Carried into the next edition: Second forum") in found
    assert ("Note", "Reason: No water.") in found
    assert ("Normal", "Promise C-2025-001 (C-2025-001) → Second forum") in found
    public._cache().clear()
    assert Client().get(DOCUMENT).content == answer.content


def test_for_paper_it_is_set_in_the_fonts_that_came_with_it_and_takes_no_words_for_markup(there):
    odd = there.promise("C-2025-003", text=words("#read(1) *Đặng* $x$ Комитет @nobody"))
    there.decide(odd, "completed")
    closed(there)
    answer = Client().get(DOCUMENT.replace(".docx", ".pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="forum-1.closing.en.pdf"'
    assert answer.content.startswith(b"%PDF-")
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)-", answer.content))
    assert fonts == {b"LibertinusSerif"}
    public._cache().clear()
    assert Client().get(DOCUMENT.replace(".docx", ".pdf")).content == answer.content


def test_an_outcome_document_has_what_is_still_to_be_kept_and_a_line_for_each_side_to_sign(there):
    there.promise("C-2026-001", at=there.second)
    answer = there.south.get(at("outcome_docx", "forum-2"))
    assert answer["Content-Disposition"] == 'attachment; filename="forum-2.outcome.en.docx"'
    found = paragraphs(answer)
    items = [words for style, words in found if style in {"Heading1", "Item"}]
    assert items == [
        "What the sides undertake",
        "1. Promise C-2026-001 (C-2026-001)",
        "What they go on with from earlier editions",
        "Promise C-2025-001 (C-2025-001)",
    ]
    first = [words for style, words in paragraphs(there.south.get(at("outcome_docx", "forum-1")))]
    assert [one for one in first if "Promise C-2025-002" in one] == []
    notes = [words for style, words in found if style == "Note"]
    assert notes[:3] == ["Commitment", "Counterpart: North", "Holder: South"]
    signed = [words for style, words in found if style == "Signature"]
    assert signed == ["North: name, office, date", "South: name, office, date"]
    assert there.south.get(at("outcome_pdf", "forum-2")).content.startswith(b"%PDF-")
    assert Client().get(at("outcome_pdf", "forum-1")).status_code == 302


@pytest.mark.parametrize("language", ["en", "vi", "ru", "fr", "id"])
def test_it_is_there_in_every_language(there, language):
    closed(there)
    page = Client().get(PAGE.replace("/en/", f"/{language}/"))
    document = Client().get(DOCUMENT.replace("/en/", f"/{language}/"))
    assert (page.status_code, document.status_code) == (200, 200)
    assert len(paragraphs(document)) > 10
    title = {"vi": "Diễn đàn thứ nhất", "ru": "Первый форум"}.get(language, "First forum")
    assert paragraphs(document)[0] == ("Title", title)


def test_what_the_public_does_not_read_is_in_no_public_report(there):
    there.decide(there.hidden("C-2025-008"), "completed")
    closed(there)
    texts = [
        Client().get(PAGE).text,
        "".join(words for _s, words in paragraphs(Client().get(DOCUMENT))),
    ]
    assert ["C-2025-008" in text for text in texts] == [False, False]
    assert "C-2025-008" in there.north.get(at("desk_closing_report", "forum-1")).text
    assert "C-2025-008" not in there.east.get(at("desk_closing_report", "forum-1")).text


def test_it_asks_at_most_twenty_times_whatever_is_in_it(there):
    closed(there)
    taken = []
    for number in (1, 20):
        for one in range(number):
            there.promise(f"C-2025-{100 * number + one}")
            there.ask(f"P-2025-{100 * number + one}")
        public._cache().clear()
        with CaptureQueriesContext(connection) as found:
            assert Client().get(PAGE).status_code == 200
        taken.append(len(found))
    assert taken[0] == taken[1]
    assert taken[1] <= 20


def test_what_is_closed_is_read_searched_and_exported_as_before(there):
    addresses = {
        *("/en/gatherings/forum-1/", "/en/gatherings/", "/en/commitments/C-2025-001/"),
        *("/en/proposals/P-2025-001/", "/en/commitments.csv", "/en/search/?q=C-2025-001"),
        *("/api/v1/gatherings/forum-1", "/api/v1/commitments/C-2025-001"),
    }
    desk = {
        at("desk_record", "gatherings", "forum-1"),
        at("desk_record", "commitments", "C-2025-001"),
        at("desk_history"),
        at("desk_closing", "forum-1"),
    }
    clients = {"stranger": (Client(), addresses)} | {
        name: (getattr(there, name), addresses | desk) for name in ("north", "south")
    }

    def read() -> dict[tuple[str, str], tuple[int, bool]]:
        return {
            (name, address): (answer.status_code, "C-2025-001" in answer.getvalue().decode())
            for name, (client, some) in clients.items()
            for address in some
            for answer in [client.get(address)]
        }

    before = read()
    assert {status for status, _named in before.values()} == {200}
    closed(there)
    assert read() == before

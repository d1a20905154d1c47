"""Documents of paragraphs: the same words in both formats, and nothing of them is markup."""

from io import BytesIO
from zipfile import ZipFile

import pytest
import typst
from django.utils import translation

from amity.foundation.formats import documents
from amity.foundation.formats.documents import (
    LAYOUT,
    Form,
    Paragraph,
    Style,
    WordDocument,
    answer,
    docx,
    pdf,
)

LETTERS = "Đặng Thùy Trâm · Комитет по внешним связям · œuvre — “Ngoại vụ” №"
ODD = '#read("/etc/passwd") *a* $x$ @b <w:t> & \\ `raw` //'
SAID = tuple(Paragraph(style, f"{LETTERS} {ODD}") for style in Style)


def test_every_style_is_known_to_both_formats():
    with ZipFile(BytesIO(docx(SAID))) as archive:
        styles = archive.read("word/styles.xml").decode()
        main = archive.read("word/document.xml").decode()
    assert [style for style in Style if f'w:styleId="{style}"' not in styles] == []
    assert main.count("#read(") == len(Style)
    assert "&lt;w:t&gt; &amp;" in main
    assert pdf(SAID).startswith(b"%PDF-")


def test_the_layout_finds_each_letter_in_its_own_font(monkeypatch):
    """A letter without a glyph, or a font that is not there, is a warning of the compiler."""
    warned = []

    def compiled(*given, **options):
        made, warnings = typst.compile_with_warnings(*given, **options)
        warned.extend(warnings)
        return made

    monkeypatch.setattr(documents.typst, "compile", compiled)
    made = pdf(SAID)
    assert (warned, b"NotDef" in made) == ([], False)
    assert made == pdf(SAID)


def test_the_layout_reads_nothing_outside_of_its_folder():
    layout = documents.typst.Compiler(root=str(LAYOUT.parent))
    with pytest.raises(RuntimeError, match=r"root|access denied"):
        layout.compile(b'#read("/../../../../etc/passwd")')


@pytest.mark.parametrize("words", ["中文 漢字", "ขอบคุณ", "Trams 🎉", "\U000e0fff"])
def test_letters_that_no_font_here_has_are_no_reason_to_give_no_document(words):
    said = (Paragraph(Style.TITLE, words), Paragraph(Style.SIGNATURE, f"{LETTERS} {words}"))
    assert pdf(said).startswith(b"%PDF-")
    assert pdf(said) == pdf(said)


@pytest.mark.parametrize("form", Form)
def test_an_answer_is_a_file_to_be_kept_in_the_language_of_the_page(form, monkeypatch):
    monkeypatch.setattr(documents, "paragraphs", lambda said: SAID)
    with translation.override("vi"):
        given = answer(WordDocument(written=SAID), form, "forum-1.closing")
    assert given["Content-Disposition"] == f'attachment; filename="forum-1.closing.vi.{form}"'
    assert given["Content-Type"] == documents.MEDIA_TYPES[form]

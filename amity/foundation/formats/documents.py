"""Documents of plain paragraphs, for word processors (DOCX) and for paper (PDF).

What a document says is one template of XML, whatever the format: `<document>` with a `<p>` for
each paragraph, which names its style (`as`). So both formats say the same, and another document
takes one template and one dataclass (`Context`).
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import typst
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from amity.foundation.pages.context import Context
from amity.foundation.pages.speaking import page_language

PARTS = (
    ("[Content_Types].xml", "foundation/docx/content_types.xml"),
    ("_rels/.rels", "foundation/docx/relationships.xml"),
    ("word/_rels/document.xml.rels", "foundation/docx/document_relationships.xml"),
    ("word/styles.xml", "foundation/docx/styles.xml"),
)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can say; the same for each part, whenever it is written."""
LAYOUT = Path(__file__).with_name("document.typ")


class Style(StrEnum):
    """What a paragraph is; the names are those of the styles in both formats."""

    TITLE = "Title"
    NORMAL = "Normal"
    HEADING = "Heading1"
    ITEM = "Item"
    NOTE = "Note"
    SIGNATURE = "Signature"


class Form(StrEnum):
    """A format of documents: how its files end."""

    DOCX = "docx"
    PDF = "pdf"


MEDIA_TYPES = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a style."""

    style: Style
    words: str


@dataclass(frozen=True, kw_only=True)
class WordDocument(Context):
    """The main part of a document for word processors: its paragraphs as `written`."""

    template: ClassVar[str] = "foundation/docx/document.xml"

    written: tuple[Paragraph, ...]


def paragraphs(said: Context) -> tuple[Paragraph, ...]:
    """What a document says, in the language of the page.

    Raises ValueError where its template names a style that there is not.
    """
    written = render_to_string(said.template, said.names())
    root = ElementTree.fromstring(written)  # noqa: S314 - written by our own template just now
    return tuple(Paragraph(Style(one.attrib["as"]), one.text or "") for one in root.iter("p"))


def docx(said: tuple[Paragraph, ...]) -> bytes:
    """A document for word processors (Office Open XML, ECMA-376); the same words, the same bytes.

    Five parts in an archive: headings and paragraphs need no library.
    """
    main = WordDocument(written=said)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, template in PARTS:
            words = render_to_string(template, {"tag": page_language()})
            archive.writestr(_part(name), words)
        archive.writestr(_part("word/document.xml"), render_to_string(main.template, main.names()))
    return file.getvalue()


def pdf(said: tuple[Paragraph, ...]) -> bytes:
    """A document for paper that screen readers read too (PDF/UA-1); the same words, the same bytes.

    What is said comes to the layout as data: nothing of it is taken for markup. PDF/UA-1 refuses a
    document in which a letter has no glyph (Chinese, Thai, an emoji): such a one takes its letters
    from the fonts of the system too, or shows a box, and does not call itself PDF/UA-1.
    """
    title = next((one.words for one in said if one.style == Style.TITLE), "")
    document = {
        "title": title,
        "language": page_language().partition("-")[0],
        "paragraphs": [{"style": one.style, "words": one.words} for one in said],
    }
    inputs = {"document": json.dumps(document)}
    try:
        return typst.compile(
            LAYOUT,
            root=LAYOUT.parent,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards="ua-1",
        )
    except typst.TypstError:
        return typst.compile(LAYOUT, root=LAYOUT.parent, sys_inputs=inputs)


WRITERS = {Form.DOCX: docx, Form.PDF: pdf}


def answer(said: Context, form: Form, name: str) -> HttpResponse:
    """The answer that gives a document to be kept, as NAME.LANGUAGE.docx or .pdf."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{get_language()}.{form}"',
        "Cache-Control": "no-cache",
    }
    written = WRITERS[form](paragraphs(said))
    return HttpResponse(written, content_type=MEDIA_TYPES[form], headers=headers)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, FIRST_DAY)
    part.compress_type = ZIP_DEFLATED
    return part

"""A closing report as a document for word processors (Office Open XML, ECMA-376).

Five parts in an archive, written from templates: no library is needed for headings and
paragraphs, and the same report is the same bytes.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from amity.foundation.pages.context import Context
from amity.foundation.pages.speaking import page_language
from amity.journeys.contexts import ReportDocument
from amity.journeys.queries.report import Report

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARTS = (
    ("[Content_Types].xml", "journeys/docx/content_types.xml"),
    ("_rels/.rels", "journeys/docx/relationships.xml"),
    ("word/_rels/document.xml.rels", "journeys/docx/document_relationships.xml"),
    ("word/styles.xml", "journeys/docx/styles.xml"),
)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can say; the same for each part, whenever it is written."""


def document(report: Report) -> bytes:
    """The report as a .docx file in the language of the page."""
    main: Context = ReportDocument(report=report)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, template in PARTS:
            words = render_to_string(template, {"tag": page_language()})
            archive.writestr(_part(name), words)
        archive.writestr(_part("word/document.xml"), render_to_string(main.template, main.names()))
    return file.getvalue()


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, FIRST_DAY)
    part.compress_type = ZIP_DEFLATED
    return part

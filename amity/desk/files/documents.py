"""What an uploaded file is, by its content alone; what it may not hold is refused in words.

What a browser or an office program could run is refused: SVG, HTML, macros, programs within, what
is fetched from elsewhere when a document is opened (it could bring macros, or tell who opens it),
and files that are two things at once (a PDF that is an archive too). Pictures are made anew, as
those of the record are.
"""

import io
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.record.pictures.developing import LARGEST_SIDE, developed
from amity.record.pictures.media import NotAPicture, TooLarge, measure

LARGEST = 20_000_000
"""Bytes."""
MOST_ENTRIES = 5_000
LARGEST_UNPACKED = 300_000_000
"""Bytes that the parts of an office document say they have."""
SUFFIXES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
}
DOCX, XLSX, ODS = list(SUFFIXES)[1:4]
END_OF_ARCHIVE = b"PK\x05\x06"
LONGEST_NAME = 120
LENGTH_OF_END = 22
"""Bytes of an archive's last record, without a comment."""
RUNS = re.compile(r"(vbaProject|vbaData|activeX/|macrosheets/|^Basic/|^Scripts/)", re.IGNORECASE)
"""Parts of office documents that programs run."""
WITHIN = re.compile(r"/embeddings/.*\.bin$", re.IGNORECASE)
"""Files of any kind within a document, which one click opens."""
LEADS = re.compile(r"\.rels$|/externalLinks/[^/]*\.xml$", re.IGNORECASE)
"""Parts of office documents that say what is elsewhere."""
LARGEST_LEADS = 2_000_000
"""Bytes of such a part."""
FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "image")
"""What is fetched when a document is opened; links are followed by people, and other sheets are
asked for first."""
MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml)", re.IGNORECASE)
LARGEST_OBJECTS = 50_000_000
"""Bytes that the packed objects of a PDF may have."""
MOST_OBJECTS = 20_000
PIECE = 4_096


def _named(word: str) -> str:
    """A pattern of a name as a PDF may spell it: each letter by itself, or as `#` and its code."""
    return "".join(f"(?:{one}|#{ord(one):02x}|#{ord(one):02X})" for one in word)


IN_PDF = re.compile(
    f"/(?:{'|'.join(map(_named, ('JavaScript', 'Launch', 'EmbeddedFile')))})".encode()
)
"""Programs and files in a PDF; every action that runs a script names it by the first of these."""
PACKED = re.compile(rb"stream\r?\n")
NEAR = 400
"""So many bytes after it says what it is, packed objects begin."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that may be kept: its type, and the bytes to keep."""

    media_type: str
    content: bytes


def recognised(content: bytes) -> Document:
    """What the content is. Raises ValidationError with what is wrong and what is expected."""
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > LARGEST:
        raise ValidationError(_("The file has more than 20 MB."))
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if MARKUP.search(content[:1024]):
        raise ValidationError(
            _("SVG and HTML can run programs and are not taken: save it as PDF or as a picture.")
        )
    try:
        kept = developed(content)
        return Document(measure(kept).media_type, kept)
    except TooLarge as error:
        words = _("The picture is too large: save it with %(pixels)s pixels on its longer side.")
        raise ValidationError(words % {"pixels": LARGEST_SIDE}) from error
    except NotAPicture as error:
        raise ValidationError(
            _("Expected PDF, DOCX, XLSX, ODS or a picture (PNG, JPEG, WebP, HEIC).")
        ) from error


def kept_name(name: str, media_type: str) -> str:
    """The name without folders and signs that mean something to a system, with its own suffix."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(one if one.isprintable() and one not in '<>:"|?*' else "_" for one in last)
    stem = plain.rpartition(".")[0] if "." in plain else plain
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'file'}.{SUFFIXES[media_type]}"


def _pdf(content: bytes) -> Document:
    if b"%%EOF" not in content[-1024:]:
        raise ValidationError(_("The PDF is not whole: its end is missing."))
    if END_OF_ARCHIVE in content or MARKUP.search(content[:1024]):
        raise ValidationError(_("This PDF is something else at the same time: save it anew."))
    if IN_PDF.search(content) or any(IN_PDF.search(one) for one in _packed_objects(content)):
        raise ValidationError(
            _("This PDF holds programs or other files: print it into a PDF without them.")
        )
    return Document("application/pdf", content)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """What stands in the packed objects of a PDF (ISO 32000-2, 7.5.7).

    Raises ValidationError where they unfold into too much.
    """
    left, at = LARGEST_OBJECTS, -1
    for _each in range(MOST_OBJECTS):
        at = content.find(b"/ObjStm", at + 1)
        if at < 0:
            return
        if found := PACKED.search(content, at, at + NEAR):
            unpacked = _unpacked(content, found.end(), left)
            left -= len(unpacked)
            yield unpacked
    raise ValidationError(_("This document unfolds into too much."))


def _unpacked(content: bytes, at: int, most: int) -> bytes:
    """What is packed from a place on, as far as it can be read. Raises ValidationError."""
    packer, pieces = zlib.decompressobj(), bytearray()
    while at < len(content) and not packer.eof:
        try:
            pieces += packer.decompress(content[at : at + PIECE], most - len(pieces) + 1)
        except zlib.error:
            break
        if len(pieces) > most:
            raise ValidationError(_("This document unfolds into too much."))
        at += PIECE
    return bytes(pieces)


def _office(content: bytes) -> Document:
    broken = ValidationError(_("The document is broken: open it, and save it anew."))
    if content.rfind(END_OF_ARCHIVE) != len(content) - LENGTH_OF_END:
        raise ValidationError(_("Something follows the end of this document: save it anew."))
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            names = [part.filename for part in parts]
            if any(RUNS.search(name) for name in names):
                raise ValidationError(_("This document holds macros: save it without them."))
            if any(WITHIN.search(name) for name in names):
                raise ValidationError(
                    _("This document holds programs or other files: save it without them.")
                )
            first = parts[0]
            media_type = _type(names, first.filename, lambda: archive.read(first))
            if first.header_offset != 0 or len(set(names)) != len(names):
                raise broken
            if archive.testzip() is not None:
                raise broken
            leads = [part for part in parts if LEADS.search(part.filename)]
            if any(part.file_size > LARGEST_LEADS for part in leads):
                raise broken
            if any(_fetches(archive.read(part)) for part in leads):
                raise ValidationError(
                    _("This document fetches something from elsewhere: save it without links.")
                )
    except ValidationError:
        raise
    except Exception as error:  # a decoder may raise anything when its input is hostile
        raise broken from error
    if not media_type:
        raise ValidationError(
            _("An archive is not taken: only DOCX, XLSX and ODS, each as its program saves it.")
        )
    return Document(media_type, content)


def _fetches(part: bytes) -> bool:
    """Whether a part of an office document names what is fetched when it is opened (ECMA-376)."""
    for one in ElementTree.fromstring(part).iter():  # noqa: S314 - small, and expat bounds entities
        kind = one.get("Type", "").rpartition("/")[2]
        if one.get("TargetMode", "").lower() == "external" and kind in FETCHED:
            return True
        if str(one.tag).rpartition("}")[2] == "ddeLink":
            return True
    return False


def _refuse_bombs(parts: list[ZipInfo]) -> None:
    """Raise ValidationError where unpacking would take too much, or lead out of a folder."""
    if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValidationError(_("This document unfolds into too much."))
    for part in parts:
        if part.filename.startswith("/") or ".." in part.filename.split("/") or part.flag_bits & 1:
            raise ValidationError(_("The document is broken: open it, and save it anew."))


def _type(names: list[str], first: str, read_first: Callable[[], bytes]) -> str:
    """The type of an office document by its parts; empty for none that is taken."""
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        return XLSX if "xl/workbook.xml" in names else ""
    if first == "mimetype" and "content.xml" in names and read_first() == ODS.encode():
        return ODS
    return ""

"""Every address there is, with every identifier there is, as a stranger asks for it."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from django.test import Client
from django.urls import get_resolver

from amity.record import kinds
from amity.record.kinds import Kind
from amity.record.models import Picture
from amity.record.pictures import media
from tests.access.matrix import ENTRANCE, EVERYONE, MATRIX
from tests.access.test_matrix import addresses

LANGUAGES = ("en", "vi")
NAMED = re.compile(r"zq[a-z]\d{3}|[0-9a-f]{64}")
"""What names a record, or a file, in an address."""
FOLDED = re.compile(rb"\r\n ")
MASKED = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]*')
"""A token that is masked anew in each answer."""


def pages(
    languages: tuple[str, ...] = LANGUAGES, rows: tuple[str, ...] = (EVERYONE, ENTRANCE)
) -> list[str]:
    """Every address of these rows of the matrix that names no record, in each language it has."""
    return [
        "/" + address.replace("<language>", language)
        for address, _ in addresses(get_resolver())
        if MATRIX[address] in rows and not re.search(r"<(slug|str|path|int)|\(\?P<", address)
        for language in (languages if "<language>" in address else ("",))
    ]


def pages_of(kind: Kind, key: str) -> Iterator[str]:
    """Every address of a record, in each language it has."""
    for address, pattern in addresses(get_resolver()):
        if "<slug:key>" not in address or not _is_of(kind, address, str(pattern.name)):
            continue
        for language in LANGUAGES if "<language>" in address else ("",):
            yield "/" + address.replace("<language>", language).replace("<slug:key>", key)


def _is_of(kind: Kind, address: str, name: str) -> bool:
    if address.startswith("api/"):
        return name == kind.kind
    return address.startswith(f"<language>/{kind.plural}/")


def records(*, public: bool) -> Iterator[str]:
    """The addresses of all records that are public, or of all that are not, files included."""
    for kind in kinds.kinds():
        rows = kind.model.everything.filter(readers="public")
        if not public:
            rows = kind.model.everything.exclude(readers="public")
        for key in rows.order_by("key").values_list("key", flat=True):
            yield from pages_of(kind, key)
    pictures = Picture.everything.filter(readers="public")
    if not public:
        pictures = Picture.everything.exclude(readers="public")
    for sha256, media_type in pictures.values_list("sha256", "media_type"):
        yield f"/media/{media.name_of(sha256, media_type)}"


def site_maps(client: Client) -> Iterator[str]:
    """The files that the site map names."""
    body = client.get("/sitemap.xml").content.decode()
    yield from re.findall(r"<loc>http://testserver(/[^<]*)</loc>", body)


def read(client: Client, address: str) -> bytes:
    """What an address answers, folded lines of calendars joined, workbooks unpacked."""
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return b"%d " % answer.status_code + MASKED.sub(b"", FOLDED.sub(b"", body))

"""Every page of the record, for those who read it all: what a site map lists."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F
from django.http import Http404

from amity.foundation.pages.links import absolute, in_language, url
from amity.record import kinds
from amity.record.models import Entry

MOST_FILES = 1_000_000
IN_A_FILE = 1_000
"""Records per file: some thousand addresses of all languages, far below the limit of 50,000."""

GENERAL = (
    "site:home",
    "site:about",
    "site:dossiers",
    "site:api",
    "gatherings:gatherings",
    "followup:commitments",
    "site:figures",
    "followup:subjects",
    "followup:proposals",
    "network:network",
    "network:areas",
    "network:organizations",
    "network:persons",
    "network:agreements",
    "sources:coverage",
    "sources:differences",
)
"""Pages about no record in particular."""

BESIDE = {"gathering": ("gatherings:programme", "gatherings:people")}
"""Kind → further pages of each record of this kind."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site map: pages of the records of one kind, the `number`th thousand."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in the site map: its `versions` (language and absolute address of each), and the
    address that negotiates the language."""

    versions: tuple[tuple[str, str], ...]
    negotiated: str


def files() -> list[File]:
    """The files that hold pages of records. One statement."""
    counted = (
        Entry.objects.filter(page_kind=F("kind"), page_key=F("key"))
        .order_by("kind")
        .values_list("kind")
        .annotate(number=Count("pk"))
    )
    return [
        File(kind, number)
        for kind, count in counted
        if kinds.known(kind) and kinds.get(kind).page
        for number in range(1, -(-count // IN_A_FILE) + 1)
    ]


def general_pages() -> list[ListedPage]:
    """The pages about no record in particular."""
    return [_listed(name) for name in GENERAL]


def pages_in(file: File) -> list[ListedPage]:
    """The pages in a file. One statement. Raises Http404."""
    if (
        not kinds.known(file.kind)
        or not (page := kinds.get(file.kind).page)
        or not (1 <= file.number <= MOST_FILES)
    ):
        raise Http404(file.kind)
    start = (file.number - 1) * IN_A_FILE
    own = Entry.objects.filter(kind=file.kind, page_kind=F("kind"), page_key=F("key"))
    keys = list(own.order_by("key").values_list("key", flat=True)[start : start + IN_A_FILE])
    if not keys:
        raise Http404(file.kind)
    names = (page, *BESIDE.get(file.kind, ()))
    return [_listed(name, key=key) for key in keys for name in names]


def _listed(name: str, **parts: str) -> ListedPage:
    path = url(name, **parts)
    return ListedPage(
        tuple((code, absolute(in_language(path, code))) for code, _ in settings.LANGUAGES),
        absolute(in_language(path, "")),
    )

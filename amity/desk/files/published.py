"""Files that everybody may read: on records that everybody reads, and nowhere else."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.template.defaultfilters import filesizeformat

from amity.desk.files.documents import SUFFIXES
from amity.desk.models import Attachment
from amity.foundation.pages.context import Context
from amity.foundation.pages.links import url
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.record import kinds
from amity.record.managers import PUBLIC
from amity.record.models import Entry, Recorded
from amity.record.removals import missing
from amity.record.sections import Section, register_everywhere

ORDER = 880
READ = Q(moved_to=None, removed_at=None, readers=PUBLIC) | Q(
    moved_to__removed_at=None, moved_to__readers=PUBLIC
)
"""Entries of records that everybody reads, by their own identifier or a former one."""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file on a page: where it is, what it is, and of which record, where that is another.

    `enclosed`: it is part of what the sides of that record confirm.
    """

    address: str
    name: str
    form: str
    size: str
    language: str
    description: str
    of: Text | None
    enclosed: bool


@dataclass(frozen=True, kw_only=True)
class FilesSection(Context):
    """The `files` that everybody may read, of the record of a page and of what is read on it."""

    template = "desk/published.html"

    files: tuple[PublicFile, ...]


def published(number: int) -> Attachment:
    """A file that everybody may read. Raises Http404, and Removed where its record was removed."""
    file = Attachment.objects.filter(pk=number, public=True).first()
    if file is None or not kinds.known(file.kind):
        raise Http404(number)
    if not Entry.everything.filter(READ, kind=file.kind, key=file.key).exists():
        raise missing(kinds.get(file.kind).model, file.key)
    return file


def files_of(record: Recorded, page: Page) -> FilesSection | None:
    """The files of a record and of what is read on its page; None where there are none.

    One statement for each version of the record.
    """
    kind = kinds.of_model(type(record)).kind
    placed = _by_page(page).get((kind, record.key), ())
    if not placed:
        return None
    return FilesSection(
        files=tuple(
            PublicFile(
                address=url("public_file", number=one.number),
                name=one.name,
                form=SUFFIXES[one.media_type].upper(),
                size=filesizeformat(one.size),
                language=one.language,
                description=one.description,
                of=None if (one.kind, one.key) == (kind, record.key) else one.title,
                enclosed=one.enclosed,
            )
            for one in placed
        )
    )


class _Placed(NamedTuple):
    """A file, the record on which it is, and the page on which that is read.

    `key` is None where not everybody reads the record.
    """

    number: int
    name: str
    media_type: str
    size: int
    language: str
    description: str
    enclosed: bool
    kind: str
    key: str | None
    title: Text
    page_kind: str
    page_key: str


@per_version(largest=2)
def _by_page(page: Page) -> Mapping[tuple[str, str], tuple[_Placed, ...]]:
    """All files that everybody may read, by kind and identifier of the page. One statement."""
    of_entry = ("key", "title", "page_kind", "page_key")
    own = Entry.everything.filter(READ, kind=OuterRef("kind"), key=OuterRef("key"))
    now = {
        f"of_{name}": Subquery(own.values_list(Coalesce(f"moved_to__{name}", name))[:1])
        for name in of_entry
    }
    rows = Attachment.objects.filter(public=True).order_by("name", "pk").annotate(**now)
    columns = ("pk", "name", "media_type", "size", "language", "description", "enclosed", "kind")
    found: dict[tuple[str, str], list[_Placed]] = defaultdict(list)
    for row in rows.values_list(*columns, *now):
        placed = _Placed(*row)
        if placed.key is not None:
            found[placed.page_kind, placed.page_key].append(placed)
    return {place: tuple(files) for place, files in found.items()}


def register() -> None:
    """Add the files to the pages of every kind; called when Django starts."""
    register_everywhere(Section("files", files_of, ORDER))

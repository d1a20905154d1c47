"""Notes, comments and files that hang on records, whatever these are called by now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from amity.desk.models import Attachment, Note
from amity.desk.queries import record_or_404
from amity.foundation.database.batches import batched
from amity.record import kinds, rules
from amity.record.acting import Acting, key_of
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.registration.enclosures import Enclosed, Held


def notes_on(acting: Acting, kind: Kind, record: Recorded) -> QuerySet[Note]:
    """The notes of the office acted for on a record, and the comments of all its sides.

    Newest first; of no other office, and none for who has no mandate.
    """
    if not acting.mandates:
        return Note.objects.none()
    wanted = Q(office=acting.office)
    if may_comment_on(acting, record):
        wanted |= Q(shared=True)
    here = called(kind.kind, record.key)
    return Note.objects.filter(wanted, here, kind=kind.kind).select_related("user")


def may_comment_on(acting: Acting, record: Recorded) -> bool:
    """Whether the record is kept by sides of which whoever acts is one, who read their comments."""
    return rules.is_joint(record) and record.keeper in acting.partnerships


def files_of(acting: Acting) -> QuerySet[Attachment]:
    """The files that whoever acts may read, so far as they may read what these hang on."""
    if not acting.office or not acting.mandates:
        return Attachment.objects.none()
    return Attachment.objects.filter(Q(office=acting.office) | Q(shared=True))


def file_or_404(acting: Acting, number: int) -> tuple[Attachment, Recorded]:
    """A file that whoever acts may read, and its record, which they may read. Raises Http404."""
    file = files_of(acting).filter(pk=number).first()
    if file is None or not kinds.known(file.kind):
        raise Http404(number)
    entry = Entry.everything.filter(kind=file.kind, key=file.key).select_related("moved_to").first()
    key = entry.moved_to.key if entry and entry.moved_to else file.key
    return file, record_or_404(acting, kinds.get(file.kind), key)


def enclosed_with(kind: str, keys: Sequence[str]) -> Mapping[str, Sequence[Enclosed]]:
    """The files that are confirmed with records of a kind, by the identifiers of these.

    One statement for a batch.
    """
    found: dict[str, list[Enclosed]] = defaultdict(list)
    for few in batched(keys):
        for name, files in enclosed_in({kind: few}).items():
            found[key_of(name)] += map(_as_enclosed, files)
    return found


def find(kind: str, key: str, number: int) -> Held | None:
    """The file of a number on a record, where others read it there. One statement."""
    here = called(kind, key)
    file = Attachment.objects.filter(here, kind=kind, pk=number, shared=True).first()
    return Held(_as_enclosed(file), file.enclosed) if file else None


def mark(number: int, confirmed: bool) -> None:
    """Say of a file that it is confirmed with its record from now on, or stands beside it."""
    Attachment.objects.filter(pk=number).update(enclosed=confirmed)


def _as_enclosed(file: Attachment) -> Enclosed:
    return Enclosed(file.name, file.sha256, file.description, file.language, file.public)


def enclosed_in(keys: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[Attachment]]:
    """The files that are confirmed with records, by register key. One statement.

    `keys`: the identifiers of the records of each kind. Whoever reads a record at a desk reads
    these too.
    """
    here = Q(pk__in=())
    for kind, some in keys.items():
        former = Entry.everything.filter(kind=kind, moved_to__key__in=some).values("key")
        here |= Q(kind=kind) & (Q(key__in=some) | Q(key__in=former))
    own = Entry.everything.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    now = Subquery(own.values_list(Coalesce("moved_to__key", "key"))[:1])
    found: dict[str, list[Attachment]] = defaultdict(list)
    for file in Attachment.objects.filter(here, enclosed=True).annotate(now=now).order_by("name"):
        found[f"{file.kind}:{file.now}"].append(file)
    return found


def called(kind: str, key: str) -> Q:
    """What hangs by `key` on a record: by its own, a former one, or that of one merged with it."""
    former = Entry.everything.filter(kind=kind, moved_to__key=key).values("key")
    return Q(key=key) | Q(key__in=former)

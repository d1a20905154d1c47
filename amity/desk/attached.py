"""Notes, comments and files that hang on records, whatever these are called by now."""

from django.db.models import Q, QuerySet
from django.http import Http404

from amity.desk.models import Attachment, Note
from amity.desk.queries import record_or_404
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded


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


def called(kind: str, key: str) -> Q:
    """What hangs by `key` on a record: by its own, a former one, or that of one merged with it."""
    former = Entry.everything.filter(kind=kind, moved_to__key=key).values("key")
    return Q(key=key) | Q(key__in=former)

"""Notes of an office and comments of all sides, and words that people typed."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from amity.desk.files.attached import may_comment_on
from amity.desk.models import Note
from amity.foundation.words.characters import WordsError, normal
from amity.record import rules
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed

from .who import person_of

LONGEST_NOTE = 10_000
LONGEST_REASON = 1_000


def as_typed(words: str, most: int) -> str:
    """What was typed as reasons or a note, fit to be kept; empty where nothing was.

    Raises ValidationError for more than `most` characters, and for those that no text holds.
    """
    if not words.strip():
        return ""
    try:
        said = normal(words)
    except WordsError as error:
        raise ValidationError(error.args[0]) from error
    MaxLengthValidator(most)(said)
    return said


def write_note(acting: Acting, kind: Kind, record: Recorded, words: str, *, shared: bool) -> Note:
    """Write a note of one's office on a record, or a comment that all its sides read.

    Raises ValidationError; NotAllowed for a comment of who does not write for a side.
    """
    if shared and not (rules.writes(acting) and may_comment_on(acting, record)):
        raise NotAllowed(f"{kind.kind} {record.key}")
    said = as_typed(words, LONGEST_NOTE)
    note = Note(
        office=acting.office,
        kind=kind.kind,
        key=record.key,
        user_id=person_of(acting),
        words=said,
        shared=shared,
        at=timezone.now(),
    )
    note.full_clean()
    note.save()
    return note


def remove_note(acting: Acting, number: int) -> None:
    """Remove one's own note."""
    Note.objects.filter(pk=number, office=acting.office, user_id=person_of(acting)).delete()

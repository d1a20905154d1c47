"""Writes of the desk: drafts, notes, presence. Records are written by `record.actions`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk.files.attached import may_comment_on
from amity.desk.models import Draft, Editing, Note
from amity.desk.new.beginning import bring_home
from amity.desk.pasting.sheet import Target, Written
from amity.desk.programme.sheet import Steps
from amity.foundation.differences import JSON
from amity.foundation.models import Change
from amity.foundation.words.characters import WordsError, normal
from amity.gatherings.models import Gathering
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed

LONGEST_NOTE = 10_000
LONGEST_REASON = 1_000
LARGEST_DRAFT = 1_000_000
"""Characters; a record of a gathering with all its lists takes some tens of thousands."""
LEFT_AFTER = timedelta(days=1)
TOGETHER = ("paste", "dispose", "merge", "programme", "release_together")
"""Verbs of the desk that write several records as one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft belongs: a record by its kind and key, or a new one and what it is part of."""

    kind: Kind
    key: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into an opened form so far.

    `form` names the opened form, `number` counts its keepings, `opened` is the last change of the
    record when it was opened.
    """

    form: str
    number: int
    opened: int
    values: Mapping[str, JSON]


def keep_draft(acting: Acting, place: Place, typed: Typed) -> bool:
    """Keep what was typed so far; False where the form was saved, or something later kept.

    Raises ValidationError where it is too much.
    """
    if sum(len(str(value)) for value in typed.values.values()) > LARGEST_DRAFT:
        raise ValidationError(_("This is too much for a draft; save it, or shorten it."))
    with transaction.atomic():
        draft = _draft(acting, place)
        if typed.form in ("", draft.done):
            return False
        if typed.form == draft.form and typed.number <= draft.number:
            return False
        draft.form, draft.number, draft.opened = typed.form, typed.number, typed.opened
        draft.values, draft.kept_at = dict(typed.values), timezone.now()
        draft.save()
    return True


def drop_draft(acting: Acting, place: Place, form: str = "") -> None:
    """Throw away what was typed: it was saved by this `form`, or is not wanted."""
    with transaction.atomic():
        draft = _draft(acting, place)
        draft.done, draft.values, draft.kept_at = form or draft.form, {}, timezone.now()
        draft.save()


def _draft(acting: Acting, place: Place) -> Draft:
    draft, _made = Draft.objects.select_for_update().get_or_create(
        user_id=_person(acting),
        office=acting.office,
        kind=place.kind.kind,
        key=place.key,
        place=place.part_of,
        defaults={"kept_at": timezone.now()},
    )
    return draft


def save_programme(acting: Acting, gathering: Gathering, steps: Steps) -> Change:
    """Write what a programme's table brings and changes, as one change that is undone as one.

    Raises what `record.actions.save_together` does.
    """
    about = ("gathering", gathering.key)
    with transaction.atomic():
        bring_home(acting, (one.record for one in steps if isinstance(one, writing.New)))
        return writing.save_together(acting, steps, about=about, verb="programme")


def add_rows(into: Target, written: Written) -> Change:
    """Write what pasted rows bring, all of it or nothing, as one change that is undone as one.

    Raises what `record.actions.save_together` does.
    """
    if not written.new:
        raise ValidationError(_("There is nothing new in these rows."))
    with transaction.atomic():
        bring_home(into.acting, (one.record for one in written.new))
        if into.owner is not None:
            about = (kinds.of_model(type(into.owner)).kind, into.owner.key)
        else:
            about = ("dossier", written.new[0].record.dossier.key)
        return writing.save_together(into.acting, written.new, about=about, verb="paste")


def together_or_404(acting: Acting, number: int) -> Change:
    """What the office wrote as one, or agreed to, to be undone as one. Raises Http404."""
    own = Q(office=acting.office) | Q(details__agreed=acting.office)
    found = Change.objects.filter(own, pk=number, verb__in=TOGETHER, part_of=None)
    return get_object_or_404(found)


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
        user_id=_person(acting),
        words=said,
        shared=shared,
        at=timezone.now(),
    )
    note.full_clean()
    note.save()
    return note


def remove_note(acting: Acting, number: int) -> None:
    """Remove one's own note."""
    Note.objects.filter(pk=number, office=acting.office, user_id=_person(acting)).delete()


def is_editing(acting: Acting, kind: Kind, key: str) -> None:
    """Note that somebody has the form of a record open; forget those of yesterday."""
    now = timezone.now()
    Editing.objects.bulk_create(
        [Editing(user_id=_person(acting), kind=kind.kind, key=key, seen_at=now)],
        update_conflicts=True,
        unique_fields=["user", "kind", "key"],
        update_fields=["seen_at"],
    )
    Editing.objects.filter(kind=kind.kind, seen_at__lt=now - LEFT_AFTER).delete()


def stops_editing(acting: Acting, kind: Kind, key: str) -> None:
    """Note that somebody has closed the form."""
    Editing.objects.filter(user_id=_person(acting), kind=kind.kind, key=key).delete()


def _person(acting: Acting) -> int:
    """Who it is; only people who signed in come to a desk. Raises NotAllowed."""
    if acting.user is None:
        raise NotAllowed("nobody signed in")
    return acting.user

"""What was typed into a form and is not saved yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amity.desk.models import Draft
from amity.foundation.differences import JSON
from amity.record.acting import Acting
from amity.record.kinds import Kind

from .who import person_of

LARGEST_DRAFT = 1_000_000
"""Characters; a record of a gathering with all its lists takes some tens of thousands."""


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
        user_id=person_of(acting),
        office=acting.office,
        kind=place.kind.kind,
        key=place.key,
        place=place.part_of,
        defaults={"kept_at": timezone.now()},
    )
    return draft

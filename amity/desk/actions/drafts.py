"""What was typed into a form and is not saved yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Sum, TextField
from django.db.models.functions import Cast, Length
from django.utils import timezone
from django.utils.translation import gettext as _

from amity.desk.models import Draft
from amity.foundation.differences import JSON
from amity.record.acting import Acting
from amity.record.kinds import Kind

from .who import person_of

LARGEST_DRAFT = 1_000_000
"""Characters; a record of a gathering with all its lists takes some tens of thousands."""
MOST_DRAFTS = 200
"""Of one person; who has more throws some away first."""
MOST_TOGETHER = 20_000_000
"""Characters of all drafts of one person, as the database keeps them."""


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

    Raises ValidationError where it is too much, or the person has too many; then what was kept
    of it before stays.
    """
    size = sum(len(str(value)) for value in typed.values.values())
    if size > LARGEST_DRAFT:
        raise ValidationError(_("This is too much for a draft; save it, or shorten it."))
    with transaction.atomic():
        draft = _draft(acting, place)
        if typed.form in ("", draft.done):
            return False
        if typed.form == draft.form and typed.number <= draft.number:
            return False
        _refuse_more(draft, size)
        draft.form, draft.number, draft.opened = typed.form, typed.number, typed.opened
        draft.values, draft.kept_at = dict(typed.values), timezone.now()
        draft.save()
    return True


def _refuse_more(draft: Draft, size: int) -> None:
    """Raise ValidationError where the drafts of a person are too many, or too large together."""
    others = Draft.objects.filter(user_id=draft.user_id).exclude(pk=draft.pk).exclude(values={})
    kept = others.aggregate(count=Count("pk"), size=Sum(Length(Cast("values", TextField()))))
    too_many = not draft.values and kept["count"] >= MOST_DRAFTS
    if too_many or (kept["size"] or 0) + size > MOST_TOGETHER:
        words = _(
            "You have %(count)s drafts, and no room for more. Save this one, or else finish or "
            "throw away others under “My drafts”."
        )
        raise ValidationError(words % {"count": kept["count"]})


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

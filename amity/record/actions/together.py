"""Saving several new records as one change, all of them or none: the way in for pasted rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models, transaction

from amity.foundation.actions import record_change
from amity.foundation.models import Change
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import Audience
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed

from . import home
from .save import prepare
from .writing import Writing


@dataclass(frozen=True, slots=True)
class New:
    """A record that is not written yet, with its child rows and lists by name.

    `audience` as for `save`.
    """

    record: Recorded
    rows: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)
    audience: Audience | None = None


class Unfit(ValidationError):
    """Some of the records are not valid in themselves: `faults` by their place in the list."""

    def __init__(self, faults: Mapping[int, ValidationError]) -> None:
        super().__init__([message for one in faults.values() for message in one.messages])
        self.faults = dict(faults)


def save_together(
    acting: Acting, new: Sequence[New], *, about: tuple[str, str], verb: str, reason: str = ""
) -> Change:
    """Write new records as the steps of one change, which is undone as one.

    They come kind by kind, what others name or hang on before these. `about`: kind and key that
    the entry of the audit trail names. All of it in one transaction.

    Raises NotAllowed, Unfit, and what `Writing.put` and `Writing.finish` raise; then nothing of
    it stays.
    """
    if not rules.writes(acting):
        raise NotAllowed(verb)
    with transaction.atomic():
        writing = Writing(acting, verb, reason)
        whole = record_change(writing.by, verb, *about, reason=reason, public=False)
        writing.part_of = whole
        place = 0
        for model, listed in groupby(new, key=lambda one: type(one.record)):
            kind, writes, faults = kinds.of_model(model), [], {}
            for one in listed:
                try:
                    write = prepare(kind, one.record, None, one.rows, one.audience)
                except ValidationError as error:
                    faults[place] = error
                else:
                    home.follow_owner(write)
                    writes.append(write)
                place += 1
            if faults:
                raise Unfit(faults)
            writing.put(writes)
        writing.finish()
        whole.details, whole.public = {"added": place}, writing.public
        whole.save(update_fields=["details", "public"])
    return whole

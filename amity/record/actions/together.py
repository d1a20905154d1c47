"""Saving several records as one change, all of them or none: pasted rows, and tables of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from amity.foundation.actions import record_change
from amity.foundation.models import Change
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import Audience
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.refusals import NotAllowed, Refused

from . import home
from .save import prepare
from .write import Write
from .writing import Writing


@dataclass(frozen=True, slots=True)
class New:
    """A record that is not written yet, with its child rows and lists by name.

    `audience` as for `save`.
    """

    record: Recorded
    rows: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)
    audience: Audience | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that stands, with new values and those of its lists that change, as for `save`."""

    record: Recorded
    rows: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)


class Unfit(ValidationError):
    """Some of the records are not valid in themselves: `faults` by their place in the list."""

    def __init__(self, faults: Mapping[int, ValidationError]) -> None:
        super().__init__([message for one in faults.values() for message in one.messages])
        self.faults = dict(faults)


class NothingDiffers(Refused):
    """All the records stand already as they were to be written."""


def save_together(
    acting: Acting,
    steps: "Sequence[New | Changed]",
    *,
    about: tuple[str, str],
    verb: str,
    reason: str = "",
) -> Change:
    """Write records, new and known, as the steps of one change, which is undone as one.

    They come kind by kind, what others name or hang on before these. `about`: kind and key that
    the entry of the audit trail names. All of it in one transaction.

    Raises NotAllowed, Unfit, NothingDiffers, and what `Writing.put` and `Writing.finish` raise;
    then nothing of it stays.
    """
    if not rules.writes(acting):
        raise NotAllowed(verb)
    with transaction.atomic():
        writing = Writing(acting, verb, reason)
        whole = record_change(writing.by, verb, *about, reason=reason, public=False)
        writing.part_of = whole
        place = written = 0
        for model, listed in groupby(steps, key=lambda one: type(one.record)):
            kind, found = kinds.of_model(model), list(listed)
            writes, faults = _prepared(kind, found)
            if faults:
                raise Unfit({place + at: fault for at, fault in faults.items()})
            place += len(found)
            differing = []
            for write in writes:
                if write.stored is None:
                    home.follow_owner(write)
                elif not write.paths:
                    writing.allow(write)
                    continue
                differing.append(write)
            writing.put(differing)
            written += len(differing)
        if not written:
            raise NothingDiffers(_("Nothing differs from what stands."))
        writing.finish()
        whole.details, whole.public = {"added": written}, writing.public
        whole.save(update_fields=["details", "public"])
    return whole


def _prepared(
    kind: Kind, steps: "Sequence[New | Changed]"
) -> tuple[list[Write], dict[int, ValidationError]]:
    """What is to be written of one kind, and what is wrong by the place in `steps`."""
    known = [one.record.pk for one in steps if isinstance(one, Changed)]
    stored = kind.model.everything.in_bulk(known) if known else {}
    writes: list[Write] = []
    faults: dict[int, ValidationError] = {}
    for place, one in enumerate(steps):
        audience = one.audience if isinstance(one, New) else None
        there = stored.get(one.record.pk) if isinstance(one, Changed) else None
        try:
            writes.append(prepare(kind, one.record, there, one.rows, audience))
        except ValidationError as error:
            faults[place] = error
    return writes, faults

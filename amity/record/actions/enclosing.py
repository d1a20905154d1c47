"""Files that the sides confirm with a joint record: put there and taken away.

They change as weighty fields do: until every side has confirmed the record, by the office that
began it, and what others have confirmed is void by that; afterwards by nobody alone. What somebody
else puts there, or puts there later, stands beside the record and is no part of what they confirm.
"""

from django.db.models import F

from amity.foundation.models import Change
from amity.record import kinds, rules
from amity.record.acting import Acting
from amity.record.choices import KeptBy
from amity.record.models import Recorded
from amity.record.plain.states import plain_of
from amity.record.refusals import ConfirmedWithIt
from amity.record.registration import fallen

from . import standings


def is_confirmed_with(acting: Acting, record: Recorded) -> bool:
    """Whether a file that whoever acts puts there now is part of what the sides confirm."""
    kind = kinds.of_model(type(record))
    joint = kind.keeping.kept_by == KeptBy.PARTNERSHIP
    may = joint and rules.may_change_all(acting, record)
    return may and not standings.settled(kind.kind, record)


def refuse_taking(record: Recorded, name: str) -> None:
    """Raise ConfirmedWithIt where every side has confirmed the record, and this file with it."""
    if standings.settled(kinds.of_model(type(record)).kind, record):
        raise ConfirmedWithIt(name)


def enclose(acting: Acting, record: Recorded, change: Change) -> None:
    """Bind what is confirmed to the files that are there now; call it where they were changed.

    What others have confirmed is void, and whoever read the record before must read it again.
    `change`: the entry of the audit trail that says what was put there or taken away.
    """
    kind = kinds.of_model(type(record))
    if rules.is_joint(record):
        weighed = standings.weighed(kind, record, plain_of(record), change)
        fallen.tell(acting, standings.settle(acting, [weighed]))
    rows = kind.model.everything.filter(pk=record.pk)
    rows.update(revision=F("revision") + 1)

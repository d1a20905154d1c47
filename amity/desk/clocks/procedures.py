"""The silence procedure of a partnership: there where all sides have set the same working days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from amity.network.models import Side
from amity.record.acting import RegisterKey


@dataclass(frozen=True, slots=True)
class Procedure:
    """A silence procedure: so many working `days`, for what was proposed since `since`, and the
    `sides` that have it."""

    days: int
    since: datetime
    sides: frozenset[RegisterKey]


def procedure_of(partnership: RegisterKey) -> Procedure | None:
    """The procedure of a partnership: there is one where all sides have set the same number."""
    sides = Side.everything.filter(partnership__key=partnership.removeprefix("partnership:"))
    said = sides.values_list("key", "silence__days", "silence__set_at")
    return procedure_in((f"side:{key}", days, at) for key, days, at in said)


def procedure_in(
    said: Iterable[tuple[RegisterKey, int | None, datetime | None]],
) -> Procedure | None:
    """The procedure that follows from what each side has set, and when."""
    listed = list(said)
    days = {number for _side, number, _at in listed}
    moments = [at for _side, _number, at in listed if at is not None]
    if len(listed) < 2 or len(days) != 1 or len(moments) < len(listed):
        return None
    return Procedure(days.pop() or 0, max(moments), frozenset(side for side, *_rest in listed))

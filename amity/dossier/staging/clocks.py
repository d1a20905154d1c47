"""Moments as a folder writes them: by the clocks of a place, or with an offset that is theirs.

What is written without an offset means the clocks of the gathering's zone; what is written with
one must have that of the zone on that day, or `Z`. The zone stands in another record, so a moment
is kept provisionally, as if it were UTC, until all records are there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import models, transaction

from amity.dossier.problems import Path
from amity.dossier.shapes.records import RecordShape
from amity.dossier.staging.database import StagingDatabase
from amity.dossier.staging.spool import Spool
from amity.foundation.dates.fields import MomentColumn, moment_as_written
from amity.foundation.dates.zones import moments_of, offset_at
from amity.record import kinds
from amity.record.plain.states import plain_value

AT_ONCE = 500
"""Keys in one condition."""


@dataclass(frozen=True, slots=True)
class Written:
    """A moment that is not written in UTC: of which record and field, and the offset, if any."""

    key: str
    field: str
    offset: timedelta | None


Wrong = tuple[int, Path, str]
"""Number of the record, way into it, and what is wrong there."""


def written_in(shape: RecordShape, data: Mapping[str, object], key: str) -> Iterator[Written]:
    """The moments in what was read of a record that say another offset than `Z`, or none."""
    for name, one in shape.fields.items():
        if not isinstance(one.column, MomentColumn) or not one.column.zone:
            continue
        words = data.get(name)
        moment = moment_as_written(words)
        if moment is not None and not str(words).upper().endswith("Z"):
            yield Written(key, name, moment.utcoffset())


def settle(
    database: StagingDatabase, spool: Spool, written: Mapping[str, Sequence[Written]]
) -> Iterator[tuple[str, Wrong]]:
    """Put the moments meant in place of what is kept; gives kind and what is wrong."""
    for kind, of_kind in written.items():
        listed = iter(of_kind)
        while some := list(islice(listed, AT_ONCE)):
            for wrong in _settle_some(database, spool, kind, some):
                yield kind, wrong


def _settle_some(
    database: StagingDatabase, spool: Spool, kind: str, some: Sequence[Written]
) -> Iterator[Wrong]:
    model = kinds.get(kind).model
    numbers = {one.key: database.number(kind, one.key) for one in some}
    rows = database.rows(model).filter(pk__in=numbers.values())
    zones = {field: dict(rows.values_list("pk", _zone_of(model, field))) for field in _fields(some)}
    meant: dict[str, dict[str, datetime]] = defaultdict(dict)
    for one in some:
        record = spool.find(kind, one.key)
        zone = zones[one.field].get(numbers[one.key])
        if record is None or zone is None:
            continue  # the gathering is not there, which is told by itself
        kept = datetime.fromisoformat(str(record[one.field]))
        try:
            if one.offset is None:
                meant[one.key][one.field] = _by_the_clocks(kept, zone)
            else:
                _check_offset(kept, one.offset, zone)
        except ValueError as error:
            yield numbers[one.key], (one.field,), str(error)
    with transaction.atomic(using=database.alias):
        for key, moments in meant.items():
            database.rows(model).filter(pk=numbers[key]).update(**moments)
            plain = {name: plain_value(moment) for name, moment in moments.items()}
            spool.replace(kind, key, {**(spool.find(kind, key) or {}), **plain})


def _fields(some: Sequence[Written]) -> set[str]:
    return {one.field for one in some}


def _zone_of(model: type[models.Model], field: str) -> str:
    """The way from a record to the zone by whose clocks the field is meant."""
    column = model._meta.get_field(field)
    if not isinstance(column, MomentColumn):
        raise TypeError(f"{field} is no moment")
    return column.zone


def _by_the_clocks(wall: datetime, zone: str) -> datetime:
    """The moment at which the clocks of the zone show what was written. Raises ValueError."""
    shown = f"{wall:%Y-%m-%dT%H:%M}"
    match moments_of(wall, zone):
        case [moment]:
            return moment
        case []:
            raise ValueError(f"the clocks of {zone} leave out {shown}; expected a time that is")
        case [first, *_, last]:
            one, other = (_words(offset_at(moment, zone)) for moment in (first, last))
            raise ValueError(
                f"the clocks of {zone} show {shown} twice; expected it with its offset, "
                f"{one} or {other}"
            )
    raise ValueError(shown)


def _check_offset(moment: datetime, offset: timedelta, zone: str) -> None:
    """Raises ValueError where the clocks of the zone have another offset at that moment."""
    actual = offset_at(moment, zone)
    if actual != offset:
        there = f"{moment.astimezone(UTC) + actual:%H:%M}"
        raise ValueError(
            f"{_words(offset)} is not the offset of {zone} on that day, where it is {there} then; "
            f"expected {_words(actual)}, or no offset for the clocks there, or Z for UTC"
        )


def _words(offset: timedelta) -> str:
    """+07:00, −03:30 written with a hyphen, as ISO 8601 has it."""
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"

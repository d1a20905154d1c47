"""What clocks show at a place, and when they are put forward or back there.

Zones are IANA names. Moments are aware.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MOST_SOUGHT = timedelta(days=400)
"""Changes of the clocks are looked for so long: more is no programme."""
STEP = timedelta(days=1)
SECOND = timedelta(seconds=1)


def offset_at(moment: datetime, zone: str) -> timedelta:
    """How far the clocks of `zone` are ahead of UTC at that moment."""
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def moments_of(wall: datetime, zone: str) -> list[datetime]:
    """When the clocks of `zone` show `wall`, a time without offset, in UTC and in order.

    Twice in the hour after they are put back, never in the one that they leave out.
    """
    bare = wall.replace(tzinfo=None)
    found = {moment for fold in (0, 1) if _shows(moment := _utc(bare, zone, fold), zone) == bare}
    return sorted(found)


@lru_cache(maxsize=4096)
def shown_twice(moment: datetime, zone: str) -> bool:
    """Whether the clocks of `zone` show the same time once more, an hour apart as a rule."""
    return len(moments_of(moment.astimezone(ZoneInfo(zone)), zone)) > 1


def changes_between(first: datetime, last: datetime, zone: str) -> Iterator[datetime]:
    """The moments after `first` and up to `last` at which the clocks are changed, in order."""
    at, end = first.astimezone(UTC), min(last.astimezone(UTC), first.astimezone(UTC) + MOST_SOUGHT)
    while at < end:
        after = min(at + STEP, end)
        if offset_at(at, zone) != offset_at(after, zone):
            yield _change(at, after, zone)
        at = after


def _change(before: datetime, after: datetime, zone: str) -> datetime:
    """The first second with the later offset."""
    old = offset_at(before, zone)
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if offset_at(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _utc(bare: datetime, zone: str, fold: int) -> datetime:
    return bare.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def _shows(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)

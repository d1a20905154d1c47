"""Local times and time zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo


def minutes_of(moment: str) -> int:
    """Minutes since a fixed day of a local time "YYYY-MM-DDTHH:MM"."""
    return int((datetime.fromisoformat(moment) - datetime(2000, 1, 1)).total_seconds() // 60)  # noqa: DTZ001 - local times of the venue are compared with each other only


def zone_of(name: str) -> tzinfo:
    """A time zone from an IANA name or "UTC+07:00"."""
    if name.startswith(("UTC+", "UTC-")):
        shift = timedelta(hours=int(name[4:6]), minutes=int(name[7:9]))
        return timezone(shift if name[3] == "+" else -shift)
    return UTC if name == "UTC" else ZoneInfo(name)

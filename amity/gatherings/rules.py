"""Rules between records of a gathering: what is in it happens in it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from amity.gatherings.choices import GatheringKind
from amity.record.folder_rules import Broken, Record, Records

LATEST_END = timedelta(hours=12)
"""What begins on the last day may go on into the night, to the noon after it."""


def during_the_gathering(record: Record, records: Records) -> Iterator[Broken]:
    """A session takes place on the days of its gathering, by the clocks of its venue."""
    gathering = records.find("gathering", record["gathering"])
    days = gathering.get("when", {}) if gathering else {}
    first, last = days.get("start"), days.get("end")
    if gathering is None or not (first or last):
        return
    when = record.get("when", {})
    start, end = when.get("start"), when.get("end")
    if (first and start and start < first) or (last and end and end > last):
        yield Broken("when", f"{when.get('edtf')} is not within {days['edtf']} of the gathering")
    if "starts_at" not in record:
        return
    zone = ZoneInfo(gathering["timezone"])
    starts_at, ends_at = _at(record["starts_at"], zone), _at(record["ends_at"], zone)
    if first and starts_at.date() < date.fromisoformat(first):
        yield Broken("starts_at", f"{starts_at.date()} there; expected {first} or later")
    if last and (ends_at - LATEST_END).date() > date.fromisoformat(last):
        yield Broken("ends_at", f"{ends_at.date()} there; expected {last} or before")


def during_the_session(record: Record, records: Records) -> Iterator[Broken]:
    """A contribution takes place within the times of its session, where both are known."""
    session = records.find("session", record["session"])
    if session is None or "starts_at" not in session or "starts_at" not in record:
        return
    if record["starts_at"] < session["starts_at"]:
        yield Broken("starts_at", f"before the session, which starts at {session['starts_at']}")
    if record["ends_at"] > session["ends_at"]:
        yield Broken("ends_at", f"after the session, which ends at {session['ends_at']}")


def of_an_exhibition(record: Record, records: Records) -> Iterator[Broken]:
    """Panels and works belong to an exhibition."""
    gathering = records.find("gathering", record["exhibition"])
    if gathering is not None and gathering["kind"] != GatheringKind.EXHIBITION:
        yield Broken(
            "exhibition", f"{gathering['id']} is a {gathering['kind']}; expected an exhibition"
        )


def _at(moment: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(moment).astimezone(zone)

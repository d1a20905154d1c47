"""iCalendar (RFC 5545), written straight out.

The well-kept library takes several times the time allowed for a programme of 500 contributions
(docs/adr/0013-icalendar-written-by-hand.md); it reads this module's output back in the tests
instead.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

LONGEST_LINE = 75
"""Octets in a line without its end (RFC 5545, section 3.1)."""
PIECE = re.compile(rb"(?s).{1,%d}(?![\x80-\xbf])" % (LONGEST_LINE - 1))
"""What stands in one line beside the space that begins it, up to the end of a character."""
DAY = timedelta(days=1)
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}
"""What a TEXT value may not hold, and what stands for it; the backslash first."""


class Event(NamedTuple):
    """One VEVENT. Days are inclusive and do not make anybody busy; moments are aware.

    `end` is None where it is open. `status` is one of RFC 5545, section 3.8.1.11. `sequence` counts
    how often the event changed, `modified` says when it last did; None where nobody knows.
    """

    uid: str
    title: str
    start: date | datetime
    end: date | datetime | None
    address: str
    place: str = ""
    description: str = ""
    status: str = "CONFIRMED"
    online: str = ""
    sequence: int = 0
    modified: datetime | None = None


def calendar(name: str, language: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """A calendar of the events, as bytes for `text/calendar`.

    `stamp`: when the record last changed; it stands for the change of an event of which none is
    known.
    """
    lines = [
        b"BEGIN:VCALENDAR",
        b"VERSION:2.0",
        b"PRODID:-//Amity//Record//EN",
        b"CALSCALE:GREGORIAN",
        b"METHOD:PUBLISH",
        fold(f"NAME;LANGUAGE={language}:{escaped(name)}"),
        fold(f"X-WR-CALNAME;LANGUAGE={language}:{escaped(name)}"),
    ]
    for event in events:
        lines += map(fold, _event(event, _moment(event.modified or stamp), language))
    lines += [b"END:VCALENDAR", b""]
    return b"\r\n".join(lines)


def escaped(words: str) -> str:
    """Words as a TEXT value (section 3.3.11)."""
    for mark, written in ESCAPES.items():  # several times as quick as `str.translate`
        words = words.replace(mark, written)
    return words


def fold(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, never within a character (section 3.1)."""
    octets = line.encode()
    return octets if len(octets) <= LONGEST_LINE else b"\r\n ".join(PIECE.findall(octets))


def _event(event: Event, changed: str, language: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{event.sequence}",
        *_times(event),
        f"SUMMARY;LANGUAGE={language}:{escaped(event.title)}",
        f"STATUS:{event.status}",
        f"URL:{event.address}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escaped(event.place)}")
    if event.online:
        lines.append(f"CONFERENCE;VALUE=URI:{event.online}")
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    lines.append("END:VEVENT")
    return lines


def _times(event: Event) -> tuple[str, ...]:
    """Start and end. What ends as it starts has no end (section 3.6.1)."""
    if isinstance(event.start, datetime):
        start = f"DTSTART:{_moment(event.start)}"
        if not isinstance(event.end, datetime) or event.end <= event.start:
            return (start,)
        return start, f"DTEND:{_moment(event.end)}"
    after = min(event.end or event.start, date.max - DAY) + DAY
    return (
        f"DTSTART;VALUE=DATE:{_day(event.start)}",
        f"DTEND;VALUE=DATE:{_day(after)}",
        "TRANSP:TRANSPARENT",
    )


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


@lru_cache(maxsize=1024)
def _moment(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{at.year:04d}{at.month:02d}{at.day:02d}T{at.hour:02d}{at.minute:02d}{at.second:02d}Z"

"""What the gatherings room offers to all templates: its kinds in words."""

from datetime import UTC, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from jinja2 import Environment
from markupsafe import Markup

from amity.foundation.pages.formatting import clock, day, zone_name
from amity.foundation.pages.speaking import page_language
from amity.record.media import url_of

from .choices import (
    ContributionKind,
    GatheringKind,
    GatheringStatus,
    Occasion,
    OrganizerRole,
    SessionKind,
    SpeakerRole,
    StatementKind,
    WorkKind,
)
from .models import Gathering

LABELS = {
    "contribution_kind": ContributionKind,
    "gathering_kind": GatheringKind,
    "gathering_status": GatheringStatus,
    "occasion": Occasion,
    "organizer_role": OrganizerRole,
    "session_kind": SessionKind,
    "speaker_role": SpeakerRole,
    "statement_kind": StatementKind,
    "work_kind": WorkKind,
}


def install(environment: Environment) -> None:
    """Offer the labels, and the venue's time zone as a value and in words."""
    environment.globals.update(
        capital=capital,
        gathering_label=gathering_label,
        hours=hours,
        local_day=local_day,
        picture_address=url_of,
        statement_label=statement_label,
        zone_words=zone_words,
    )


def zone_words(gathering: Gathering) -> str:
    """The venue's time zone in words, with its distance from UTC when the gathering starts."""
    start = gathering.when.start if gathering.when else None
    on = datetime.combine(start or datetime.now(UTC).date(), time(12), UTC)
    return zone_name(gathering.timezone, on)


def local_day(moment: datetime, zone: str) -> str:
    """The day of a moment at the venue, in words."""
    return day(moment.astimezone(ZoneInfo(zone)))


def hours(starts_at: datetime, ends_at: datetime, zone: str) -> Markup:
    """From when to when at the venue, and whether that is past midnight: 09:00–10:30."""
    return _hours(starts_at, ends_at, zone, page_language())


@lru_cache(maxsize=4096)
def _hours(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> Markup:
    words = Markup('<span class="num">{}–{}</span>').format(
        clock(starts_at, zone), clock(ends_at, zone)
    )
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (starts_at, ends_at))
    nights = (last - first).days
    if not nights:
        return words
    after = _("next day") if nights == 1 else day(last)
    return words + Markup(" <span>({})</span>").format(after)


def gathering_label(of: str, value: str) -> str:
    """The words for `value` of the enumeration called `of` (a key of `LABELS`)."""
    return _label(of, value, page_language())


@lru_cache(maxsize=1024)
def _label(of: str, value: str, _language: str) -> str:
    return str(LABELS[of](value).label)


def statement_label(kind: str) -> str:
    """The words for a kind of statement, with a capital letter."""
    return capital(str(StatementKind(kind).label))


def capital(words: str) -> str:
    """Words with a capital letter at the front; the others stay as they are."""
    return words[:1].upper() + words[1:]

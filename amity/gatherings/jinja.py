"""What the gatherings room offers to all templates: its kinds in words."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from jinja2 import Environment

from amity.foundation.formatting import zone_name

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
        gathering_label=gathering_label,
        statement_label=statement_label,
        zone_words=zone_words,
        zoned=ZoneInfo,
    )


def zone_words(gathering: Gathering) -> str:
    """The venue's time zone in words, with its distance from UTC when the gathering starts."""
    start = gathering.when.start if gathering.when else None
    on = datetime.combine(start or datetime.now(UTC).date(), time(12), UTC)
    return zone_name(gathering.timezone, on)


def gathering_label(of: str, value: str) -> str:
    """The words for `value` of the enumeration called `of` (a key of `LABELS`)."""
    return str(LABELS[of](value).label)


def statement_label(kind: str) -> str:
    """The words for a kind of statement, with a capital letter."""
    words = str(StatementKind(kind).label)
    return words[:1].upper() + words[1:]

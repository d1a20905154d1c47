"""What the gatherings room offers to all templates: its kinds in words."""

from jinja2 import Environment

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
    """Offer `gathering_label` and `statement_label`."""
    environment.globals.update(gathering_label=gathering_label, statement_label=statement_label)


def gathering_label(of: str, value: str) -> str:
    """The words for `value` of the enumeration called `of` (a key of `LABELS`)."""
    return str(LABELS[of](value).label)


def statement_label(kind: str) -> str:
    """The words for a kind of statement, with a capital letter."""
    words = str(StatementKind(kind).label)
    return words[:1].upper() + words[1:]

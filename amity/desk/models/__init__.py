"""What stands at the desk and nowhere else: drafts, notes, contacts, and who has what open."""

from .agreeing import FEWEST_DAYS, MOST_DAYS, PlannedRelease, ProposedMerge, SilenceDays
from .beside import Attachment, Note
from .contacts import Contact
from .drafts import Draft, Editing

__all__ = [
    "FEWEST_DAYS",
    "MOST_DAYS",
    "Attachment",
    "Contact",
    "Draft",
    "Editing",
    "Note",
    "PlannedRelease",
    "ProposedMerge",
    "SilenceDays",
]

"""What happens at a place and a time, and what was shown and said there."""

from .exhibitions import Panel, Work
from .gatherings import Gathering, Organizer, Participant, Series
from .programme import Contribution, Room, Session, Speaker
from .statements import Statement

__all__ = [
    "Contribution",
    "Gathering",
    "Organizer",
    "Panel",
    "Participant",
    "Room",
    "Series",
    "Session",
    "Speaker",
    "Statement",
    "Work",
]

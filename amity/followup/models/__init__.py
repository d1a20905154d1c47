"""What was asked, answered, promised and reported, and what became of it."""

from .commitments import Commitment, Party
from .dispositions import Disposition
from .proposals import Alternative, Answer, Proposal
from .reports import Evidence, Report, Review

__all__ = [
    "Alternative",
    "Answer",
    "Commitment",
    "Disposition",
    "Evidence",
    "Party",
    "Proposal",
    "Report",
    "Review",
]

"""What was asked, answered, promised and reported, and what became of it."""

from .commitments import Commitment, Party
from .dispositions import Disposition
from .milestones import Milestone, SuccessIndicator
from .proposals import Alternative, Answer, Proposal
from .reports import Evidence, IndicatorValue, MilestoneState, Report, Review

__all__ = [
    "Alternative",
    "Answer",
    "Commitment",
    "Disposition",
    "Evidence",
    "IndicatorValue",
    "Milestone",
    "MilestoneState",
    "Party",
    "Proposal",
    "Report",
    "Review",
    "SuccessIndicator",
]

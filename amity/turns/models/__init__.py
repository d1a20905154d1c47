"""Who is asked what became of a promise, when, and who is told of it. None of this is a record.

Nothing here is public, exported or found by search: holders are an office's own data.
"""

from .asking import Aside, Charge, Followed, Holder, Link, Turn, interface_languages
from .files import DraftFile, SentFile
from .passages import GivenPassage
from .telling import Digest, Ended, Escalated, Escalation, Reminder
from .terms import AnswerTerm

__all__ = [
    "AnswerTerm",
    "Aside",
    "Charge",
    "Digest",
    "DraftFile",
    "Ended",
    "Escalated",
    "Escalation",
    "Followed",
    "GivenPassage",
    "Holder",
    "Link",
    "Reminder",
    "SentFile",
    "Turn",
    "interface_languages",
]

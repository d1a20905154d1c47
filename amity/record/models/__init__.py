"""What every record shares: an identifier that survives, a dossier, a keeper and readers."""

from .agreeing import Dispute, ProposedChange, ProposedField, Reply, Standing
from .pictures import Picture
from .records import KEY_PATTERN, LONGEST_REGISTER_KEY, Dossier, Entry, Recorded, validate_key
from .search import SearchDocument, SearchTerm

__all__ = [
    "KEY_PATTERN",
    "LONGEST_REGISTER_KEY",
    "Dispute",
    "Dossier",
    "Entry",
    "Picture",
    "ProposedChange",
    "ProposedField",
    "Recorded",
    "Reply",
    "SearchDocument",
    "SearchTerm",
    "Standing",
    "validate_key",
]

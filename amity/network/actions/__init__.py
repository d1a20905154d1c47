"""Writes of the network: derived columns, and offices."""

from .derived import derive_partnerships, derive_places
from .offices import OfAnotherPlace, open_office, set_working_days, vouch, withdraw_vouching

__all__ = [
    "OfAnotherPlace",
    "derive_partnerships",
    "derive_places",
    "open_office",
    "set_working_days",
    "vouch",
    "withdraw_vouching",
]

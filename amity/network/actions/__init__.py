"""Writes of the network: derived columns, and offices."""

from .derived import derive_partnerships, derive_places
from .offices import open_office, vouch, withdraw_vouching

__all__ = ["derive_partnerships", "derive_places", "open_office", "vouch", "withdraw_vouching"]

"""Writes of the network: derived columns, and offices."""

from .derived import derive_places, derive_stages
from .offices import open_office, vouch, withdraw_vouching

__all__ = ["derive_places", "derive_stages", "open_office", "vouch", "withdraw_vouching"]

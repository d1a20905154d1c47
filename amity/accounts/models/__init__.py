"""People who sign in, and what each may do for which office."""

from .coming import Invitation
from .deputies import Deputy
from .limits import Limit
from .people import MandateHeld, User, Users, Weekday, interface_languages
from .regaining import LostFactor, Vouching

__all__ = [
    "Deputy",
    "Invitation",
    "Limit",
    "LostFactor",
    "MandateHeld",
    "User",
    "Users",
    "Vouching",
    "Weekday",
    "interface_languages",
]

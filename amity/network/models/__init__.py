"""Areas, organizations, persons, and what stands between them."""

from .actors import Membership, Organization, Person
from .agreements import Agreement, Signatory
from .alphabet import NamePlace
from .areas import Area, Theme
from .partnerships import Indicator, Partnership, PartnershipStage, Side

__all__ = [
    "Agreement",
    "Area",
    "Indicator",
    "Membership",
    "NamePlace",
    "Organization",
    "Partnership",
    "PartnershipStage",
    "Person",
    "Side",
    "Signatory",
    "Theme",
]

"""Areas, organizations, persons, and what stands between them."""

from .actors import Membership, Organization, Person
from .agreements import Agreement, Signatory
from .alphabet import NamePlace
from .areas import Area, Theme
from .offices import Office, SideOffice
from .partnerships import Indicator, Partnership, PartnershipStage, Side

__all__ = [
    "Agreement",
    "Area",
    "Indicator",
    "Membership",
    "NamePlace",
    "Office",
    "Organization",
    "Partnership",
    "PartnershipStage",
    "Person",
    "Side",
    "SideOffice",
    "Signatory",
    "Theme",
]

"""What the network room offers to all templates: its kinds in words, and quantities."""

from decimal import Decimal

from jinja2 import Environment

from amity.foundation.formatting import number

from .choices import (
    AgreementKind,
    AgreementStatus,
    AreaKind,
    NameKind,
    OrganizationKind,
    PartnershipKind,
    Stage,
)

LABELS = {
    "agreement_kind": AgreementKind,
    "agreement_status": AgreementStatus,
    "area_kind": AreaKind,
    "name_kind": NameKind,
    "organization_kind": OrganizationKind,
    "partnership_kind": PartnershipKind,
    "stage": Stage,
}


def install(environment: Environment) -> None:
    """Offer `network_label` and `quantity`."""
    environment.globals.update(network_label=network_label, quantity=quantity)


def network_label(of: str, value: str) -> str:
    """The words for `value` of the enumeration called `of` (a key of `LABELS`)."""
    return str(LABELS[of](value).label)


def quantity(value: Decimal) -> str:
    """A measured value with as many decimals as it was given with."""
    plain = value.normalize()
    digits = max(0, -int(plain.as_tuple().exponent))
    return number(float(plain), digits)

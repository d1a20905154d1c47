"""What the network room offers to all templates: its kinds in words, and quantities."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from jinja2 import Environment

from amity.foundation.pages.formatting import babel_locale, number

from .choices import (
    AgreementKind,
    AgreementStatus,
    AreaKind,
    Certainty,
    NameKind,
    OrganizationKind,
    PartnershipKind,
    Stage,
)

LABELS = {
    "agreement_kind": AgreementKind,
    "agreement_status": AgreementStatus,
    "area_kind": AreaKind,
    "certainty": Certainty,
    "name_kind": NameKind,
    "organization_kind": OrganizationKind,
    "partnership_kind": PartnershipKind,
    "stage": Stage,
}

COUNTED = {"person": _("people")}
"""Units that count things."""


def install(environment: Environment) -> None:
    """Offer `network_label`, `quantity` and `unit_words`."""
    environment.globals.update(
        network_label=network_label, quantity=quantity, unit_words=unit_words
    )


def network_label(of: str, value: str) -> str:
    """The words for `value` of the enumeration called `of` (a key of `LABELS`)."""
    return str(LABELS[of](value).label)


def unit_words(unit: str) -> str:
    """The words for a unit: a currency by its ISO 4217 code, a thing counted, or as it stands."""
    if unit in COUNTED:
        return str(COUNTED[unit])
    locale = babel_locale()
    return locale.currencies.get(unit, unit)


def quantity(value: Decimal) -> str:
    """A measured value with as many decimals as it was given with."""
    plain = value.normalize()
    digits = max(0, -int(plain.as_tuple().exponent))
    return number(float(plain), digits)

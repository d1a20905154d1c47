"""What the network room offers to all templates: its kinds in words, and quantities."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from jinja2 import Environment

from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.formatting import babel_locale, number
from amity.foundation.pages.speaking import page_language

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
from .models import Area, Organization, Person
from .names_then import NameThen, name_then

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
    """Offer `called_then`, `network_label`, `quantity` and `unit_words`."""
    environment.globals.update(
        called_then=called_then,
        network_label=network_label,
        quantity=quantity,
        unit_words=unit_words,
    )


def called_then(
    record: Area | Organization | Person, when: DateAsSaid | date | None
) -> NameThen | None:
    """What it was called then, for this reader, where that is not what it is called now."""
    return name_then(record, when, page_language())


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

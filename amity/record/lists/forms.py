"""What every list can be filtered by: the dossier, and whether what is invented shows."""

from collections.abc import Mapping
from typing import ClassVar

from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from amity.foundation.pages.filters import Filters, FlagField, KeyField, Tick
from amity.foundation.pages.public import Page
from amity.languages.listing import options
from amity.record.queries import InDossiers, dossiers_at_hand

from .ordering import Order


class DossierFilters(Filters):
    """The filters that all lists have; those of a list's own stand before them when drawn.

    `orders`: by what its field `sort` may order it, if it has one.
    """

    orders: ClassVar[Mapping[str, Order]] = {}

    dossier = KeyField(
        label=_("Dossier"), help_text="Only records of the dossier with this identifier."
    )
    real = FlagField(
        label=_("Hide invented examples"),
        help_text="Only records of dossiers that are not fictional.",
        hidden=True,
    )

    def dossiers_wanted(self) -> InDossiers:
        """Which dossiers were chosen."""
        return InDossiers(self.cleaned_data["dossier"], self.cleaned_data["real"])

    def order(self) -> Order | None:
        """The order that was chosen; None for the usual one."""
        chosen = self.cleaned_data.get("sort")
        return self.orders[chosen] if chosen else None

    def offer_dossiers(self, page: Page) -> None:
        """Let the reader choose among the dossiers, where there are several. One statement."""
        dossiers = dossiers_at_hand(page)
        if len(dossiers) > 1:
            self.offer("dossier", options((one.key, one.title) for one in dossiers))
        if len({one.fictional for one in dossiers}) > 1:
            self.fields["real"].widget = Tick()

    def drawn(self) -> list[BoundField]:
        """The fields of the drawn form, those of the list itself first."""
        return sorted(super().drawn(), key=lambda one: one.name in DossierFilters.base_fields)

"""What the lists of the network can be filtered by: page, CSV and API alike."""

import re

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amity.foundation.pages.filters import ChoiceField, KeyField, PageField, SortField
from amity.network.choices import AgreementKind, AreaKind, OrganizationKind, PartnershipKind, Stage
from amity.network.models import Agreement
from amity.network.queries.lists import Wanted
from amity.record.lists.forms import DossierFilters
from amity.record.lists.ordering import Order

COUNTRY = re.compile(r"\A[A-Z]{2}\Z")


class PartnershipFilters(DossierFilters):
    """Filters of partnerships."""

    kind = ChoiceField(PartnershipKind.choices, label=_("Kind"), help_text="What it is.")
    stage = ChoiceField(Stage.choices, label=_("Stage"), help_text="The stage it has reached.")
    country = KeyField(
        label=_("Country"),
        help_text="The country of one of its sides, by its ISO 3166-1 code.",
        pattern=COUNTRY,
    )
    area = KeyField(
        label=_("Place"),
        help_text="The city, region or country of one of its sides, by its identifier.",
    )
    theme = KeyField(label=_("Theme"), help_text="A theme.")
    page = PageField()

    def wanted(self) -> Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wanted(
            kind=chosen["kind"],
            stage=chosen["stage"],
            country=chosen["country"],
            area=chosen["area"],
            theme=chosen["theme"],
            dossiers=self.dossiers_wanted(),
        )


class KindFilters(DossierFilters):
    """Filters of a list that can be had of one kind alone."""

    def kind_wanted(self) -> str | None:
        """The kind that was chosen; None for all."""
        kind: str | None = self.cleaned_data["kind"]
        return kind


class AreaFilters(KindFilters):
    """Filters of areas."""

    kind = ChoiceField(AreaKind.choices, label=_("Kind"), help_text="What it is.")
    page = PageField()


class OrganizationFilters(KindFilters):
    """Filters of organizations."""

    kind = ChoiceField(OrganizationKind.choices, label=_("Kind"), help_text="What it is.")
    page = PageField()


class PersonFilters(DossierFilters):
    """Filters of persons."""

    orders = {"added": Order("pk", descending=True)}

    sort = SortField(
        [("added", _("last added first"))],
        usual=_("by name"),
        help_text="Those who were added to the record last come first.",
    )
    page = PageField()


class AgreementFilters(KindFilters):
    """Filters of agreements."""

    kind = ChoiceField(AgreementKind.choices, label=_("Kind"), help_text="What it is.")
    theme = KeyField(label=_("Theme"), help_text="A theme that is among its scopes.")
    page = PageField()

    def among(self, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """Those of the agreements that were chosen by kind and theme."""
        if kind := self.kind_wanted():
            rows = rows.filter(kind=kind)
        theme = self.cleaned_data["theme"]
        return rows.filter(scopes__key=theme) if theme else rows

"""What the list of gatherings and a programme can be filtered by: page, CSV and API alike."""

from django.utils.translation import gettext_lazy as _

from amity.foundation.pages.filters import (
    ChoiceField,
    DayField,
    Filters,
    KeyField,
    PageField,
    SortField,
    YearField,
)
from amity.gatherings.choices import GatheringKind
from amity.gatherings.queries import lists, programme
from amity.record.lists.forms import DossierFilters
from amity.record.lists.ordering import Order

GRID, LIST = "grid", "list"
"""The forms of a programme."""


class GatheringFilters(DossierFilters):
    """Filters of gatherings."""

    orders = {"oldest": Order("starts_on")}

    kind = ChoiceField(GatheringKind.choices, label=_("Kind"), help_text="What it is.")
    when = ChoiceField(
        [(lists.UPCOMING, _("to come")), (lists.PAST, _("past"))],
        label=_("When"),
        help_text="To come, or past.",
    )
    year = YearField(label=_("Year"), help_text="A year of its days.")
    theme = KeyField(label=_("Theme"), help_text="A theme.")
    series = KeyField(help_text="The series of which it is an edition.")
    sort = SortField(
        [("oldest", _("oldest first"))],
        usual=_("latest first"),
        help_text="By the day on which it begins; what has none comes last.",
    )
    page = PageField()

    def wanted(self) -> lists.Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return lists.Wanted(
            kind=chosen["kind"],
            when=chosen["when"],
            year=chosen["year"],
            theme=chosen["theme"],
            series=chosen["series"],
            dossiers=self.dossiers_wanted(),
        )


class ProgrammeFilters(Filters):
    """Filters of a programme, and in which form it is shown."""

    aside = frozenset({"view"})

    day = DayField(label=_("Day"))
    room = KeyField(label=_("Room"))
    theme = KeyField(label=_("Theme"))
    language = KeyField(label=_("Language"))
    view = ChoiceField(
        [(LIST, _("As a list")), (GRID, _("As a grid"))],
        label=_("Form of the programme"),
        default=LIST,
        hidden=True,
    )

    def wanted(self) -> programme.Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return programme.Wanted(
            day=chosen["day"],
            room=chosen["room"],
            theme=chosen["theme"],
            language=chosen["language"],
        )

    @property
    def as_grid(self) -> bool:
        """Whether the programme is shown as a grid of rooms and times."""
        return self.chosen("view") == GRID

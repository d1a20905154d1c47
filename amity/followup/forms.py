"""What the lists of commitments and proposals can be filtered by: page, CSV and API alike."""

from django.utils.translation import gettext_lazy as _

from amity.followup.choices import STATES, ProposalStanding, state_label
from amity.followup.queries.lists import Wanted
from amity.foundation.pages.filters import ChoiceField, FlagField, KeyField, PageField
from amity.record.forms import DossierFilters


class CommitmentFilters(DossierFilters):
    """Filters of commitments."""

    state = ChoiceField(
        lambda: [(state, state_label(state)) for state in STATES],
        label=_("State"),
        help_text="The joint state, or the completion that both sides confirmed.",
    )
    side = KeyField(label=_("Side"), help_text="The area of a side that is party to it.")
    holder = KeyField(label=_("Held by"), help_text="The area of the side that promised.")
    theme = KeyField(label=_("Theme"), help_text="A theme.")
    gathering = KeyField(help_text="The gathering at which it was made.")
    overdue = FlagField(
        label=_("Date passed"), help_text="Only those whose deadline has passed undone."
    )
    page = PageField()

    def wanted(self) -> Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wanted(
            side=chosen["side"],
            holder=chosen["holder"],
            state=chosen["state"],
            theme=chosen["theme"],
            gathering=chosen["gathering"],
            overdue=chosen["overdue"],
            dossiers=self.dossiers_wanted(),
        )


class DeadlineFilters(DossierFilters):
    """Of which commitments the deadlines are followed."""

    side = KeyField(label=_("Side"), help_text="The area of a side that is party to it.")
    holder = KeyField(label=_("Held by"), help_text="The area of the side that promised.")
    theme = KeyField(label=_("Theme"), help_text="A theme.")

    def wanted(self) -> Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wanted(
            side=chosen["side"],
            holder=chosen["holder"],
            theme=chosen["theme"],
            dossiers=self.dossiers_wanted(),
        )


class ProposalFilters(DossierFilters):
    """Filters of proposals."""

    standing = ChoiceField(
        ProposalStanding.choices, label=_("Answer"), help_text="What the answers come to."
    )
    side = KeyField(label=_("Asked of"), help_text="The area of a side that was asked.")
    theme = KeyField(label=_("Theme"), help_text="A theme.")
    gathering = KeyField(help_text="The gathering at which it was made.")
    page = PageField()

    def wanted(self) -> Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wanted(
            side=chosen["side"],
            state=chosen["standing"],
            theme=chosen["theme"],
            gathering=chosen["gathering"],
            dossiers=self.dossiers_wanted(),
        )

"""What the lists of commitments and proposals can be filtered by: page, CSV and API alike."""

import re

from django.utils.translation import gettext_lazy as _

from amity.followup.choices import (
    ANSWERED,
    REPORTED,
    STATES,
    Goal,
    JointState,
    ProposalStanding,
    goal_label,
    state_label,
)
from amity.followup.queries.lists import NO_YEAR, Wanted
from amity.foundation.pages.filters import ChoiceField, FlagField, KeyField, PageField, SortField
from amity.record.lists.forms import DossierFilters
from amity.record.lists.ordering import Order

CONFIRMED = JointState.CONFIRMED.value
YEAR = re.compile(rf"\A(?:[0-9]{{4}}|{NO_YEAR})\Z")


class GoalField(ChoiceField):
    """One of the Sustainable Development Goals, by its number."""

    def __init__(self) -> None:
        super().__init__(
            lambda: [(str(int(goal)), goal_label(goal)) for goal in Goal],
            label=_("Goal"),
            help_text="A Sustainable Development Goal, by its number.",
        )

    def clean(self, value: object) -> int | None:
        """The goal's number, if one was chosen."""
        chosen = super().clean(value)
        return int(chosen) if chosen else None


class MadeInField(KeyField):
    """The year in which something was made, or that none was said."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Year"),
            help_text="The year in which it was made; `none` for what has no date.",
            pattern=YEAR,
        )


class CommitmentFilters(DossierFilters):
    """Filters of commitments."""

    orders = {"oldest": Order("key"), "due": Order("due_on")}

    state = ChoiceField(
        lambda: [(state, state_label(state)) for state in (*STATES, REPORTED, CONFIRMED)],
        label=_("State"),
        help_text="The joint state, or the completion that both sides confirmed.",
    )
    side = KeyField(label=_("Side"), help_text="The area of a side that is party to it.")
    holder = KeyField(label=_("Held by"), help_text="The area of the side that promised.")
    theme = KeyField(label=_("Theme"), help_text="A theme.")
    goal = GoalField()
    gathering = KeyField(help_text="The gathering at which it was made.")
    outside = FlagField(
        label=_("At no gathering"), help_text="Only what belongs to no gathering.", hidden=True
    )
    year = MadeInField()
    overdue = FlagField(
        label=_("Date passed"), help_text="Only those whose deadline has passed undone."
    )
    sort = SortField(
        [("oldest", _("oldest first")), ("due", _("first due first"))],
        usual=_("newest first"),
        help_text="By identifier, or by the day on which it is due; what has none comes last.",
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
            goal=chosen["goal"],
            gathering=chosen["gathering"],
            outside=chosen["outside"],
            year=chosen["year"],
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


class SubjectFilters(DossierFilters):
    """Of what the figures of themes and goals are counted."""

    side = KeyField(label=_("Side"), help_text="The area of the side that promised, or was asked.")


class ProposalFilters(DossierFilters):
    """Filters of proposals."""

    orders = {"oldest": Order("key")}

    standing = ChoiceField(
        [*ProposalStanding.choices, (ANSWERED, _("answered by every side asked"))],
        label=_("Answer"),
        help_text="What the answers come to.",
    )
    side = KeyField(label=_("Asked of"), help_text="The area of a side that was asked.")
    theme = KeyField(label=_("Theme"), help_text="A theme.")
    goal = GoalField()
    gathering = KeyField(help_text="The gathering at which it was made.")
    outside = FlagField(
        label=_("At no gathering"), help_text="Only what belongs to no gathering.", hidden=True
    )
    year = MadeInField()
    sort = SortField(
        [("oldest", _("oldest first"))], usual=_("newest first"), help_text="By identifier."
    )
    page = PageField()

    def wanted(self) -> Wanted:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wanted(
            side=chosen["side"],
            state=chosen["standing"],
            theme=chosen["theme"],
            goal=chosen["goal"],
            gathering=chosen["gathering"],
            outside=chosen["outside"],
            year=chosen["year"],
            dossiers=self.dossiers_wanted(),
        )
